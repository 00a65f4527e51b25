#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "storage/clock/settable_clock.h"
#include "storage/key/key_part.h"
#include "storage/key/partition_hash.h"
#include "storage/stream/stream.h"
#include "tests/unit/storage/key/owned_value.h"

namespace dynarock {
namespace {

using namespace test;  // NOLINT: the words for values

constexpr StorageId kId = 77;
constexpr size_t kAll = 1000;
constexpr size_t kManyBytes = 1 << 20;

class StreamsTest : public testing::Test {
 protected:
  void SetUp() override {
    engine_ = std::move(*Engine::Open({}));
    Reopen();
    Batch batch;
    streams_->Create(Describe(), batch);
    engine_->Write(batch);
  }
  // What a restart does.
  void Reopen() {
    streams_ = std::make_unique<Streams>(*engine_, clock_, options_);
    const StorageId enabled[] = {kId};
    ASSERT_TRUE(streams_->Load(enabled));
  }
  StreamDescription Describe() {
    return {.id = kId,
            .name_space = "",
            .table = "t",
            .table_arn = "arn:aws:dynamodb:us-east-1:000000000000:table/t",
            .label = "l",
            .view_type = view_,
            .key = {{"pk", KeyRole::kHash}},
            .key_names = {"pk"},
            .created_ms = clock_.now_ms()};
  }
  static std::string Row(const std::string& pk) {
    const Owned value = S(pk);
    std::string key = IndexPrefix(1, kTableRows);
    const ValueView values[] = {value.view()};
    AppendU64(key, PartitionHash(values));
    AppendKeyPart(key, value);
    return key;
  }
  // One change of an item, committed.
  void Write(const std::string& pk, const std::string& note = "x") {
    const std::string item = Item({{"pk", S(pk)}, {"note", S(note)}});
    const std::string row = Row(pk);
    const StreamChange change{row, std::nullopt, ItemView(item), false};
    Batch batch;
    const auto ticket = streams_->Append(kId, {&change, 1}, batch);
    engine_->Write(batch);
  }
  static std::vector<std::string> KeysOf(const Streams::Page& page) {
    std::vector<std::string> keys;
    for (const StreamRecord& record : page.records) {
      keys.emplace_back(ItemView(record.keys).Find("pk")->text());
    }
    return keys;
  }
  Streams::Page Read(uint32_t shard, SequenceNumber from, size_t limit = kAll,
                     size_t bytes = kManyBytes) {
    auto page = streams_->Read(kId, shard, from, limit, bytes);
    EXPECT_TRUE(page) << page.error().message;
    return page ? std::move(*page) : Streams::Page();
  }

