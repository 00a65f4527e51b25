"""The scenario through boto3: the client, and where it is what people use, the resource. SCENARIO.md says what each
step is. It runs with Debian's boto3 and with the newest."""
import concurrent.futures
import decimal
import platform
import sys
import threading
import time
import traceback

import boto3
import boto3.dynamodb.conditions as conditions
import boto3.dynamodb.types as types
import botocore
import botocore.config
import botocore.exceptions

TABLE = "Orders"
SETTINGS = {
    "endpoint_url": sys.argv[-1],
    "region_name": "us-east-1",
    "aws_access_key_id": "interop",
    "aws_secret_access_key": "interop",
    "config": botocore.config.Config(retries={"total_max_attempts": 1}),
}
db = boto3.client("dynamodb", **SETTINGS)
streams = boto3.client("dynamodbstreams", **SETTINGS)
orders = boto3.resource("dynamodb", **SETTINGS).Table(TABLE)


class Skipped(Exception):
    """A step that this client has no means for; the text says why."""


def step(name):
    """Runs the decorated function as the step `name` and prints its line."""

    def run(act):
        try:
            act()
            line = "passed"
        except Skipped as skipped:
            line = f"skipped\t{skipped}"
        except Exception:  # pylint: disable=broad-except
            line = "failed\t" + " ".join(traceback.format_exc().split())[-400:]
        print(f"step\t{name}\t{line}", flush=True)

    return run


def throws(error_class, message, call, **arguments):
    """The call must throw this class with this message; returns the error."""
    try:
        call(**arguments)
    except error_class as error:
        assert error.response["Error"]["Message"] == message, error
        return error
    raise AssertionError(f"expected {error_class.__name__}")


