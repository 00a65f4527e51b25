import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkNumber;
import software.amazon.awssdk.enhanced.dynamodb.AttributeConverterProvider;
import software.amazon.awssdk.enhanced.dynamodb.AttributeValueType;
import software.amazon.awssdk.enhanced.dynamodb.Document;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableMetadata;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.document.EnhancedDocument;
import software.amazon.awssdk.enhanced.dynamodb.model.BatchGetItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.BatchGetResultPage;
import software.amazon.awssdk.enhanced.dynamodb.model.CreateTableEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.Page;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.ReadBatch;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactPutItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactWriteItemsEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.UpdateItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.WriteBatch;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The scenario through DynamoDbEnhancedClient: beans, and documents where an item has every type. SCENARIO.md says what
 * each step is. The enhanced client writes the expressions of its updates itself, so `update` is the nearest that it has:
 * the same condition, the same item afterwards. What it has no calls for is skipped.
 */
final class EnhancedScenario {
  private static final String OWN_EXPRESSIONS = 
      "it writes its update expressions itself: SET and REMOVE of whole attributes";

  private final DynamoDbClient db;
  private final DynamoDbEnhancedClient enhanced;
  private final DynamoDbTable<Order> orders;

  private EnhancedScenario(String endpoint) {
    db = Steps.client(DynamoDbClient.builder(), endpoint);
    enhanced = DynamoDbEnhancedClient.builder().dynamoDbClient(db).build();
    orders = enhanced.table(Steps.TABLE, TableSchema.fromBean(Order.class));
  }

  public static void main(String[] args) {
    Steps.printVersions("software.amazon.awssdk:dynamodb-enhanced");
    new EnhancedScenario(args[args.length - 1]).run();
  }

  private void run() {
    Steps.step("create-table", "it returns no description", () -> orders.createTable(definition()));
    Steps.step("wait-table", this::waitTable);
    Steps.step("put-get-types", "it has no projection for GetItem", this::putGetTypes);
    Steps.step("update", OWN_EXPRESSIONS, this::update);
    Steps.step("condition-fails", () -> failingUpdate(ReturnValuesOnConditionCheckFailure.NONE));
    Steps.step("condition-all-old", this::conditionAllOld);
    Steps.step("query-pages", this::queryPages);
    Steps.step("query-indexes", this::queryIndexes);
    Steps.step("parallel-scan", this::parallelScan);
    Steps.step("batch-write-unprocessed", this::batchWriteUnprocessed);
    Steps.step("batch-get-unprocessed", this::batchGetUnprocessed);
    Steps.step("transaction", OWN_EXPRESSIONS, this::transaction);
    Steps.step("transaction-canceled", this::transactionCanceled);
    Steps.skip("partiql", "the enhanced client has no PartiQL");
    Steps.skip("partiql-batch", "the enhanced client has no PartiQL");
    Steps.skip("stream-read", "the enhanced client has no streams");
    Steps.skip("ttl", "the enhanced client has no setting for TTL");
    Steps.step("errors", this::errors);
    Steps.step("delete-table", this::deleteTable);
  }

  private Order get(String customer, String order) {
    return orders.getItem(request -> request.key(keyOf(customer, order)).consistentRead(true));
  }

  private static Key keyOf(String customer, String order) {
    return Key.builder().partitionValue(customer).sortValue(order).build();
  }

  private static List<String> ordersOf(List<Order> items) {
    return items.stream().map(Order::getOrder).toList();
  }

