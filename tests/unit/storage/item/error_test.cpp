#include "storage/item/error.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "storage/item/result.h"

namespace dynarock {
namespace {

TEST(Error, Factories) {
  EXPECT_EQ(Validation("m").kind, ErrorKind::kValidation);
  EXPECT_EQ(Validation("m").message, "m");
  EXPECT_EQ(Serialization("m").kind, ErrorKind::kSerialization);
  EXPECT_EQ(ResourceNotFound("m").kind, ErrorKind::kResourceNotFound);
  EXPECT_EQ(ResourceInUse("m").kind, ErrorKind::kResourceInUse);
  EXPECT_EQ(LimitExceeded("m").kind, ErrorKind::kLimitExceeded);
  EXPECT_EQ(Internal("m").kind, ErrorKind::kInternalFailure);
  EXPECT_EQ(InvalidParameter("rest").message, "One or more parameter values were invalid: rest");
  EXPECT_EQ(InvalidParameter("rest").kind, ErrorKind::kValidation);
  const Error failed = ConditionFailed("bytes");
  EXPECT_EQ(failed.kind, ErrorKind::kConditionalCheckFailed);
  EXPECT_EQ(failed.message, "The conditional request failed");
  EXPECT_EQ(failed.item, "bytes");
  EXPECT_EQ(ConditionFailed().item, "");
}

TEST(Error, FactoriesNameCauseAndFacts) {
  struct Case {
    const char* name;
    Error error;
    std::string message;
    Cause cause;
    ErrorFacts facts;
  };
  const std::string invalid = "One or more parameter values were invalid: ";
  const std::string empty_key =
      "One or more parameter values are not valid. The AttributeValue for a key attribute cannot "
      "contain an empty string value. Key: pk";
  const std::string empty_index_key =
      "One or more parameter values are not valid. A value specified for a secondary index key is "
      "not supported. The AttributeValue for a key attribute cannot contain an empty binary value. "
      "IndexName: gsi, IndexKey: a";
  const std::vector<Case> cases = {
      {"a text that is no number", NotANumber("NaN"),
       "The parameter cannot be converted to a numeric value: NaN", Cause::kNotANumber,
       ErrorFacts{.actual = "NaN"}},
      {"an empty number", NotANumber(""), "The parameter cannot be converted to a numeric value",
       Cause::kNotANumber, ErrorFacts{}},
      {"duplicates, listed", DuplicatesInBinarySet("[a, a]"),
       invalid + "Input collection [a, a]of type BS contains duplicates.", Cause::kDuplicatesInSet,
       ErrorFacts{}},
      {"item size", ItemTooLarge(), "Item size has exceeded the maximum allowed size",
       Cause::kItemTooLarge, ErrorFacts{}},
      {"size after an update", ItemToUpdateTooLarge(),
       "Item size to update has exceeded the maximum allowed size", Cause::kItemToUpdateTooLarge,
       ErrorFacts{}},
      {"missing key", MissingKey("pk"), invalid + "Missing the key pk in the item",
       Cause::kMissingKey, ErrorFacts{.attribute = "pk"}},
      {"key type", KeyTypeMismatch("pk", "S", "N"),
       invalid + "Type mismatch for key pk expected: S actual: N", Cause::kKeyTypeMismatch,
       ErrorFacts{.attribute = "pk", .expected = "S", .actual = "N"}},
      {"index key type", IndexKeyTypeMismatch("gsi", "a", "S", "NULL"),
       invalid + "Type mismatch for Index Key a Expected: S Actual: NULL IndexName: gsi",
       Cause::kIndexKeyTypeMismatch,
       ErrorFacts{.attribute = "a", .index = "gsi", .expected = "S", .actual = "NULL"}},
      {"empty key", EmptyKeyValue("pk", "string"), empty_key, Cause::kEmptyKey,
       ErrorFacts{.attribute = "pk"}},
      {"empty index key", EmptyIndexKeyValue("gsi", "a", "binary"), empty_index_key,
       Cause::kEmptyIndexKey, ErrorFacts{.attribute = "a", .index = "gsi"}},
      {"a table that exists", TableExists("t"), "Table already exists: t", Cause::kTableExists,
       ErrorFacts{.names = {"t"}}},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(c.error.message, c.message) << c.name;
    EXPECT_EQ(c.error.cause, c.cause) << c.name;
    EXPECT_EQ(c.error.facts->attribute, c.facts.attribute) << c.name;
    EXPECT_EQ(c.error.facts->index, c.facts.index) << c.name;
    EXPECT_EQ(c.error.facts->expected, c.facts.expected) << c.name;
    EXPECT_EQ(c.error.facts->actual, c.facts.actual) << c.name;
    EXPECT_EQ(c.error.facts->names, c.facts.names) << c.name;
  }
}

TEST(Error, WrappingKeepsCauseFactsAndPlace) {
  Error inner = NotANumber("x");
  inner.where = "a.b";
  const Error outer = Wrapped("before ", inner, " behind");
  EXPECT_EQ(outer.message, "before The parameter cannot be converted to a numeric value: x behind");
  EXPECT_EQ(outer.bare_message, inner.message);
  EXPECT_EQ(outer.cause, Cause::kNotANumber);
  EXPECT_EQ(outer.facts->actual, "x");
  EXPECT_EQ(outer.where, "a.b");
}

TEST(Error, ReasonsKeepCauseAndFacts) {
  const CancellationReason reason = ReasonOf(MissingKey("pk"));
  EXPECT_EQ(reason.code, "ValidationError");
  EXPECT_EQ(reason.cause, Cause::kMissingKey);
  EXPECT_EQ(reason.facts->attribute, "pk");
  EXPECT_EQ(CancellationReason().cause, Cause::kNone);
  EXPECT_EQ(CancellationReason().facts->attribute, "");
}

Result<int> Half(int n) {
  if (n % 2 != 0) return Fail(Validation("odd"));
  return n / 2;
}

Result<int> Quarter(int n) {
  DYNAROCK_TRY(const int half, Half(n));
  DYNAROCK_TRY(const int quarter, Half(half));
  return quarter;
}

Result<void> Even(int n) {
  DYNAROCK_CHECK(Half(n));
  return {};
}

TEST(Result, MacrosPassErrorsOn) {
  EXPECT_EQ(Quarter(12).value(), 3);
  EXPECT_EQ(Quarter(6).error().message, "odd");
  EXPECT_EQ(Quarter(3).error().message, "odd");
  EXPECT_TRUE(Even(2));
  EXPECT_EQ(Even(3).error().message, "odd");
}

}  // namespace
}  // namespace dynarock