  SettableClock clock_{1'700'000'000'000};
  StreamOptions options_;
  StreamViewType view_ = StreamViewType::kNewAndOldImages;
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<Streams> streams_;
};

using Keys = std::vector<std::string>;

TEST_F(StreamsTest, ReadsInPages) {
  for (const char* pk : {"a", "b", "c"}) Write(pk);
  const auto first = Read(1, 1, 2);
  EXPECT_EQ(KeysOf(first), (Keys{"a", "b"}));
  const auto second = Read(1, *first.next, 2);
  EXPECT_EQ(KeysOf(second), Keys{"c"});
  EXPECT_TRUE(Read(1, *second.next).records.empty());
  Write("d");
  EXPECT_EQ(KeysOf(Read(1, *second.next)), Keys{"d"});
  EXPECT_EQ(KeysOf(Read(1, 1, kAll, 1)), Keys{"a"}) << "a page holds one record at least";
}

TEST_F(StreamsTest, ShowsNoNumberBeforeALowerOneIsDecided) {
  const std::string item = Item({{"pk", S("slow")}});
  const std::string row = Row("slow");
  const StreamChange change{row, std::nullopt, ItemView(item), false};
  {
    Batch batch;
    const auto ticket = streams_->Append(kId, {&change, 1}, batch);
    Write("fast");
    const auto page = Read(1, 1);
    EXPECT_TRUE(page.records.empty());
    EXPECT_EQ(page.next, 1u);
    EXPECT_EQ(streams_->AfterNewest(kId), 1u);
    engine_->Write(batch);
  }
  EXPECT_EQ(KeysOf(Read(1, 1)), (Keys{"slow", "fast"}));
  {
    Batch given_up;
    const auto ticket = streams_->Append(kId, {&change, 1}, given_up);
  }
  EXPECT_EQ(KeysOf(Read(1, 3)), Keys{});
  EXPECT_EQ(streams_->AfterNewest(kId), 4u);
}

TEST_F(StreamsTest, ViewTypesDecideWhatIsKept) {
  struct Case {
    StreamViewType view;
    bool inserted_new, modified_new, modified_old, removed_old;
  };
  const Case cases[] = {{StreamViewType::kKeysOnly, false, false, false, false},
                        {StreamViewType::kNewImage, true, true, false, false},
                        {StreamViewType::kOldImage, false, false, true, true},
                        {StreamViewType::kNewAndOldImages, true, true, true, true}};
  const std::string one = Item({{"pk", S("a")}, {"note", S("1")}});
  const std::string two = Item({{"pk", S("a")}, {"note", S("2")}});
  const std::string row = Row("a");
  StorageId id = 100;
  for (const Case& c : cases) {
    SCOPED_TRACE(StreamViewTypeName(c.view));
    StreamDescription description = Describe();
    description.id = ++id;
    description.view_type = c.view;
    Batch batch;
    streams_->Create(description, batch);
    const StreamChange changes[] = {{row, std::nullopt, ItemView(one), false},
                                    {row, ItemView(one), ItemView(two), false},
                                    {row, ItemView(two), std::nullopt, true}};
    {
      const auto ticket = streams_->Append(id, changes, batch);
      engine_->Write(batch);
    }
    const auto page = streams_->Read(id, 1, 1, kAll, kManyBytes);
    ASSERT_TRUE(page);
    ASSERT_EQ(page->records.size(), 3u);
    const StreamRecord& inserted = page->records[0];
    const StreamRecord& modified = page->records[1];
    const StreamRecord& removed = page->records[2];
    EXPECT_EQ(inserted.event, StreamEvent::kInsert);
    EXPECT_EQ(modified.event, StreamEvent::kModify);
    EXPECT_EQ(removed.event, StreamEvent::kRemove);
    EXPECT_FALSE(modified.expired);
    EXPECT_TRUE(removed.expired);
    const auto image = [](bool present, const std::string& item) {
      return present ? item : std::string();
    };
    EXPECT_EQ(inserted.new_image, image(c.inserted_new, one));
    EXPECT_EQ(inserted.old_image, "");
    EXPECT_EQ(modified.new_image, image(c.modified_new, two));
    EXPECT_EQ(modified.old_image, image(c.modified_old, one));
    EXPECT_EQ(removed.new_image, "");
    EXPECT_EQ(removed.old_image, image(c.removed_old, two));
    for (const StreamRecord& record : page->records) {
      EXPECT_EQ(record.keys, Item({{"pk", S("a")}}));
    }
  }
}

TEST_F(StreamsTest, ShardsRollOverAndEnd) {
  Write("a");
  Write("b");
  clock_.Advance(options_.shard_ms);
  Write("c");
  const auto shards = streams_->Shards(kId);
  ASSERT_EQ(shards.size(), 2u);
  EXPECT_EQ(shards[0].start, 1u);
  EXPECT_EQ(shards[0].end, 2u);
  EXPECT_EQ(shards[1].start, 3u);
  EXPECT_EQ(shards[1].end, 0u);
  EXPECT_EQ(shards[1].parent_id, shards[0].id);
  EXPECT_LT(shards[0].id, shards[1].id);
  EXPECT_EQ(shards[0].id.size(), 37u);
  const auto closed = Read(shards[0].number, 1);
  EXPECT_EQ(KeysOf(closed), (Keys{"a", "b"}));
  EXPECT_FALSE(closed.next) << "a closed shard ends";
  const auto open = Read(shards[1].number, shards[1].start);
  EXPECT_EQ(KeysOf(open), Keys{"c"});
  EXPECT_TRUE(open.next);
}

TEST_F(StreamsTest, IdleShardsRollOverToo) {
  clock_.Advance(options_.shard_ms);
  streams_->Tend();
  const auto shards = streams_->Shards(kId);
  ASSERT_EQ(shards.size(), 2u);
  EXPECT_EQ(shards[0].start, shards[0].end) << "an empty shard ends with a number of its own";
  EXPECT_FALSE(Read(shards[0].number, shards[0].start).next);
}

TEST_F(StreamsTest, ARolledShardIsNotAtItsEndWhileARecordIsUnderWay) {
  const std::string item = Item({{"pk", S("slow")}});
  const std::string row = Row("slow");
  const StreamChange change{row, std::nullopt, ItemView(item), false};
  {
    Batch batch;
    const auto ticket = streams_->Append(kId, {&change, 1}, batch);
    clock_.Advance(options_.shard_ms);
    Write("next");
    const auto page = Read(1, 1);
    EXPECT_TRUE(page.records.empty());
    EXPECT_EQ(page.next, 1u);
    engine_->Write(batch);
  }
  const auto page = Read(1, 1);
  EXPECT_EQ(KeysOf(page), Keys{"slow"});
  EXPECT_FALSE(page.next);
}

TEST_F(StreamsTest, SeveralOpenShardsShareTheItems) {
  options_.shards_of["many"] = 4;
  Reopen();
  StreamDescription description = Describe();
  description.id = kId + 1;
  description.table = "many";
  Batch batch;
  streams_->Create(description, batch);
  engine_->Write(batch);
  const std::string item = Item({{"pk", S("x")}});
  for (int i = 0; i < 200; ++i) {
    const std::string row = Row("key" + std::to_string(i));
    const StreamChange change{row, std::nullopt, ItemView(item), false};
    Batch one;
    const auto ticket = streams_->Append(kId + 1, {&change, 1}, one);
    engine_->Write(one);
  }
  const auto shards = streams_->Shards(kId + 1);
  ASSERT_EQ(shards.size(), 4u);
  size_t total = 0;
  for (const Shard& shard : shards) {
    const auto page = streams_->Read(kId + 1, shard.number, 1, kAll, kManyBytes);
    ASSERT_TRUE(page);
    EXPECT_GT(page->records.size(), 20u) << shard.id;
    total += page->records.size();
  }
  EXPECT_EQ(total, 200u);
  clock_.Advance(options_.shard_ms);
  streams_->Tend();
  EXPECT_EQ(streams_->Shards(kId + 1).size(), 8u) << "each has one child";
}

TEST_F(StreamsTest, TrimsWhatIsOld) {
  Write("old");
  clock_.Advance(options_.retention_ms / 2);
  Write("young");
  const auto shards_before = streams_->Shards(kId);
  ASSERT_EQ(shards_before.size(), 2u);
  EXPECT_EQ(streams_->Oldest(kId, shards_before[0]), 1u);
  clock_.Advance(options_.retention_ms / 2);
  for (const bool swept : {false, true}) {
    SCOPED_TRACE(swept);
    if (swept) streams_->Tend();
    const auto from_old = streams_->Read(kId, 1, 1, kAll, kManyBytes);
    ASSERT_FALSE(from_old);
    EXPECT_EQ(from_old.error().kind, ErrorKind::kTrimmedDataAccess);
    EXPECT_EQ(KeysOf(Read(2, 2)), Keys{"young"});
  }
  clock_.Advance(options_.retention_ms / 2);
  streams_->Tend();
  const auto shards = streams_->Shards(kId);
  for (const Shard& shard : shards) EXPECT_NE(shard.number, 1u) << "an old shard is gone";
  const auto gone = streams_->Read(kId, 1, 1, kAll, kManyBytes);
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().kind, ErrorKind::kResourceNotFound);
}

TEST_F(StreamsTest, OldestSkipsWhatIsTrimmedInAnOpenShard) {
  options_.shard_ms = 10 * options_.retention_ms;
  Reopen();
  Write("old");
  clock_.Advance(options_.retention_ms - 1);
  Write("young");
  clock_.Advance(1);
  const Shard shard = streams_->Shards(kId)[0];
  EXPECT_EQ(streams_->Oldest(kId, shard), 2u);
  streams_->Tend();
  EXPECT_EQ(streams_->Oldest(kId, shard), 2u);
  Reopen();
  const auto trimmed = streams_->Read(kId, 1, 1, kAll, kManyBytes);
  ASSERT_FALSE(trimmed) << "a restart does not forget what was trimmed";
  EXPECT_EQ(KeysOf(Read(1, 2)), Keys{"young"});
}

TEST_F(StreamsTest, DisabledStreamsStayReadableForTheRetentionTime) {
  Write("a");
  streams_->Disable(kId);
  EXPECT_NE(streams_->Find("", "t", "l")->disabled_ms, 0);
  const auto page = Read(1, 1);
  EXPECT_EQ(KeysOf(page), Keys{"a"});
  EXPECT_FALSE(page.next);
  clock_.Advance(options_.retention_ms);
  EXPECT_TRUE(streams_->List("", "").empty());
  streams_->Tend();
  EXPECT_TRUE(streams_->Shards(kId).empty());
}

TEST_F(StreamsTest, ARestartGoesOnWhereItStopped) {
  Write("a");
  clock_.Advance(options_.shard_ms);
  Write("b");
  const auto before = streams_->Shards(kId);
  Reopen();
  const auto after = streams_->Shards(kId);
  ASSERT_EQ(after.size(), before.size());
  for (size_t i = 0; i < after.size(); ++i) {
    EXPECT_EQ(after[i].id, before[i].id);
    EXPECT_EQ(after[i].parent_id, before[i].parent_id);
    EXPECT_EQ(after[i].end, before[i].end);
  }
  Write("c");
  const auto page = Read(2, 1);
  EXPECT_EQ(KeysOf(page), (Keys{"b", "c"}));
  EXPECT_EQ(page.records[1].number, 3u);
}

TEST_F(StreamsTest, AStreamNoTableWritesIsClosedOnLoad) {
  Streams other(*engine_, clock_, options_);
  ASSERT_TRUE(other.Load({}));
  EXPECT_NE(other.Find("", "t", "l")->disabled_ms, 0);
}

TEST_F(StreamsTest, LabelsNeverRepeat) {
  const std::string first = streams_->NewLabel("", "t");
  EXPECT_EQ(first, "2023-11-14T22:13:20.000");
  StreamDescription description = Describe();
  description.id = kId + 1;
  description.label = first;
  Batch batch;
  streams_->Create(description, batch);
  EXPECT_EQ(streams_->NewLabel("", "t"), "2023-11-14T22:13:20.001");
  EXPECT_EQ(streams_->NewLabel("", "other"), first);
}

// Writers in several threads, rolling over all the time, and a reader that follows.
TEST_F(StreamsTest, AReaderMeetsEveryNumberOnceAndInOrder) {
  options_.retention_ms *= 100;
  Reopen();
  constexpr int kThreads = 3;
  constexpr int kEach = 2000;
  std::vector<std::thread> writers;
  for (int t = 0; t < kThreads; ++t) {
    writers.emplace_back([&, t] {
      for (int i = 0; i < kEach; ++i) {
        if (i % 100 == 0) clock_.Advance(options_.shard_ms / 3);
        Write(std::to_string(t) + "/" + std::to_string(i));
      }
    });
  }
  std::set<std::string> seen;
  SequenceNumber last = 0;
  uint32_t shard = 1;
  SequenceNumber from = 1;
  while (seen.size() < static_cast<size_t>(kThreads * kEach)) {
    const auto page = streams_->Read(kId, shard, from, 50, kManyBytes);
    ASSERT_TRUE(page) << page.error().message;
    for (const StreamRecord& record : page->records) {
      ASSERT_GT(record.number, last);
      last = record.number;
      ASSERT_TRUE(seen.insert(std::string(ItemView(record.keys).Find("pk")->text())).second);
    }
    if (page->next) {
      from = *page->next;
    } else {
      ++shard;
      from = last + 1;
    }
  }
  for (std::thread& writer : writers) writer.join();
}

}  // namespace
}  // namespace dynarock
