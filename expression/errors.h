// What the expression languages say of expressions and of the values in them, by name.
//
// Errors of a language begin with the name of its parameter ("Invalid UpdateExpression: "), have the
// cause that is named or, made by Invalid (language.h), Cause::kInvalidExpression, and the fact
// `parameter`.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "expression/language.h"
#include "storage/item/error.h"

namespace dynarock::expression {

// ---- Of a language

Error EmptyExpression(Language language);
// "Syntax error; token: "<token>", near: "<near>"".
Error SyntaxError(Language language, std::string_view token, std::string_view near);
// Fact: attribute.
Error ReservedWord(Language language, std::string_view attribute);
// A #placeholder without a name, a :placeholder without a value. Fact: names.
Error UndefinedName(Language language, std::string_view placeholder);
Error UndefinedValue(Language language, std::string_view placeholder);
// "Two document paths overlap with each other; ...", or conflict. Paths as PrintPath prints them.
Error OverlappingPaths(Language language, std::string_view one, std::string_view two);
Error ConflictingPaths(Language language, std::string_view one, std::string_view two);
Error RedundantParentheses(Language language);
Error InvalidFunctionName(Language language, std::string_view function);
// A function in a place where another one belongs: "The function is not allowed to be used this way
// in an expression; function: size".
Error MisusedFunction(Language language, std::string_view function);

// ---- Of operators and functions: the sentence alone, since PartiQL says it without a prefix

std::string IncorrectOperandType(std::string_view operator_or_function, std::string_view type);
std::string IncorrectOperandCount(std::string_view operator_or_function, size_t count);
std::string TooManyInOperands(size_t count);
// "Operator or function requires a document path; operator or function: <name>".
std::string DocumentPathRequired(std::string_view operator_or_function);
// "The function is not allowed to be used this way in an expression; function: <function>".
std::string FunctionMisused(std::string_view function);
// "The expression contains too many operators; operator count: 301": where it stops counting.
std::string TooManyOperators();
std::string InvalidAttributeTypeName(std::string_view type);

// ---- Of ExpressionAttributeNames and ExpressionAttributeValues. Fact: parameter

// "<parameter> must not be empty".
Error EmptyPlaceholders(std::string_view parameter);
// "<parameter> contains invalid key: Syntax error; key: "<key>"".
Error InvalidPlaceholder(std::string_view parameter, std::string_view key);
// "Value provided in <parameter> unused in expressions: keys: {#a, #b}". Fact: names, too.
Error UnusedPlaceholders(std::string_view parameter, std::vector<std::string> keys);

// ---- Of key conditions

// "Conditions can be of length 1 or 2 only".
Error WrongConditionCount();
// "The number of query conditions (<count>) exceeds the number of key attributes defined in the
// schema (<most>)".
Error TooManyKeyConditions(size_t count, size_t most);
// "Query key condition not supported".
Error UnsupportedKeyCondition();
// "HASH key attributes <a>, <b> must have equality conditions specified in the query": of a key with
// several attributes of a kind. Fact: attribute, the first.
Error MissedHashEqualities(const std::vector<std::string_view>& attributes);
// "Query condition missed key schema element: <attribute>". Fact: attribute.
Error MissedKeyCondition(std::string_view attribute);
// "Invalid operator used in KeyConditionExpression: <name>".
Error InvalidKeyOperator(std::string_view name);

// ---- Of updates, when they meet an item

// "The provided expression refers to an attribute that does not exist in the item".
Error AbsentOperand();
// "An operand in the update expression has an incorrect data type".
Error WrongOperandType();
// The same of AttributeUpdates: "Type mismatch for attribute to update".
Error LegacyOperandTypeMismatch();
// "The document path provided in the update expression is invalid for update".
Error InvalidUpdatePath();

// ---- Of PartiQL

// "Statement wasn't well formed, can't be processed: <detail>".
Error MalformedStatement(std::string_view detail);
// "Number of parameters in request and statement don't match."
Error WrongParameterCount();
// "Path component cannot be an empty string".
Error EmptyPathComponent();
// "EXISTS can only be used in ExecuteTransaction write requests."
Error ExistsOutsideTransaction();
// "Key attribute's data type should match its data type in table's schema: Key <attribute>". Fact:
// attribute.
Error StatementKeyTypeMismatch(std::string_view attribute);
// A key attribute and a value that no key has. Fact: attribute.
Error ImpossibleKeyValue(std::string_view attribute, std::string_view type);

}  // namespace dynarock::expression
