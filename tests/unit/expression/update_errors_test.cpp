// Every static error of updates, and which of two comes first.
#include <gtest/gtest.h>

#include "expression/update.h"
#include "tests/unit/expression/text_values.h"

namespace dynarock::expression {
namespace {

std::string Repeat(std::string_view text, size_t n) {
  std::string out;
  while (n-- > 0) out += text;
  return out;
}

TEST(UpdateErrors, Texts) {
  const std::string type =
      "Incorrect operand type for operator or function; operator or function: ";
  const std::string set_type = "Incorrect operand type for operator or function; operator: ";
  const std::string reserved = "Attribute name is a reserved keyword; reserved keyword: ";
  const std::string no_name =
      "An expression attribute name used in the document path is not defined; attribute name: ";
  const std::string no_value =
      "An expression attribute value used in expression is not defined; attribute value: ";
  const std::string overlap =
      "Two document paths overlap with each other; must remove or rewrite one of these paths; path "
      "one: ";
  const std::string conflict =
      "Two document paths conflict with each other; must remove or rewrite one of these paths; "
      "path one: ";
  const std::pair<std::string, std::string> cases[] = {
      {"", "The expression can not be empty;"},
      {std::string(4097, 'a'), "Expression size has exceeded the maximum allowed size;"},
      // syntax
      {"INVALID SYNTAX HERE", R"x(Syntax error; token: "INVALID", near: "INVALID SYNTAX")x"},
      {"SET", R"x(Syntax error; token: "<EOF>", near: "SET")x"},
      {"ADD a : incr", R"x(Syntax error; token: ":", near: "a : incr")x"},
      {"SET a = :n,, updated = :n", R"x(Syntax error; token: ",", near: ",, updated")x"},
      {"SET a = :n, , b = :n", R"x(Syntax error; token: ",", near: ", , b")x"},
      {"SET a", R"x(Syntax error; token: "<EOF>", near: "a")x"},
      {"SET a = ", R"x(Syntax error; token: "<EOF>", near: "=")x"},
      {"SET a = :n +", R"x(Syntax error; token: "<EOF>", near: "+")x"},
      {"SET a = a * :n", R"x(Syntax error; token: "*", near: "a * :n")x"},
      {"SET a = a + :n + :n", R"x(Syntax error; token: "+", near: ":n + :n")x"},
      {"SET a = (a + :n) + :n", R"x(Syntax error; token: "+", near: ") + :n")x"},
      {"SET a = a + (b + :n)", R"x(Syntax error; token: "+", near: "b + :n")x"},
      {"SET a = list_append(a + b, c)", R"x(Syntax error; token: "+", near: "a + b")x"},
      {"SET a = (b", R"x(Syntax error; token: "<EOF>", near: "b")x"},
      {"SET a = b)", R"x(Syntax error; token: ")", near: "b)")x"},
      {"SET a = (b, c)", R"x(Syntax error; token: ",", near: "b, c")x"},
      {"SET a = b c", R"x(Syntax error; token: "c", near: "b c")x"},
      {"SET a = b = c", R"x(Syntax error; token: "=", near: "b = c")x"},
      {"SET :n = a", R"x(Syntax error; token: ":n", near: "SET :n =")x"},
      {"SET a = :n AND b = :n", R"x(Syntax error; token: "AND", near: ":n AND b")x"},
      {"ADD a b", R"x(Syntax error; token: "b", near: "a b")x"},
      {"ADD a", R"x(Syntax error; token: "<EOF>", near: "a")x"},
      {"ADD a = :n", R"x(Syntax error; token: "=", near: "a = :n")x"},
      {"DELETE a 1", R"x(Syntax error; token: "1", near: "a 1")x"},
      {"REMOVE a :n", R"x(Syntax error; token: ":n", near: "a :n")x"},
      {"REMOVE a,", R"x(Syntax error; token: "<EOF>", near: ",")x"},
      {"REMOVE a[-1]", R"x(Syntax error; token: "-", near: "[-1")x"},
      // the rest
      {"SET status = :n", reserved + "status"},
      {"SET a = b.Name", reserved + "Name"},
      {"REMOVE a[2147483648]", "List index is not within the allowable range; index: [2147483648]"},
      {"SET a = foo(b)", "Invalid function name; function: foo"},
      {"SET a = size(b)", "The function is not allowed in an update expression; function: size"},
      {"SET a = ((b))", "The expression has redundant parentheses;"},
      {"SET a = (b)", ""},
      {"SET a = attribute_exists(b)",
       "The function is not allowed in an update expression; function: attribute_exists"},
      {"SET a = :n SET b = :n",
       "The \"SET\" section can only be used once in an update expression;"},
      {"remove a REMOVE b",
       "The \"REMOVE\" section can only be used once in an update expression;"},
      {"ADD a :n REMOVE b ADD c :n",
       "The \"ADD\" section can only be used once in an update expression;"},
      {"DELETE a :ss DELETE b :ss",
       "The \"DELETE\" section can only be used once in an update expression;"},
      {"SET #x = :n", no_name + "#x"},
      {"SET a = b.#x", no_name + "#x"},
      {"SET a = :x", no_value + ":x"},
      {"ADD a :x", no_value + ":x"},
      {"SET a = if_not_exists(b, :x)", no_value + ":x"},
      {"SET a = :n, a = :n", overlap + "[a], path two: [a]"},
      {"SET #a = :n REMOVE a.b[0]", overlap + "[a], path two: [a, b, [0]]"},
      {"SET a.b = :n, a[0] = :n", conflict + "[a, b], path two: [a, [0]]"},
      {"SET a.b = :n, a.c = :n", ""},
      {"ADD a :s", set_type + "ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND"},
      {"ADD a :b", set_type + "ADD, operand type: BINARY, typeSet: ALLOWED_FOR_ADD_OPERAND"},
      {"ADD a :null", set_type + "ADD, operand type: NULL, typeSet: ALLOWED_FOR_ADD_OPERAND"},
      {"ADD a :t", set_type + "ADD, operand type: BOOLEAN, typeSet: ALLOWED_FOR_ADD_OPERAND"},
      {"ADD a :l", set_type + "ADD, operand type: LIST, typeSet: ALLOWED_FOR_ADD_OPERAND"},
      {"ADD a :m", set_type + "ADD, operand type: MAP, typeSet: ALLOWED_FOR_ADD_OPERAND"},
      {"DELETE a :n", set_type + "DELETE, operand type: NUMBER, typeSet: ALLOWED_FOR_ADD_OPERAND"},
      {"DELETE a :l", set_type + "DELETE, operand type: LIST, typeSet: ALLOWED_FOR_ADD_OPERAND"},
      {"ADD a :ss", ""},
      {"DELETE a :ss", ""},
      {"SET a = b + :s", type + "+, operand type: S"},
      {"SET a = :l - b", type + "-, operand type: L"},
      {"SET a = list_append(b, :m)", type + "list_append, operand type: M"},
      {"SET a = list_append(:ss, b)", type + "list_append, operand type: SS"},
      {"SET a = list_append(b, :l) + :n",
       "The function is not allowed to be used this way in an expression; function: list_append"},
      {"SET a = list_append(list_append(b, :l), :l)",
       "The function is not allowed to be used this way in an expression; function: list_append"},
      {"SET a = if_not_exists(a, list_append(b, :l))",
       "The function is not allowed to be used this way in an expression; function: list_append"},
      {"SET set = :n", R"x(Syntax error; token: "set", near: "SET set =")x"},
      {"SET _abc = :n", R"x(Syntax error; token: "_", near: "SET _abc")x"},
      {"SET a = if_not_exists(:n, b)",
       "Operator or function requires a document path; operator or function: if_not_exists"},
      {"SET a = if_not_exists(if_not_exists(b, c), d)",
       "Operator or function requires a document path; operator or function: if_not_exists"},
      {"SET a = if_not_exists(b)",
       "Incorrect number of operands for operator or function; operator or function: "
       "if_not_exists, number of "
       "operands: 1"},
      {"SET a = list_append(b, c, d)",
       "Incorrect number of operands for operator or function; operator or function: list_append, "
       "number of "
       "operands: 3"},
      {"SET a" + Repeat(".a", 31) + " = :n", ""},
      {"SET a" + Repeat(".a", 32) + " = :n",
       "The document path has too many nesting levels; nesting levels: 33"},
      // what comes first
      {"SET a = foo(status)", reserved + "status"},
      {"SET a = foo(b) SET c = :n", "Invalid function name; function: foo"},
      {"SET a = :n SET #x = :n",
       "The \"SET\" section can only be used once in an update expression;"},
      {"SET a = :x, #x = :n", no_name + "#x"},
      {"SET a = :x, a = :n", no_value + ":x"},
      {"ADD a.b :s, a[0] :n, c :n, c :n", overlap + "[c], path two: [c]"},
      {"ADD a :s, b :n, b :n", overlap + "[b], path two: [b]"},
      {"SET a = b + :s ADD c :s",
       set_type + "ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND"},
  };
  for (const auto& [text, error] : cases) {
    TestPlaceholders placeholders(
        R"(#a=a :n=1 :s="a" :b=b"x" :null=null :t=true :l=[1] :m={a: 1} :ss=s<"a">)");
    EXPECT_EQ(ErrorOf(ParseUpdate(text, placeholders.get())),
              error.empty() ? "(no error)" : "Invalid UpdateExpression: " + error)
        << text;
  }
}

TEST(UpdateErrors, OperatorCount) {
  const auto sums = [](int n) {
    std::string text = "SET ";
    for (int i = 0; i < n; ++i)
      text += (i == 0 ? "" : ",") + std::string("a") + std::to_string(i) + "=b+c";
    return text;
  };
  TestPlaceholders placeholders("");
  EXPECT_EQ(ErrorOf(ParseUpdate(sums(300), placeholders.get())), "(no error)");
  EXPECT_EQ(
      ErrorOf(ParseUpdate(sums(301), placeholders.get())),
      "Invalid UpdateExpression: The expression contains too many operators; operator count: 301");
}

}  // namespace
}  // namespace dynarock::expression
