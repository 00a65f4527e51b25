#include "server/schema/hcl/parser.h"

#include <memory>
#include <utility>

namespace dynarock::schema::hcl {

std::expected<Body, Problem> ParseBody(const Source& source) {
  Parser parser(source, false);
  Body body;
  if (!parser.ParseFile(body)) return std::unexpected(parser.problem());
  return body;
}

std::expected<ExpressionPtr, Problem> ParseJson(const Source& source) {
  Parser parser(source, true);
  ExpressionPtr expression = parser.ParseWholeExpression();
  if (!expression) return std::unexpected(parser.problem());
  return expression;
}

bool Parser::Fail(std::string message) {
  return FailAt(scanner_.place(), std::move(message));
}

bool Parser::FailAt(Place place, std::string message) {
  if (!problem_) problem_ = Problem{std::move(place), std::move(message)};
  return false;
}

std::string Parser::Found() const {
  if (scanner_.AtEnd()) return "the file ends";
  if (scanner_.AtNewline()) return "the line ends";
  const std::string_view name = scanner_.PeekIdentifier();
  if (!name.empty()) return "there is `" + std::string(name.substr(0, 40)) + "`";
  const char byte = scanner_.Peek();
  if (static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F)
    return "there is a control character";
  return std::string("there is `") + byte + "`";
}

bool Parser::SkipBlank() {
  return scanner_.SkipBlank(newlines_) || Fail("This comment is not closed: `*/` is missing");
}

bool Parser::Expect(std::string_view text, std::string_view what) {
  if (!SkipBlank()) return false;
  if (scanner_.Take(text)) return true;
  return Fail("Expected `" + std::string(text) + "` " + std::string(what) + ", but " + Found());
}

ExpressionPtr Parser::Make(Expression::Kind kind) const {
  auto made = std::make_unique<Expression>();
  made->kind = kind;
  made->source = &scanner_.source();
  made->line = scanner_.line();
  made->column = scanner_.column();
  made->begin = scanner_.offset();
  made->end = made->begin;
  return made;
}

bool Parser::Adopt(Expression& whole, ExpressionPtr part) {
  if (!part) {
    if (problem_) return false;
    whole.parts.push_back(nullptr);
    return true;
  }
  whole.depth = std::max(whole.depth, part->depth + 1);
  whole.parts.push_back(std::move(part));
  return whole.depth <= kMostNesting ||
         FailAt(whole.place(),
                "This expression nests more than 120 levels deep, which is more than is read here");
}

ExpressionPtr Parser::Close(ExpressionPtr expression) const {
  expression->end = scanner_.offset();
  return expression;
}

bool Parser::ParseFile(Body& body) {
  scanner_.Take("\xEF\xBB\xBF");  // a byte order mark
  return ParseBodyItems(body, true);
}

ExpressionPtr Parser::ParseWholeExpression() {
  NewlineMode mode(*this, true);
  scanner_.Take("\xEF\xBB\xBF");  // a byte order mark
  ExpressionPtr expression = ParseExpression();
  if (!expression || !SkipBlank()) return nullptr;
  if (!scanner_.AtEnd()) {
    Fail("The text should end here, but " + Found());
    return nullptr;
  }
  return expression;
}

bool Parser::ParseBodyItems(Body& body, bool file) {
  Level level(*this);
  if (!level.Fits()) return false;
  while (true) {
    if (!scanner_.SkipBlank(true)) return Fail("This comment is not closed: `*/` is missing");
    if (scanner_.AtEnd())
      return file || Fail("A block is not closed: `}` is missing at the end of the file");
    if (scanner_.Peek() == '}') {
      if (file) return Fail("There is a `}` too many here: no block is open");
      return true;
    }
    if (!ParseItem(body) || !FinishItem(!file)) return false;
  }
}

bool Parser::FinishItem(bool closing_brace_ends) {
  if (!scanner_.SkipBlank(false)) return Fail("This comment is not closed: `*/` is missing");
  if (scanner_.AtEnd() || scanner_.AtNewline()) return true;
  if (closing_brace_ends && scanner_.Peek() == '}') return true;
  return Fail("A new line is expected after an argument or block, but " + Found());
}

bool Parser::ParseItem(Body& body) {
  const Place place = scanner_.place();
  if (scanner_.PeekIdentifier().empty()) {
    return Fail("Expected the name of an argument or block, but " + Found());
  }
  std::string name = scanner_.TakeIdentifier();
  if (!SkipBlank()) return false;
  if (scanner_.Peek() == '=' && scanner_.Peek(1) != '=') {
    scanner_.Advance();
    if (const Attribute* first = body.FindAttribute(name)) {
      return FailAt(place, "The argument \"" + name + "\" was already set at line " +
                               std::to_string(first->place.line) +
                               ". Each argument may be set only once");
    }
    ExpressionPtr value = ParseExpression();
    if (!value) return false;
    body.attributes.push_back({std::move(name), place, std::move(value)});
    return true;
  }
  return ParseBlock(std::move(name), place, body);
}

bool Parser::ParseBlock(std::string type, Place place, Body& body) {
  Block block;
  block.type = std::move(type);
  block.place = std::move(place);
  while (true) {
    if (!SkipBlank()) return false;
    if (scanner_.Take("{")) break;
    if (scanner_.Peek() != '"' && scanner_.PeekIdentifier().empty()) {
      return Fail("Expected `=` or `{` after `" + block.type + "`, but " + Found());
    }
    if (!ParseLabel(block.labels)) return false;
  }
  if (!ParseBodyItems(block.body, false)) return false;
  scanner_.Advance();  // }
  body.blocks.push_back(std::move(block));
  return true;
}

bool Parser::ParseLabel(std::vector<std::string>& labels) {
  if (scanner_.Peek() != '"') {
    labels.push_back(scanner_.TakeIdentifier());
    return true;
  }
  const Place place = scanner_.place();
  ExpressionPtr label = ParseQuoted();
  if (!label) return false;
  if (label->kind != Expression::Kind::kLiteral) {
    return FailAt(place, "The label of a block must be plain text, without a template");
  }
  labels.push_back(label->literal.text);
  return true;
}

}  // namespace dynarock::schema::hcl
