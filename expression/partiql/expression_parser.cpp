// The part of SyntaxParser that reads expressions.
#include <algorithm>
#include <array>

#include "expression/errors.h"
#include "expression/partiql/parser.h"

namespace dynarock::expression::partiql {

namespace {

struct TypeWord {
  std::string_view word;
  std::string_view type;    // as the service calls it
  std::string_view second;  // a word that may follow
  std::string_view longer;  // the type with it
};
constexpr auto kTypes = std::to_array<TypeWord>({
    {"ANY", "AnyType", "", ""},
    {"BAG", "BagType", "", ""},
    {"BLOB", "BlobType", "", ""},
    {"BOOL", "BooleanType", "", ""},
    {"BOOLEAN", "BooleanType", "", ""},
    {"CHAR", "CharacterType", "VARYING", "CharacterVaryingType"},
    {"CHARACTER", "CharacterType", "VARYING", "CharacterVaryingType"},
    {"CLOB", "ClobType", "", ""},
    {"DATE", "DateType", "", ""},
    {"DEC", "DecimalType", "", ""},
    {"DECIMAL", "DecimalType", "", ""},
    {"FLOAT", "FloatType", "", ""},
    {"INT", "IntegerType", "", ""},
    {"INT2", "SmallintType", "", ""},
    {"INT4", "Integer4Type", "", ""},
    {"INT8", "Integer8Type", "", ""},
    {"INTEGER", "IntegerType", "", ""},
    {"INTEGER2", "SmallintType", "", ""},
    {"INTEGER4", "Integer4Type", "", ""},
    {"INTEGER8", "Integer8Type", "", ""},
    {"LIST", "ListType", "", ""},
    {"MISSING", "MissingType", "", ""},
    {"NULL", "NullType", "", ""},
    {"NUMERIC", "NumericType", "", ""},
    {"REAL", "RealType", "", ""},
    {"SEXP", "SexpType", "", ""},
    {"SMALLINT", "SmallintType", "", ""},
    {"STRING", "StringType", "", ""},
    {"STRUCT", "StructType", "", ""},
    {"SYMBOL", "SymbolType", "", ""},
    {"TIME", "TimeType", "", ""},
    {"TIMESTAMP", "TimestampType", "", ""},
    {"TUPLE", "TupleType", "", ""},
    {"VARCHAR", "CharacterVaryingType", "", ""},
});

constexpr auto kWordOperators = std::to_array<std::string_view>(
    {"AND", "OR", "NOT", "IN", "IS", "LIKE", "BETWEEN", "UNION", "INTERSECT", "EXCEPT"});

// Keywords that are functions where a parenthesis follows.
constexpr auto kFunctionWords = std::to_array<std::string_view>(
    {"SIZE", "EXISTS", "COUNT", "SUM", "AVG", "MIN", "MAX", "LOWER", "UPPER", "TRIM", "SUBSTRING",
     "COALESCE", "NULLIF", "CAST", "EXTRACT", "CHAR_LENGTH", "CHARACTER_LENGTH", "POSITION"});

bool IsOneOf(const Token& token, std::span<const std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return IsWord(token, word); });
}

