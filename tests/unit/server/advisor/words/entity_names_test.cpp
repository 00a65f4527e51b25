#include "server/advisor/words/entity_names.h"

#include <gtest/gtest.h>

#include "storage/item/encoder.h"

namespace dynarock::advisor {
namespace {

using Words = std::vector<std::string>;

TEST(EntityNamesTest, WordsAreSingularAndInLowerCase) {
  const std::vector<std::pair<std::string, Words>> cases = {
      {"userId", {"user", "id"}},
      {"OrderLines", {"order", "line"}},
      {"ORDER_LINES", {"order", "line"}},
      {"HTTPRequests", {"http", "request"}},
      {"Categories", {"category"}},
      {"addresses", {"address"}},
      {"boxes", {"box"}},
      {"status", {"status"}},
      {"users2", {"user"}},
      {"users-1A2B3C", {"user"}},
      {"GSI1PK", {}},
      {"", {}},
  };
  for (const auto& [name, words] : cases) EXPECT_EQ(WordsOf(name), words) << name;
}

TEST(EntityNamesTest, AttributesAndTablesNameAnEntity) {
  const std::vector<std::pair<std::string, std::string>> attributes = {
      {"userId", "user"},
      {"user_id", "user"},
      {"owner_user_id", "user"},
      {"project", "project"},
      {"ownerId", "owner"},
      {"id", ""},
      {"pk", ""},
      {"GSI1PK", ""},
  };
  for (const auto& [name, entity] : attributes) EXPECT_EQ(ReferredTo(name), entity) << name;
  const std::vector<std::pair<std::string, std::string>> tables = {
      {"Users", "user"},
      {"dev-users-table", "user"},
      {"MyStack-UsersTable-1ABCD2EF", "user"},
      {"users_dev_17", "user"},
      {"UserSettings", "setting"},
      {"Table", ""},
  };
  for (const auto& [name, entity] : tables) EXPECT_EQ(EntityOf(name), entity) << name;
}

TEST(EntityNamesTest, UnmistakableValues) {
  const auto is = [](Type type, std::string_view text) {
    std::string bytes;
    ValueWriter(bytes).Scalar(type, text);
    return IsUnmistakable(ValueView(bytes.data()));
  };
  for (const char* yes : {"user-1042", "0b7c1f0e-52aa-4e0e-9b3c-9c0d7d6a1f11", "USER#1"}) {
    EXPECT_TRUE(is(Type::kString, yes)) << yes;
  }
  for (const char* no : {"", "u1", "red", "pending-orders", "12345678", "2026-11-25T10:00:00Z",
                         "STATUS#open", "1#2"}) {
    EXPECT_FALSE(is(Type::kString, no)) << no;
  }
  EXPECT_FALSE(is(Type::kNumber, "1234567890"));
}

TEST(EntityNamesTest, RootsOfPartitions) {
  TableDescription description;
  description.name = "App";
  description.attributes = {{"pk", Type::kString}, {"sk", Type::kString}};
  description.key = {{"pk", KeyRole::kHash}, {"sk", KeyRole::kRange}};
  const Table table("", description, std::make_shared<TableState>(1), nullptr);
  struct Case {
    const char* partition;
    const char* sort;
    const char* word;  // null: no root
    const char* entity;
  };
  const std::vector<Case> cases = {
      {"USER#1", "PROFILE", "PROFILE", "user"},
      {"USER#1", "#META", "META", "user"},
      {"USER#1", "#METADATA#1", "METADATA", "user"},
      {"USER#1", "USER#1", "USER#", "user"},
      {"USER#1", "USER", "USER", "user"},
      {"u1", "u1", "u1", ""},
      {"u1", "USER", "USER", "user"},
      {"u1", "profile", "profile", ""},
      {"USER#1", "CART", nullptr, nullptr},
      {"USER#1", "TEAM", nullptr, nullptr},
      {"USER#1", "ORDER#1", nullptr, nullptr},
      {"USER#1", "USER#2", nullptr, nullptr},
      {"USER#1", "METADATA#2", nullptr, nullptr},
      {"USER#1", "2026-11-25", nullptr, nullptr},
      {"USER#1", "", nullptr, nullptr},
      {"$shop#projectid_17ab", "$project_1", "$project_1", "project"},
      {"$shop#projectid_17ab", "$task_1", nullptr, nullptr},
      {"$shop#projectid_17ab", "$project_1#taskid_2", nullptr, nullptr},
      {"$shop", "$project_1", nullptr, nullptr},
      {"$shop#projectid_17ab", "$_", nullptr, nullptr},
  };
  for (const Case& c : cases) {
    std::string values[2];
    ValueWriter(values[0]).String(c.partition);
    ValueWriter(values[1]).String(c.sort);
    ItemBuilder item;
    item.Add("pk", ValueView(values[0].data()));
    item.Add("sk", ValueView(values[1].data()));
    const std::string bytes = item.Encode();
    const auto root = RootOf(table, ItemView(bytes));
    const std::string name = std::string(c.partition) + ", " + c.sort;
    ASSERT_EQ(root.has_value(), c.word != nullptr) << name;
    if (!root) continue;
    EXPECT_EQ(root->word, c.word) << name;
    EXPECT_EQ(root->entity, c.entity) << name;
  }
}

}  // namespace
}  // namespace dynarock::advisor
