// Walks over the characters of a file and knows at which line and column it is.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "server/schema/hcl/syntax.h"

namespace dynarock::schema::hcl {

class Scanner {
 public:
  // `source` must outlive it.
  explicit Scanner(const Source& source) : source_(source) {}

  size_t offset() const { return offset_; }
  int line() const { return line_; }
  int column() const { return column_; }
  Place place() const { return {source_.file, line_, column_}; }
  const Source& source() const { return source_; }
  bool AtEnd() const { return offset_ >= source_.text.size(); }
  // The byte `ahead` of the current one; 0 beyond the end.
  char Peek(size_t ahead = 0) const {
    const size_t at = offset_ + ahead;
    return at < source_.text.size() ? source_.text[at] : '\0';
  }
  bool StartsWith(std::string_view text) const {
    return std::string_view(source_.text).substr(offset_).starts_with(text);
  }
  void Advance(size_t bytes = 1);
  // Consumes `text` if it comes next.
  bool Take(std::string_view text);
  // Spaces, tabs and comments, and the ends of lines if `newlines`. False: a comment has no end;
  // it stands at its beginning then.
  bool SkipBlank(bool newlines);
  // At the end of a line: LF or CR LF.
  bool AtNewline() const;

  static bool StartsIdentifier(char byte);
  // Empty when no identifier comes next.
  std::string TakeIdentifier();
  // The identifier that comes next, without taking it.
  std::string_view PeekIdentifier() const;

  // Goes back to where another state of this scanner was.
  struct State {
    size_t offset;
    int line;
    int column;
  };
  State state() const { return {offset_, line_, column_}; }
  void Restore(const State& state);

 private:
  const Source& source_;
  size_t offset_ = 0;
  int line_ = 1;
  int column_ = 1;
};

}  // namespace dynarock::schema::hcl
