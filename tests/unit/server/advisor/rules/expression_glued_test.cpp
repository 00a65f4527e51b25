// expression-glued: how many texts of one form are put together from strings.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

struct Texts {
  uint64_t forms = 15;
  uint64_t distinct = 15;  // with those that differ in list indexes only
  bool literals = false;
};

void Build(CaseBuilder& builder, const Texts& texts) {
  auto& family = builder.rest().families.emplace_back();
  family.structure = texts.literals ? "SELECT * FROM n WHERE n = v" : "SET n = :v";
  family.member = texts.literals ? "Statement" : "UpdateExpression";
  family.operation = texts.literals ? "ExecuteStatement" : "UpdateItem";
  family.table = "T";
  family.texts = {"first", "second"};
  for (uint64_t i = 0; i < texts.forms; ++i) family.forms.emplace(i, true);
  for (uint64_t i = 0; i < texts.distinct; ++i) family.distinct.emplace(i, true);
  family.literals = texts.literals;
  family.example = "any";
}

TEST(ExpressionGluedTest, Rows) {
  ExpectRows(RuleNamed("expression-glued"), Build,
             {
                 {"fifteen", {}, "warning"},
                 {"fourteen", {.forms = 14}, ""},
                 {"statements", {.literals = true}, "warning"},
                 {"fourteen statements", {.forms = 14, .literals = true}, ""},
             });
}

TEST(ExpressionGluedTest, Says) {
  EXPECT_EQ(SaidOf(RuleNamed("expression-glued"), Build),
            "warning on T\nUpdateExpression is assembled from names: 15 variants of one "
            "form.\noperation: UpdateItem\nform: SET n = :v\ndifferent texts: 15\nexample: "
            "first\nexample: second\ncount: 15\nexample: any\n");
  EXPECT_NE(SaidOf(RuleNamed("expression-glued"), Build, {.distinct = 200})
                .find("\ndifferent texts: 15 or more\n"),
            std::string::npos)
      << "no more are told apart";
  EXPECT_NE(SaidOf(RuleNamed("expression-glued"), Build, {.literals = true})
                .find("\nexample: {\"Statement\":\"first\"}\n"),
            std::string::npos)
      << "as it was sent, but for the literals";
}

}  // namespace
}  // namespace dynarock::advisor
