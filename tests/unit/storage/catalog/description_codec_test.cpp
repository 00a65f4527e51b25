#include "storage/catalog/description_codec.h"

#include <limits>

#include <gtest/gtest.h>

#include "tests/unit/storage/catalog/describe.h"

namespace dynarock {
namespace {

// A description in which every field differs from its default.
TableDescription Full() {
  TableDescription d = test::Describe("table");
  d.table_id = "00000000-0000-4000-8000-000000000000";
  d.created_ms = 1700000000123;
  d.local_indexes = {test::DescribeIndex("local", {"pk"}, {"n"})};
  d.local_indexes[0].id = 1;
  IndexDescription global =
      test::DescribeIndex("global", {"a", "n"}, {"b", "bin"}, ProjectionType::kInclude, {"x", "y"});
  global.id = 2;
  global.throughput = {5, 6, 7, 8, 9};
  global.on_demand = OnDemandThroughput{10, std::nullopt};
  global.warm = WarmThroughput{12000, 4000};
  global.status = Status::kCreating;
  global.backfilling = true;
  global.settles_ms = 1700000000999;
  global.warm_settles_ms = 17;
  d.global_indexes = {global};
  d.billing = BillingMode::kPayPerRequest;
  d.shows_billing = true;
  d.last_update_to_pay_per_request_ms = 11;
  d.throughput = {1, std::numeric_limits<int64_t>::max(), 3, std::nullopt, -1};
  d.on_demand = OnDemandThroughput{std::nullopt, 4};
  d.warm = WarmThroughput{1, std::nullopt};
  d.warm_settles_ms = 18;
  d.deletion_protection = true;
  d.encryption = ServerSideEncryption{true, "KMS", "key"};
  d.encryption_changes_ms = {19, 20};
  d.encryption_settles_ms = 21;
  d.table_class = "STANDARD_INFREQUENT_ACCESS";
  d.table_class_changed_ms = 13;
  d.table_class_changes_ms = {12, 13};
  d.tags = {{"z", ""}, {"a", std::string(200, 'v')}};
  d.tags_settle_ms = 22;
  d.ttl = {true, "expires", 14};
  d.recovery = {true, 7, 15};
  d.ttl_entries = {4, true};
  d.stream = {true, StreamViewType::kOldImage, 16, "2015-05-11T21:21:33.291"};
  d.status = Status::kUpdating;
  d.changing.Add(Changing::kStream);
  d.settles_ms = std::numeric_limits<int64_t>::min();
  d.next_index_id = 3;
  return d;
}

TEST(DescriptionCodec, KeepsEveryField) {
  const auto stored = DecodeDescription(EncodeDescription({"space/ü", Full()}));
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->name_space, "space/ü");
  EXPECT_EQ(stored->description, Full());
}

TEST(DescriptionCodec, ReadsOlderVersions) {
  TableDescription d = Full();
  d.warm_settles_ms = d.encryption_settles_ms = d.tags_settle_ms = 0;
  d.global_indexes[0].warm_settles_ms = 0;
  d.encryption_changes_ms.clear();
  d.table_class_changes_ms.clear();
  d.changing = {};
  for (const char version : {char{2}, char{1}}) {
    if (version < 2) {
      d.ttl_entries = {};
      d.stream = {};
    }
    const auto stored = DecodeDescription(EncodeDescription({"space", d}, version));
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->description, d) << static_cast<int>(version);
  }
}

TEST(DescriptionCodec, RefusesDamagedBytes) {
  const std::string bytes = EncodeDescription({"", Full()});
  for (size_t length = 0; length < bytes.size(); ++length) {
    EXPECT_FALSE(DecodeDescription(bytes.substr(0, length))) << length;
  }
  EXPECT_FALSE(DecodeDescription(bytes + "x"));
  std::string newer = bytes;
  newer[0] = kDescriptionVersion + 1;
  EXPECT_FALSE(DecodeDescription(newer));
}

}  // namespace
}  // namespace dynarock
