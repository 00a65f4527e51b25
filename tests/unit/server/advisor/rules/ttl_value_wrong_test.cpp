// ttl-value-wrong: values that never expire an item, and items without one.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

TableDescription WithTtl(bool enabled) {
  TableDescription description = test::Describe("T", false);
  description.ttl = {.enabled = enabled, .attribute = "ttl"};
  return description;
}

struct Values {
  TtlValue value = TtlValue::kMilliseconds;
  uint64_t count = 1;
  bool enabled = true;
  uint64_t looked_at = 8;  // of eight writes
};

void Build(CaseBuilder& builder, const Values& values) {
  TableWatch::Facts& facts = builder.AddTable(WithTtl(values.enabled)).facts;
  facts.ttl.good = 3;
  facts.ttl[values.value] = SeenTimes(values.count, "ttl = 1790000000000");
  facts.looked_at = values.looked_at;
  facts.writes = 8;
}

TEST(TtlValueWrongTest, Values) {
  ExpectRows(RuleNamed("ttl-value-wrong"), Build,
             {
                 {"milliseconds", {}, "error"},
                 {"none", {.count = 0}, ""},
                 {"TTL is off", {.enabled = false}, ""},
                 {"microseconds", {.value = TtlValue::kMicroseconds}, "error"},
                 {"nanoseconds", {.value = TtlValue::kNanoseconds}, "error"},
                 {"a text", {.value = TtlValue::kText}, "error"},
                 {"a duration", {.value = TtlValue::kDuration}, "error"},
                 {"long past", {.value = TtlValue::kLongPast}, "error"},
                 {"never", {.value = TtlValue::kNever}, "note"},
             });
}

struct Missing {
  uint64_t missing = 10;
  uint64_t good = 0;
  uint64_t soon = 10;  // items with another attribute that is a time soon
  std::string attribute = "expiresAt";
};

void BuildMissing(CaseBuilder& builder, const Missing& missing) {
  TableWatch::Facts& facts = builder.AddTable(WithTtl(true)).facts;
  facts.ttl.missing = missing.missing;
  facts.ttl.good = missing.good;
  AttributeFacts& attribute = facts.attributes[missing.attribute];
  attribute.soon.count = missing.soon;
  attribute.soon_example = "1790000000";
}

TEST(TtlValueWrongTest, AnotherAttribute) {
  ExpectRows(RuleNamed("ttl-value-wrong"), BuildMissing,
             {
                 {"ten items", {}, "warning"},
                 {"nine", {.missing = 9}, ""},
                 {"one has it", {.good = 1}, ""},
                 {"nine times", {.soon = 9}, ""},
                 {"no expiry by its name", {.attribute = "startsAt"}, ""},
             });
  EXPECT_EQ(SaidOf(RuleNamed("ttl-value-wrong"), BuildMissing),
            "warning on T\n"
            "TTL looks at \"ttl\", but the items have \"expiresAt\".\n"
            "items without the TTL attribute: 10\n"
            "a value of \"expiresAt\": 1790000000\n"
            "count: 10\n");
}

struct LeftOut {
  uint64_t without = 5;
  uint64_t with = 10;
  uint64_t changed_later = 0;
};

void BuildLeftOut(CaseBuilder& builder, const LeftOut& items) {
  TtlFacts& ttl = builder.AddTable(WithTtl(true)).facts.ttl;
  ttl.good = items.with;
  ttl.changed_later = items.changed_later;
  ttl.kinds[1] = {.with = items.with, .without = {.count = items.without, .about = 40}};
}

TEST(TtlValueWrongTest, SomeLackIt) {
  ExpectRows(RuleNamed("ttl-value-wrong"), BuildLeftOut,
             {
                 {"a third", {}, "note"},
                 {"more than a third", {.with = 9}, ""},
                 {"four", {.without = 4}, ""},
                 {"updates give it", {.changed_later = 1}, ""},
             });
  EXPECT_EQ(SaidOf(RuleNamed("ttl-value-wrong"), BuildLeftOut),
            "note on T\n"
            "About 40 items lack the TTL attribute \"ttl\", which others of their kind have.\n"
            "such writes with it, of those looked at: 10\n"
            "such writes without it, of those looked at: 5\n"
            "count: 40\n");
}

TEST(TtlValueWrongTest, Says) {
  EXPECT_EQ(SaidOf(RuleNamed("ttl-value-wrong"), Build, {.looked_at = 7}),
            "error on T\n"
            "The TTL attribute \"ttl\" has milliseconds; TTL counts seconds.\n"
            "value: ttl = 1790000000000\n"
            "items with a good value: 3\n"
            "a sample: writes looked at: 7 of 8\n"
            "count: 1\n");
}

}  // namespace
}  // namespace dynarock::advisor