  private static CreateTableEnhancedRequest definition() {
    return CreateTableEnhancedRequest.builder()
        .localSecondaryIndices(index -> index.indexName("byPrice")
            .projection(projection -> projection.projectionType(ProjectionType.ALL)))
        .globalSecondaryIndices(index -> index.indexName("byStatus")
            .projection(projection -> projection.projectionType(ProjectionType.INCLUDE).nonKeyAttributes("price")))
        .streamSpecification(stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES))
        .build();
  }

  private void waitTable() {
    db.waiter().waitUntilTableExists(request -> request.tableName(Steps.TABLE));
    TableDescription found = orders.describeTable().table();
    Steps.same(found.tableStatus(), TableStatus.ACTIVE);
    Steps.same(found.localSecondaryIndexes().get(0).indexName(), "byPrice");
    Steps.same(found.globalSecondaryIndexes().get(0).indexStatus(), IndexStatus.ACTIVE);
    Steps.check(found.latestStreamArn().contains(":table/Orders/stream/"), found.latestStreamArn());
  }

  private void putGetTypes() {
    DynamoDbTable<EnhancedDocument> documents = enhanced.table(Steps.TABLE, TableSchema.documentSchemaBuilder()
        .addIndexPartitionKey(TableMetadata.primaryIndexName(), "customer", AttributeValueType.S)
        .addIndexSortKey(TableMetadata.primaryIndexName(), "order", AttributeValueType.S)
        .attributeConverterProviders(AttributeConverterProvider.defaultProvider())
        .build());
    byte[] bytes = new byte[256];
    for (int n = 0; n < bytes.length; ++n) bytes[n] = (byte) n;
    EnhancedDocument all = EnhancedDocument.builder()
        .attributeConverterProviders(AttributeConverterProvider.defaultProvider())
        .putString("customer", "types")
        .putString("order", "all")
        .putString("text", "Grüße, 世界 🎉")
        .putString("empty", "")
        .putNumber("number", SdkNumber.fromString("-12345678901234567890.123456789012345678"))
        .putBoolean("yes", true)
        .putBoolean("no", false)
        .putNull("nothing")
        .putBytes("bytes", SdkBytes.fromByteArray(bytes))
        .putJson("list", "[\"a\", 1, [true], {}]")
        .putJson("map", "{\"deep\": {\"er\": [null]}}")
        .putStringSet("strings", Set.of("a", "b"))
        .putNumberSet("numbers", Set.of(SdkNumber.fromString("1"), SdkNumber.fromString("2.5")))
        .putBytesSet("binaries", Set.of(SdkBytes.fromByteArray(new byte[] {0}), SdkBytes.fromByteArray(new byte[] {-1})))
        .build();
    documents.putItem(all);
    EnhancedDocument found =
        documents.getItem(request -> request.key(keyOf("types", "all")).consistentRead(true));
    Steps.same(found.toMap().keySet(), all.toMap().keySet());
    for (String name : List.of("text", "empty", "number", "yes", "no", "nothing", "bytes", "list", "map")) {
      Steps.same(found.toMap().get(name), all.toMap().get(name));
    }
    Steps.same(found.getStringSet("strings"), Set.of("a", "b"));
    Steps.same(new HashSet<>(found.toMap().get("numbers").ns()), Set.of("1", "2.5"));
    Steps.same(found.getBytesSet("binaries"), all.getBytesSet("binaries"));
  }

  private static Expression condition(String expression, Object price) {
    return Expression.builder().expression(expression).putExpressionValue(":price", Steps.number(price)).build();
  }

  private void update() {
    Order before = Order.of("ada", "0001", 10);
    before.setMarks(List.of("new"));
    before.setStamp("x");
    orders.putItem(before);
    Order after = Order.of("ada", "0001", 15);
    after.setMarks(List.of("new", "paid"));
    Order changed = orders.updateItemWithResponse(UpdateItemEnhancedRequest.builder(Order.class)
        .item(after)
        .conditionExpression(condition("attribute_exists(customer) AND price = :price", 10))
        .returnValues(ReturnValue.ALL_NEW)
        .build()).attributes();
    Steps.same(changed.getPrice(), 15);
    Steps.same(changed.getMarks(), List.of("new", "paid"));
    Steps.same(changed.getStamp(), null);
  }

  private ConditionalCheckFailedException failingUpdate(ReturnValuesOnConditionCheckFailure returned) throws Exception {
    UpdateItemEnhancedRequest<Order> request = UpdateItemEnhancedRequest.builder(Order.class)
        .item(Order.of("ada", "0001", 10))
        .conditionExpression(condition("price = :price", 10))
        .returnValuesOnConditionCheckFailure(returned)
        .build();
    return Steps.fails(
        ConditionalCheckFailedException.class, Steps.CONDITION_FAILED, () -> orders.updateItem(request));
  }

  private void conditionAllOld() throws Exception {
    ConditionalCheckFailedException failure = failingUpdate(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    Steps.same(orders.tableSchema().mapToItem(failure.item()).getPrice(), 15);
  }

  private void queryPages() {
    for (int n = 0; n < 25; ++n) {
      Order made = Order.of("pages", String.format("%02d", n), n);
      made.setStatus(n % 2 == 0 ? "open" : "done");
      made.setPlaced(String.format("2026-11-%02d", n + 1));
      orders.putItem(made);
    }
    QueryConditional all = QueryConditional.keyEqualTo(Key.builder().partitionValue("pages").build());
    QueryEnhancedRequest query = QueryEnhancedRequest.builder().queryConditional(all).limit(10).build();
    List<Page<Order>> pages = Steps.collect(orders.query(query));
    Steps.same(pages.stream().map(page -> page.items().size()).filter(count -> count > 0).toList(), List.of(10, 10, 5));
    Steps.same(pages.stream().flatMap(page -> ordersOf(page.items()).stream()).toList(), Steps.twoDigits(25));

    QueryConditional between = QueryConditional.sortBetween(keyOf("pages", "03"), keyOf("pages", "05"));
    List<Order> backwards = Steps.collect(
        orders.query(request -> request.queryConditional(between).scanIndexForward(false)).items());
    Steps.same(ordersOf(backwards), List.of("05", "04", "03"));

    List<Page<Order>> filtered = Steps.collect(
        orders.query(query.toBuilder().filterExpression(condition("price >= :price", 20)).build()));
    Steps.same(filtered.stream().mapToInt(Page::count).sum(), 5);
    Steps.same(filtered.stream().mapToInt(Page::scannedCount).sum(), 25);
  }

  private void queryIndexes() {
    QueryConditional open = QueryConditional.keyEqualTo(Key.builder().partitionValue("open").build());
    List<Order> found = new ArrayList<>();
    orders.index("byStatus").query(open).forEach(page -> found.addAll(page.items()));
    List<String> placed = found.stream().map(Order::getPlaced).toList();
    Steps.same(placed.size(), 13);
    Steps.same(placed, placed.stream().sorted().toList());
    Order first = found.get(0);
    Steps.same(
        List.of(first.getCustomer(), first.getOrder(), first.getStatus(), first.getPlaced(), first.getPrice()),
        List.of("pages", "00", "open", "2026-11-01", 0));
    QueryConditional prices = QueryConditional.sortBetween(
        Key.builder().partitionValue("pages").sortValue(5).build(),
        Key.builder().partitionValue("pages").sortValue(7).build());
    List<Order> some = new ArrayList<>();
    orders.index("byPrice").query(prices).forEach(page -> some.addAll(page.items()));
    Steps.same(ordersOf(some), List.of("05", "06", "07"));
  }

  private void parallelScan() {
    List<CompletableFuture<List<String>>> segments = IntStream.range(0, 4)
        .mapToObj(segment -> CompletableFuture.supplyAsync(() -> orders
            .scan(request -> request.segment(segment).totalSegments(4).attributesToProject("customer", "order"))
            .items().stream().map(item -> item.getCustomer() + "/" + item.getOrder()).toList()))
        .toList();
    List<String> found = segments.stream().flatMap(segment -> segment.join().stream()).toList();
    Steps.same(found.size(), 27);
    Steps.same(new HashSet<>(found).size(), 27);
    Steps.same(orders.scan(request -> request.select(Select.COUNT)).stream().mapToInt(Page::count).sum(), 27);
  }

  private List<Order> unprocessed(List<Order> items) {
    WriteBatch.Builder<Order> writes = WriteBatch.builder(Order.class).mappedTableResource(orders);
    items.forEach(writes::addPutItem);
    return enhanced.batchWriteItem(request -> request.addWriteBatch(writes.build())).unprocessedPutItemsForTable(orders);
  }

  private void batchWriteUnprocessed() throws Exception {
    CompletableFuture<?> holder = CompletableFuture.runAsync(() -> enhanced.transactWriteItems(
        request -> request.addPutItem(orders, Order.of("batch", "held"))));
    Steps.until(() -> get("batch", "held") != null);
    List<Order> left = unprocessed(List.of(Order.of("batch", "held", 2), Order.of("batch", "free")));
    Steps.same(ordersOf(left), List.of("held"));
    while (!left.isEmpty()) {
      Thread.sleep(50);
      left = unprocessed(left);
    }
    holder.join();
    Steps.same(get("batch", "held").getPrice(), 2);
    Steps.check(get("batch", "free") != null, "free is not there");
  }

  private void batchGetUnprocessed() {
    List<String> numbers = Steps.twoDigits(45);
    for (int from = 0; from < 45; from += 15) {
      Steps.same(unprocessed(numbers.subList(from, from + 15).stream().map(number -> {
        Order made = Order.of("big", number);
        made.setBlob("x".repeat(390_000));
        return made;
      }).toList()), List.of());
    }
    ReadBatch.Builder<Order> reads = ReadBatch.builder(Order.class).mappedTableResource(orders);
    numbers.forEach(number -> reads.addGetItem(keyOf("big", number)));
    BatchGetItemEnhancedRequest request = BatchGetItemEnhancedRequest.builder().readBatches(reads.build()).build();
    // The pages of the enhanced client ask for what was unprocessed by themselves.
    List<BatchGetResultPage> pages = Steps.collect(enhanced.batchGetItem(request));
    Steps.check(pages.size() > 1, "the first answer had everything");
    Steps.check(!pages.get(0).unprocessedKeysForTable(orders).isEmpty(), "no unprocessed keys");
    Steps.same(pages.stream()
        .flatMap(page -> ordersOf(page.resultsForTable(orders)).stream()).sorted().toList(), numbers);
  }

  private void transaction() {
    Order more = Order.of("ada", "0001", 16);
    more.setMarks(List.of("new", "paid"));
    TransactWriteItemsEnhancedRequest request = TransactWriteItemsEnhancedRequest.builder()
        .clientRequestToken("interop-1")
        .addPutItem(orders, Order.of("tx", "a", 1))
        .addUpdateItem(orders, more)
        .addConditionCheck(orders, check -> check.key(keyOf("types", "all"))
            .conditionExpression(Expression.builder().expression("attribute_exists(customer)").build()))
        .addDeleteItem(orders, keyOf("pages", "24"))
        .build();
    enhanced.transactWriteItems(request);
    enhanced.transactWriteItems(request);
    List<Document> found = enhanced.transactGetItems(gets -> gets
        .addGetItem(orders, keyOf("tx", "a"))
        .addGetItem(orders, keyOf("ada", "0001"))
        .addGetItem(orders, keyOf("pages", "24")));
    Steps.same(found.get(0).getItem(orders).getPrice(), 1);
    Steps.same(found.get(1).getItem(orders).getPrice(), 16);
    Steps.same(found.get(2).getItem(orders), null);
  }

  private void transactionCanceled() throws Exception {
    TransactPutItemEnhancedRequest<Order> first = TransactPutItemEnhancedRequest.builder(Order.class)
        .item(Order.of("tx", "a"))
        .conditionExpression(Expression.builder().expression("attribute_not_exists(#order)")
            .putExpressionName("#order", "order").build())
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
        .build();
    TransactionCanceledException canceled = Steps.fails(TransactionCanceledException.class, Steps.CANCELED,
        () -> enhanced.transactWriteItems(request -> request
            .addPutItem(orders, first)
            .addPutItem(orders, Order.of("tx", "c"))));
    List<CancellationReason> reasons = canceled.cancellationReasons();
    Steps.same(reasons.stream().map(CancellationReason::code).toList(), List.of("ConditionalCheckFailed", "None"));
    Steps.same(reasons.get(0).message(), Steps.CONDITION_FAILED);
    Steps.same(orders.tableSchema().mapToItem(reasons.get(0).item()).getPrice(), 1);
    Steps.same(get("tx", "c"), null);
  }

  private void errors() throws Exception {
    DynamoDbTable<Order> nowhere = enhanced.table("Nowhere", TableSchema.fromBean(Order.class));
    Steps.fails(ResourceNotFoundException.class, "Requested resource not found",
        () -> nowhere.getItem(keyOf("a", "b")));
    Steps.fails(ResourceInUseException.class, "Table already exists: Orders", () -> orders.createTable(definition()));
    DynamoDbException invalid = Steps.fails(DynamoDbException.class,
        "The provided key element does not match the schema",
        () -> orders.getItem(Key.builder().partitionValue("ada").build()));
    Steps.same(invalid.awsErrorDetails().errorCode(), "ValidationException");
  }

  private void deleteTable() throws Exception {
    orders.deleteTable();
    db.waiter().waitUntilTableNotExists(request -> request.tableName(Steps.TABLE));
    Steps.fails(ResourceNotFoundException.class, "Requested resource not found: Table: Orders not found",
        () -> orders.describeTable());
  }
}
