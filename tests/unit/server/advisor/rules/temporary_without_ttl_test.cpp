// temporary-without-ttl: which items look temporary.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

struct Items {
  std::string table = "T";
  std::string attribute = "expiresAt";
  uint64_t soon = 10;  // items whose attribute is a time soon
  std::string prefix = "ITEM";
  uint64_t with_prefix = 10;
  int64_t stored = 0;
  bool ttl = false;
  uint64_t deletes = 9;  // with 100 writes
};

void Build(CaseBuilder& builder, const Items& items) {
  TableDescription description = test::Describe(items.table, false);
  description.ttl = {.enabled = items.ttl, .attribute = "ttl"};
  TableCase& table = builder.AddTable(description);
  table.table->state().counters.items = items.stored;
  table.facts.writes = 100;
  table.facts.attributes[items.attribute].soon = {.count = items.soon, .about = 2 * items.soon};
  table.facts.attributes[items.attribute].soon_example = "1790000000";
  table.facts.key_prefixes[items.prefix] = {.count = items.with_prefix, .about = items.with_prefix};
  auto& deletes = builder.AddKind("DeleteItem", trace::AccessKind::kDelete, items.table);
  deletes.traffic.cells[0].entries = items.deletes;
}

TEST(TemporaryWithoutTtlTest, Attributes) {
  ExpectRows(RuleNamed("temporary-without-ttl"), Build,
             {
                 {"ten items", {}, "warning"},
                 {"nine", {.soon = 9}, ""},
                 {"TTL is on", {.ttl = true}, ""},
                 {"a tenth is deleted", {.deletes = 10}, ""},
                 {"of something else", {.attribute = "passwordExpiry"}, "note"},
                 {"of a token", {.table = "auth-tokens", .attribute = "tokenExpiry"}, "warning"},
                 {"no expiry", {.attribute = "startsAt"}, ""},
                 {"what lapses but is kept", {.table = "Coupons"}, "note"},
                 {"the same by its keys", {.prefix = "COUPON"}, "note"},
             });
}

TEST(TemporaryWithoutTtlTest, ValidUntil) {
  ExpectRows(RuleNamed("temporary-without-ttl"), Build,
             {
                 {"of anything", {.attribute = "validUntil"}, ""},
                 {"of tokens", {.table = "auth-tokens", .attribute = "validUntil"}, "warning"},
                 {"by their keys", {.attribute = "validUntil", .prefix = "TOKEN"}, "note"},
             });
}

TEST(TemporaryWithoutTtlTest, KeysAndNames) {
  const std::string none = "startsAt";
  ExpectRows(RuleNamed("temporary-without-ttl"), Build,
             {
                 {"ten sessions", {.attribute = none, .prefix = "SESSION"}, "note"},
                 {"nine", {.attribute = none, .prefix = "SESSION", .with_prefix = 9}, ""},
                 {"ten orders", {.attribute = none, .prefix = "ORDER"}, ""},
                 {"ten by the table's name",
                  {.table = "login-otps", .attribute = none, .stored = 10},
                  "note"},
                 {"nine by it", {.table = "login-otps", .attribute = none, .stored = 9}, ""},
                 {"ten of another", {.table = "Orders", .attribute = none, .stored = 10}, ""},
             });
}

TEST(TemporaryWithoutTtlTest, Says) {
  EXPECT_EQ(SaidOf(RuleNamed("temporary-without-ttl"), Build),
            "warning on T\n"
            "Items have an expiry, \"expiresAt\", but the table has no TTL.\n"
            "such items: about 20\n"
            "example: expiresAt = 1790000000\n"
            "items deleted by the application: 9\n"
            "count: 20\n");
}

}  // namespace
}  // namespace dynarock::advisor
