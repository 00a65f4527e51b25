"""PynamoDB against the server at argv[1]: models, indexes, batches, transactions. Runs with unittest, in the order of
the names."""
import datetime
import sys
import unittest

from pynamodb.attributes import (
    BinaryAttribute,
    BooleanAttribute,
    ListAttribute,
    MapAttribute,
    NullAttribute,
    NumberAttribute,
    NumberSetAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
    UTCDateTimeAttribute,
    VersionAttribute,
)
from pynamodb.connection import Connection
from pynamodb.exceptions import DoesNotExist, PutError, TransactWriteError, UpdateError
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex, LocalSecondaryIndex
from pynamodb.models import Model
from pynamodb.transactions import TransactGet, TransactWrite

SETTINGS = {
    "host": sys.argv.pop(),
    "region": "us-east-1",
    "aws_access_key_id": "local",
    "aws_secret_access_key": "local",
}


class ByTag(GlobalSecondaryIndex):
    class Meta:
        index_name = "by-tag"
        projection = AllProjection()
        billing_mode = "PAY_PER_REQUEST"

    tag = UnicodeAttribute(hash_key=True)
    views = NumberAttribute(range_key=True)


class ByViews(LocalSecondaryIndex):
    class Meta:
        index_name = "by-views"
        projection = AllProjection()

    forum = UnicodeAttribute(hash_key=True)
    views = NumberAttribute(range_key=True)


class Place(MapAttribute):
    city = UnicodeAttribute()
    floor = NumberAttribute(null=True)


class Thread(Model):
    class Meta:
        table_name = "threads"
        billing_mode = "PAY_PER_REQUEST"
        host = SETTINGS["host"]
        region = SETTINGS["region"]
        aws_access_key_id = SETTINGS["aws_access_key_id"]
        aws_secret_access_key = SETTINGS["aws_secret_access_key"]

    forum = UnicodeAttribute(hash_key=True)
    subject = UnicodeAttribute(range_key=True)
    views = NumberAttribute(default=0)
    tag = UnicodeAttribute(null=True)
    open = BooleanAttribute(null=True)
    picture = BinaryAttribute(null=True, legacy_encoding=False)
    words = UnicodeSetAttribute(null=True)
    marks = NumberSetAttribute(null=True)
    steps = ListAttribute(null=True)
    place = Place(null=True)
    nothing = NullAttribute(null=True)
    written = UTCDateTimeAttribute(null=True)
    version = VersionAttribute(null=True)
    by_tag = ByTag()
    by_views = ByViews()


