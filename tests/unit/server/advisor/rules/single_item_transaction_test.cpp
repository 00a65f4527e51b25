// single-item-transaction: when a transaction is one write at twice the price.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

struct Transactions {
  uint64_t single = 5;
  uint64_t all = 5;
  trace::AccessKind kind = trace::AccessKind::kPut;
};

void Build(CaseBuilder& builder, const Transactions& transactions) {
  auto& kind = builder.AddKind("TransactWriteItems", transactions.kind);
  kind.traffic.cells[0].requests = transactions.all;
  kind.traffic.cells[0].write_halves = 20;
  kind.traffic.cells[0].read_halves = 40;
  kind.traffic.single.Add(transactions.single);
}

TEST(SingleItemTransactionTest, Rows) {
  ExpectRows(RuleNamed("single-item-transaction"), Build,
             {
                 {"five", {}, "warning"},
                 {"four", {.single = 4, .all = 4}, ""},
                 {"nine in ten", {.single = 9, .all = 10}, "warning"},
                 {"eight in nine", {.single = 8, .all = 9}, "note"},
                 {"more than half", {.single = 5, .all = 9}, "note"},
                 {"half", {.single = 5, .all = 10}, ""},
             });
}

TEST(SingleItemTransactionTest, Says) {
  EXPECT_EQ(SaidOf(RuleNamed("single-item-transaction"), Build),
            "warning on T\n"
            "TransactWriteItems with one item costs twice what the plain operation costs.\n"
            "operation: TransactWriteItems\n"
            "transactions of one item: 5\n"
            "transactions with this action: 5\n"
            "units: 10\n"
            "count: 5\n");
  EXPECT_NE(SaidOf(RuleNamed("single-item-transaction"), Build, {.kind = trace::AccessKind::kGet})
                .find("\nunits: 20\n"),
            std::string::npos)
      << "reads are paid in read units";
}

}  // namespace
}  // namespace dynarock::advisor
