#include "server/schema/table/table_names.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <filesystem>
#include <map>
#include <utility>

namespace dynarock::schema {

namespace {

// Of a table's name, by the API Reference of CreateTable.
constexpr size_t kLeastLetters = 3;
constexpr size_t kMostLetters = 255;

// What may be the name, the shortest first.
using Candidates = std::array<std::string, 3>;

bool HasName(const TableSource& table) {
  const Node* name = table.request.Find("TableName");
  return table.language == Language::kApi || (name != nullptr && name->kind != Node::Kind::kNull);
}

std::string AsName(std::string text) {
  for (char& c : text) {
    const bool allowed =
        std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' || c == '-';
    if (!allowed) c = '-';
  }
  // What tells tables apart stands at the end.
  if (text.size() > kMostLetters) text.erase(0, text.size() - kMostLetters);
  return text;
}

Candidates CandidatesOf(const TableSource& table) {
  const std::filesystem::path path(table.place.file);
  const std::string file = path.filename().string();
  const std::string stack = file.substr(0, file.find('.')) + "-" + table.address;
  const std::string directory = path.parent_path().filename().string();
  return {AsName(table.address), AsName(stack),
          AsName(directory.empty() ? stack : directory + "-" + stack)};
}

}  // namespace

std::vector<std::string> MakeUpNames(const std::vector<TableSource>& tables) {
  std::vector<Candidates> all(tables.size());
  std::map<std::pair<size_t, std::string>, size_t> uses;  // of a candidate, by its number
  for (size_t i = 0; i < tables.size(); ++i) {
    if (HasName(tables[i])) continue;
    all[i] = CandidatesOf(tables[i]);
    for (size_t number = 0; number < all[i].size(); ++number) ++uses[{number, all[i][number]}];
  }
  std::vector<std::string> names(tables.size());
  for (size_t i = 0; i < tables.size(); ++i) {
    for (size_t number = 0; number < all[i].size(); ++number) {
      names[i] = all[i][number];
      if (names[i].size() >= kLeastLetters && uses[{number, names[i]}] == 1) break;
    }
  }
  return names;
}

}  // namespace dynarock::schema
