import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromB;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBool;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBs;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNs;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNul;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromSs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementErrorCodeEnum;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DuplicateItemException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.ParameterizedStatement;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** The scenario through DynamoDbClient. SCENARIO.md says what each step is. */
final class ClientScenario {
  private final DynamoDbClient db;
  private final DynamoDbStreamsClient streams;

  private ClientScenario(String endpoint) {
    db = Steps.client(DynamoDbClient.builder(), endpoint);
    streams = Steps.client(DynamoDbStreamsClient.builder(), endpoint);
  }

  public static void main(String[] args) {
    Steps.printVersions("software.amazon.awssdk:dynamodb");
    new ClientScenario(args[args.length - 1]).run();
  }

  private void run() {
    Steps.step("create-table", this::createTable);
    Steps.step("wait-table", this::waitTable);
    Steps.step("put-get-types", this::putGetTypes);
    Steps.step("update", this::update);
    Steps.step("condition-fails", () -> failingUpdate(ReturnValuesOnConditionCheckFailure.NONE));
    Steps.step("condition-all-old", this::conditionAllOld);
    Steps.step("query-pages", this::queryPages);
    Steps.step("query-indexes", this::queryIndexes);
    Steps.step("parallel-scan", this::parallelScan);
    Steps.step("batch-write-unprocessed", this::batchWriteUnprocessed);
    Steps.step("batch-get-unprocessed", this::batchGetUnprocessed);
    Steps.step("transaction", this::transaction);
    Steps.step("transaction-canceled", this::transactionCanceled);
    Steps.step("partiql", this::partiql);
    Steps.step("partiql-batch", this::partiqlBatch);
    Steps.step("stream-read", this::streamRead);
    Steps.step("ttl", this::timeToLive);
    Steps.step("errors", this::errors);
    Steps.step("delete-table", this::deleteTable);
  }

  private static Map<String, AttributeValue> item(String customer, String order, Map<String, AttributeValue> more) {
    Map<String, AttributeValue> made = new HashMap<>(Steps.key(customer, order));
    made.putAll(more);
    return made;
  }

  private void put(String customer, String order, Map<String, AttributeValue> more) {
    db.putItem(request -> request.tableName(Steps.TABLE).item(item(customer, order, more)));
  }

  /** The item, empty when it is not there. */
  private Map<String, AttributeValue> get(String customer, String order) {
    return db.getItem(request -> request.tableName(Steps.TABLE).key(Steps.key(customer, order)).consistentRead(true)).item();
  }

  private static List<String> ordersOf(List<Map<String, AttributeValue>> items) {
    return items.stream().map(item -> item.get("order").s()).toList();
  }

  private static KeySchemaElement hash(String name) {
    return KeySchemaElement.builder().attributeName(name).keyType(KeyType.HASH).build();
  }

  private static KeySchemaElement range(String name) {
    return KeySchemaElement.builder().attributeName(name).keyType(KeyType.RANGE).build();
  }

  private static AttributeDefinition defined(String name, ScalarAttributeType type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }

