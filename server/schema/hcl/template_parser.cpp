// Quoted strings and heredocs with their templates: ${...}, %{ if }, %{ for }.
#include <cstdlib>
#include <utility>

#include "server/schema/hcl/parser.h"

namespace dynarock::schema::hcl {
namespace {

using Kind = Expression::Kind;

bool IsSpace(char byte) {
  return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

void AppendUtf8(uint32_t code, std::string& out) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | (code >> 6));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | (code >> 12));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (code >> 18));
    out += static_cast<char>(0x80 | ((code >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  }
}

}  // namespace

// A template before its directives are put into each other.
struct Parser::Piece {
  enum class What : uint8_t { kText, kValue, kIf, kElse, kEndIf, kFor, kEndFor };
  What what = What::kText;
  std::string text;  // kText
  ExpressionPtr
      expression;  // kValue, kIf (the condition), kFor (a kTemplateFor that lacks its body)
  bool strip_left = false;   // ~ at its beginning
  bool strip_right = false;  // ~ at its end
  Place place;
};

ExpressionPtr Parser::ParseQuoted() {
  ExpressionPtr whole = Make(Kind::kTemplate);
  scanner_.Advance();
  std::vector<Piece> pieces;
  if (!ReadPieces(pieces, true, 0)) return nullptr;
  scanner_.Advance();
  return BuildTemplate(std::move(pieces), Close(std::move(whole)), true);
}

ExpressionPtr Parser::ParseWholeTemplate() {
  ExpressionPtr whole = Make(Kind::kTemplate);
  std::vector<Piece> pieces;
  if (!ReadPieces(pieces, false, scanner_.source().text.size())) return nullptr;
  return BuildTemplate(std::move(pieces), Close(std::move(whole)), true);
}

bool Parser::ReadPieces(std::vector<Piece>& pieces, bool quoted, size_t limit) {
  const Place start = scanner_.place();
  std::string text;
  const auto flush = [&] {
    if (text.empty()) return;
    Piece piece;
    piece.text = std::exchange(text, {});
    pieces.push_back(std::move(piece));
  };
  while (true) {
    if (quoted ? scanner_.Peek() == '"' : scanner_.offset() >= limit) break;
    if (scanner_.AtEnd() || (quoted && scanner_.AtNewline() && !json_)) {
      return FailAt(start,
                    scanner_.AtEnd() && !quoted
                        ? "This template is not closed"
                        : "This string is not closed: `\"` is missing before the end of the line");
    }
    if (quoted && scanner_.Peek() == '\\') {
      if (!ReadEscape(text)) return false;
    } else if (!json_ && (scanner_.StartsWith("$${") || scanner_.StartsWith("%%{"))) {
      text += scanner_.Peek();
      text += '{';
      scanner_.Advance(3);
    } else if (!json_ && scanner_.StartsWith("${")) {
      flush();
      if (!ReadInterpolation(pieces)) return false;
    } else if (!json_ && scanner_.StartsWith("%{")) {
      flush();
      if (!ReadDirective(pieces)) return false;
    } else {
      text += scanner_.Peek();
      scanner_.Advance();
    }
  }
  flush();
  return true;
}

bool Parser::ReadEscape(std::string& out) {
  const char escaped = scanner_.Peek(1);
  switch (escaped) {
    case 'n':
      out += '\n';
      break;
    case 'r':
      out += '\r';
      break;
    case 't':
      out += '\t';
      break;
    case '"':
      out += '"';
      break;
    case '\\':
      out += '\\';
      break;
    case 'u':
      return ReadUnicodeEscape(4, out);
    case 'U':
      return ReadUnicodeEscape(8, out);
    default:
      if (json_ && (escaped == '/' || escaped == 'b' || escaped == 'f')) {
        out += escaped == '/' ? '/' : escaped == 'b' ? '\b' : '\f';
        break;
      }
      return Fail("A backslash in a string must be followed by n, r, t, \", \\, u or U");
  }
  scanner_.Advance(2);
  return true;
}

bool Parser::ReadUnicodeEscape(int digits, std::string& out) {
  const auto read = [&](size_t from) -> int64_t {
    int64_t code = 0;
    for (int i = 0; i < digits; ++i) {
      const char byte = scanner_.Peek(from + static_cast<size_t>(i));
      const std::string_view hex = "0123456789abcdef";
      const size_t value =
          hex.find(static_cast<char>(byte >= 'A' && byte <= 'F' ? byte + 32 : byte));
      if (byte == '\0' || value == std::string_view::npos) return -1;
      code = code * 16 + static_cast<int64_t>(value);
    }
    return code;
  };
  int64_t code = read(2);
  size_t length = 2 + static_cast<size_t>(digits);
  if (code >= 0xD800 && code < 0xDC00 && digits == 4 && scanner_.Peek(6) == '\\' &&
      scanner_.Peek(7) == 'u') {
    const int64_t low = read(8);
    if (low >= 0xDC00 && low < 0xE000) {
      code = 0x10000 + (code - 0xD800) * 0x400 + (low - 0xDC00);
      length = 12;
    }
  }
  if (code < 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) {
    return Fail(
        "This \\u escape is not a character: four (\\u) or eight (\\U) hexadecimal digits are "
        "expected");
  }
  AppendUtf8(static_cast<uint32_t>(code), out);
  scanner_.Advance(length);
  return true;
}