class Cases(unittest.TestCase):
    def test_1_creates_its_table(self):
        Thread.create_table(wait=True)
        self.assertTrue(Thread.exists())
        table = Thread.describe_table()
        self.assertEqual(table["GlobalSecondaryIndexes"][0]["IndexName"], "by-tag")
        self.assertEqual(table["LocalSecondaryIndexes"][0]["IndexName"], "by-views")

    def test_2_saves_and_reads_an_item_of_many_types(self):
        written = datetime.datetime(2026, 11, 25, 10, tzinfo=datetime.timezone.utc)
        thread = Thread(
            "db",
            "types",
            views=3,
            open=False,
            picture=bytes(range(256)),
            words={"a", "b"},
            marks={1, 2.5},
            steps=["a", 1, {"deep": [True, None]}],
            place=Place(city="Köln", floor=2),
            written=written,
        )
        thread.save()
        found = Thread.get("db", "types", consistent_read=True)
        self.assertEqual(found.picture, bytes(range(256)))
        self.assertEqual((found.words, found.marks), ({"a", "b"}, {1, 2.5}))
        self.assertEqual(found.steps, ["a", 1, {"deep": [True, None]}])
        self.assertEqual((found.place.city, found.place.floor), ("Köln", 2))
        self.assertEqual((found.written, found.open, found.version), (written, False, 1))

    def test_3_updates_with_conditions_and_versions(self):
        thread = Thread.get("db", "types")
        stale = Thread.get("db", "types")
        thread.update(
            actions=[
                Thread.views.add(2),
                Thread.steps.set(Thread.steps.append(["z"])),
                Thread.words.delete({"a"}),
                Thread.open.remove(),
                Thread.place.city.set("Bonn"),
            ],
            condition=Thread.views == 3,
        )
        self.assertEqual((thread.views, thread.words, thread.place.city), (5, {"b"}, "Bonn"))
        self.assertEqual(thread.steps[-1], "z")
        with self.assertRaises(PutError) as raised:
            stale.save()
        self.assertEqual(raised.exception.cause_response_code, "ConditionalCheckFailedException")
        with self.assertRaises(UpdateError) as raised:
            thread.update(actions=[Thread.views.set(0)], condition=Thread.views > 100)
        self.assertEqual(raised.exception.cause_response_message, "The conditional request failed")

    def test_4_queries_pages_and_indexes(self):
        with Thread.batch_write() as batch:
            for n in range(60):
                tag = "odd" if n % 2 else "even"
                batch.save(Thread("many", f"{n:02}", views=n, tag=tag))
        found = [thread.subject for thread in Thread.query("many", page_size=13)]
        self.assertEqual(found, [f"{n:02}" for n in range(60)])
        first = Thread.query("many", limit=7)
        self.assertEqual(len(list(first)), 7)
        rest = Thread.query("many", last_evaluated_key=first.last_evaluated_key)
        self.assertEqual(len(list(rest)), 53)
        some = Thread.query("many", Thread.subject.between("03", "05"), scan_index_forward=False)
        self.assertEqual([thread.subject for thread in some], ["05", "04", "03"])
        odd = Thread.by_tag.query("odd", ByTag.views > 55, filter_condition=Thread.subject != "57")
        self.assertEqual([thread.views for thread in odd], [59])
        self.assertEqual(len(list(Thread.by_views.query("many", ByViews.views < 4))), 4)
        self.assertEqual(Thread.count("many"), 60)
        scanned = [list(Thread.scan(segment=n, total_segments=3, page_size=20)) for n in range(3)]
        self.assertEqual(sum(map(len, scanned)), 61)

    def test_5_reads_batches(self):
        keys = [("many", f"{n:02}") for n in range(60)] + [("many", "nowhere")]
        self.assertEqual(len(list(Thread.batch_get(keys))), 60)
        with self.assertRaises(DoesNotExist):
            Thread.get("many", "nowhere")

    def test_6_writes_and_reads_transactions(self):
        connection = Connection(**SETTINGS)
        with TransactWrite(connection=connection) as transaction:
            transaction.save(Thread("tx", "a"), condition=Thread.forum.does_not_exist())
            transaction.update(Thread("many", "00"), actions=[Thread.views.add(10)])
            transaction.condition_check(Thread, "many", "01", condition=Thread.views == 1)
            transaction.delete(Thread("many", "02"))
        with TransactGet(connection=connection) as transaction:
            one = transaction.get(Thread, "tx", "a")
            other = transaction.get(Thread, "many", "00")
        self.assertEqual((one.get().views, other.get().views), (0, 10))
        with self.assertRaises(TransactWriteError) as raised:
            with TransactWrite(connection=connection) as transaction:
                transaction.save(Thread("tx", "b"))
                transaction.condition_check(Thread, "many", "01", condition=Thread.views == 9)
        self.assertEqual(raised.exception.cause_response_code, "TransactionCanceledException")
        codes = [reason and reason.code for reason in raised.exception.cancellation_reasons]
        # PynamoDB sends condition checks before everything else.
        self.assertEqual(codes, ["ConditionalCheckFailed", None])

    def test_7_deletes(self):
        Thread.get("tx", "a").delete()
        with self.assertRaises(DoesNotExist):
            Thread.get("tx", "a")
        Thread.delete_table()
        self.assertFalse(Thread.exists())


if __name__ == "__main__":
    unittest.main(verbosity=2)
