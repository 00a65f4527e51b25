// Text to syntax tree. A malformed file gives one problem with its place.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/schema/hcl/scanner.h"
#include "server/schema/hcl/syntax.h"

namespace dynarock::schema::hcl {

// How deep brackets, blocks and operators may nest. Real files stay below twenty.
inline constexpr int kMostNesting = 120;

// A .tf or .tfvars file. The body refers to `source`.
std::expected<Body, Problem> ParseBody(const Source& source);

// A JSON text as an expression of literals, for jsondecode: no templates in its strings.
std::expected<ExpressionPtr, Problem> ParseJson(const Source& source);

// The machinery behind both; its parts live in parser.cpp (bodies), expression_parser.cpp and
// template_parser.cpp.
class Parser {
 public:
  Parser(const Source& source, bool json) : scanner_(source), newlines_(json), json_(json) {}

  // These yield false or null when problem() tells what is wrong.
  bool ParseFile(Body& body);
  ExpressionPtr ParseWholeExpression();
  // The whole text as what stands in quotes, escapes left out.
  ExpressionPtr ParseWholeTemplate();
  // Where the text begins in its file, when that is not at its beginning.
  void StartAt(int line, int column) { scanner_.Restore({0, line, column}); }
  const Problem& problem() const { return *problem_; }

 private:
  struct Piece;
  // Sets whether the end of a line is a blank, as long as it lives.
  class NewlineMode;
  // Counts a level of nesting.
  class Level;

  bool ParseBodyItems(Body& body, bool file);
  bool ParseItem(Body& body);
  bool ParseBlock(std::string type, Place place, Body& body);
  bool ParseLabel(std::vector<std::string>& labels);
  bool FinishItem(bool closing_brace_ends);

  ExpressionPtr ParseExpression();
  ExpressionPtr ParseConditional(ExpressionPtr condition);
  ExpressionPtr ParseBinary(int least);
  ExpressionPtr ParseUnary();
  ExpressionPtr ParseTerm();
  ExpressionPtr ParseParentheses();
  ExpressionPtr ParseTraversal(ExpressionPtr base, bool attributes_only);
  ExpressionPtr ParseDot(ExpressionPtr base);
  ExpressionPtr ParseBracket(ExpressionPtr base);
  ExpressionPtr ParseSplat(ExpressionPtr base, bool attributes_only);
  ExpressionPtr ParseNumber();
  ExpressionPtr ParseName();
  ExpressionPtr ParseCall(ExpressionPtr call);
  ExpressionPtr ParseTuple();
  ExpressionPtr ParseObject();
  bool ParseObjectItem(Expression& object);
  bool ParseForIntro(Expression& loop);
  ExpressionPtr ParseFor(ExpressionPtr loop, bool object);

  ExpressionPtr ParseQuoted();
  ExpressionPtr ParseHeredoc();
  // Quoted: up to the closing quote. Otherwise up to the offset `limit`.
  bool ReadPieces(std::vector<Piece>& pieces, bool quoted, size_t limit);
  bool ReadEscape(std::string& out);
  bool ReadUnicodeEscape(int digits, std::string& out);
  bool ReadInterpolation(std::vector<Piece>& pieces);
  bool ReadDirective(std::vector<Piece>& pieces);
  ExpressionPtr BuildTemplate(std::vector<Piece> pieces, ExpressionPtr whole, bool unwrap);
  bool BuildParts(std::vector<Piece>& pieces, size_t& at, Expression& out, int levels);
  bool BuildIf(std::vector<Piece>& pieces, size_t& at, Expression& out, int levels);
  bool BuildFor(std::vector<Piece>& pieces, size_t& at, Expression& out, int levels);

  bool SkipBlank();
  bool Expect(std::string_view text, std::string_view what);
  ExpressionPtr Make(Expression::Kind kind) const;
  // Takes `part` into `whole`; null when the tree becomes too deep.
  bool Adopt(Expression& whole, ExpressionPtr part);
  ExpressionPtr Close(ExpressionPtr expression) const;
  bool Fail(std::string message);
  bool FailAt(Place place, std::string message);
  // "found `x`" for messages.
  std::string Found() const;

  Scanner scanner_;
  bool newlines_;
  bool json_;
  int level_ = 0;
  std::optional<Problem> problem_;
};

class Parser::NewlineMode {
 public:
  NewlineMode(Parser& parser, bool newlines) : parser_(parser), before_(parser.newlines_) {
    parser_.newlines_ = newlines || parser.json_;
  }
  ~NewlineMode() { parser_.newlines_ = before_; }
  NewlineMode(const NewlineMode&) = delete;
  NewlineMode& operator=(const NewlineMode&) = delete;

 private:
  Parser& parser_;
  bool before_;
};

class Parser::Level {
 public:
  explicit Level(Parser& parser) : parser_(parser) { ++parser_.level_; }
  ~Level() { --parser_.level_; }
  Level(const Level&) = delete;
  Level& operator=(const Level&) = delete;
  // False, with a problem, when it is one too many.
  bool Fits() {
    return parser_.level_ <= kMostNesting ||
           parser_.Fail("This nests more than 120 levels deep, which is more than is read here");
  }

 private:
  Parser& parser_;
};

}  // namespace dynarock::schema::hcl
