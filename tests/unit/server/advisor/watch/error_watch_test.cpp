// What is read from the cause and the facts of an error, whatever its message says.
#include "server/advisor/watch/error_watch.h"

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "server/operations/request/operation_list.h"
#include "tests/unit/server/advisor/observed.h"

namespace dynarock::advisor {
namespace {

// A request that failed. Its messages say nothing.
struct Failure {
  JsonDocument input;
  trace::Trace trace;
  Error error;

  Failure(const std::string& text, Error why) : error(std::move(why)) {
    EXPECT_TRUE(input.Parse(text)) << text;
    error.message = "m";
    for (CancellationReason& reason : error.reasons) reason.message = "m";
  }
  protocol::Observation Of(const protocol::Operation& operation) const {
    protocol::Observation observation = test::Observed(operation, input.root(), trace);
    observation.error = &error;
    observation.status = 400;
    return observation;
  }
};

TEST(UndefinedInputsTest, AreFoundByCause) {
  struct Case {
    const char* name;
    const char* input;
    Error error;
    std::string_view what;  // "": nothing is found
    std::string attribute;
  };
  const std::vector<Case> cases = {
      {"an empty value", R"({"TableName":"t","Item":{"pk":{"S":"a"},"b":{}}})",
       EmptyAttributeValue(), "empty-value", "Item.b"},
      {"a value that nobody sent", R"({"TableName":"t"})",
       Caused(Cause::kUndefinedValue, {.names = {":v"}}, Validation("")),
       "missing-expression-value", ":v"},
      {"no values at all",
       R"({"TableName":"t","ConditionExpression":"a = :v","ExpressionAttributeValues":{}})",
       Caused(Cause::kEmptyPlaceholders, {.parameter = "ExpressionAttributeValues"},
              Validation("")),
       "missing-expression-value", ":v"},
      {"no names at all",
       R"({"TableName":"t","ConditionExpression":"a = :v","ExpressionAttributeValues":{}})",
       Caused(Cause::kEmptyPlaceholders, {.parameter = "ExpressionAttributeNames"}, Validation("")),
       "", ""},
      {"NaN", R"({"TableName":"t","Item":{"n":{"N":"NaN"}}})", NotANumber("NaN"), "not-a-number",
       "Item.n"},
      {"an empty number", R"({"TableName":"t","Item":{"n":{"N":"NaN"}}})", NotANumber(""), "", ""},
      {"a missing key", R"({"TableName":"t","Item":{}})", MissingKey("user id"), "missing-key",
       "user id"},
      {"an empty key", R"({"TableName":"t","Key":{}})", KeySchemaMismatch(), "missing-key", ""},
      {"anything else", R"({"TableName":"t","Key":{}})", ItemTooLarge(), "", ""},
  };
  for (const Case& c : cases) {
    const Failure failure(c.input, c.error);
    const auto found = UndefinedInputs(failure.Of(operations::kPutItem), nullptr);
    ASSERT_EQ(found.size(), c.what.empty() ? 0u : 1u) << c.name;
    if (found.empty()) continue;
    EXPECT_EQ(found[0].what, c.what) << c.name;
    EXPECT_EQ(found[0].attribute, c.attribute) << c.name;
  }
}

TEST(ErrorWatchTest, IndexKeysAndSizesAreFoundByCauseInReasonsAsWell) {
  const TableFamilies names;
  ErrorWatch watch(names);
  const std::string actions =
      R"({"TransactItems":[{"Put":{"TableName":"a"}},{"Put":{"TableName":"b"}}]})";
  const Failure canceled(
      actions, TransactionCanceled({ReasonOf(IndexKeyTypeMismatch("gsi", "user id", "S", "N")),
                                    ReasonOf(ItemTooLarge())}));
  watch.Look(canceled.Of(operations::kTransactWriteItems), nullptr, {}, 1);
  const Failure put(R"({"TableName":"c"})", EmptyUpdatedIndexKeyValue("string"));
  watch.Look(put.Of(operations::kUpdateItem), nullptr, {}, 1);

  const auto refused = watch.refused_keys();
  ASSERT_EQ(refused.size(), 2u);
  EXPECT_EQ(refused[0].table, "a");
  EXPECT_EQ(refused[0].index, "gsi");
  EXPECT_EQ(refused[0].attribute, "user id");
  EXPECT_EQ(refused[0].values, std::set<std::string>{"N instead of S"});
  EXPECT_EQ(refused[1].table, "c");
  EXPECT_EQ(refused[1].index, "");
  EXPECT_EQ(refused[1].values, std::set<std::string>{"an empty value"});
  ASSERT_EQ(watch.too_large().size(), 1u);
  EXPECT_EQ(watch.too_large()[0].operation, "TransactWriteItems");
}

}  // namespace
}  // namespace dynarock::advisor
