// Every static error of conditions, and which of two comes first.
#include <gtest/gtest.h>

#include "expression/condition.h"
#include "tests/unit/expression/text_values.h"

namespace dynarock::expression {
namespace {

struct Case {
  std::string text;
  std::string error;  // behind "Invalid ConditionExpression: "
};

std::string ErrorIn(Language language, std::string_view text) {
  TestPlaceholders placeholders(
      R"(#a=a #b=b :n=5 :one=1 :s="a" :z="z" :b=b"x" :bool=true :null=null :ss=s<"a"> :l=[1] :m={a: 1} :type="X" )"
      R"(:ns=n<1>)");
  return ErrorOf(ParseCondition(language, text, placeholders.get()));
}

std::string Repeat(std::string_view text, size_t n) {
  std::string out;
  while (n-- > 0) out += text;
  return out;
}

TEST(ConditionErrors, Texts) {
  const std::string type =
      "Incorrect operand type for operator or function; operator or function: ";
  const std::string count =
      "Incorrect number of operands for operator or function; operator or function: ";
  const std::string misuse =
      "The function is not allowed to be used this way in an expression; function: ";
  const std::string path = "Operator or function requires a document path; operator or function: ";
  const std::string distinct =
      "The first operand must be distinct from the remaining operands for this operator or "
      "function; operator: ";
  const std::string redundant = "The expression has redundant parentheses;";
  const std::string deep = Repeat(".a", 31);
  const Case cases[] = {
      {"", "The expression can not be empty;"},
      {std::string(4097, ' '),
       "Expression size has exceeded the maximum allowed size; expression size: 4097"},
      // syntax errors and their windows
      {"   ", R"x(Syntax error; token: "<EOF>", near: "   ")x"},
      {"a", R"x(Syntax error; token: "<EOF>", near: "a")x"},
      {"a =", R"x(Syntax error; token: "<EOF>", near: "=")x"},
      {"a = :n AND NOT #b", R"x(Syntax error; token: "<EOF>", near: "#b")x"},
      {"a-b = :n", R"x(Syntax error; token: "-", near: "a-b")x"},
      {"#a attribute_not_exists :x",
       R"x(Syntax error; token: "attribute_not_exists", near: "#a attribute_not_exists :x")x"},
      {"!!!", R"x(Syntax error; token: "!", near: "!!")x"},
      {"a != :n", R"x(Syntax error; token: "!", near: "a !=")x"},
      {"a == :n", R"x(Syntax error; token: "=", near: "== :n")x"},
      {"a = : n", R"x(Syntax error; token: ":", near: "= : n")x"},
      {"a = 5", R"x(Syntax error; token: "5", near: "= 5")x"},
      {"a = \"x\"", R"x(Syntax error; token: """, near: "= "x")x"},
      {"a = b = c", R"x(Syntax error; token: "=", near: "b = c")x"},
      {"a = b c", R"x(Syntax error; token: "c", near: "b c")x"},
      {"(a = b", R"x(Syntax error; token: "<EOF>", near: "b")x"},
      {"a = b)", R"x(Syntax error; token: ")", near: "b)")x"},
      {"()", R"x(Syntax error; token: ")", near: "()")x"},
      {"(a AND b)", R"x(Syntax error; token: "AND", near: "a AND b")x"},
      {"a AND b = c", R"x(Syntax error; token: "AND", near: "a AND b")x"},
      {"AND a = b", R"x(Syntax error; token: "AND", near: "AND a")x"},
      {"a = b AND", R"x(Syntax error; token: "<EOF>", near: "AND")x"},
      {"a = NOT b", R"x(Syntax error; token: "NOT", near: "= NOT b")x"},
      {"(a = b) = c", R"x(Syntax error; token: "=", near: ") = c")x"},
      {"a BETWEEN b", R"x(Syntax error; token: "<EOF>", near: "b")x"},
      {"a BETWEEN b OR c", R"x(Syntax error; token: "OR", near: "b OR c")x"},
      {"(a BETWEEN b)", R"x(Syntax error; token: ")", near: "b)")x"},
      {"a IN b", R"x(Syntax error; token: "b", near: "IN b")x"},
      {"a IN ()", R"x(Syntax error; token: ")", near: "()")x"},
      {"a IN (b", R"x(Syntax error; token: "<EOF>", near: "b")x"},
      {"a IN (b = c)", R"x(Syntax error; token: "=", near: "b = c")x"},
      {"contains(a b)", R"x(Syntax error; token: "b", near: "a b)")x"},
      {"contains()", R"x(Syntax error; token: ")", near: "()")x"},
      {"contains(a, b = c)", R"x(Syntax error; token: "=", near: "b = c")x"},
      {"a, b", R"x(Syntax error; token: ",", near: "a, b")x"},
      {"a. = b", R"x(Syntax error; token: "=", near: ". = b")x"},
      {"a[b] = c", R"x(Syntax error; token: "b", near: "[b]")x"},
      {"a[-1] = c", R"x(Syntax error; token: "-", near: "[-1")x"},
      {"a[0 = c", R"x(Syntax error; token: "=", near: "0 = c")x"},
      {":n.a = c", R"x(Syntax error; token: ".", near: ":n.a")x"},
      {"a + b = c", R"x(Syntax error; token: "+", near: "a + b")x"},
      {"\xC3\xA9 = :n", "Syntax error; token: \"\xC3\xA9\", near: \"\xC3\xA9 =\""},
      // parentheses
      {"((a = b))", redundant},
      {"((a)) = b", redundant},
      {"((a = b) ) AND c = d", redundant},
      {"a = ((b))", redundant},
      {"size(((a))) = b", redundant},
      {"(((a = b) AND c = d))", redundant},
      // functions
      {"foo(a)", "Invalid function name; function: foo"},
      {"Size(a) = :n", "Invalid function name; function: Size"},
      {"a = if_not_exists(b, :n)",
       "The function is not allowed in a condition expression; function: if_not_exists"},
      {"list_append(a, b)",
       "The function is not allowed in a condition expression; function: list_append"},
      {"size(a)", misuse + "size"},
      {"(size(a))", misuse + "size"},
      {"NOT size(a)", misuse + "size"},
      {"size(a) AND b = c", misuse + "size"},
      {"contains(a, b) = :n", misuse + "contains"},
      {":n = contains(a, b)", misuse + "contains"},
      {"(begins_with(a, b)) <> :n", misuse + "begins_with"},
      {"attribute_exists(a) IN (:n)", misuse + "attribute_exists"},
      {"a BETWEEN :n AND contains(a, b)", misuse + "contains"},
      {"size(contains(a, b)) = :n", misuse + "contains"},
      // names
      {"status = :n", "Attribute name is a reserved keyword; reserved keyword: status"},
      {"a.Name = :n", "Attribute name is a reserved keyword; reserved keyword: Name"},
      {"#a.size = :n", "Attribute name is a reserved keyword; reserved keyword: size"},
      {"a[2147483648] = :n", "List index is not within the allowable range; index: [2147483648]"},
      {"a[99999999999999999999] = :n",
       "List index is not within the allowable range; index: [99999999999999999999]"},
      {"a[2147483647] = :n", ""},
      {"#x = :n",
       "An expression attribute name used in the document path is not defined; attribute name: #x"},
      {"a.#x = :n",
       "An expression attribute name used in the document path is not defined; attribute name: #x"},
      {"a = :x",
       "An expression attribute value used in expression is not defined; attribute value: :x"},
      {"a" + deep + " = :n", ""},
      {"a" + deep + "[0] = :n",
       "The document path has too many nesting levels; nesting levels: 33"},
      // operands
      {"attribute_exists(a, b)", count + "attribute_exists, number of operands: 2"},
      {"contains(a)", count + "contains, number of operands: 1"},
      {"size(a, b) = :n", count + "size, number of operands: 2"},
      {"begins_with(a, b, c)", count + "begins_with, number of operands: 3"},
      {"attribute_exists(:n)", path + "attribute_exists"},
      {"attribute_not_exists(size(a))", path + "attribute_not_exists"},
      {"attribute_type(:s, :s)",
       "Invalid attribute type name found; type: a, valid types: "
       "{B,NULL,SS,BOOL,L,BS,N,NS,S,M}"},
      {"attribute_type(a, b)",
       type + "attribute_type, operand type: {NS,SS,L,BS,N,M,B,BOOL,NULL,S}"},
      {"attribute_type(a, :n)", type + "attribute_type, operand type: N"},
      {"attribute_type(a, :type)",
       "Invalid attribute type name found; type: X, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}"},
      {"begins_with(a, :n)", type + "begins_with, operand type: N"},
      {"begins_with(:l, a)", type + "begins_with, operand type: L"},
      {"begins_with(a, size(b))", type + "begins_with, operand type: N"},
      {"size(:n) = a", type + "size, operand type: N"},
      {"size(:bool) = a", type + "size, operand type: BOOL"},
      {"size(:null) = a", type + "size, operand type: NULL"},
      {"size(size(a)) = b", type + "size, operand type: N"},
      {"a < :bool", type + "<, operand type: BOOL"},
      {":null >= a", type + ">=, operand type: NULL"},
      {"a <= :ss", type + "<=, operand type: SS"},
      {"a > :l", type + ">, operand type: L"},
      {"a < :m", type + "<, operand type: M"},
      {"a = :n AND b < :ns", type + "<, operand type: NS"},
      {"a BETWEEN :null AND :n", type + "BETWEEN, operand type: NULL"},
      {"a BETWEEN :n AND :bool", type + "BETWEEN, operand type: BOOL"},
      {"a = :bool", ""},
      {"a <> :null", ""},
      {"a = a", distinct + "=, first operand: [a]"},
      {"#a.b[0] <> a.#b[0]", distinct + "<>, first operand: [a, b, [0]]"},
      {"contains(a, a)", distinct + "contains, first operand: [a]"},
      {"begins_with(a.b, a.b)", distinct + "begins_with, first operand: [a, b]"},
      {"a BETWEEN b AND a", distinct + "BETWEEN, first operand: [a]"},
      {"a IN (b, a)", distinct + "IN, first operand: [a]"},
      {"a BETWEEN b AND b", ""},
      {"size(a) = a", ""},
      {"a BETWEEN :s AND :one",
       "The BETWEEN operator requires same data type for lower and upper bounds; lower bound "
       "operand: "
       "AttributeValue: {S:a}, upper bound operand: AttributeValue: {N:1}"},
      {"a BETWEEN :n AND :one",
       "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; "
       "lower bound operand: "
       "AttributeValue: {N:5}, upper bound operand: AttributeValue: {N:1}"},
      {"a BETWEEN :z AND :s",
       "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; "
       "lower bound operand: "
       "AttributeValue: {S:z}, upper bound operand: AttributeValue: {S:a}"},
      {"a BETWEEN :s AND :s", ""},
      // limits
      {"a IN (" + Repeat(":n,", 99) + ":n)", ""},
      {"a IN (" + Repeat(":n,", 100) + ":n)",
       "The IN operator is provided with too many operands; number of operands: 101"},
      {Repeat("a=b or ", 149) + "a=b", ""},
      {Repeat("a=b or ", 150) + "a=b",
       "The expression contains too many operators; operator count: 301"},
      {Repeat("a<b and (", 149) + "a<b" + Repeat(")", 149), ""},
      {"_abc = b", R"x(Syntax error; token: "_", near: "_abc")x"},
      {"a._b = b", R"x(Syntax error; token: "_", near: "._b")x"},
      {"set = b", R"x(Syntax error; token: "set", near: "set =")x"},
      {"a.IN = b", R"x(Syntax error; token: "IN", near: ".IN =")x"},
      {"l[00] = b", R"x(Syntax error; token: "0", near: "00]")x"},
      {"\xC3\xA9 = b", "Syntax error; token: \"\xC3\xA9\", near: \"\xC3\xA9 =\""},
      // what comes first
      {"((a = status))", redundant},
      {"((foo(a)))", redundant},
      {"((a = b)) !", "The expression has redundant parentheses;"},
      {"size(a) OR foo(b)", "Invalid function name; function: foo"},
      {"status = :x AND size(a)", misuse + "size"},
      {"#x = :n AND status = :n", "Attribute name is a reserved keyword; reserved keyword: status"},
      {"a = a AND b = :x", distinct + "=, first operand: [a]"},
      {"b = :x AND a = a",
       "An expression attribute value used in expression is not defined; attribute value: :x"},
      {"contains(#x)",
       "An expression attribute name used in the document path is not defined; attribute name: #x"},
      {"a < :bool OR #x = b", type + "<, operand type: BOOL"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(ErrorIn(Language::kCondition, c.text),
              c.error.empty() ? "(no error)" : "Invalid ConditionExpression: " + c.error)
        << c.text;
  }
}

TEST(ConditionErrors, FiltersSayFilterExpression) {
  EXPECT_EQ(ErrorIn(Language::kFilter, "#missing = :n"),
            "Invalid FilterExpression: An expression attribute name used in the document path is "
            "not defined; "
            "attribute name: #missing");
  EXPECT_EQ(ErrorIn(Language::kFilter, std::string(5000, 'a')),
            "Invalid FilterExpression: Expression size has exceeded the maximum allowed size; "
            "expression size: 5000");
}

}  // namespace
}  // namespace dynarock::expression
