#include "server/findings/render/text_table.h"

#include <algorithm>

#include "storage/item/text.h"

namespace dynarock::findings {

namespace {

void AppendCells(const std::vector<std::string>& cells, const std::vector<size_t>& widths,
                 const std::vector<TextTable::Column>& columns, std::string& out) {
  std::string line;
  for (size_t at = 0; at < cells.size(); ++at) {
    if (at > 0) line += "  ";
    const std::string padding(widths[at] - Width(cells[at]), ' ');
    const bool left = columns[at].align == TextTable::Align::kLeft;
    line += left ? cells[at] + padding : padding + cells[at];
  }
  line.erase(line.find_last_not_of(' ') + 1);
  out += line;
  out += '\n';
}

}  // namespace

size_t Width(std::string_view text) {
  return CountCharacters(text);
}

std::string Wrapped(std::string_view text, std::string_view indent, size_t width) {
  std::string out;
  size_t column = 0;
  while (!text.empty()) {
    const size_t space = text.find(' ');
    const std::string_view word = text.substr(0, space);
    text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
    if (word.empty()) continue;
    const size_t wide = Width(word);
    if (column > 0 && column + 1 + wide > width) {
      out += '\n';
      out += indent;
      column = 0;
    } else if (column > 0) {
      out += ' ';
      ++column;
    }
    out += word;
    column += wide;
  }
  return out;
}

std::string Shortened(std::string_view text, size_t width) {
  if (Width(text) <= width) return std::string(text);
  size_t bytes = 0;
  for (size_t columns = 0; bytes < text.size(); ++bytes) {
    if (!ContinuesCharacter(text[bytes]) && ++columns > width - 3) break;
  }
  return std::string(text.substr(0, bytes)) + "...";
}

std::string TextTable::Text(std::string_view indent) const {
  std::vector<size_t> widths;
  std::vector<std::string> heads;
  for (const Column& column : columns_) {
    widths.push_back(Width(column.head));
    heads.push_back(column.head);
  }
  for (const Entry& entry : rows_) {
    for (size_t at = 0; at < entry.cells.size(); ++at) {
      widths[at] = std::max(widths[at], Width(entry.cells[at]));
    }
  }
  std::string out(indent);
  AppendCells(heads, widths, columns_, out);
  for (const Entry& entry : rows_) {
    out += indent;
    AppendCells(entry.cells, widths, columns_, out);
    for (const std::string& line : entry.under) {
      out += indent;
      out += "  " + line + "\n";
    }
  }
  return out;
}

}  // namespace dynarock::findings
