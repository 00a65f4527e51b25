#include "expression/errors.h"

#include <utility>

namespace dynarock::expression {

namespace {

// An error of a language with a cause of its own.
Error InvalidFor(Cause cause, Language language, std::initializer_list<std::string_view> parts) {
  return Caused(cause, Invalid(language, parts));
}

ErrorFacts Of(std::string_view parameter) {
  return {.parameter = std::string(parameter)};
}

Error RelatedPaths(Language language, std::string_view how, std::string_view one,
                   std::string_view two) {
  constexpr std::string_view kAdvice =
      " with each other; must remove or rewrite one of these paths; path one: ";
  return Invalid(language, {"Two document paths ", how, kAdvice, one, ", path two: ", two});
}

}  // namespace

// ---- Of a language

Error EmptyExpression(Language language) {
  return InvalidFor(Cause::kEmptyExpression, language, {"The expression can not be empty;"});
}
Error SyntaxError(Language language, std::string_view token, std::string_view near) {
  return InvalidFor(Cause::kSyntaxError, language,
                    {"Syntax error; token: \"", token, "\", near: \"", near, "\""});
}
Error ReservedWord(Language language, std::string_view attribute) {
  ErrorFacts facts = Of(ParameterOf(language));
  facts.attribute = attribute;
  return Caused(
      Cause::kReservedWord, std::move(facts),
      Invalid(language, {"Attribute name is a reserved keyword; reserved keyword: ", attribute}));
}
Error UndefinedName(Language language, std::string_view placeholder) {
  ErrorFacts facts = Of(ParameterOf(language));
  facts.names.emplace_back(placeholder);
  return Caused(
      Cause::kUndefinedName, std::move(facts),
      Invalid(language, {"An expression attribute name used in the document path is not defined; "
                         "attribute name: ",
                         placeholder}));
}
Error UndefinedValue(Language language, std::string_view placeholder) {
  ErrorFacts facts = Of(ParameterOf(language));
  facts.names.emplace_back(placeholder);
  return Caused(
      Cause::kUndefinedValue, std::move(facts),
      Invalid(language,
              {"An expression attribute value used in expression is not defined; attribute value: ",
               placeholder}));
}
Error OverlappingPaths(Language language, std::string_view one, std::string_view two) {
  return Caused(Cause::kOverlappingPaths, RelatedPaths(language, "overlap", one, two));
}
Error ConflictingPaths(Language language, std::string_view one, std::string_view two) {
  return RelatedPaths(language, "conflict", one, two);
}
Error RedundantParentheses(Language language) {
  return Invalid(language, "The expression has redundant parentheses;");
}
Error InvalidFunctionName(Language language, std::string_view function) {
  return Invalid(language, {"Invalid function name; function: ", function});
}

Error MisusedFunction(Language language, std::string_view function) {
  return Invalid(language, FunctionMisused(function));
}

// ---- Of operators and functions

std::string IncorrectOperandType(std::string_view operator_or_function, std::string_view type) {
  std::string text = "Incorrect operand type for operator or function; operator or function: ";
  return text.append(operator_or_function).append(", operand type: ").append(type);
}
std::string IncorrectOperandCount(std::string_view operator_or_function, size_t count) {
  std::string text =
      "Incorrect number of operands for operator or function; operator or function: ";
  return text.append(operator_or_function).append(", number of operands: ").append(Decimal(count));
}
std::string TooManyInOperands(size_t count) {
  std::string text = "The IN operator is provided with too many operands; number of operands: ";
  return text.append(Decimal(count));
}
std::string DocumentPathRequired(std::string_view operator_or_function) {
  std::string text = "Operator or function requires a document path; operator or function: ";
  return text.append(operator_or_function);
}
std::string FunctionMisused(std::string_view function) {
  std::string text = "The function is not allowed to be used this way in an expression; function: ";
  return text.append(function);
}
std::string TooManyOperators() {
  std::string text = "The expression contains too many operators; operator count: ";
  return text.append(Decimal(kMaxOperators + 1));
}
std::string InvalidAttributeTypeName(std::string_view type) {
  std::string text = "Invalid attribute type name found; type: ";
  return text.append(type).append(", valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
}

// ---- Of ExpressionAttributeNames and ExpressionAttributeValues

Error EmptyPlaceholders(std::string_view parameter) {
  return Caused(Cause::kEmptyPlaceholders, Of(parameter),
                Validation(std::string(parameter) + " must not be empty"));
}
Error InvalidPlaceholder(std::string_view parameter, std::string_view key) {
  std::string text(parameter);
  text.append(" contains invalid key: Syntax error; key: \"").append(key).append("\"");
  return Caused(Cause::kSyntaxError, Of(parameter), Validation(std::move(text)));
}
Error UnusedPlaceholders(std::string_view parameter, std::vector<std::string> keys) {
  std::string text = "Value provided in ";
  text.append(parameter).append(" unused in expressions: keys: {");
  for (size_t i = 0; i < keys.size(); ++i) text.append(i > 0 ? ", " : "").append(keys[i]);
  ErrorFacts facts = Of(parameter);
  facts.names = std::move(keys);
  return Caused(Cause::kUnusedPlaceholder, std::move(facts), Validation(text + "}"));
}

// ---- Of key conditions

Error WrongConditionCount() {
  return Validation("Conditions can be of length 1 or 2 only");
}
Error TooManyKeyConditions(size_t count, size_t most) {
  return Validation("The number of query conditions (" + std::to_string(count) +
                    ") exceeds the number of key attributes defined in the schema (" +
                    std::to_string(most) + ")");
}
Error MissedHashEqualities(const std::vector<std::string_view>& attributes) {
  std::string text = "HASH key attributes ";
  for (size_t i = 0; i < attributes.size(); ++i)
    text.append(i > 0 ? ", " : "").append(attributes[i]);
  return Caused(Cause::kMissedKeyCondition, {.attribute = std::string(attributes.front())},
                Validation(text + " must have equality conditions specified in the query"));
}
Error UnsupportedKeyCondition() {
  return Caused(Cause::kUnsupportedKeyCondition, Validation("Query key condition not supported"));
}
Error MissedKeyCondition(std::string_view attribute) {
  const std::string name(attribute);
  return Caused(Cause::kMissedKeyCondition, {.attribute = name},
                Validation("Query condition missed key schema element: " + name));
}
Error InvalidKeyOperator(std::string_view name) {
  return Validation("Invalid operator used in KeyConditionExpression: " + std::string(name));
}

// ---- Of updates

Error AbsentOperand() {
  return Caused(
      Cause::kAbsentOperand,
      Validation("The provided expression refers to an attribute that does not exist in the item"));
}
Error WrongOperandType() {
  return Caused(Cause::kWrongOperandType,
                Validation("An operand in the update expression has an incorrect data type"));
}
Error LegacyOperandTypeMismatch() {
  return Validation("Type mismatch for attribute to update");
}
Error InvalidUpdatePath() {
  return Caused(
      Cause::kInvalidUpdatePath,
      Validation("The document path provided in the update expression is invalid for update"));
}

// ---- Of PartiQL

Error MalformedStatement(std::string_view detail) {
  return Validation("Statement wasn't well formed, can't be processed: " + std::string(detail));
}
Error WrongParameterCount() {
  return Validation("Number of parameters in request and statement don't match.");
}
Error EmptyPathComponent() {
  return Validation("Path component cannot be an empty string");
}
Error ExistsOutsideTransaction() {
  return Validation("EXISTS can only be used in ExecuteTransaction write requests.");
}
Error StatementKeyTypeMismatch(std::string_view attribute) {
  const std::string name(attribute);
  return Caused(
      Cause::kKeyTypeMismatch, {.attribute = name},
      Validation("Key attribute's data type should match its data type in table's schema: Key " +
                 name));
}
Error ImpossibleKeyValue(std::string_view attribute, std::string_view type) {
  const std::string name(attribute);
  return Caused(Cause::kKeyTypeMismatch, {.attribute = name},
                Validation("Key value must be of type S, N, or B. Key name: " + name +
                           ", Key type: " + std::string(type)));
}

}  // namespace dynarock::expression
