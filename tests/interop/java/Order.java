import java.util.List;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbBean;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbPartitionKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSecondaryPartitionKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSecondarySortKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSortKey;

/** An item of the table Orders, as the enhanced client maps it. */
@DynamoDbBean
public class Order {
  private String customer;
  private String order;
  private Integer price;
  private String status;
  private String placed;
  private List<String> marks;
  private String stamp;
  private String blob;

  static Order of(String customer, String order) {
    Order made = new Order();
    made.customer = customer;
    made.order = order;
    return made;
  }

  static Order of(String customer, String order, Integer price) {
    Order made = of(customer, order);
    made.price = price;
    return made;
  }

  @DynamoDbPartitionKey
  public String getCustomer() {
    return customer;
  }

  public void setCustomer(String value) {
    customer = value;
  }

  @DynamoDbSortKey
  public String getOrder() {
    return order;
  }

  public void setOrder(String value) {
    order = value;
  }

  @DynamoDbSecondarySortKey(indexNames = "byPrice")
  public Integer getPrice() {
    return price;
  }

  public void setPrice(Integer value) {
    price = value;
  }

  @DynamoDbSecondaryPartitionKey(indexNames = "byStatus")
  public String getStatus() {
    return status;
  }

  public void setStatus(String value) {
    status = value;
  }

  @DynamoDbSecondarySortKey(indexNames = "byStatus")
  public String getPlaced() {
    return placed;
  }

  public void setPlaced(String value) {
    placed = value;
  }

  public List<String> getMarks() {
    return marks;
  }

  public void setMarks(List<String> value) {
    marks = value;
  }

  public String getStamp() {
    return stamp;
  }

  public void setStamp(String value) {
    stamp = value;
  }

  public String getBlob() {
    return blob;
  }

  public void setBlob(String value) {
    blob = value;
  }
}
