#include "storage/table/row_key.h"

#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "storage/table/index_entry.h"
#include "tests/unit/storage/catalog/describe.h"
#include "tests/unit/storage/key/owned_value.h"

namespace dynarock {
namespace {

using test::Attributes;
using test::B;
using test::Describe;
using test::DescribeIndex;
using test::Item;
using test::N;
using test::Null;
using test::S;

constexpr const char* kSchema = "The provided key element does not match the schema";
constexpr const char* kEmptyPk =
    "One or more parameter values are not valid. The AttributeValue for a key attribute cannot "
    "contain an empty string value. Key: pk";
constexpr const char* kHashSize =
    "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size "
    "limit "
    "of2048 bytes";
constexpr const char* kRangeSize =
    "One or more parameter values were invalid: Aggregated size of all range keys has exceeded the "
    "size limit of 1024 bytes";

Table Make(TableDescription description) {
  return Table("", std::move(description), std::make_shared<TableState>(1), nullptr);
}

template <class T>
std::string MessageOf(const Result<T>& result) {
  return result ? "" : result.error().message;
}

struct Case {
  const char* name;
  Attributes attributes;
  std::string message;  // empty: accepted
};

TEST(RowKey, KeyMaps) {
  const Table table = Make(Describe("t"));
  const Case cases[] = {
      {"good", {{"pk", S("a")}, {"sk", N(1)}}, ""},
      {"no sort key", {{"pk", S("a")}}, kSchema},
      {"one too many", {{"pk", S("a")}, {"sk", N(1)}, {"x", N(1)}}, kSchema},
      {"other name", {{"pk", S("a")}, {"x", N(1)}}, kSchema},
      {"other type", {{"pk", N(1)}, {"sk", N(1)}}, kSchema},
      {"empty", {{"pk", S("")}, {"sk", N(1)}}, kEmptyPk},
      {"largest", {{"pk", S(std::string(2048, 'k'))}, {"sk", N(1)}}, ""},
      {"too large", {{"pk", S(std::string(2049, 'k'))}, {"sk", N(1)}}, kHashSize},
  };
  for (const Case& c : cases) {
    const std::string key = Item(c.attributes);
    EXPECT_EQ(MessageOf(KeyOfKey(table, ItemView(key))), c.message) << c.name;
  }
}

TEST(RowKey, Items) {
  TableDescription description = Describe("t");
  description.key = test::Schema({"pk"}, {"bin"});
  const Table table = Make(description);
  const Case cases[] = {
      {"good", {{"pk", S("a")}, {"bin", B("b")}, {"x", Null()}}, ""},
      {"no partition key",
       {{"bin", B("b")}},
       "One or more parameter values were invalid: Missing the key pk in the item"},
      {"no sort key",
       {{"pk", S("a")}},
       "One or more parameter values were invalid: Missing the key bin in the item"},
      {"other type",
       {{"pk", S("a")}, {"bin", S("b")}},
       "One or more parameter values were invalid: Type mismatch for key bin expected: B actual: "
       "S"},
      {"NULL",
       {{"pk", Null()}, {"bin", B("b")}},
       "One or more parameter values were invalid: Type mismatch for key pk expected: S actual: "
       "NULL"},
      {"empty binary",
       {{"pk", S("a")}, {"bin", B("")}},
       "One or more parameter values are not valid. The AttributeValue for a key attribute cannot "
       "contain an empty binary value. Key: bin"},
      {"largest", {{"pk", S("a")}, {"bin", B(std::string(1024, '\0'))}}, ""},
      {"too large", {{"pk", S("a")}, {"bin", B(std::string(1025, '\0'))}}, kRangeSize},
  };
  for (const Case& c : cases) {
    const std::string item = Item(c.attributes);
    EXPECT_EQ(MessageOf(KeyOfItem(table, ItemView(item))), c.message) << c.name;
  }
}

TEST(RowKey, ItemKeyAndStoredAgree) {
  const Table table = Make(Describe("t"));
  const std::string key = Item({{"pk", S("a")}, {"sk", N(1)}});
  const std::string item = Item({{"pk", S("a")}, {"sk", N(1)}, {"x", S("y")}});
  EXPECT_EQ(*KeyOfKey(table, ItemView(key)), *KeyOfItem(table, ItemView(item)));
  EXPECT_EQ(*KeyOfKey(table, ItemView(key)), KeyOfStored(table, ItemView(item)));
}

TEST(RowKey, IndexKeysOfPut) {
  TableDescription description = Describe("t");
  description.local_indexes = {DescribeIndex("z-local", {"pk"}, {"n"})};
  description.global_indexes = {DescribeIndex("m-global", {"a"}, {"n"}),
                                DescribeIndex("wide", {"bin"}, {"a", "b"})};
  const Table table = Make(description);
  const Case cases[] = {
      {"absent", {}, ""},
      {"good", {{"a", S("x")}, {"n", N(1)}}, ""},
      {"type; the first index by name speaks",
       {{"n", S("1")}},
       "One or more parameter values were invalid: Type mismatch for Index Key n Expected: N "
       "Actual: "
       "S IndexName: m-global"},
      {"NULL",
       {{"a", Null()}},
       "One or more parameter values were invalid: Type mismatch for Index Key a Expected: S "
       "Actual: "
       "NULL IndexName: m-global"},
      {"empty string",
       {{"a", S("")}},
       "One or more parameter values are not valid. A value specified for a secondary index key is "
       "not supported. The AttributeValue for a key attribute cannot contain an empty string "
       "value. "
       "IndexName: m-global, IndexKey: a"},
      {"empty binary",
       {{"bin", B("")}},
       "One or more parameter values are not valid. A value specified for a secondary index key is "
       "not supported. The AttributeValue for a key attribute cannot contain an empty binary "
       "value. "
       "IndexName: wide, IndexKey: bin"},
      {"large HASH", {{"bin", B(std::string(2049, 'x'))}}, kHashSize},
      {"RANGE values at the limit",
       {{"a", S(std::string(1000, 'x'))}, {"b", S(std::string(24, 'x'))}},
       ""},
      {"RANGE values together above it",
       {{"a", S(std::string(1000, 'x'))}, {"b", S(std::string(25, 'x'))}},
       kRangeSize},
  };
  for (const Case& c : cases) {
    Attributes attributes = c.attributes;
    attributes.push_back({"pk", S("k")});
    attributes.push_back({"sk", N(1)});
    const std::string item = Item(attributes);
    EXPECT_EQ(MessageOf(CheckIndexKeysOfPut(table, ItemView(item))), c.message) << c.name;
  }
}

TEST(RowKey, IndexKeysOfUpdateLookAtChangesOnly) {
  TableDescription description = Describe("t");
  description.global_indexes = {DescribeIndex("g", {"a"}, {"n"})};
  const Table table = Make(description);
  const std::string old = Item({{"pk", S("k")}, {"a", N(1)}});
  const std::string same = Item({{"pk", S("k")}, {"a", N(1)}, {"x", N(1)}});
  const std::string changed = Item({{"pk", S("k")}, {"a", N(2)}});
  const std::string emptied = Item({{"pk", S("k")}, {"a", S("")}});
  EXPECT_EQ(MessageOf(CheckIndexKeysOfUpdate(table, ItemView(old), ItemView(same))), "");
  EXPECT_EQ(MessageOf(CheckIndexKeysOfUpdate(table, ItemView(old), ItemView(changed))),
            "The update expression attempted to update the secondary index key to unsupported "
            "type");
  EXPECT_EQ(MessageOf(CheckIndexKeysOfUpdate(table, std::nullopt, ItemView(emptied))),
            "One or more parameter values are not valid. The update expression attempted to update "
            "a secondary index key to a value that is not supported. The AttributeValue for a key "
            "attribute cannot contain an empty string value.");
}

TEST(RowKey, LocalIndexEntriesCountTowardsTheItemLimit) {
  TableDescription description = Describe("t");
  description.local_indexes = {DescribeIndex("all", {"pk"}, {"n"}),
                               DescribeIndex("keys", {"pk"}, {"a"}, ProjectionType::kKeysOnly)};
  description.global_indexes = {DescribeIndex("g", {"b"})};
  const Table table = Make(description);
  // pk 3 + sk 4 + n 3 = 10 bytes besides x and its name, in the table and in `all`.
  const auto item = [](size_t x, bool indexed) {
    Attributes attributes{{"pk", S("k")}, {"sk", N(1)}, {"x", S(std::string(x, 'x'))}};
    if (indexed) attributes.push_back({"n", N(1)});
    return Item(attributes);
  };
  const std::string fits = item(409600 / 2 - 11, true);
  const std::string over = item(409600 / 2 - 10, true);
  const std::string outside = item(409600 - 8, false);
  EXPECT_EQ(ItemView(fits).size(), 409600u / 2);
  EXPECT_TRUE(FitsWithLocalIndexes(table, ItemView(fits)));
  EXPECT_FALSE(FitsWithLocalIndexes(table, ItemView(over)));
  EXPECT_EQ(ItemView(outside).size(), 409600u);
  EXPECT_TRUE(FitsWithLocalIndexes(table, ItemView(outside)));
}

}  // namespace
}  // namespace dynarock