def until(look):
    """Asks for ten seconds until `look` answers something true."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("still not so after ten seconds")


def text(value):
    return {"S": value}


def number(value):
    return {"N": str(value)}


def key(customer, order):
    return {"customer": text(customer), "order": text(order)}


def put(customer, order, **more):
    db.put_item(TableName=TABLE, Item={**key(customer, order), **more})


def get(customer, order):
    answer = db.get_item(TableName=TABLE, Key=key(customer, order), ConsistentRead=True)
    return answer.get("Item")


def orders_of(items):
    return [item["order"]["S"] for item in items]


def put_request(customer, order, **more):
    return {"PutRequest": {"Item": {**key(customer, order), **more}}}


DEFINITION = {
    "TableName": TABLE,
    "BillingMode": "PAY_PER_REQUEST",
    "AttributeDefinitions": [
        {"AttributeName": name, "AttributeType": "N" if name == "price" else "S"}
        for name in ("customer", "order", "price", "status", "placed")
    ],
    "KeySchema": [
        {"AttributeName": "customer", "KeyType": "HASH"},
        {"AttributeName": "order", "KeyType": "RANGE"},
    ],
    "LocalSecondaryIndexes": [
        {
            "IndexName": "byPrice",
            "KeySchema": [
                {"AttributeName": "customer", "KeyType": "HASH"},
                {"AttributeName": "price", "KeyType": "RANGE"},
            ],
            "Projection": {"ProjectionType": "ALL"},
        }
    ],
    "GlobalSecondaryIndexes": [
        {
            "IndexName": "byStatus",
            "KeySchema": [
                {"AttributeName": "status", "KeyType": "HASH"},
                {"AttributeName": "placed", "KeyType": "RANGE"},
            ],
            "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["price"]},
        }
    ],
    "StreamSpecification": {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
}

print(f"version\tboto3\t{boto3.__version__}")
print(f"version\tbotocore\t{botocore.__version__}")
print(f"version\tPython\t{platform.python_version()}")


@step("create-table")
def create_table():
    table = db.create_table(**DEFINITION)["TableDescription"]
    assert table["TableName"] == TABLE
    assert table["LocalSecondaryIndexes"][0]["IndexName"] == "byPrice"
    assert table["GlobalSecondaryIndexes"][0]["IndexName"] == "byStatus"
    assert f"table/{TABLE}/stream/" in table["LatestStreamArn"]


@step("wait-table")
def wait_table():
    db.get_waiter("table_exists").wait(TableName=TABLE, WaiterConfig={"Delay": 1, "MaxAttempts": 20})
    table = db.describe_table(TableName=TABLE)["Table"]
    assert table["TableStatus"] == "ACTIVE"
    assert table["GlobalSecondaryIndexes"][0]["IndexStatus"] == "ACTIVE"


@step("put-get-types")
def put_get_types():
    # Through the resource, in Python's own types.
    item = {
        "customer": "types",
        "order": "all",
        "text": "Grüße, 世界 🎉",
        "empty": "",
        "number": decimal.Decimal("-12345678901234567890.123456789012345678"),
        "yes": True,
        "no": False,
        "nothing": None,
        "bytes": types.Binary(bytes(range(256))),
        "list": ["a", decimal.Decimal(1), [True], {}],
        "map": {"deep": {"er": [None]}},
        "strings": {"a", "b"},
        "numbers": {decimal.Decimal(1), decimal.Decimal("2.5")},
        "binaries": {types.Binary(b"\x00"), types.Binary(b"\xff")},
    }
    orders.put_item(Item=item)
    place = {"customer": "types", "order": "all"}
    found = orders.get_item(Key=place, ConsistentRead=True)["Item"]
    assert found == item, found
    part = orders.get_item(
        Key=place,
        ProjectionExpression="#m.deep.er[0], #l[1]",
        ExpressionAttributeNames={"#m": "map", "#l": "list"},
    )["Item"]
    assert part == {"list": [decimal.Decimal(1)], "map": {"deep": {"er": [None]}}}, part


@step("update")
def update():
    put("ada", "0001", price=number(10), marks={"L": [text("new")]}, stamp=text("x"))
    changed = db.update_item(
        TableName=TABLE,
        Key=key("ada", "0001"),
        UpdateExpression="SET price = price + :five, marks = list_append(marks, :more) "
        "REMOVE stamp ADD visits :one",
        ConditionExpression="attribute_exists(#order) AND price = :ten",
        ExpressionAttributeNames={"#order": "order"},
        ExpressionAttributeValues={
            ":five": number(5),
            ":more": {"L": [text("paid")]},
            ":one": number(1),
            ":ten": number(10),
        },
        ReturnValues="ALL_NEW",
    )["Attributes"]
    assert changed == {
        **key("ada", "0001"),
        "price": number(15),
        "marks": {"L": [text("new"), text("paid")]},
        "visits": number(1),
    }, changed


FAILING_UPDATE = {
    "TableName": TABLE,
    "Key": key("ada", "0001"),
    "UpdateExpression": "SET price = :ten",
    "ConditionExpression": "price = :ten",
    "ExpressionAttributeValues": {":ten": number(10)},
}
CONDITION_FAILED = "The conditional request failed"


@step("condition-fails")
def condition_fails():
    throws(
        db.exceptions.ConditionalCheckFailedException, CONDITION_FAILED, db.update_item, **FAILING_UPDATE
    )


@step("condition-all-old")
def condition_all_old():
    shape = db.meta.service_model.operation_model("UpdateItem").input_shape
    if "ReturnValuesOnConditionCheckFailure" not in shape.members:
        raise Skipped("this boto3 does not know ReturnValuesOnConditionCheckFailure of UpdateItem")
    error = throws(
        db.exceptions.ConditionalCheckFailedException,
        CONDITION_FAILED,
        db.update_item,
        ReturnValuesOnConditionCheckFailure="ALL_OLD",
        **FAILING_UPDATE,
    )
    assert error.response["Item"]["price"] == number(15), error.response


@step("query-pages")
def query_pages():
    for n in range(25):
        status = "done" if n % 2 else "open"
        placed = f"2026-11-{n + 1:02}"
        put("pages", f"{n:02}", price=number(n), status=text(status), placed=text(placed))
    paginator = db.get_paginator("query")
    pages = list(
        paginator.paginate(
            TableName=TABLE,
            KeyConditionExpression="customer = :c",
            ExpressionAttributeValues={":c": text("pages")},
            PaginationConfig={"PageSize": 10},
        )
    )
    assert [page["Count"] for page in pages if page["Count"]] == [10, 10, 5]
    found = [order for page in pages for order in orders_of(page["Items"])]
    assert found == [f"{n:02}" for n in range(25)], found

    backwards = orders.query(
        KeyConditionExpression=conditions.Key("customer").eq("pages")
        & conditions.Key("order").between("03", "05"),
        ScanIndexForward=False,
    )["Items"]
    assert [item["order"] for item in backwards] == ["05", "04", "03"]

    filtered = list(
        paginator.paginate(
            TableName=TABLE,
            KeyConditionExpression="customer = :c",
            FilterExpression="price >= :n",
            ExpressionAttributeValues={":c": text("pages"), ":n": number(20)},
            PaginationConfig={"PageSize": 10},
        )
    )
    assert sum(page["Count"] for page in filtered) == 5
    assert sum(page["ScannedCount"] for page in filtered) == 25


@step("query-indexes")
def query_indexes():
    items = db.query(
        TableName=TABLE,
        IndexName="byStatus",
        KeyConditionExpression="#status = :s",
        ExpressionAttributeNames={"#status": "status"},
        ExpressionAttributeValues={":s": text("open")},
    )["Items"]
    placed = [item["placed"]["S"] for item in items]
    assert len(placed) == 13 and placed == sorted(placed), placed
    assert items[0] == {
        **key("pages", "00"),
        "status": text("open"),
        "placed": text("2026-11-01"),
        "price": number(0),
    }, items[0]
    some = db.query(
        TableName=TABLE,
        IndexName="byPrice",
        KeyConditionExpression="customer = :c AND price BETWEEN :from AND :to",
        ExpressionAttributeValues={":c": text("pages"), ":from": number(5), ":to": number(7)},
    )["Items"]
    assert orders_of(some) == ["05", "06", "07"], some


@step("parallel-scan")
def parallel_scan():
    def scan(segment):
        pages = db.get_paginator("scan").paginate(TableName=TABLE, Segment=segment, TotalSegments=4)
        return [(item["customer"]["S"], item["order"]["S"]) for page in pages for item in page["Items"]]

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        found = [place for segment in pool.map(scan, range(4)) for place in segment]
    assert (len(found), len(set(found))) == (27, 27), found
    assert db.scan(TableName=TABLE, Select="COUNT")["Count"] == 27


@step("batch-write-unprocessed")
def batch_write_unprocessed():
    holder = threading.Thread(
        target=db.transact_write_items,
        kwargs={"TransactItems": [{"Put": {"TableName": TABLE, "Item": key("batch", "held")}}]},
    )
    holder.start()
    until(lambda: get("batch", "held"))
    writes = [put_request("batch", "held", price=number(2)), put_request("batch", "free")]
    left = db.batch_write_item(RequestItems={TABLE: writes})["UnprocessedItems"]
    assert left == {TABLE: writes[:1]}, left
    while left:
        time.sleep(0.05)
        left = db.batch_write_item(RequestItems=left)["UnprocessedItems"]
    holder.join()
    assert get("batch", "held")["price"] == number(2)
    assert get("batch", "free")


@step("batch-get-unprocessed")
def batch_get_unprocessed():
    with orders.batch_writer() as writer:
        for n in range(45):
            writer.put_item(Item={"customer": "big", "order": f"{n:02}", "blob": "x" * 390_000})
    ask = {TABLE: {"Keys": [key("big", f"{n:02}") for n in range(45)]}}
    found, calls = [], 0
    while ask:
        answer = db.batch_get_item(RequestItems=ask)
        found += orders_of(answer["Responses"][TABLE])
        ask = answer["UnprocessedKeys"]
        calls += 1
    assert calls > 1, "the first answer had everything"
    assert sorted(found) == [f"{n:02}" for n in range(45)], found


@step("transaction")
def transaction():
    request = {
        "ClientRequestToken": "interop-1",
        "TransactItems": [
            {"Put": {"TableName": TABLE, "Item": {**key("tx", "a"), "price": number(1)}}},
            {
                "Update": {
                    "TableName": TABLE,
                    "Key": key("ada", "0001"),
                    "UpdateExpression": "SET price = price + :one",
                    "ExpressionAttributeValues": {":one": number(1)},
                }
            },
            {
                "ConditionCheck": {
                    "TableName": TABLE,
                    "Key": key("types", "all"),
                    "ConditionExpression": "attribute_exists(customer)",
                }
            },
            {"Delete": {"TableName": TABLE, "Key": key("pages", "24")}},
        ],
    }
    db.transact_write_items(**request)
    db.transact_write_items(**request)
    places = [("tx", "a"), ("ada", "0001"), ("pages", "24")]
    answers = db.transact_get_items(
        TransactItems=[{"Get": {"TableName": TABLE, "Key": key(*place)}} for place in places]
    )["Responses"]
    prices = [answer.get("Item", {}).get("price") for answer in answers]
    assert prices == [number(1), number(16), None], prices


@step("transaction-canceled")
def transaction_canceled():
    error = throws(
        db.exceptions.TransactionCanceledException,
        "Transaction cancelled, please refer cancellation reasons for specific reasons "
        "[ConditionalCheckFailed, None]",
        db.transact_write_items,
        TransactItems=[
            {
                "Put": {
                    "TableName": TABLE,
                    "Item": key("tx", "a"),
                    "ConditionExpression": "attribute_not_exists(#order)",
                    "ExpressionAttributeNames": {"#order": "order"},
                    "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
                }
            },
            {"Put": {"TableName": TABLE, "Item": key("tx", "c")}},
        ],
    )
    assert error.response["CancellationReasons"] == [
        {
            "Code": "ConditionalCheckFailed",
            "Message": CONDITION_FAILED,
            "Item": {**key("tx", "a"), "price": number(1)},
        },
        {"Code": "None"},
    ], error.response
    assert get("tx", "c") is None


INSERT = f"INSERT INTO \"{TABLE}\" VALUE {{'customer': ?, 'order': ?, 'price': ?}}"
ONE = f'"{TABLE}" WHERE customer=? AND "order"=?'


@step("partiql")
def partiql():
    one = [text("ql"), text("1")]
    insert = {"Statement": INSERT, "Parameters": [*one, number(5)]}
    db.execute_statement(**insert)
    throws(
        db.exceptions.DuplicateItemException,
        "Duplicate primary key exists in table",
        db.execute_statement,
        **insert,
    )
    changed = db.execute_statement(
        Statement=f'UPDATE "{TABLE}" SET price=price+? WHERE customer=? AND "order"=? RETURNING ALL NEW *',
        Parameters=[number(2), *one],
    )["Items"]
    assert changed == [{**key("ql", "1"), "price": number(7)}], changed
    found, token = [], {}
    while token is not None:
        page = db.execute_statement(
            Statement=f'SELECT * FROM "{TABLE}" WHERE customer=?',
            Parameters=[text("pages")],
            Limit=10,
            **token,
        )
        found += orders_of(page["Items"])
        token = {"NextToken": page["NextToken"]} if "NextToken" in page else None
    assert found == [f"{n:02}" for n in range(24)], found
    db.execute_statement(Statement=f"DELETE FROM {ONE}", Parameters=one)
    assert db.execute_statement(Statement=f"SELECT * FROM {ONE}", Parameters=one)["Items"] == []


@step("partiql-batch")
def partiql_batch():
    def insert(customer, order):
        return {"Statement": INSERT, "Parameters": [text(customer), text(order), number(1)]}

    answers = db.batch_execute_statement(Statements=[insert("ql", "2"), insert("ada", "0001")])["Responses"]
    assert "Error" not in answers[0], answers
    assert answers[1]["Error"]["Code"] == "DuplicateItem", answers
    db.execute_transaction(TransactStatements=[insert("ql", "3"), insert("ql", "4")])
    items = db.execute_statement(
        Statement=f'SELECT * FROM "{TABLE}" WHERE customer=?', Parameters=[text("ql")]
    )["Items"]
    assert orders_of(items) == ["2", "3", "4"], items


@step("stream-read")
def stream_read():
    arn = db.describe_table(TableName=TABLE)["Table"]["LatestStreamArn"]
    (shard,) = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]
    iterator = streams.get_shard_iterator(
        StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="LATEST"
    )["ShardIterator"]
    put("stream", "1", price=number(1))
    db.update_item(
        TableName=TABLE,
        Key=key("stream", "1"),
        UpdateExpression="SET price = :two",
        ExpressionAttributeValues={":two": number(2)},
    )
    db.delete_item(TableName=TABLE, Key=key("stream", "1"))
    records = []

    def three():
        nonlocal iterator
        page = streams.get_records(ShardIterator=iterator)
        records.extend(page["Records"])
        iterator = page["NextShardIterator"]
        return len(records) >= 3

    until(three)
    assert [record["eventName"] for record in records] == ["INSERT", "MODIFY", "REMOVE"], records
    assert all(record["dynamodb"]["Keys"] == key("stream", "1") for record in records), records
    modify = records[1]["dynamodb"]
    assert modify["OldImage"]["price"] == number(1) and modify["NewImage"]["price"] == number(2), modify


@step("ttl")
def ttl():
    db.update_time_to_live(
        TableName=TABLE, TimeToLiveSpecification={"AttributeName": "expires", "Enabled": True}
    )
    status = db.describe_time_to_live(TableName=TABLE)["TimeToLiveDescription"]["TimeToLiveStatus"]
    assert status in ("ENABLED", "ENABLING"), status
    now = int(time.time())
    put("ttl", "past", expires=number(now - 60))
    put("ttl", "future", expires=number(now + 3600))
    until(lambda: get("ttl", "past") is None)
    assert get("ttl", "future")


@step("errors")
def errors():
    throws(
        db.exceptions.ResourceNotFoundException,
        "Requested resource not found",
        db.get_item,
        TableName="Nowhere",
        Key=key("a", "b"),
    )
    throws(db.exceptions.ResourceInUseException, f"Table already exists: {TABLE}", db.create_table, **DEFINITION)
    error = throws(
        botocore.exceptions.ClientError,
        "The provided key element does not match the schema",
        db.get_item,
        TableName=TABLE,
        Key={"customer": text("ada")},
    )
    assert error.response["Error"]["Code"] == "ValidationException", error


@step("delete-table")
def delete_table():
    db.delete_table(TableName=TABLE)
    db.get_waiter("table_not_exists").wait(TableName=TABLE, WaiterConfig={"Delay": 1, "MaxAttempts": 20})
    throws(
        db.exceptions.ResourceNotFoundException,
        f"Requested resource not found: Table: {TABLE} not found",
        db.describe_table,
        TableName=TABLE,
    )
