#include "expression/parser.h"

#include <string>

#include "expression/errors.h"

namespace dynarock::expression {
namespace {

bool IsConditionKeyword(const Token& token) {
  for (const std::string_view keyword : {"AND", "OR", "NOT", "BETWEEN", "IN"}) {
    if (IsKeyword(token.text, keyword)) return true;
  }
  return false;
}

std::optional<Operator> ComparisonOf(TokenKind kind) {
  switch (kind) {
    case TokenKind::kEqual:
      return Operator::kEqual;
    case TokenKind::kNotEqual:
      return Operator::kNotEqual;
    case TokenKind::kLess:
      return Operator::kLess;
    case TokenKind::kLessEqual:
      return Operator::kLessEqual;
    case TokenKind::kGreater:
      return Operator::kGreater;
    case TokenKind::kGreaterEqual:
      return Operator::kGreaterEqual;
    default:
      return std::nullopt;
  }
}

}  // namespace

Result<> CheckExpressionSize(Language language, std::string_view text,
                             const Placeholders& placeholders) {
  if (text.empty()) return Fail(EmptyExpression(language));
  if (text.size() <= kMaxExpressionBytes) return {};
  constexpr std::string_view kProblem = "Expression size has exceeded the maximum allowed size;";
  // Reported from the service: an update's message always lacks the number.
  // In a newer Scan only the filter's has it.
  const bool bare = language == Language::kUpdate || !placeholders.tells_size() ||
                    (language == Language::kProjection && placeholders.layer() == Layer::kNewer);
  if (bare) {
    return Fail(Invalid(language, kProblem));
  }
  return Fail(Invalid(language, {kProblem, " expression size: ", Decimal(text.size())}));
}

// Whether a name of an attribute, or a placeholder of one, is at the current token.
bool Parser::AtAttribute() const {
  return tokens_.At(TokenKind::kName) ||
         (tokens_.At(TokenKind::kIdentifier) && !IsAnyKeyword(tokens_.current().text));
}

Result<SyntaxOperand> Parser::ParsePath() {
  SyntaxOperand path{
      SyntaxOperand::Kind::kPath, {}, static_cast<uint32_t>(syntax_.elements.size()), 1};
  if (!AtAttribute()) return Fail(tokens_.SyntaxError());
  syntax_.elements.push_back({tokens_.current().text, false});
  tokens_.Advance();
  for (;; ++path.count) {
    if (tokens_.At(TokenKind::kDot)) {
      tokens_.Advance();
      if (!AtAttribute()) break;
      syntax_.elements.push_back({tokens_.current().text, false});
    } else if (tokens_.At(TokenKind::kOpenBracket)) {
      tokens_.Advance();
      if (!tokens_.At(TokenKind::kNumber)) break;
      syntax_.elements.push_back({tokens_.current().text, true});
      tokens_.Advance();
      if (!tokens_.At(TokenKind::kCloseBracket)) break;
    } else {
      return path;
    }
    tokens_.Advance();
  }
  return Fail(tokens_.SyntaxError());
}

Result<> Parser::ParseCondition() {
  bool complete = false;  // an operand or condition is on top, an operator may follow
  bool done = false;
  while (!done) {
    DYNAROCK_CHECK(complete ? ParseInfix(complete, done) : ParseOperandOrPrefix(complete));
  }
  return {};
}

Result<SyntaxOperand> Parser::ParseSetValue() {
  frames_.clear();
  values_.clear();
  DYNAROCK_CHECK(ParseCondition());
  return values_.back().operand;
}

bool Parser::OperandOnly() const {
  if (frames_.empty()) return false;
  const Frame& top = frames_.back();
  switch (top.kind) {
    case Frame::Kind::kParenthesis:
      return top.operand_only;
    case Frame::Kind::kNot:
    case Frame::Kind::kAnd:
    case Frame::Kind::kOr:
      return false;
    default:
      return true;
  }
}

Result<> Parser::ParseOperandOrPrefix(bool& complete) {
  const Token token = tokens_.current();
  const bool update = language_ == Language::kUpdate;
  switch (token.kind) {
    case TokenKind::kOpen:
      frames_.push_back({Frame::Kind::kParenthesis, OperandOnly()});
      tokens_.Advance();
      return {};
    case TokenKind::kValue:
      values_.push_back({{SyntaxOperand::Kind::kValue, token.text}});
      tokens_.Advance();
      complete = true;
      return {};
    case TokenKind::kIdentifier:
      if (!update && IsConditionKeyword(token)) {
        if (!IsKeyword(token.text, "NOT") || OperandOnly()) return Fail(tokens_.SyntaxError());
        ++syntax_.operators;
        frames_.push_back({Frame::Kind::kNot});
        tokens_.Advance();
        return {};
      }
      if (tokens_.next().kind == TokenKind::kOpen && !IsAnyKeyword(token.text)) {
        ++syntax_.operators;
        syntax_.functions.push_back(token.text);
        Frame frame{Frame::Kind::kFunction};
        frame.function = token.text;
        frame.mark = static_cast<uint32_t>(values_.size());
        // Nested or compared: in conditions only size may be, in updates list_append may not.
        const bool misused = update ? token.text == "list_append" : token.text != "size";
        if (misused && OperandOnly() && syntax_.misused.empty()) syntax_.misused = token.text;
        frames_.push_back(frame);
        tokens_.Advance();
        tokens_.Advance();
        return {};
      }
      [[fallthrough]];
    case TokenKind::kName: {
      DYNAROCK_TRY(const SyntaxOperand path, ParsePath());
      values_.push_back({path});
      complete = true;
      return {};
    }
    default:
      return Fail(tokens_.SyntaxError());
  }
}

uint32_t Parser::PutOperands(size_t from) {
  const auto first = static_cast<uint32_t>(syntax_.operands.size());
  for (size_t i = from; i < values_.size(); ++i) syntax_.operands.push_back(values_[i].operand);
  values_.resize(from);
  return first;
}

void Parser::FinishFunction(const Frame& frame) {
  const auto count = static_cast<uint32_t>(values_.size() - frame.mark);
  const uint32_t first = PutOperands(frame.mark);
  values_.push_back({{SyntaxOperand::Kind::kFunction, frame.function, first, count}});
}

void Parser::ReduceComparison() {
  if (frames_.empty()) return;
  const Frame frame = frames_.back();
  if (frame.kind == Frame::Kind::kComparison && frame.sign != 0) {
    frames_.pop_back();
    const uint32_t first = PutOperands(values_.size() - 2);
    Entry sum;
    sum.operand = {
        frame.sign == '+' ? SyntaxOperand::Kind::kPlus : SyntaxOperand::Kind::kMinus, {}, first, 2};
    sum.compound = true;
    values_.push_back(sum);
  } else if (frame.kind == Frame::Kind::kComparison || frame.kind == Frame::Kind::kBetweenAnd) {
    frames_.pop_back();
    const uint32_t count = frame.kind == Frame::Kind::kComparison ? 2 : 3;
    const uint32_t first = PutOperands(values_.size() - count);
    syntax_.steps.push_back({frame.op, {}, first, count});
    Entry condition;
    condition.condition = true;
    values_.push_back(condition);
  }
}

bool Parser::TopIsCondition() {
  Entry& top = values_.back();
  if (top.condition) return true;
  if (top.operand.kind != SyntaxOperand::Kind::kFunction) return false;
  // A function that stands alone is a test; size may not.
  if (top.operand.text == "size" && syntax_.misused.empty()) syntax_.misused = top.operand.text;
  syntax_.steps.push_back(
      {Operator::kEqual, top.operand.text, top.operand.first, top.operand.count});
  top.condition = true;
  return true;
}

// Writes out NOT, AND and OR frames that bind at least as strongly as `weakest`.
void Parser::ReduceAbove(Frame::Kind weakest) {
  while (!frames_.empty()) {
    const Frame frame = frames_.back();
    if (frame.kind == Frame::Kind::kNot) {
      syntax_.steps.push_back({Operator::kNot});
    } else if (frame.kind == Frame::Kind::kAnd ||
               (frame.kind == Frame::Kind::kOr && weakest == Frame::Kind::kOr)) {
      const Operator op = frame.kind == Frame::Kind::kAnd ? Operator::kAnd : Operator::kOr;
      syntax_.steps[frame.mark].first = static_cast<uint32_t>(syntax_.steps.size());
      syntax_.steps.push_back({op});
      values_.pop_back();  // two conditions become one
    } else {
      return;
    }
    values_.back() = Entry{};
    values_.back().condition = true;
    frames_.pop_back();
  }
}

Result<> Parser::Close() {
  ReduceComparison();
  const auto waits = [this](Frame::Kind kind) {
    return !frames_.empty() && frames_.back().kind == kind;
  };
  if (waits(Frame::Kind::kNot) || waits(Frame::Kind::kAnd) || waits(Frame::Kind::kOr)) {
    if (!TopIsCondition()) return Fail(tokens_.SyntaxError());
    ReduceAbove(Frame::Kind::kOr);
  }
  if (waits(Frame::Kind::kBetween)) return Fail(tokens_.SyntaxError());
  if (frames_.empty()) return Fail(tokens_.SyntaxError());
  const Frame frame = frames_.back();
  Entry& top = values_.back();
  if (frame.kind == Frame::Kind::kParenthesis) {
    // Told where it stands, as a syntax error is.
    if (top.parenthesized) return Fail(RedundantParentheses(language_));
    if (top.compound && frame.operand_only) return Fail(tokens_.SyntaxError());
    top.parenthesized = true;
    frames_.pop_back();
  } else if (frame.kind == Frame::Kind::kFunction) {
    if (top.condition || top.compound) return Fail(tokens_.SyntaxError());
    frames_.pop_back();
    FinishFunction(frame);
  } else {  // kIn
    if (top.condition) return Fail(tokens_.SyntaxError());
    frames_.pop_back();
    const auto count = static_cast<uint32_t>(values_.size() - frame.mark);
    const uint32_t first = PutOperands(frame.mark);
    syntax_.steps.push_back({Operator::kIn, {}, first, count});
    Entry condition;
    condition.condition = true;
    values_.push_back(condition);
  }
  tokens_.Advance();
  return {};
}

Result<> Parser::ParseInfix(bool& complete, bool& done) {
  const Token token = tokens_.current();
  const bool update = language_ == Language::kUpdate;
  if (token.kind == TokenKind::kClose) return Close();

  if (token.kind == TokenKind::kComma) {
    ReduceComparison();
    const bool listed = !frames_.empty() && (frames_.back().kind == Frame::Kind::kFunction ||
                                             frames_.back().kind == Frame::Kind::kIn);
    if (listed && !values_.back().condition && !values_.back().compound) {
      tokens_.Advance();
      complete = false;
      return {};
    }
    if (update && frames_.empty()) {
      done = true;
      return {};
    }
    return Fail(tokens_.SyntaxError());
  }

  if (update) {
    if (token.kind == TokenKind::kPlus || token.kind == TokenKind::kMinus) {
      if (OperandOnly() || values_.back().compound) return Fail(tokens_.SyntaxError());
      const SyntaxOperand& left = values_.back().operand;
      if (left.kind == SyntaxOperand::Kind::kFunction && left.text == "list_append" &&
          syntax_.misused.empty()) {
        syntax_.misused = left.text;
      }
      ++syntax_.operators;
      Frame frame{Frame::Kind::kComparison};
      frame.sign = token.kind == TokenKind::kPlus ? '+' : '-';
      frames_.push_back(frame);
      tokens_.Advance();
      complete = false;
      return {};
    }
    ReduceComparison();
    if (!frames_.empty()) return Fail(tokens_.SyntaxError());
    done = true;  // the caller judges the token
    return {};
  }

  if (const std::optional<Operator> op = ComparisonOf(token.kind)) {
    if (OperandOnly() || values_.back().condition) return Fail(tokens_.SyntaxError());
    const SyntaxOperand& left = values_.back().operand;
    if (left.kind == SyntaxOperand::Kind::kFunction && left.text != "size" &&
        syntax_.misused.empty()) {
      syntax_.misused = left.text;
    }
    ++syntax_.operators;
    Frame frame{Frame::Kind::kComparison};
    frame.op = *op;
    frames_.push_back(frame);
    tokens_.Advance();
    complete = false;
    return {};
  }

  const bool between = tokens_.AtKeyword("BETWEEN");
  if (between || tokens_.AtKeyword("IN")) {
    if (OperandOnly() || values_.back().condition) return Fail(tokens_.SyntaxError());
    const SyntaxOperand& left = values_.back().operand;
    if (left.kind == SyntaxOperand::Kind::kFunction && left.text != "size" &&
        syntax_.misused.empty()) {
      syntax_.misused = left.text;
    }
    ++syntax_.operators;
    tokens_.Advance();
    Frame frame{between ? Frame::Kind::kBetween : Frame::Kind::kIn};
    frame.op = Operator::kBetween;
    frame.mark = static_cast<uint32_t>(values_.size() - 1);
    if (!between) {
      if (!tokens_.At(TokenKind::kOpen)) return Fail(tokens_.SyntaxError());
      tokens_.Advance();
    }
    frames_.push_back(frame);
    complete = false;
    return {};
  }

  const bool conjunction = tokens_.AtKeyword("AND");
  if (conjunction || tokens_.AtKeyword("OR")) {
    if (conjunction && !frames_.empty() && frames_.back().kind == Frame::Kind::kBetween) {
      frames_.back().kind = Frame::Kind::kBetweenAnd;
    } else {
      ReduceComparison();
      if (OperandOnly() || !TopIsCondition()) return Fail(tokens_.SyntaxError());
      ++syntax_.operators;
      const Frame::Kind kind = conjunction ? Frame::Kind::kAnd : Frame::Kind::kOr;
      ReduceAbove(kind);
      Frame frame{kind};
      frame.mark = static_cast<uint32_t>(syntax_.steps.size());
      syntax_.steps.push_back({conjunction ? Operator::kSkipIfFalse : Operator::kSkipIfTrue});
      frames_.push_back(frame);
    }
    tokens_.Advance();
    complete = false;
    return {};
  }

  if (token.kind != TokenKind::kEnd) return Fail(tokens_.SyntaxError());
  ReduceComparison();
  if (OperandOnly() || !TopIsCondition()) return Fail(tokens_.SyntaxError());
  ReduceAbove(Frame::Kind::kOr);
  if (!frames_.empty()) return Fail(tokens_.SyntaxError());
  done = true;
  return {};
}

Result<> ParseConditionSyntax(Language language, std::string_view text,
                              const Placeholders& placeholders, Syntax& syntax) {
  DYNAROCK_CHECK(CheckExpressionSize(language, text, placeholders));
  Tokens tokens(language, text);
  return Parser(language, tokens, syntax, syntax.steps.get_allocator().resource()).ParseCondition();
}

Result<> ParseProjectionSyntax(std::string_view text, const Placeholders& placeholders,
                               Syntax& syntax) {
  DYNAROCK_CHECK(CheckExpressionSize(Language::kProjection, text, placeholders));
  Tokens tokens(Language::kProjection, text);
  Parser parser(Language::kProjection, tokens, syntax, syntax.steps.get_allocator().resource());
  for (;;) {
    DYNAROCK_TRY(const SyntaxOperand path, parser.ParsePath());
    syntax.actions.push_back({path, {}, 0});
    if (tokens.At(TokenKind::kEnd)) return {};
    if (!tokens.At(TokenKind::kComma)) return Fail(tokens.SyntaxError());
    tokens.Advance();
  }
}

Result<> ParseUpdateSyntax(std::string_view text, const Placeholders& placeholders,
                           Syntax& syntax) {
  constexpr Language kLanguage = Language::kUpdate;
  constexpr std::string_view kSections[] = {"SET", "REMOVE", "ADD", "DELETE"};  // as ActionKind
  DYNAROCK_CHECK(CheckExpressionSize(kLanguage, text, placeholders));
  Tokens tokens(kLanguage, text);
  Parser parser(kLanguage, tokens, syntax, syntax.steps.get_allocator().resource());
  bool seen[4] = {};
  do {
    uint8_t section = 0;
    while (section < 4 && !tokens.AtKeyword(kSections[section])) ++section;
    if (section == 4) return Fail(tokens.SyntaxError());
    if (seen[section] && syntax.repeated_section.empty())
      syntax.repeated_section = kSections[section];
    seen[section] = true;
    for (;;) {
      tokens.Advance();
      SyntaxAction action;
      action.section = section;
      DYNAROCK_TRY(action.target, parser.ParsePath());
      if (section == 0) {
        if (!tokens.At(TokenKind::kEqual)) return Fail(tokens.SyntaxError());
        tokens.Advance();
        DYNAROCK_TRY(action.value, parser.ParseSetValue());
      } else if (section != 1) {
        if (!tokens.At(TokenKind::kValue)) return Fail(tokens.SyntaxError());
        action.value = {SyntaxOperand::Kind::kValue, tokens.current().text};
        tokens.Advance();
      }
      syntax.actions.push_back(action);
      if (!tokens.At(TokenKind::kComma)) break;
    }
  } while (!tokens.At(TokenKind::kEnd));
  return {};
}

}  // namespace dynarock::expression
