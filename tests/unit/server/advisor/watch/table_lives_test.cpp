#include "server/advisor/watch/table_lives.h"

#include <memory>

#include <gtest/gtest.h>

#include "tests/unit/storage/catalog/describe.h"

namespace dynarock::advisor {
namespace {

std::shared_ptr<const Table> Made(StorageId id) {
  return std::make_shared<Table>("", test::Describe("T", false), std::make_shared<TableState>(id),
                                 nullptr);
}

TEST(TableLivesTest, CountsWhatIsMadeAndSoonDropped) {
  TableLives lives;
  const auto soon = Made(1);
  const auto late = Made(2);
  const auto kept = Made(3);
  const auto earlier = Made(4);  // was there before
  for (const auto& table : {soon, late, kept}) lives.Look({nullptr, table}, 1000);
  lives.Look({kept, kept}, 1500);  // a change of its settings
  lives.Look({soon, nullptr}, 1000 + TableLives::kShortMs);
  lives.Look({late, nullptr}, 1001 + TableLives::kShortMs);
  lives.Look({earlier, nullptr}, 1001);
  EXPECT_EQ(lives.counts().made, 3u);
  EXPECT_EQ(lives.counts().short_lived, 1u);
}

}  // namespace
}  // namespace dynarock::advisor
