#include "server/advisor/same_cause.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "server/advisor/rules/case.h"

namespace dynarock::advisor {

namespace {

using findings::Finding;

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}
bool InWord(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.';
}

// Where the word that begins at `at` ends; its own end of a sentence is no part of it.
size_t WordEnd(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && (InWord(text[end]) || (text[end] == ',' && end + 1 < text.size() &&
                                                     IsDigit(text[end + 1])))) {
    ++end;
  }
  while (end > at + 1 && text[end - 1] == '.') --end;
  return end;
}

bool IsFigure(std::string_view word) {
  return IsDigit(word.front()) && std::all_of(word.begin(), word.end(), [](char c) {
           return IsDigit(c) || c == ',' || c == '.';
         });
}

// Which of its types an attribute has where differs by table.
bool IsType(std::string_view word) {
  static constexpr std::array<std::string_view, 10> kTypes = {"S",  "N",  "B",  "BOOL", "NULL",
                                                              "SS", "NS", "BS", "L",    "M"};
  return std::find(kTypes.begin(), kTypes.end(), word) != kTypes.end();
}

// The text with # for figures outside quotes ("11 times", "98 %", "1 item" as "# items"), with T
// for types and with * for the table's name.
std::string Shape(std::string_view text, std::string_view table) {
  std::string shape;
  bool quoted = false;
  bool counted = false;  // the last word was a figure
  for (size_t at = 0; at < text.size();) {
    if (text[at] == '"') quoted = !quoted;
    if (!InWord(text[at])) {
      shape += text[at++];
      continue;
    }
    const size_t end = WordEnd(text, at);
    const std::string_view word = text.substr(at, end - at);
    at = end;
    const bool figure = !quoted && IsFigure(word);
    if (figure) {
      shape += '#';
    } else if (word == table) {
      shape += '*';
    } else if (!quoted && IsType(word)) {
      shape += 'T';
    } else {
      shape += word;
      if (counted && word != "%" && !word.ends_with('s')) shape += 's';
    }
    counted = figure;
  }
  return shape;
}

// What findings with one cause have in common. Empty: the finding stays by itself.
std::string CauseOf(const Finding& finding) {
  if (finding.table.empty() || !finding.file.empty()) return {};
  std::string cause = finding.id;
  cause += '\n';
  cause += static_cast<char>('0' + static_cast<int>(finding.severity));
  cause += finding.index;
  cause += '\n';
  cause += Shape(finding.title, finding.table);
  for (const auto& [name, value] : finding.evidence) {
    if (name != "operation" && name != "expression") continue;
    cause += '\n';
    cause += Shape(value, finding.table);
  }
  return cause;
}

// "users, carts, items and 4 more".
std::string Names(const std::vector<Finding>& others) {
  constexpr size_t kMost = 8;
  std::string text;
  std::set<std::string_view> seen;
  for (const Finding& other : others) {
    if (!seen.insert(other.table).second || seen.size() > kMost) continue;
    if (!text.empty()) text += ", ";
    text += other.table;
  }
  if (seen.size() > kMost) text += " and " + Figure(seen.size() - kMost) + " more";
  return text;
}

void Merge(std::vector<Finding> others, size_t tables, Finding& first) {
  for (const Finding& other : others) {
    first.count += other.count;
    first.last_seen_ms = std::max(first.last_seen_ms, other.last_seen_ms);
    if (other.first_seen_ms > 0 &&
        (first.first_seen_ms == 0 || other.first_seen_ms < first.first_seen_ms)) {
      first.first_seen_ms = other.first_seen_ms;
    }
  }
  if (first.title.ends_with('.')) first.title.pop_back();
  first.title += "; the same in " + Counted(tables - 1, "other table") + ".";
  first.evidence.emplace_back("the same in", Names(others));
  first.also_at = std::move(others);
}

}  // namespace

std::vector<Finding> OneForEachCause(std::vector<Finding> findings) {
  std::map<std::string, std::vector<size_t>> causes;
  for (size_t at = 0; at < findings.size(); ++at) {
    if (std::string cause = CauseOf(findings[at]); !cause.empty()) {
      causes[std::move(cause)].push_back(at);
    }
  }
  std::vector<bool> told(findings.size());
  for (const auto& [cause, members] : causes) {
    std::set<std::string_view> tables;
    for (const size_t at : members) tables.insert(findings[at].table);
    if (tables.size() < 2) continue;
    const size_t count = tables.size();
    std::vector<Finding> others;
    for (const size_t at : members) {
      if (at == members.front()) continue;
      others.push_back(std::move(findings[at]));
      told[at] = true;
    }
    Merge(std::move(others), count, findings[members.front()]);
  }
  std::vector<Finding> left;
  for (size_t at = 0; at < findings.size(); ++at) {
    if (!told[at]) left.push_back(std::move(findings[at]));
  }
  return left;
}

}  // namespace dynarock::advisor
