// scan-on-request-path: when a Scan is worth a word, and when a warning.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

struct Scans {
  uint64_t begun = 3;
  std::string filter = "n > :n";
  uint64_t segmented = 0;
  uint64_t rewritten = 0;
  uint64_t read = 0;
  uint64_t returned = 0;
  uint64_t bytes = 0;
  uint64_t most_bytes = 4096;  // of a page
  uint64_t followed = 0;
};

void Build(CaseBuilder& builder, const Scans& scans) {
  builder.AddTable();
  auto& kind = builder.AddKind("Scan", trace::AccessKind::kScan);
  if (!scans.filter.empty()) kind.expressions = {{"FilterExpression", scans.filter}};
  kind.traffic.cells[0].requests = scans.begun;
  kind.traffic.cells[0].items_read = scans.read;
  kind.traffic.cells[0].items_returned = scans.returned;
  kind.traffic.cells[0].bytes_read = scans.bytes;
  kind.pages.first_pages.Add(scans.begun);
  kind.pages.segmented_pages.Add(scans.segmented);
  kind.follow_ups.rewritten.Add(scans.rewritten);
  kind.pages.most_bytes.Add(scans.most_bytes);
  kind.pages.tokens_followed.Add(scans.followed);
}

TEST(ScanOnRequestPathTest, Searches) {
  ExpectRows(RuleNamed("scan-on-request-path"), Build,
             {
                 {"three times", {}, "warning"},
                 {"twice", {.begun = 2}, ""},
                 {"in parallel", {.segmented = 1}, ""},
                 {"a quarter is rewritten", {.rewritten = 25, .returned = 100}, ""},
                 {"less is", {.rewritten = 24, .returned = 100}, "warning"},
             });
}

TEST(ScanOnRequestPathTest, AFewSettingsAreCheap) {
  ExpectRows(RuleNamed("scan-on-request-path"), Build,
             {
                 {"less than 4 KB", {.most_bytes = 4095}, "note"},
                 {"of several pages", {.most_bytes = 4095, .followed = 1}, "warning"},
                 {"75 % dropped", {.read = 100, .returned = 25, .most_bytes = 4095}, "warning"},
                 {"74 % dropped", {.read = 100, .returned = 26, .most_bytes = 4095}, "note"},
                 {"50 items", {.read = 50, .most_bytes = 4095}, "warning"},
                 {"49 items", {.read = 49, .most_bytes = 4095}, "note"},
                 {"by its own key", {.filter = "pk = :p", .most_bytes = 4095}, "warning"},
                 {"by a range of it", {.filter = "pk > :p", .most_bytes = 4095}, "note"},
             });
}

TEST(ScanOnRequestPathTest, WithoutAFilter) {
  ExpectRows(RuleNamed("scan-on-request-path"), Build,
             {
                 {"three times", {.filter = ""}, "note"},
                 {"eight times", {.begun = 8, .filter = ""}, "note"},
                 {"nine times", {.begun = 9, .filter = ""}, "warning"},
                 {"six of 64 KB", {.begun = 6, .filter = "", .bytes = 393'216}, "warning"},
                 {"six of a little less", {.begun = 6, .filter = "", .bytes = 393'215}, "note"},
                 {"five of 64 KB", {.begun = 5, .filter = "", .bytes = 393'216}, "note"},
             });
}

TEST(ScanOnRequestPathTest, Says) {
  EXPECT_EQ(SaidOf(RuleNamed("scan-on-request-path"), Build, {.filter = "pk = :p", .read = 30}),
            "warning on T\n"
            "The table is scanned 3 times, to search it by \"pk\", its own partition key.\n"
            "operation: Scan\n"
            "expression: FilterExpression: pk = :p\n"
            "scans begun: 3\n"
            "pages: 3\n"
            "items read: 30\n"
            "read units: 0\n"
            "count: 3\n");
}

}  // namespace
}  // namespace dynarock::advisor