bool Parser::ReadInterpolation(std::vector<Piece>& pieces) {
  NewlineMode mode(*this, true);
  Piece piece;
  piece.what = Piece::What::kValue;
  piece.place = scanner_.place();
  scanner_.Advance(2);
  piece.strip_left = scanner_.Take("~");
  piece.expression = ParseExpression();
  if (!piece.expression || !SkipBlank()) return false;
  piece.strip_right = scanner_.Take("~");
  if (!Expect("}", "to close `${`")) return false;
  pieces.push_back(std::move(piece));
  return true;
}

bool Parser::ReadDirective(std::vector<Piece>& pieces) {
  using What = Piece::What;
  NewlineMode mode(*this, true);
  Piece piece;
  piece.place = scanner_.place();
  scanner_.Advance(2);
  piece.strip_left = scanner_.Take("~");
  if (!SkipBlank()) return false;
  const std::string keyword(scanner_.PeekIdentifier());
  if (keyword == "for") {
    piece.what = What::kFor;
    piece.expression = Make(Kind::kTemplateFor);
    if (!ParseForIntro(*piece.expression)) return false;
  } else if (keyword == "if") {
    scanner_.Advance(2);
    piece.what = What::kIf;
    piece.expression = ParseExpression();
    if (!piece.expression) return false;
  } else if (keyword == "else" || keyword == "endif" || keyword == "endfor") {
    scanner_.Advance(keyword.size());
    piece.what = keyword == "else"    ? What::kElse
                 : keyword == "endif" ? What::kEndIf
                                      : What::kEndFor;
  } else {
    return Fail("Expected if, else, endif, for or endfor after `%{`, but " + Found());
  }
  if (!SkipBlank()) return false;
  piece.strip_right = scanner_.Take("~");
  if (!Expect("}", "to close `%{`")) return false;
  pieces.push_back(std::move(piece));
  return true;
}

namespace {

// Takes the blanks that a ~ strips off the text beside it.
template <class Pieces>
void Strip(Pieces& pieces) {
  for (size_t i = 0; i < pieces.size(); ++i) {
    if (!pieces[i].text.empty() && i > 0 && pieces[i - 1].strip_right) {
      std::string& text = pieces[i].text;
      size_t blanks = 0;
      while (blanks < text.size() && IsSpace(text[blanks])) ++blanks;
      text.erase(0, blanks);
    }
    if (!pieces[i].text.empty() && i + 1 < pieces.size() && pieces[i + 1].strip_left) {
      std::string& text = pieces[i].text;
      while (!text.empty() && IsSpace(text.back())) text.pop_back();
    }
  }
}

// Takes the indentation that all lines of a <<- heredoc share off each of them.
template <class Pieces>
void Unindent(Pieces& pieces) {
  size_t least = std::string::npos;
  for (const bool measure : {true, false}) {
    bool line_starts = true;
    for (auto& piece : pieces) {
      if (piece.text.empty()) {
        if (line_starts) least = measure ? 0 : least;
        line_starts = false;
        continue;
      }
      std::string kept;
      for (size_t at = 0; at < piece.text.size();) {
        size_t blanks = 0;
        while (line_starts && at + blanks < piece.text.size() &&
               (piece.text[at + blanks] == ' ' || piece.text[at + blanks] == '\t')) {
          ++blanks;
        }
        const size_t line_end = std::min(piece.text.find('\n', at), piece.text.size() - 1) + 1;
        const bool blank_line =
            line_starts && at + blanks < piece.text.size() &&
            (piece.text[at + blanks] == '\n' || piece.text[at + blanks] == '\r');
        if (line_starts && measure && !blank_line) least = std::min(least, blanks);
        const size_t dropped = line_starts && !measure ? std::min(blanks, least) : 0;
        kept.append(piece.text, at + dropped, line_end - at - dropped);
        line_starts = piece.text[line_end - 1] == '\n';
        at = line_end;
      }
      if (!measure) piece.text = std::move(kept);
    }
  }
}

}  // namespace

