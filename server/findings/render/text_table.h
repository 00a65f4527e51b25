// A table of aligned columns, and paragraphs, for a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dynarock::findings {

// Columns that `text` takes: one per character.
size_t Width(std::string_view text);

// `text` in lines of at most `width` columns, broken at spaces (a longer word stays whole), each
// line but the first behind `indent`. The first is taken to start at the same column. No line end
// after the last.
std::string Wrapped(std::string_view text, std::string_view indent, size_t width);

// `text` with at most `width` columns: what is longer ends in "...".
std::string Shortened(std::string_view text, size_t width);

class TextTable {
 public:
  enum class Align { kLeft, kRight };
  struct Column {
    std::string head;
    Align align = Align::kRight;
  };
  explicit TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {}

  // As many cells as there are columns.
  void Row(std::vector<std::string> cells) { rows_.push_back({std::move(cells), {}}); }
  // A line of its own under the last row.
  void Under(std::string text) { rows_.back().under.push_back(std::move(text)); }

  // The table with its heads, each line behind `indent`.
  std::string Text(std::string_view indent) const;

 private:
  struct Entry {
    std::vector<std::string> cells;
    std::vector<std::string> under;
  };
  std::vector<Column> columns_;
  std::vector<Entry> rows_;
};

}  // namespace dynarock::findings
