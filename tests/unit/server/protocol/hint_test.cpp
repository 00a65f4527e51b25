#include "server/protocol/hint.h"

#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace dynarock::protocol {
namespace {

Error Of(Cause cause, std::string message = "m") {
  return Caused(cause, Validation(std::move(message)));
}

TEST(Hint, SpeaksByCause) {
  struct Case {
    const char* name;
    Cause cause;
    const char* words;
  };
  const Case cases[] = {
      {"no cause", Cause::kNone, ""},
      {"a cause that says enough", Cause::kNumberOutOfRange, ""},
      {"NULL", Cause::kNullNotTrue, "NULL is written {\"NULL\": true}"},
      {"string sets", Cause::kEmptyStringSet,
       "leave an empty set out of the item; DynamoDB cannot store one"},
      {"binary sets", Cause::kEmptyBinarySet,
       "leave an empty set out of the item; DynamoDB cannot store one"},
      {"sizes", Cause::kItemToUpdateTooLarge,
       "the updated item, or the update with the values it is sent, is larger than 400 KB"},
      {"a missing key", Cause::kMissingKey, "the item lacks a key attribute; was it `undefined`?"},
      {"definitions", Cause::kDefinitionCountMismatch,
       "AttributeDefinitions lists key attributes only; remove the others"},
      {"start keys", Cause::kInvalidStartKey,
       "pass LastEvaluatedKey back unchanged, with the same index and key condition"},
      {"batches", Cause::kTooManyItems, "split the batch: 25 writes or 100 reads per call"},
  };
  for (const Case& c : cases) EXPECT_EQ(HintOf(Of(c.cause)), c.words) << c.name;
}

TEST(Hint, TheMessageDoesNotMatter) {
  EXPECT_EQ(HintOf(Of(Cause::kNone, "Item size has exceeded the maximum allowed size")), "");
}

TEST(Hint, BeginsWithThePlaceAndPrefersWordsOfTheError) {
  Error error = EmptyAttributeValue();
  error.where = "user.name";
  error.hint = "own words";
  EXPECT_EQ(HintOf(error), "at user.name: own words");
  error.hint.clear();
  EXPECT_EQ(HintOf(error),
            "at user.name: a value without a type tag: often an `undefined` in JavaScript; remove "
            "the attribute, or use removeUndefinedValues of lib-dynamodb");
  Error unexplained = NumberOverflow();
  unexplained.where = "n";
  EXPECT_EQ(HintOf(unexplained), "at n");
}

TEST(Hint, IsOneLineOfAscii) {
  Error error = Of(Cause::kNone);
  error.hint = "a\nb\xC3\xA9" + std::string(2 * kMaxHint, 'x');
  const std::string hint = HintOf(error);
  EXPECT_EQ(hint.size(), kMaxHint);
  EXPECT_EQ(hint.substr(0, 6), "a?b??x");
}

}  // namespace
}  // namespace dynarock::protocol