ExpressionPtr Parser::ParseHeredoc() {
  ExpressionPtr whole = Make(Kind::kTemplate);
  scanner_.Advance(2);
  const bool unindent = scanner_.Take("-");
  const std::string marker = scanner_.TakeIdentifier();
  if (marker.empty() || !scanner_.AtNewline()) {
    Fail("Expected a word and the end of the line after `<<`, but " + Found());
    return nullptr;
  }
  while (scanner_.Peek() != '\n') scanner_.Advance();
  scanner_.Advance();
  const std::string& text = scanner_.source().text;
  size_t line = scanner_.offset();
  size_t end = std::string::npos;  // of the marker
  while (line < text.size()) {
    const size_t first = std::min(text.find_first_not_of(" \t", line), text.size());
    const size_t stop = std::min(text.find('\n', line), text.size());
    std::string_view content =
        std::string_view(text).substr(first, stop > first ? stop - first : 0);
    while (content.ends_with(' ') || content.ends_with('\t') || content.ends_with('\r')) {
      content.remove_suffix(1);
    }
    if (content == marker) {
      end = first + marker.size();
      break;
    }
    line = stop + 1;
  }
  if (end == std::string::npos) {
    FailAt(whole->place(), "This heredoc is not closed: a line with `" + marker.substr(0, 40) +
                               "` alone is missing");
    return nullptr;
  }
  std::vector<Piece> pieces;
  if (!ReadPieces(pieces, false, line)) return nullptr;
  if (scanner_.offset() > line) {
    FailAt(whole->place(), "A template in this heredoc is not closed before its end");
    return nullptr;
  }
  scanner_.Advance(end - line);
  if (unindent) Unindent(pieces);
  return BuildTemplate(std::move(pieces), Close(std::move(whole)), false);
}

// `unwrap`: a single ${...} stands for its value, whatever its type.
ExpressionPtr Parser::BuildTemplate(std::vector<Piece> pieces, ExpressionPtr whole, bool unwrap) {
  if (unwrap && pieces.size() == 1 && pieces[0].what == Piece::What::kValue) {
    ExpressionPtr value = std::move(pieces[0].expression);
    value->begin = whole->begin;
    value->end = whole->end;
    return value;
  }
  Strip(pieces);
  size_t at = 0;
  if (!BuildParts(pieces, at, *whole, 0)) return nullptr;
  if (at < pieces.size()) {
    FailAt(pieces[at].place, "There is no open `if` or `for` that this could belong to");
    return nullptr;
  }
  const bool plain =
      whole->parts.empty() || (whole->parts.size() == 1 && whole->parts[0]->kind == Kind::kLiteral);
  if (!plain) return whole;
  std::string text = whole->parts.empty() ? "" : std::move(whole->parts[0]->literal.text);
  whole->parts.clear();
  whole->depth = 1;
  whole->kind = Kind::kLiteral;
  whole->literal.kind = Node::Kind::kString;
  whole->literal.text = std::move(text);
  whole->literal.place = whole->place();
  return whole;
}

bool Parser::BuildParts(std::vector<Piece>& pieces, size_t& at, Expression& out, int levels) {
  using What = Piece::What;
  if (levels > kMostNesting / 4) {
    return FailAt(out.place(), "The directives of this template nest too deep");
  }
  while (at < pieces.size()) {
    Piece& piece = pieces[at];
    if (piece.what == What::kIf) {
      if (!BuildIf(pieces, at, out, levels + 1)) return false;
    } else if (piece.what == What::kFor) {
      if (!BuildFor(pieces, at, out, levels + 1)) return false;
    } else if (piece.what == What::kValue) {
      if (!Adopt(out, std::move(piece.expression))) return false;
      ++at;
    } else if (piece.what == What::kText) {
      ExpressionPtr text = Make(Kind::kLiteral);
      text->literal.kind = Node::Kind::kString;
      text->literal.text = std::move(piece.text);
      if (!Adopt(out, std::move(text))) return false;
      ++at;
    } else {
      return true;
    }
  }
  return true;
}

bool Parser::BuildIf(std::vector<Piece>& pieces, size_t& at, Expression& out, int levels) {
  using What = Piece::What;
  const Place place = pieces[at].place;
  ExpressionPtr whole = Make(Kind::kConditional);
  whole->line = place.line;
  whole->column = place.column;
  whole->begin = pieces[at].expression->begin;
  whole->end = pieces[at].expression->end;
  if (!Adopt(*whole, std::move(pieces[at].expression))) return false;
  ++at;
  for (const bool first : {true, false}) {
    ExpressionPtr branch = Make(Kind::kTemplate);
    if (first || pieces[at].what == What::kElse) {
      if (!first) ++at;
      if (!BuildParts(pieces, at, *branch, levels)) return false;
    }
    if (!Adopt(*whole, std::move(branch))) return false;
    if (at >= pieces.size()) break;
  }
  if (at >= pieces.size() || pieces[at].what != What::kEndIf) {
    return FailAt(place, "This `%{ if }` has no `%{ endif }`");
  }
  ++at;
  return Adopt(out, std::move(whole));
}

bool Parser::BuildFor(std::vector<Piece>& pieces, size_t& at, Expression& out, int levels) {
  const Place place = pieces[at].place;
  ExpressionPtr whole = std::move(pieces[at].expression);
  whole->end = whole->parts[0]->end;
  ++at;
  ExpressionPtr body = Make(Kind::kTemplate);
  if (!BuildParts(pieces, at, *body, levels)) return false;
  if (at >= pieces.size() || pieces[at].what != Piece::What::kEndFor) {
    return FailAt(place, "This `%{ for }` has no `%{ endfor }`");
  }
  ++at;
  if (!Adopt(*whole, std::move(body))) return false;
  return Adopt(out, std::move(whole));
}

}  // namespace dynarock::schema::hcl
