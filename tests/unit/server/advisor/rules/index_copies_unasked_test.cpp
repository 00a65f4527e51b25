// index-copies-unasked: how much of an index nobody asks for.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

struct Reads {
  uint64_t requests = 10;
  std::string projection = "pk, n";
  bool counts_only = false;
  bool varying = false;
  ProjectionType projects = ProjectionType::kAll;
  uint64_t unasked_bytes = 1024;  // of text, which nobody asks for
  uint64_t asked_bytes = 1024;    // of n
  int64_t entry_bytes = 2048;
  int64_t entries = 3;
  uint64_t more_asked = 0;  // further attributes, of no size, that are asked for
};

void Build(CaseBuilder& builder, const Reads& reads) {
  TableCase& table = builder.AddTable(
      WithIndexes({test::DescribeIndex("by-a", {"a"}, {}, reads.projects, {"n", "text"})}));
  table.table->indexes().front().counters->Add(reads.entries, reads.entries * reads.entry_bytes);
  table.facts.attributes["text"].bytes = reads.unasked_bytes;
  table.facts.attributes["n"].bytes = reads.asked_bytes;
  std::string projection = reads.projection;
  for (uint64_t i = 0; i < reads.more_asked; ++i) {
    const std::string name = "more" + std::string(i + 1, 'x');
    table.facts.attributes[name].bytes = 0;
    projection += ", " + name;
  }
  auto& kind = builder.AddKind("Query", trace::AccessKind::kQuery, "T", "by-a");
  if (!projection.empty()) kind.expressions = {{"ProjectionExpression", projection}};
  kind.counts_only = reads.counts_only;
  kind.varying = reads.varying;
  kind.traffic.cells[0].requests = reads.requests;
}

TEST(IndexCopiesUnaskedTest, Speaks) {
  ExpectRows(RuleNamed("index-copies-unasked"), Build,
             {
                 {"half of an entry", {}, "warning"},
                 {"less than half", {.asked_bytes = 1025}, ""},
                 {"nine requests", {.requests = 9}, ""},
                 {"everything is asked for", {.projection = ""}, ""},
                 {"they only count", {.projection = "", .counts_only = true}, "warning"},
                 {"texts that vary", {.varying = true}, ""},
                 {"it is asked for", {.projection = "pk, n, text"}, ""},
                 {"a list of attributes", {.projects = ProjectionType::kInclude}, "warning"},
                 {"keys only", {.projects = ProjectionType::kKeysOnly}, ""},
                 {"empty", {.entries = 0}, ""},
             });
}

TEST(IndexCopiesUnaskedTest, SmallEntries) {
  ExpectRows(RuleNamed("index-copies-unasked"), Build,
             {
                 {"less than 1 KB, one of two attributes", {.entry_bytes = 2046}, "note"},
                 {"one of three", {.entry_bytes = 2046, .more_asked = 1}, ""},
                 {"one of three, 1 KB", {.more_asked = 1}, "warning"},
             });
}

TEST(IndexCopiesUnaskedTest, Says) {
  EXPECT_EQ(SaidOf(RuleNamed("index-copies-unasked"), Build),
            "warning on T, index by-a\n"
            "Index by-a copies attributes that none of its readers asks for.\n"
            "operation: Query\n"
            "expression: ProjectionExpression: pk, n\n"
            "never asked for: text\n"
            "of an average entry, about: 1 KB\n"
            "size of an entry on average: 2 KB\n"
            "entries: 3\n"
            "count: 10\n");
}

}  // namespace
}  // namespace dynarock::advisor