bool IsIndex(const Token& token) {
  return token.kind == TokenKind::kNumber && token.text.size() <= 9 &&
         token.text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

bool SyntaxParser::AtWordOperator() const {
  return IsOneOf(current_, kWordOperators);
}

uint32_t SyntaxParser::Add(Expr expression) {
  statement_.expressions.push_back(std::move(expression));
  return static_cast<uint32_t>(statement_.expressions.size() - 1);
}

SyntaxParser::Infix SyntaxParser::AtInfix() const {
  using Kind = Expr::Kind;
  switch (current_.kind) {
    case TokenKind::kEqual:
    case TokenKind::kNotEqual:
      return {kEquality, Kind::kComparison};
    case TokenKind::kLess:
    case TokenKind::kLessEqual:
    case TokenKind::kGreater:
    case TokenKind::kGreaterEqual:
      return {kOrder, Kind::kComparison};
    case TokenKind::kConcat:
      return {kConcat, Kind::kOther};
    case TokenKind::kPlus:
    case TokenKind::kMinus:
      return {kSum, Kind::kOther};
    case TokenKind::kStar:
    case TokenKind::kSlash:
    case TokenKind::kPercent:
      return {kProduct, Kind::kOther};
    case TokenKind::kWord:
      break;
    default:
      return {};
  }
  if (AtWord("OR")) return {kOr, Kind::kOr};
  if (AtWord("AND")) return {kAnd, Kind::kAnd};
  if (AtWord("IS")) return {kEquality, Kind::kIs};
  const bool negated = AtWord("NOT");
  const Token& word = negated ? next_ : current_;
  if (IsWord(word, "IN")) return {kEquality, Kind::kIn, negated};
  if (IsWord(word, "BETWEEN")) return {kOrder, Kind::kBetween, negated};
  if (IsWord(word, "LIKE")) return {kOrder, Kind::kOther, negated};
  return {};
}

Result<uint32_t> SyntaxParser::Expression(Precedence above) {
  if (++depth_ > kMaxDepth) return Fail(MalformedStatement(""));
  DYNAROCK_TRY(uint32_t left, Unary());
  for (;;) {
    const Infix infix = AtInfix();
    if (infix.precedence <= above) break;
    DYNAROCK_TRY(left, RightSide(infix, left));
  }
  --depth_;
  return left;
}

Result<uint32_t> SyntaxParser::RightSide(const Infix& infix, uint32_t left) {
  if (infix.negated) Advance();
  const Token op = current_;
  Advance();
  if (infix.kind == Expr::Kind::kIs) return Is(left);
  if (At(TokenKind::kEnd)) {
    return Fail(MalformedStatement("Missing right-hand side expression of infix operator"));
  }
  if (infix.kind == Expr::Kind::kIn) return In(infix, op, left);
  if (infix.kind == Expr::Kind::kBetween) return Between(infix, op, left);
  DYNAROCK_TRY(const uint32_t right, Expression(infix.precedence));
  return Join(infix, op, left, right);
}

uint32_t SyntaxParser::Join(const Infix& infix, const Token& op, uint32_t left, uint32_t right) {
  const bool connective = infix.kind == Expr::Kind::kAnd || infix.kind == Expr::Kind::kOr;
  // A chain is one list, so that its length costs no depth.
  Expr joined{.kind = infix.kind, .token = op, .first = At(left).first};
  if (connective && At(left).kind == infix.kind) {
    joined.children = std::move(At(left).children);
  } else {
    joined.children.push_back(left);
  }
  joined.children.push_back(right);
  return Add(std::move(joined));
}

Result<uint32_t> SyntaxParser::Between(const Infix& infix, const Token& op, uint32_t left) {
  DYNAROCK_TRY(const uint32_t low, Expression(infix.precedence));
  if (!TakeWord("AND")) return Fail(MalformedStatement("Expected AND keyword"));
  DYNAROCK_TRY(const uint32_t high, Expression(infix.precedence));
  return Add({.kind = Expr::Kind::kBetween,
              .token = op,
              .children = {left, low, high},
              .negated = infix.negated,
              .first = At(left).first});
}

Result<uint32_t> SyntaxParser::In(const Infix& infix, const Token& op, uint32_t left) {
  Expr in{.kind = Expr::Kind::kIn,
          .token = op,
          .children = {left},
          .negated = infix.negated,
          .first = At(left).first};
  std::vector<uint32_t> members;
  if (At(TokenKind::kOpen) && !IsWord(next_, "SELECT")) {
    Advance();
    DYNAROCK_TRY(members, Arguments(std::nullopt));
    DYNAROCK_CHECK(Expect(TokenKind::kClose, "Expected RIGHT_PAREN"));
  } else {
    DYNAROCK_TRY(const uint32_t right, Expression(infix.precedence));
    if (At(right).kind != Expr::Kind::kList && At(right).kind != Expr::Kind::kSet) {
      in.kind = Expr::Kind::kOther;
      return Add(std::move(in));
    }
    members = At(right).children;
  }
  in.children.insert(in.children.end(), members.begin(), members.end());
  return Add(std::move(in));
}

Result<uint32_t> SyntaxParser::Is(uint32_t left) {
  Expr is{.kind = Expr::Kind::kIs, .token = At(left).first, .first = At(left).first};
  is.children.push_back(left);
  is.negated = TakeWord("NOT");
  DYNAROCK_TRY(is.type, TypeName());
  return Add(std::move(is));
}

Result<std::string_view> SyntaxParser::TypeName() {
  std::string_view type;
  if (AtWord("DOUBLE") && IsWord(next_, "PRECISION")) {
    Advance();
    Advance();
    return std::string_view("DoublePrecisionType");
  }
  const auto found =
      std::ranges::find_if(kTypes, [&](const TypeWord& entry) { return AtWord(entry.word); });
  if (found == kTypes.end()) return Fail(MalformedStatement("Expected type name"));
  Advance();
  type = found->type;
  if (!found->second.empty() && TakeWord(found->second)) type = found->longer;
  // Length, or precision and scale.
  if (At(TokenKind::kOpen) && IsIndex(next_)) {
    Advance();
    do {
      if (!IsIndex(current_)) return Fail(Unexpected());
      Advance();
    } while (Take(TokenKind::kComma));
    DYNAROCK_CHECK(Expect(TokenKind::kClose, "Expected RIGHT_PAREN"));
  }
  return type;
}

Result<uint32_t> SyntaxParser::Unary() {
  if (AtWord("NOT")) {
    Expr inverted{.kind = Expr::Kind::kNot, .token = current_, .first = current_};
    while (TakeWord("NOT")) ++inverted.count;
    DYNAROCK_TRY(const uint32_t inside, Expression(kNot));
    inverted.children.push_back(inside);
    return Add(std::move(inverted));
  }
  if (At(TokenKind::kPlus) || At(TokenKind::kMinus)) return Signed();
  return PathTerm();
}

// A sign before a number is a part of it.
Result<uint32_t> SyntaxParser::Signed() {
  const Token sign = current_;
  bool minus = false;
  while (At(TokenKind::kPlus) || At(TokenKind::kMinus)) {
    if (At(TokenKind::kMinus)) minus = !minus;
    Advance();
  }
  DYNAROCK_TRY(const uint32_t term, PathTerm());
  if (At(term).kind == Expr::Kind::kNumber) {
    At(term).negated = minus;
    return term;
  }
  return Add({.kind = Expr::Kind::kOther, .token = sign, .children = {term}, .first = sign});
}

Result<uint32_t> SyntaxParser::PathTerm() {
  DYNAROCK_TRY(const uint32_t term, Term());
  return Steps(term);
}

Result<uint32_t> SyntaxParser::SimplePath() {
  if (!AtName()) return Fail(MalformedStatement("Expected identifier for simple path"));
  DYNAROCK_TRY(const uint32_t name, Atom(Expr::Kind::kPath));
  return Steps(name);
}

Result<uint32_t> SyntaxParser::Steps(uint32_t term) {
  if (!At(TokenKind::kDot) && !At(TokenKind::kOpenBracket)) return term;
  std::vector<Token> steps;
  if (At(term).kind == Expr::Kind::kPath) {
    steps = At(term).steps;
  } else {
    steps.push_back({TokenKind::kInvalid, At(term).first.text, At(term).first.offset});
  }
  while (At(TokenKind::kDot) || At(TokenKind::kOpenBracket)) {
    if (Take(TokenKind::kDot)) {
      if (!AtName() && !At(TokenKind::kStar)) {
        return Fail(MalformedStatement("Invalid path dot component"));
      }
      steps.push_back(current_);
      Advance();
    } else {
      DYNAROCK_CHECK(Index(steps));
    }
  }
  return Add({.kind = Expr::Kind::kPath,
              .token = At(term).first,
              .steps = std::move(steps),
              .first = At(term).first});
}

Result<void> SyntaxParser::Index(std::vector<Token>& steps) {
  Advance();
  Token step = current_;
  if (!Take(TokenKind::kStar)) {
    DYNAROCK_TRY(const uint32_t index, Expression());
    if (At(index).kind != Expr::Kind::kNumber || At(index).negated || !IsIndex(step)) {
      step.kind = TokenKind::kInvalid;
    }
  }
  steps.push_back(step);
  return Expect(TokenKind::kCloseBracket, "Expected RIGHT_BRACKET");
}

Result<uint32_t> SyntaxParser::Atom(Expr::Kind kind) {
  Expr atom{.kind = kind, .token = current_, .first = current_};
  if (kind == Expr::Kind::kPath) atom.steps.push_back(current_);
  if (kind == Expr::Kind::kParameter) atom.count = statement_.parameters++;
  Advance();
  return Add(std::move(atom));
}

Result<uint32_t> SyntaxParser::Term() {
  switch (current_.kind) {
    case TokenKind::kQuoted:
    case TokenKind::kWord:
      return Word();
    case TokenKind::kString:
      return Atom(Expr::Kind::kString);
    case TokenKind::kNumber:
      return Atom(Expr::Kind::kNumber);
    case TokenKind::kIon:
      return Atom(Expr::Kind::kIon);
    case TokenKind::kParameter:
      return Atom(Expr::Kind::kParameter);
    case TokenKind::kOpen:
      return Group();
    case TokenKind::kOpenBracket:
      return Collection(Expr::Kind::kList, TokenKind::kCloseBracket, "Expected RIGHT_BRACKET");
    case TokenKind::kOpenSet:
      return Collection(Expr::Kind::kSet, TokenKind::kCloseSet,
                        "Expected RIGHT_DOUBLE_ANGLE_BRACKET");
    case TokenKind::kOpenBrace:
      return Map();
    default:
      return Fail(Unexpected());
  }
}

Result<uint32_t> SyntaxParser::Word() {
  if (AtWord("TRUE") || AtWord("FALSE")) return Atom(Expr::Kind::kBool);
  if (AtWord("NULL")) return Atom(Expr::Kind::kNull);
  if (AtWord("MISSING")) return Atom(Expr::Kind::kMissing);
  if (next_.kind == TokenKind::kOpen && (AtName() || IsOneOf(current_, kFunctionWords))) {
    return Call();
  }
  if (!AtName()) return Fail(Unexpected());
  return Atom(Expr::Kind::kPath);
}

// Of one expression in parentheses nothing is left but the expression; several are a list.
Result<uint32_t> SyntaxParser::Group() {
  const Token open = current_;
  Advance();
  if (AtWord("SELECT")) {
    DYNAROCK_TRY(const uint32_t select, NestedSelect());
    DYNAROCK_CHECK(Expect(TokenKind::kClose, "Expected RIGHT_PAREN"));
    return select;
  }
  DYNAROCK_TRY(std::vector<uint32_t> inside, Arguments(std::nullopt));
  DYNAROCK_CHECK(Expect(TokenKind::kClose, "Expected RIGHT_PAREN"));
  if (inside.size() == 1) return inside.front();
  return Add(
      {.kind = Expr::Kind::kList, .token = open, .children = std::move(inside), .first = open});
}

Result<uint32_t> SyntaxParser::Collection(Expr::Kind kind, TokenKind close,
                                          std::string_view missing) {
  Expr made{.kind = kind, .token = current_, .first = current_};
  Advance();
  DYNAROCK_TRY(made.children, Arguments(close));
  DYNAROCK_CHECK(Expect(close, missing));
  return Add(std::move(made));
}

Result<uint32_t> SyntaxParser::Map() {
  Expr map{.kind = Expr::Kind::kMap, .token = current_, .first = current_};
  Advance();
  if (!At(TokenKind::kCloseBrace)) {
    do {
      DYNAROCK_TRY(const uint32_t name, Expression());
      if (!Take(TokenKind::kColon)) return Fail(MalformedStatement("Expected COLON"));
      DYNAROCK_TRY(const uint32_t value, Expression());
      if (At(name).kind != Expr::Kind::kString) return Fail(MalformedStatement("Unexpected term"));
      map.children.push_back(name);
      map.children.push_back(value);
    } while (Take(TokenKind::kComma));
  }
  DYNAROCK_CHECK(Expect(TokenKind::kCloseBrace, "Expected RIGHT_CURLY"));
  return Add(std::move(map));
}

Result<uint32_t> SyntaxParser::Call() {
  Expr call{.kind = Expr::Kind::kCall, .token = current_, .first = current_};
  Advance();
  Advance();
  if (!Take(TokenKind::kStar)) {  // COUNT(*)
    DYNAROCK_TRY(call.children, Arguments(TokenKind::kClose));
  }
  DYNAROCK_CHECK(Expect(TokenKind::kClose, "Expected RIGHT_PAREN"));
  return Add(std::move(call));
}

Result<std::vector<uint32_t>> SyntaxParser::Arguments(std::optional<TokenKind> close) {
  std::vector<uint32_t> all;
  if (close && At(*close)) return all;
  do {
    if (AtWord("SELECT")) {
      DYNAROCK_TRY(const uint32_t select, NestedSelect());
      all.push_back(select);
      continue;
    }
    DYNAROCK_TRY(const uint32_t one, Expression());
    all.push_back(one);
  } while (Take(TokenKind::kComma));
  return all;
}

Result<uint32_t> SyntaxParser::NestedSelect() {
  if (++depth_ > kMaxDepth) return Fail(MalformedStatement(""));
  const Token select = current_;
  Advance();
  StatementSyntax nested;
  DYNAROCK_CHECK(Select(nested));
  --depth_;
  return Add({.kind = Expr::Kind::kSelect, .token = select, .first = select});
}

}  // namespace dynarock::expression::partiql
