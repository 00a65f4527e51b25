// What passes with time: iterators, records, shards and streams at the service's own limits.
#include <gtest/gtest.h>

#include "../tables/table_client.h"
#include "server/operations/request/operation_list.h"
#include "storage/item/json.h"

namespace dynarock::operations {
namespace {

constexpr int64_t kHourMs = 3'600'000;
constexpr int64_t kMinuteMs = 60'000;
constexpr const char* kTrimmed = "The data you are trying to access has been trimmed";

class StreamsOverTime : public testing::Test {
 protected:
  StreamsOverTime() {
    client_.MakeTable("tab");
    const std::string answer =
        client_(kUpdateTable,
                "{'TableName':'tab','StreamSpecification':{'StreamEnabled':true,'StreamViewType':"
                "'KEYS_ONLY'}}");
    arn_ = Member(answer, "LatestStreamArn");
  }

  // The first string member of that name.
  static std::string Member(const std::string& json, const std::string& name) {
    const std::string opening = "\"" + name + "\":\"";
    const size_t at = json.find(opening);
    if (at == std::string::npos) return {};
    const size_t begin = at + opening.size();
    return json.substr(begin, json.find('"', begin) - begin);
  }
  static size_t Count(const std::string& text, const std::string& word) {
    size_t count = 0;
    for (size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
      ++count;
    return count;
  }

  void Put(const std::string& pk) {
    client_(kPutItem, "{'TableName':'tab','Item':{'pk':{'S':'" + pk + "'}}}");
  }
  std::string Describe() { return client_(kDescribeStream, "{'StreamArn':'" + arn_ + "'}"); }
  std::string Open(const std::string& shard, const std::string& more) {
    return client_(kGetShardIterator,
                   "{'StreamArn':'" + arn_ + "','ShardId':'" + shard + "'," + more + "}");
  }
  std::string Oldest() {
    return Member(Open(Member(Describe(), "ShardId"), "'ShardIteratorType':'TRIM_HORIZON'"),
                  "ShardIterator");
  }
  std::string Read(const std::string& iterator) {
    return client_(kGetRecords, "{'ShardIterator':'" + iterator + "'}");
  }

  TableClient client_;
  std::string arn_;
};

TEST_F(StreamsOverTime, IteratorsLiveFifteenMinutes) {
  Put("a");
  const std::string iterator = Oldest();
  client_.clock().Advance(15 * kMinuteMs);
  const std::string page = Read(iterator);
  EXPECT_EQ(Member(page, "eventName"), "INSERT") << page;
  client_.clock().Advance(1);
  EXPECT_EQ(Read(iterator), "Shard iterator has expired");
  EXPECT_EQ(client_.error_kind(), ErrorKind::kExpiredIterator);
  // The next one was issued with the page.
  const std::string next = Member(page, "NextShardIterator");
  EXPECT_EQ(Count(Read(next), "eventName"), 0u);
  client_.clock().Advance(15 * kMinuteMs);
  EXPECT_EQ(Read(next), "Shard iterator has expired");
}

TEST_F(StreamsOverTime, ShardsStayOpenForFourHours) {
  const std::string first = Member(Describe(), "ShardId");
  Put("a");
  client_.clock().Advance(4 * kHourMs - 1);
  Put("b");
  EXPECT_EQ(Count(Describe(), "\"ShardId\""), 1u);
  client_.clock().Advance(1);
  Put("c");
  const std::string described = Describe();
  EXPECT_EQ(Count(described, "\"ShardId\""), 2u);
  EXPECT_EQ(Count(described, "EndingSequenceNumber"), 1u);
  EXPECT_EQ(Member(described, "ParentShardId"), first);
  const std::string page = Read(Oldest());
  EXPECT_EQ(Count(page, "eventName"), 2u) << page;
  EXPECT_EQ(Count(page, "NextShardIterator"), 0u) << page;
}

TEST_F(StreamsOverTime, RecordsLiveADay) {
  Put("a");
  const std::string shard = Member(Describe(), "ShardId");
  const std::string number = Member(Read(Oldest()), "SequenceNumber");
  const std::string at =
      "'ShardIteratorType':'AT_SEQUENCE_NUMBER','SequenceNumber':'" + number + "'";
  client_.clock().Advance(kHourMs);
  Put("b");
  client_.clock().Advance(23 * kHourMs - 1);
  const std::string iterator = Member(Open(shard, at), "ShardIterator");
  EXPECT_EQ(Count(Read(iterator), "eventName"), 2u);

  client_.clock().Advance(1);
  EXPECT_EQ(Open(shard, at), kTrimmed);
  EXPECT_EQ(client_.error_kind(), ErrorKind::kTrimmedDataAccess);
  EXPECT_EQ(Read(iterator), kTrimmed);
  EXPECT_EQ(client_.error_kind(), ErrorKind::kTrimmedDataAccess);
  EXPECT_EQ(Count(Read(Oldest()), "eventName"), 1u);
  // Behind the trimmed record nothing is lost.
  const std::string after = "'ShardIteratorType':'AFTER_SEQUENCE_NUMBER','SequenceNumber':'";
  EXPECT_EQ(Count(Read(Member(Open(shard, after + number + "'"), "ShardIterator")), "eventName"),
            1u);
  client_.store().TendStreams();
  EXPECT_EQ(Open(shard, at), kTrimmed);
  EXPECT_EQ(Read(iterator), kTrimmed);
  EXPECT_EQ(Count(Read(Oldest()), "eventName"), 1u);
}

TEST_F(StreamsOverTime, DisabledStreamsLiveADay) {
  Put("a");
  const std::string iterator = Oldest();
  client_(kUpdateTable, "{'TableName':'tab','StreamSpecification':{'StreamEnabled':false}}");
  const auto shown = [&] {
    return Member(client_(kDescribeTable, "{'TableName':'tab'}"), "LatestStreamArn");
  };
  client_.clock().Advance(24 * kHourMs - 1);
  EXPECT_EQ(Member(Describe(), "StreamStatus"), "DISABLED");
  EXPECT_EQ(Member(client_(kListStreams, "{}"), "StreamArn"), arn_);
  EXPECT_EQ(shown(), arn_);
  const std::string late = Oldest();
  client_.clock().Advance(1);
  const std::string missing = "Requested resource not found: Stream: " + arn_ + " not found";
  EXPECT_EQ(Describe(), missing);
  EXPECT_EQ(client_.error_kind(), ErrorKind::kResourceNotFound);
  EXPECT_EQ(Read(late), missing);
  EXPECT_EQ(client_(kListStreams, "{}"), Quoted("{'Streams':[]}"));
  EXPECT_EQ(shown(), "");
}

}  // namespace
}  // namespace dynarock::operations
