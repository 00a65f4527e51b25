#include "server/schema/hcl/scanner.h"

#include "storage/item/text.h"

namespace dynarock::schema::hcl {
namespace {

bool IsDigit(char byte) {
  return byte >= '0' && byte <= '9';
}

}  // namespace

void Scanner::Advance(size_t bytes) {
  for (; bytes > 0 && offset_ < source_.text.size(); --bytes) {
    const char byte = source_.text[offset_++];
    if (byte == '\n') {
      ++line_;
      column_ = 1;
    } else if (!ContinuesCharacter(byte)) {
      ++column_;
    }
  }
}

bool Scanner::Take(std::string_view text) {
  if (!StartsWith(text)) return false;
  Advance(text.size());
  return true;
}

bool Scanner::AtNewline() const {
  return Peek() == '\n' || (Peek() == '\r' && Peek(1) == '\n');
}

bool Scanner::SkipBlank(bool newlines) {
  while (!AtEnd()) {
    if (AtNewline()) {
      if (!newlines) return true;
      Advance();
    } else if (Peek() == ' ' || Peek() == '\t' || Peek() == '\r') {
      Advance();
    } else if (Peek() == '#' || StartsWith("//")) {
      while (!AtEnd() && Peek() != '\n') Advance();
    } else if (StartsWith("/*")) {
      const size_t end = source_.text.find("*/", offset_ + 2);
      if (end == std::string::npos) return false;
      Advance(end + 2 - offset_);
    } else {
      return true;
    }
  }
  return true;
}

// Letters beyond ASCII are taken without looking them up in Unicode's tables.
bool Scanner::StartsIdentifier(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_' ||
         static_cast<unsigned char>(byte) >= 0x80;
}

std::string_view Scanner::PeekIdentifier() const {
  if (!StartsIdentifier(Peek())) return {};
  size_t length = 1;
  while (StartsIdentifier(Peek(length)) || IsDigit(Peek(length)) || Peek(length) == '-') ++length;
  return std::string_view(source_.text).substr(offset_, length);
}

std::string Scanner::TakeIdentifier() {
  std::string name(PeekIdentifier());
  Advance(name.size());
  return name;
}

void Scanner::Restore(const State& state) {
  offset_ = state.offset;
  line_ = state.line;
  column_ = state.column;
}

}  // namespace dynarock::schema::hcl
