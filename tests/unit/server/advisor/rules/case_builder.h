// Cases for the rules: what was gathered, made by hand.
//
// Each rule's test has a struct of what matters to the rule, whose defaults make it speak, and one
// function that builds a case from it. A row of its table then names only what differs.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <gtest/gtest.h>

#include "server/advisor/rules/case.h"
#include "server/advisor/rules/rules.h"
#include "server/advisor/watch/sighting.h"
#include "tests/unit/server/advisor/rules/fake_stored.h"
#include "tests/unit/storage/catalog/describe.h"

namespace dynarock::advisor {

// The rule of that name, which has to be there.
const Rule& RuleNamed(std::string_view id);

class CaseBuilder {
 public:
  CaseBuilder();
  CaseBuilder(const CaseBuilder&) = delete;
  CaseBuilder& operator=(const CaseBuilder&) = delete;

  // A table to which nothing was sent yet. Without a description it is called T and has the
  // partition key pk. The reference stays valid.
  TableCase& AddTable(TableDescription description = test::Describe("T", false));

  // A kind of request that was never sent yet. The reference stays valid.
  RequestKind& AddKind(std::string_view operation, trace::AccessKind kind,
                       std::string_view table = "T", std::string_view index = "");

  // For errors, families, deletions and what is stored.
  Case& rest() { return case_; }

  // What is stored. Until this is called nobody can say.
  FakeStored& stored() {
    case_.stored = &stored_;
    return stored_;
  }

  std::vector<Finding> Findings(const Rule& rule);
  // The severities of what the rule says: "note warning". Empty: it is silent.
  std::string Judged(const Rule& rule);
  // All that the rule says but for its advice. A finding is one line for where it is, one for its
  // title, then its evidence, count and example.
  std::string Said(const Rule& rule);

 private:
  const Settings settings_;
  TableFamilies names_;
  FakeStored stored_;
  std::deque<RequestKind> kinds_;
  std::deque<TableCase> tables_;
  Case case_;
};

// A description of table T with the partition key pk and global indexes.
TableDescription WithIndexes(std::vector<IndexDescription> indexes);

// Something seen `count` times.
Sighting SeenTimes(uint64_t count, std::string detail = "");

// One row of a rule's table.
template <class Given>
struct Row {
  std::string_view name;
  Given given;
  std::string_view judged;  // see CaseBuilder::Judged
};

template <class Given>
void ExpectRows(const Rule& rule, void (*build)(CaseBuilder&, const Given&),
                const std::type_identity_t<std::vector<Row<Given>>>& rows) {
  for (const Row<Given>& row : rows) {
    CaseBuilder builder;
    build(builder, row.given);
    EXPECT_EQ(builder.Judged(rule), row.judged) << rule.id << ": " << row.name;
  }
}

template <class Given>
std::string SaidOf(const Rule& rule, void (*build)(CaseBuilder&, const Given&),
                   const std::type_identity_t<Given>& given = {}) {
  CaseBuilder builder;
  build(builder, given);
  return builder.Said(rule);
}

}  // namespace dynarock::advisor
