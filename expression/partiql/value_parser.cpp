// The part of StatementParser that reads paths, literals and parameters.
#include <algorithm>

#include "expression/errors.h"
#include "expression/partiql/parser.h"
#include "storage/item/encoder.h"
#include "storage/item/number.h"

namespace dynarock::expression {

namespace {

constexpr int kMaxValueLevels = 32;

}  // namespace

std::string_view StatementParser::KeepText(std::string text) {
  return statement_.memory_->texts.emplace_back(std::move(text));
}
ValueView StatementParser::Keep(std::string encoded) {
  return ValueView(KeepText(std::move(encoded)).data());
}

Result<std::string_view> StatementParser::Name() {
  std::string_view name;
  if (At(TokenKind::kQuoted)) {
    std::string text = partiql::Unescape(current_);
    if (text.empty()) return Fail(EmptyPathComponent());
    name = KeepText(std::move(text));
  } else if (At(TokenKind::kWord) && !AtReserved()) {
    name = KeepText(std::string(current_.text));
  } else {
    return Fail(Unexpected());
  }
  Advance();
  return name;
}

Result<const std::vector<PathElement>*> StatementParser::ReadPath() {
  std::vector<PathElement>& path = statement_.memory_->paths.emplace_back();
  DYNAROCK_TRY(const std::string_view first, Name());
  path.push_back(PathElement::Name(first));
  while (At(TokenKind::kDot) || At(TokenKind::kOpenBracket)) {
    if (Take(TokenKind::kDot)) {
      DYNAROCK_TRY(const std::string_view name, Name());
      path.push_back(PathElement::Name(name));
    } else {
      Advance();
      if (!At(TokenKind::kNumber) || current_.text.size() > 9 ||
          current_.text.find_first_not_of("0123456789") != std::string_view::npos) {
        return Fail(Unexpected());
      }
      path.push_back(
          PathElement::Index(static_cast<uint32_t>(std::stoul(std::string(current_.text)))));
      Advance();
      DYNAROCK_CHECK(Expect(TokenKind::kCloseBracket));
    }
    if (path.size() > kMaxPathElements) return Fail(Malformed("Path too deep"));
  }
  return &path;
}

bool StatementParser::AtValue() const {
  switch (current_.kind) {
    case TokenKind::kString:
    case TokenKind::kNumber:
    case TokenKind::kParameter:
    case TokenKind::kOpenBracket:
    case TokenKind::kOpenBrace:
    case TokenKind::kOpenSet:
      return true;
    case TokenKind::kMinus:
    case TokenKind::kPlus:
      return next_.kind == TokenKind::kNumber;
    case TokenKind::kWord:
      return AtWord("TRUE") || AtWord("FALSE") || AtWord("NULL");
    default:
      return false;
  }
}

Result<ValueView> StatementParser::Parameter() {
  Advance();
  if (used_parameters_ == parameters_.size()) {
    return Fail(WrongParameterCount());
  }
  return parameters_[used_parameters_++];
}

Result<ValueView> StatementParser::ReadValue() {
  if (At(TokenKind::kParameter)) return Parameter();
  if (At(TokenKind::kString)) {  // the frequent one, without a tree
    std::string encoded;
    ValueWriter(encoded).String(partiql::Unescape(current_));
    Advance();
    return Keep(std::move(encoded));
  }
  DYNAROCK_TRY(const Value value, ReadTree(1));
  std::string encoded;
  Encode(value, encoded);
  return Keep(std::move(encoded));
}

Result<Value> StatementParser::ReadTree(int level) {
  if (level > kMaxValueLevels) return Fail(NestingTooDeep());
  Value value;
  switch (current_.kind) {
    case TokenKind::kParameter: {
      DYNAROCK_TRY(const ValueView parameter, Parameter());
      return Decode(parameter);
    }
    case TokenKind::kString:
      value.type = Type::kString;
      value.text = partiql::Unescape(current_);
      Advance();
      return value;
    case TokenKind::kMinus:
    case TokenKind::kPlus:
    case TokenKind::kNumber: {
      std::string text;
      if (!At(TokenKind::kNumber)) {
        if (At(TokenKind::kMinus)) text = "-";
        Advance();
        if (!At(TokenKind::kNumber)) return Fail(Unexpected());
      }
      text += current_.text;
      Advance();
      value.type = Type::kNumber;
      DYNAROCK_TRY(value.text, CanonicalNumber(text));
      return value;
    }
    case TokenKind::kOpenSet:
      return ReadSet(level);
    case TokenKind::kOpenBracket:
      Advance();
      value.type = Type::kList;
      if (Take(TokenKind::kCloseBracket)) return value;
      do {
        DYNAROCK_TRY(Value element, ReadTree(level + 1));
        value.list.push_back(std::move(element));
      } while (Take(TokenKind::kComma));
      DYNAROCK_CHECK(Expect(TokenKind::kCloseBracket));
      return value;
    case TokenKind::kOpenBrace:
      Advance();
      value.type = Type::kMap;
      if (Take(TokenKind::kCloseBrace)) return value;
      do {
        if (!At(TokenKind::kString)) return Fail(Unexpected());
        std::string name = partiql::Unescape(current_);
        Advance();
        DYNAROCK_CHECK(Expect(TokenKind::kColon));
        DYNAROCK_TRY(Value element, ReadTree(level + 1));
        value.map.insert_or_assign(std::move(name), std::move(element));
      } while (Take(TokenKind::kComma));
      DYNAROCK_CHECK(Expect(TokenKind::kCloseBrace));
      return value;
    default:
      break;
  }
  if (AtWord("TRUE") || AtWord("FALSE") || AtWord("NULL")) {
    value.type = AtWord("TRUE") ? Type::kTrue : AtWord("FALSE") ? Type::kFalse : Type::kNull;
    Advance();
    return value;
  }
  return Fail(Unexpected());
}

Result<Value> StatementParser::ReadSet(int level) {
  Advance();
  Value set;
  std::optional<Type> type;
  if (!At(TokenKind::kCloseSet)) {
    do {
      DYNAROCK_TRY(Value element, ReadTree(level + 1));
      if (type && *type != element.type) {
        return Fail(Malformed("A set holds values of one type"));
      }
      type = element.type;
      set.set.push_back(std::move(element.text));
    } while (Take(TokenKind::kComma));
  }
  DYNAROCK_CHECK(Expect(TokenKind::kCloseSet));
  if (!type) return Fail(Malformed("A set may not be empty"));
  switch (*type) {
    case Type::kString:
      set.type = Type::kStringSet;
      break;
    case Type::kNumber:
      set.type = Type::kNumberSet;
      break;
    case Type::kBinary:
      set.type = Type::kBinarySet;
      break;
    default:
      return Fail(Malformed("A set holds strings, numbers or binary values"));
  }
  const bool numbers = *type == Type::kNumber;
  std::sort(set.set.begin(), set.set.end(), [&](const std::string& a, const std::string& b) {
    return numbers ? CompareNumbers(a, b) < 0 : a < b;
  });
  if (std::adjacent_find(set.set.begin(), set.set.end()) != set.set.end()) {
    return Fail(DuplicatesInSet());
  }
  return set;
}

}  // namespace dynarock::expression
