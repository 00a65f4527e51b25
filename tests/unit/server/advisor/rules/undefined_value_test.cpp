// undefined-value: refused and stored values that look undefined.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

struct Refused {
  std::string what = "empty-value";
  uint64_t count = 4;
  Cause cause = Cause::kNone;
  std::string operation = "PutItem";
  uint64_t succeeded = 0;  // of the same operation
};

void BuildRefused(CaseBuilder& builder, const Refused& refused) {
  builder.AddTable();
  auto& kind = builder.AddKind(refused.operation, trace::AccessKind::kPut);
  kind.traffic.cells[0].requests = refused.succeeded;
  auto& entry = builder.rest().undefined.emplace_back();
  entry.operation = refused.operation;
  entry.table = "T";
  entry.what = refused.what;
  entry.attribute = "Item.street";
  entry.message = "Supplied AttributeValue is empty";
  entry.cause = refused.cause;
  entry.seen = SeenTimes(refused.count);
}

TEST(UndefinedValueTest, Refused) {
  const std::string key = "missing-key";
  const std::string transact = "TransactWriteItems";
  ExpectRows(
      RuleNamed("undefined-value"), BuildRefused,
      {
          {"four", {}, "warning"},
          {"three", {.count = 3}, "note"},
          {"a key, twice as many succeed", {.what = key, .succeeded = 8}, "warning"},
          {"a key, fewer succeed", {.what = key, .succeeded = 7}, "note"},
          {"an item without its key", {.what = key, .cause = Cause::kMissingKey}, "warning"},
          {"of transactions", {.what = key, .operation = transact, .succeeded = 12}, "warning"},
          {"which count when they fail",
           {.what = key, .operation = transact, .succeeded = 11},
           "note"},
      });
}

struct Stored {
  uint64_t keys = 0;
  uint64_t words = 0;  // keys that are just "undefined"
  uint64_t attributes = 0;
  uint64_t lookups = 0;
  std::string looked_up = "pk = USER#undefined";
};

void BuildStored(CaseBuilder& builder, const Stored& stored) {
  TableWatch::Facts& facts = builder.AddTable().facts;
  facts.undefined_key = SeenTimes(stored.keys, "pk = USER#undefined");
  facts.undefined_words[0] = SeenTimes(stored.words, "pk = undefined");
  facts.undefined_lookup = SeenTimes(stored.lookups, stored.looked_up);
  facts.attributes["street"].undefined_text = SeenTimes(stored.attributes, "street = undefined");
}

TEST(UndefinedValueTest, Stored) {
  ExpectRows(RuleNamed("undefined-value"), BuildStored,
             {
                 {"nothing", {}, ""},
                 {"a part of a key", {.keys = 1}, "warning"},
                 {"of two", {.keys = 2}, "error"},
                 {"a word of a glossary", {.words = 3}, "note"},
                 {"written once more", {.words = 4}, "error"},
                 {"a value", {.attributes = 1}, "note"},
                 {"two values", {.attributes = 2}, "warning"},
             });
}

TEST(UndefinedValueTest, LookedUp) {
  ExpectRows(RuleNamed("undefined-value"), BuildStored,
             {
                 {"once", {.lookups = 1}, "note"},
                 {"twice", {.lookups = 2}, "warning"},
                 {"the word", {.lookups = 2, .looked_up = "pk = undefined"}, "note"},
                 {"what was written so", {.keys = 1, .lookups = 2}, "warning"},
             });
}

TEST(UndefinedValueTest, Says) {
  EXPECT_EQ(SaidOf(RuleNamed("undefined-value"), BuildRefused),
            "warning on T\n"
            "PutItem was sent a value without a type at \"Item.street\": undefined in the "
            "application?\n"
            "operation: PutItem\n"
            "attribute: Item.street\n"
            "answer: Supplied AttributeValue is empty\n"
            "count: 4\n");
  EXPECT_EQ(SaidOf(RuleNamed("undefined-value"), BuildStored, {.keys = 2}),
            "error on T\n"
            "A key holds the text of an undefined value: pk = USER#undefined.\n"
            "value: pk = USER#undefined\n"
            "count: 2\n");
}

}  // namespace
}  // namespace dynarock::advisor