  private static CreateTableRequest definition() {
    return CreateTableRequest.builder()
        .tableName(Steps.TABLE)
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .attributeDefinitions(
            defined("customer", ScalarAttributeType.S),
            defined("order", ScalarAttributeType.S),
            defined("price", ScalarAttributeType.N),
            defined("status", ScalarAttributeType.S),
            defined("placed", ScalarAttributeType.S))
        .keySchema(hash("customer"), range("order"))
        .localSecondaryIndexes(index -> index.indexName("byPrice")
            .keySchema(hash("customer"), range("price"))
            .projection(projection -> projection.projectionType(ProjectionType.ALL)))
        .globalSecondaryIndexes(index -> index.indexName("byStatus")
            .keySchema(hash("status"), range("placed"))
            .projection(projection -> projection.projectionType(ProjectionType.INCLUDE).nonKeyAttributes("price")))
        .streamSpecification(stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES))
        .build();
  }

  private void createTable() {
    TableDescription made = db.createTable(definition()).tableDescription();
    Steps.same(made.tableName(), Steps.TABLE);
    Steps.same(made.localSecondaryIndexes().get(0).indexName(), "byPrice");
    Steps.same(made.globalSecondaryIndexes().get(0).indexName(), "byStatus");
    Steps.check(made.latestStreamArn().contains(":table/Orders/stream/"), made.latestStreamArn());
  }

  private void waitTable() {
    db.waiter().waitUntilTableExists(request -> request.tableName(Steps.TABLE));
    TableDescription found = db.describeTable(request -> request.tableName(Steps.TABLE)).table();
    Steps.same(found.tableStatus(), TableStatus.ACTIVE);
    Steps.same(found.globalSecondaryIndexes().get(0).indexStatus(), IndexStatus.ACTIVE);
  }

  private void putGetTypes() {
    byte[] bytes = new byte[256];
    for (int n = 0; n < bytes.length; ++n) bytes[n] = (byte) n;
    AttributeValue deep = fromM(Map.of("deep", fromM(Map.of("er", fromL(List.of(fromNul(true)))))));
    Map<String, AttributeValue> all = new HashMap<>(Steps.key("types", "all"));
    all.put("text", Steps.text("Grüße, 世界 🎉"));
    all.put("empty", Steps.text(""));
    all.put("number", Steps.number("-12345678901234567890.123456789012345678"));
    all.put("yes", fromBool(true));
    all.put("no", fromBool(false));
    all.put("nothing", fromNul(true));
    all.put("bytes", fromB(SdkBytes.fromByteArray(bytes)));
    all.put("list", fromL(List.of(Steps.text("a"), Steps.number(1), fromL(List.of(fromBool(true))), fromM(Map.of()))));
    all.put("map", deep);
    all.put("strings", fromSs(List.of("a", "b")));
    all.put("numbers", fromNs(List.of("1", "2.5")));
    all.put("binaries", fromBs(Stream.of(0, 255).map(n -> SdkBytes.fromByteArray(new byte[] {n.byteValue()})).toList()));
    put("types", "all", all);
    Steps.same(get("types", "all"), all);
    Map<String, AttributeValue> part = db.getItem(request -> request.tableName(Steps.TABLE)
        .key(Steps.key("types", "all"))
        .projectionExpression("#m.deep.er[0], #l[1]")
        .expressionAttributeNames(Map.of("#m", "map", "#l", "list"))).item();
    Steps.same(part, Map.of("list", fromL(List.of(Steps.number(1))), "map", deep));
  }

  private void update() {
    put("ada", "0001", Map.of("price", Steps.number(10), "marks", fromL(List.of(Steps.text("new"))), "stamp", Steps.text("x")));
    Map<String, AttributeValue> changed = db.updateItem(request -> request.tableName(Steps.TABLE)
        .key(Steps.key("ada", "0001"))
        .updateExpression("SET price = price + :five, marks = list_append(marks, :more) REMOVE stamp ADD visits :one")
        .conditionExpression("attribute_exists(#order) AND price = :ten")
        .expressionAttributeNames(Map.of("#order", "order"))
        .expressionAttributeValues(Map.of(
            ":five", Steps.number(5), ":more", fromL(List.of(Steps.text("paid"))), ":one", Steps.number(1), ":ten", Steps.number(10)))
        .returnValues(ReturnValue.ALL_NEW)).attributes();
    Steps.same(changed, item("ada", "0001", Map.of(
        "price", Steps.number(15), "marks", fromL(List.of(Steps.text("new"), Steps.text("paid"))), "visits", Steps.number(1))));
  }

  private ConditionalCheckFailedException failingUpdate(ReturnValuesOnConditionCheckFailure returned) throws Exception {
    UpdateItemRequest request = UpdateItemRequest.builder()
        .tableName(Steps.TABLE)
        .key(Steps.key("ada", "0001"))
        .updateExpression("SET price = :ten")
        .conditionExpression("price = :ten")
        .expressionAttributeValues(Map.of(":ten", Steps.number(10)))
        .returnValuesOnConditionCheckFailure(returned)
        .build();
    return Steps.fails(ConditionalCheckFailedException.class, Steps.CONDITION_FAILED, () -> db.updateItem(request));
  }

  private void conditionAllOld() throws Exception {
    Steps.same(failingUpdate(ReturnValuesOnConditionCheckFailure.ALL_OLD).item().get("price"), Steps.number(15));
  }

  private void queryPages() {
    for (int n = 0; n < 25; ++n) {
      put("pages", String.format("%02d", n), Map.of(
          "price", Steps.number(n),
          "status", Steps.text(n % 2 == 0 ? "open" : "done"),
          "placed", Steps.text(String.format("2026-11-%02d", n + 1))));
    }
    QueryRequest query = QueryRequest.builder()
        .tableName(Steps.TABLE)
        .limit(10)
        .keyConditionExpression("customer = :c")
        .expressionAttributeValues(Map.of(":c", Steps.text("pages")))
        .build();
    List<QueryResponse> pages = Steps.collect(db.queryPaginator(query));
    Steps.same(pages.stream().map(QueryResponse::count).filter(count -> count > 0).toList(), List.of(10, 10, 5));
    Steps.same(pages.stream().flatMap(page -> ordersOf(page.items()).stream()).toList(), Steps.twoDigits(25));

    QueryResponse backwards = db.query(request -> request.tableName(Steps.TABLE)
        .scanIndexForward(false)
        .keyConditionExpression("customer = :c AND #order BETWEEN :from AND :to")
        .expressionAttributeNames(Map.of("#order", "order"))
        .expressionAttributeValues(Map.of(":c", Steps.text("pages"), ":from", Steps.text("03"), ":to", Steps.text("05"))));
    Steps.same(ordersOf(backwards.items()), List.of("05", "04", "03"));

    List<QueryResponse> filtered = Steps.collect(db.queryPaginator(query.toBuilder()
        .filterExpression("price >= :n")
        .expressionAttributeValues(Map.of(":c", Steps.text("pages"), ":n", Steps.number(20)))
        .build()));
    Steps.same(filtered.stream().mapToInt(QueryResponse::count).sum(), 5);
    Steps.same(filtered.stream().mapToInt(QueryResponse::scannedCount).sum(), 25);
  }

  private void queryIndexes() {
    List<Map<String, AttributeValue>> open = db.query(request -> request.tableName(Steps.TABLE)
        .indexName("byStatus")
        .keyConditionExpression("#status = :s")
        .expressionAttributeNames(Map.of("#status", "status"))
        .expressionAttributeValues(Map.of(":s", Steps.text("open")))).items();
    List<String> placed = open.stream().map(item -> item.get("placed").s()).toList();
    Steps.same(placed.size(), 13);
    Steps.same(placed, placed.stream().sorted().toList());
    Steps.same(open.get(0), item("pages", "00", Map.of(
        "status", Steps.text("open"), "placed", Steps.text("2026-11-01"), "price", Steps.number(0))));
    QueryResponse some = db.query(request -> request.tableName(Steps.TABLE)
        .indexName("byPrice")
        .keyConditionExpression("customer = :c AND price BETWEEN :from AND :to")
        .expressionAttributeValues(Map.of(":c", Steps.text("pages"), ":from", Steps.number(5), ":to", Steps.number(7))));
    Steps.same(ordersOf(some.items()), List.of("05", "06", "07"));
  }

  private void parallelScan() {
    List<CompletableFuture<List<String>>> segments = IntStream.range(0, 4)
        .mapToObj(segment -> CompletableFuture.supplyAsync(() -> db
            .scanPaginator(request -> request.tableName(Steps.TABLE).segment(segment).totalSegments(4))
            .items().stream().map(item -> item.get("customer").s() + "/" + item.get("order").s()).toList()))
        .toList();
    List<String> found = segments.stream().flatMap(segment -> segment.join().stream()).toList();
    Steps.same(found.size(), 27);
    Steps.same(new HashSet<>(found).size(), 27);
    Steps.same(db.scan(request -> request.tableName(Steps.TABLE).select(Select.COUNT)).count(), 27);
  }

  private static WriteRequest putRequest(String customer, String order, Map<String, AttributeValue> more) {
    return WriteRequest.builder().putRequest(put -> put.item(item(customer, order, more))).build();
  }

  private Map<String, List<WriteRequest>> unprocessed(Map<String, List<WriteRequest>> writes) {
    return db.batchWriteItem(request -> request.requestItems(writes)).unprocessedItems();
  }

  private void batchWriteUnprocessed() throws Exception {
    TransactWriteItem hold = TransactWriteItem.builder()
        .put(put -> put.tableName(Steps.TABLE).item(Steps.key("batch", "held"))).build();
    CompletableFuture<?> holder =
        CompletableFuture.runAsync(() -> db.transactWriteItems(request -> request.transactItems(hold)));
    Steps.until(() -> !get("batch", "held").isEmpty());
    WriteRequest held = putRequest("batch", "held", Map.of("price", Steps.number(2)));
    Map<String, List<WriteRequest>> left =
        unprocessed(Map.of(Steps.TABLE, List.of(held, putRequest("batch", "free", Map.of()))));
    Steps.same(left, Map.of(Steps.TABLE, List.of(held)));
    while (!left.isEmpty()) {
      Thread.sleep(50);
      left = unprocessed(left);
    }
    holder.join();
    Steps.same(get("batch", "held").get("price"), Steps.number(2));
    Steps.check(!get("batch", "free").isEmpty(), "free is not there");
  }

  private void batchGetUnprocessed() {
    Map<String, AttributeValue> blob = Map.of("blob", Steps.text("x".repeat(390_000)));
    List<String> orders = Steps.twoDigits(45);
    for (int from = 0; from < 45; from += 15) {
      List<WriteRequest> writes =
          orders.subList(from, from + 15).stream().map(order -> putRequest("big", order, blob)).toList();
      Steps.same(unprocessed(Map.of(Steps.TABLE, writes)), Map.of());
    }
    Map<String, KeysAndAttributes> ask = Map.of(Steps.TABLE, KeysAndAttributes.builder()
        .keys(orders.stream().map(order -> Steps.key("big", order)).toList()).build());
    List<String> found = new ArrayList<>();
    int calls = 0;
    for (; !ask.isEmpty(); ++calls) {
      Map<String, KeysAndAttributes> asked = ask;
      BatchGetItemResponse answer = db.batchGetItem(request -> request.requestItems(asked));
      found.addAll(ordersOf(answer.responses().get(Steps.TABLE)));
      ask = answer.unprocessedKeys();
    }
    Steps.check(calls > 1, "the first answer had everything");
    Steps.same(found.stream().sorted().toList(), orders);
  }

  private void transaction() {
    TransactWriteItemsRequest request = TransactWriteItemsRequest.builder()
        .clientRequestToken("interop-1")
        .transactItems(
            TransactWriteItem.builder()
                .put(put -> put.tableName(Steps.TABLE).item(item("tx", "a", Map.of("price", Steps.number(1))))).build(),
            TransactWriteItem.builder()
                .update(update -> update.tableName(Steps.TABLE).key(Steps.key("ada", "0001"))
                    .updateExpression("SET price = price + :one")
                    .expressionAttributeValues(Map.of(":one", Steps.number(1)))).build(),
            TransactWriteItem.builder()
                .conditionCheck(check -> check.tableName(Steps.TABLE).key(Steps.key("types", "all"))
                    .conditionExpression("attribute_exists(customer)")).build(),
            TransactWriteItem.builder()
                .delete(delete -> delete.tableName(Steps.TABLE).key(Steps.key("pages", "24"))).build())
        .build();
    db.transactWriteItems(request);
    db.transactWriteItems(request);
    List<TransactGetItem> gets = Stream.of(Steps.key("tx", "a"), Steps.key("ada", "0001"), Steps.key("pages", "24"))
        .map(key -> TransactGetItem.builder().get(get -> get.tableName(Steps.TABLE).key(key)).build()).toList();
    List<ItemResponse> answers = db.transactGetItems(get -> get.transactItems(gets)).responses();
    Steps.same(answers.get(0).item().get("price"), Steps.number(1));
    Steps.same(answers.get(1).item().get("price"), Steps.number(16));
    Steps.check(!answers.get(2).hasItem(), answers.get(2));
  }

  private void transactionCanceled() throws Exception {
    TransactWriteItem first = TransactWriteItem.builder()
        .put(put -> put.tableName(Steps.TABLE)
            .item(Steps.key("tx", "a"))
            .conditionExpression("attribute_not_exists(#order)")
            .expressionAttributeNames(Map.of("#order", "order"))
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
        .build();
    TransactWriteItem second =
        TransactWriteItem.builder().put(put -> put.tableName(Steps.TABLE).item(Steps.key("tx", "c"))).build();
    TransactionCanceledException canceled = Steps.fails(TransactionCanceledException.class, Steps.CANCELED,
        () -> db.transactWriteItems(request -> request.transactItems(first, second)));
    Steps.same(canceled.cancellationReasons(), List.of(
        CancellationReason.builder()
            .code("ConditionalCheckFailed")
            .message(Steps.CONDITION_FAILED)
            .item(item("tx", "a", Map.of("price", Steps.number(1))))
            .build(),
        CancellationReason.builder().code("None").build()));
    Steps.check(get("tx", "c").isEmpty(), "c is there");
  }

  private static final String INSERT = "INSERT INTO \"Orders\" VALUE {'customer': ?, 'order': ?, 'price': ?}";

  private List<Map<String, AttributeValue>> execute(String statement, AttributeValue... parameters) {
    return db.executeStatement(request -> request.statement(statement).parameters(parameters)).items();
  }

  private void partiql() throws Exception {
    AttributeValue[] one = {Steps.text("ql"), Steps.text("1")};
    execute(INSERT, one[0], one[1], Steps.number(5));
    Steps.fails(DuplicateItemException.class, "Duplicate primary key exists in table",
        () -> execute(INSERT, one[0], one[1], Steps.number(5)));
    Steps.same(execute("UPDATE \"Orders\" SET price=price+? WHERE customer=? AND \"order\"=? RETURNING ALL NEW *",
            Steps.number(2), one[0], one[1]),
        List.of(item("ql", "1", Map.of("price", Steps.number(7)))));
    List<String> found = new ArrayList<>();
    String token = null;
    do {
      ExecuteStatementResponse page = db.executeStatement(ExecuteStatementRequest.builder()
          .statement("SELECT * FROM \"Orders\" WHERE customer=?")
          .parameters(Steps.text("pages"))
          .limit(10)
          .nextToken(token)
          .build());
      found.addAll(ordersOf(page.items()));
      token = page.nextToken();
    } while (token != null);
    Steps.same(found, Steps.twoDigits(24));
    execute("DELETE FROM \"Orders\" WHERE customer=? AND \"order\"=?", one);
    Steps.same(execute("SELECT * FROM \"Orders\" WHERE customer=? AND \"order\"=?", one), List.of());
  }

  private void partiqlBatch() {
    List<BatchStatementRequest> inserts = Stream.of(Steps.key("ql", "2"), Steps.key("ada", "0001"))
        .map(key -> BatchStatementRequest.builder()
            .statement(INSERT).parameters(key.get("customer"), key.get("order"), Steps.number(1)).build())
        .toList();
    var answers = db.batchExecuteStatement(request -> request.statements(inserts)).responses();
    Steps.same(answers.get(0).error(), null);
    Steps.same(answers.get(1).error().code(), BatchStatementErrorCodeEnum.DUPLICATE_ITEM);
    List<ParameterizedStatement> transaction = Stream.of("3", "4")
        .map(order -> ParameterizedStatement.builder()
            .statement(INSERT).parameters(Steps.text("ql"), Steps.text(order), Steps.number(1)).build())
        .toList();
    db.executeTransaction(request -> request.transactStatements(transaction));
    Steps.same(ordersOf(execute("SELECT * FROM \"Orders\" WHERE customer=?", Steps.text("ql"))), List.of("2", "3", "4"));
  }

  private void streamRead() throws Exception {
    String arn = db.describeTable(request -> request.tableName(Steps.TABLE)).table().latestStreamArn();
    List<Shard> shards = streams.describeStream(request -> request.streamArn(arn)).streamDescription().shards();
    Steps.same(shards.size(), 1);
    String[] iterator = {streams.getShardIterator(request -> request.streamArn(arn)
        .shardId(shards.get(0).shardId()).shardIteratorType(ShardIteratorType.LATEST)).shardIterator()};
    put("stream", "1", Map.of("price", Steps.number(1)));
    db.updateItem(request -> request.tableName(Steps.TABLE)
        .key(Steps.key("stream", "1"))
        .updateExpression("SET price = :two")
        .expressionAttributeValues(Map.of(":two", Steps.number(2))));
    db.deleteItem(request -> request.tableName(Steps.TABLE).key(Steps.key("stream", "1")));
    List<Record> records = new ArrayList<>();
    Steps.until(() -> {
      GetRecordsResponse page = streams.getRecords(request -> request.shardIterator(iterator[0]));
      records.addAll(page.records());
      iterator[0] = page.nextShardIterator();
      return records.size() >= 3;
    });
    Steps.same(records.stream().map(Record::eventName).toList(),
        List.of(OperationType.INSERT, OperationType.MODIFY, OperationType.REMOVE));
    for (Record record : records) Steps.same(record.dynamodb().keys(), Steps.key("stream", "1"));
    Steps.same(records.get(1).dynamodb().oldImage().get("price"), Steps.number(1));
    Steps.same(records.get(1).dynamodb().newImage().get("price"), Steps.number(2));
  }

  private void timeToLive() throws Exception {
    db.updateTimeToLive(request -> request.tableName(Steps.TABLE)
        .timeToLiveSpecification(ttl -> ttl.attributeName("expires").enabled(true)));
    TimeToLiveStatus status = db.describeTimeToLive(request -> request.tableName(Steps.TABLE))
        .timeToLiveDescription().timeToLiveStatus();
    Steps.check(status == TimeToLiveStatus.ENABLED || status == TimeToLiveStatus.ENABLING, status);
    long now = Instant.now().getEpochSecond();
    put("ttl", "past", Map.of("expires", Steps.number(now - 60)));
    put("ttl", "future", Map.of("expires", Steps.number(now + 3600)));
    Steps.until(() -> get("ttl", "past").isEmpty());
    Steps.check(!get("ttl", "future").isEmpty(), "future is gone");
  }

  private void errors() throws Exception {
    Steps.fails(ResourceNotFoundException.class, "Requested resource not found",
        () -> db.getItem(request -> request.tableName("Nowhere").key(Steps.key("a", "b"))));
    Steps.fails(ResourceInUseException.class, "Table already exists: Orders", () -> db.createTable(definition()));
    DynamoDbException invalid = Steps.fails(DynamoDbException.class,
        "The provided key element does not match the schema",
        () -> db.getItem(request -> request.tableName(Steps.TABLE).key(Map.of("customer", Steps.text("ada")))));
    Steps.same(invalid.awsErrorDetails().errorCode(), "ValidationException");
  }

  private void deleteTable() throws Exception {
    db.deleteTable(request -> request.tableName(Steps.TABLE));
    db.waiter().waitUntilTableNotExists(request -> request.tableName(Steps.TABLE));
    Steps.fails(ResourceNotFoundException.class, "Requested resource not found: Table: Orders not found",
        () -> db.describeTable(request -> request.tableName(Steps.TABLE)));
  }
}
