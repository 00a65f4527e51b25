// Functions over strings.
#include <algorithm>
#include <array>
#include <bitset>
#include <cmath>
#include <cstdio>
#include <utility>

#include "server/document/number.h"
#include "server/schema/hcl/function.h"
#include "storage/item/text.h"

namespace dynarock::schema::hcl {
namespace {

using Kind = Node::Kind;
using enum Function::Unresolved;

bool IsSpace(char byte) {
  return kAllSpaces.find(byte) != std::string_view::npos;
}

bool RunLower(FunctionCall& call) {
  std::optional<std::string> text = call.Text(0);
  if (!text) return false;
  return call.ReturnText(Lowered(*text));
}

bool RunUpper(FunctionCall& call) {
  std::optional<std::string> text = call.Text(0);
  if (!text) return false;
  return call.ReturnText(Uppered(*text));
}

bool RunTitle(FunctionCall& call) {
  std::optional<std::string> text = call.Text(0);
  if (!text) return false;
  bool starts = true;
  for (char& byte : *text) {
    if (starts) byte = Upper(byte);
    starts = IsSpace(byte);
  }
  return call.ReturnText(*std::move(text));
}

bool RunTrimSpace(FunctionCall& call) {
  std::optional<std::string> text = call.Text(0);
  if (!text) return false;
  return call.ReturnText(std::string(Trimmed(*text, kAllSpaces)));
}

bool RunTrim(FunctionCall& call) {
  const std::optional<std::string> text = call.Text(0);
  const std::optional<std::string> cut = text ? call.Text(1) : std::nullopt;
  if (!cut) return false;
  const size_t first = text->find_first_not_of(*cut);
  if (first == std::string::npos) return call.ReturnText("");
  return call.ReturnText(text->substr(first, text->find_last_not_of(*cut) - first + 1));
}

bool RunTrimPrefix(FunctionCall& call) {
  std::optional<std::string> text = call.Text(0);
  const std::optional<std::string> prefix = text ? call.Text(1) : std::nullopt;
  if (!prefix) return false;
  if (text->starts_with(*prefix)) text->erase(0, prefix->size());
  return call.ReturnText(*std::move(text));
}

bool RunTrimSuffix(FunctionCall& call) {
  std::optional<std::string> text = call.Text(0);
  const std::optional<std::string> suffix = text ? call.Text(1) : std::nullopt;
  if (!suffix) return false;
  if (text->ends_with(*suffix)) text->erase(text->size() - suffix->size());
  return call.ReturnText(*std::move(text));
}

bool RunChomp(FunctionCall& call) {
  std::optional<std::string> text = call.Text(0);
  if (!text) return false;
  while (!text->empty() && (text->back() == '\n' || text->back() == '\r')) text->pop_back();
  return call.ReturnText(*std::move(text));
}

bool RunStartsWith(FunctionCall& call) {
  const std::optional<std::string> text = call.Text(0);
  const std::optional<std::string> prefix = text ? call.Text(1) : std::nullopt;
  return prefix && call.ReturnTruth(text->starts_with(*prefix));
}

bool RunEndsWith(FunctionCall& call) {
  const std::optional<std::string> text = call.Text(0);
  const std::optional<std::string> suffix = text ? call.Text(1) : std::nullopt;
  return suffix && call.ReturnTruth(text->ends_with(*suffix));
}

bool RunStrContains(FunctionCall& call) {
  const std::optional<std::string> text = call.Text(0);
  const std::optional<std::string> part = text ? call.Text(1) : std::nullopt;
  return part && call.ReturnTruth(text->find(*part) != std::string::npos);
}

bool RunJoin(FunctionCall& call) {
  const std::optional<std::string> separator = call.Text(0);
  if (!separator) return false;
  std::string joined;
  bool first = true;
  for (size_t i = 1; i < call.arguments.size(); ++i) {
    const Node* list = call.List(i);
    if (!list) return false;
    for (const Node& element : list->list) {
      const std::optional<std::string> text = TextOf(element);
      if (!text)
        return call.Fail("the elements must be strings, and one is " +
                         std::string(KindName(element)));
      if (!std::exchange(first, false)) joined += *separator;
      joined += *text;
      if (!call.Spend(1 + (separator->size() + text->size()) / 64)) return false;
    }
  }
  return call.ReturnText(std::move(joined));
}

bool RunSplit(FunctionCall& call) {
  const std::optional<std::string> separator = call.Text(0);
  const std::optional<std::string> text = separator ? call.Text(1) : std::nullopt;
  if (!text) return false;
  Node parts = ListValue(call.place());
  if (separator->empty()) {
    for (const std::string_view character : Characters(*text)) {
      if (!call.Spend(1)) return false;
      parts.list.push_back(TextValue(call.place(), std::string(character)));
    }
    return call.Return(std::move(parts));
  }
  for (size_t at = 0; at <= text->size();) {
    const size_t end = std::min(text->find(*separator, at), text->size());
    if (!call.Spend(1)) return false;
    parts.list.push_back(TextValue(call.place(), text->substr(at, end - at)));
    at = end + separator->size();
    if (end == text->size()) break;
  }
  return call.Return(std::move(parts));
}

// A regular expression that is one class of ASCII characters, "[^-a-z0-9]" or "[...]+": the kind that
// cleans names. https://github.com/google/re2/wiki/Syntax
struct CharacterClass {
  std::bitset<128> members;
  bool negated = false;
  bool several = false;

  bool Has(std::string_view character) const {
    const bool in = character.size() == 1 && members.test(static_cast<size_t>(character[0]) & 127);
    return in != negated;
  }
};

std::optional<CharacterClass> ReadClass(std::string_view pattern) {
  CharacterClass made;
  if (pattern.ends_with('+')) {
    made.several = true;
    pattern.remove_suffix(1);
  }
  if (pattern.size() < 3 || pattern.front() != '[' || pattern.back() != ']') return std::nullopt;
  pattern = pattern.substr(1, pattern.size() - 2);
  if (pattern.starts_with('^')) {
    made.negated = true;
    pattern.remove_prefix(1);
  }
  const auto plain = [](char c) {
    return c > ' ' && c <= '~' && c != '\\' && c != '[' && c != ']';
  };
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (!plain(pattern[i]) && pattern[i] != ' ') return std::nullopt;
    const bool range = i > 0 && i + 1 < pattern.size() && pattern[i] == '-';
    if (!range) {
      made.members.set(static_cast<size_t>(pattern[i]));
      continue;
    }
    const char last = pattern[++i];
    if (!plain(last) || last < pattern[i - 2]) return std::nullopt;
    for (char c = pattern[i - 2]; c <= last; ++c) made.members.set(static_cast<size_t>(c));
  }
  return made;
}

// Nullopt: it needs a real engine.
std::optional<std::string> ReplaceClass(std::string_view text, std::string_view pattern,
                                        std::string_view with) {
  const auto set = ReadClass(pattern);
  if (!set || with.find('$') != std::string_view::npos) return std::nullopt;
  std::string replaced;
  bool before = false;
  for (const std::string_view character : Characters(text)) {
    const bool matches = set->Has(character);
    if (!matches) {
      replaced += character;
    } else if (!before || !set->several) {
      replaced += with;
    }
    before = matches;
  }
  return replaced;
}

bool RunReplace(FunctionCall& call) {
  const std::optional<std::string> text = call.Text(0);
  const std::optional<std::string> part = text ? call.Text(1) : std::nullopt;
  const std::optional<std::string> with = part ? call.Text(2) : std::nullopt;
  if (!with) return false;
  if (part->size() > 1 && part->starts_with('/') && part->ends_with('/')) {
    const std::string_view pattern = std::string_view(*part).substr(1, part->size() - 2);
    if (auto replaced = ReplaceClass(*text, pattern, *with)) {
      return call.ReturnText(*std::move(replaced));
    }
    return call.Return(
        UnresolvedValue(call.place(), call.expression.text(),
                        "replace() with a regular expression is not evaluated here"));
  }
  if (part->empty()) return call.Fail("an empty string cannot be replaced");
  std::string replaced;
  for (size_t at = 0;;) {
    const size_t found = text->find(*part, at);
    replaced.append(*text, at, found == std::string::npos ? found : found - at);
    if (found == std::string::npos) break;
    replaced += *with;
    if (!call.Spend(1 + with->size() / 64)) return false;
    at = found + part->size();
  }
  return call.ReturnText(std::move(replaced));
}

bool RunSubstr(FunctionCall& call) {
  const std::optional<std::string> text = call.Text(0);
  const std::optional<int64_t> offset = text ? call.Integer(1) : std::nullopt;
  const std::optional<int64_t> length = offset ? call.Integer(2) : std::nullopt;
  if (!length) return false;
  const std::vector<std::string_view> characters = Characters(*text);
  const int64_t size = static_cast<int64_t>(characters.size());
  if (!call.Spend(characters.size() / 8)) return false;
  const int64_t from = std::clamp(*offset < 0 ? size + *offset : *offset, int64_t{0}, size);
  const int64_t to = *length < 0 ? size : std::min(size, from + *length);
  std::string part;
  for (int64_t i = from; i < to; ++i) part += characters[static_cast<size_t>(i)];
  return call.ReturnText(std::move(part));
}

bool RunReverseText(FunctionCall& call) {
  const std::optional<std::string> text = call.Text(0);
  if (!text) return false;
  std::vector<std::string_view> characters = Characters(*text);
  if (!call.Spend(characters.size() / 8)) return false;
  std::string reversed;
  for (auto it = characters.rbegin(); it != characters.rend(); ++it) reversed += *it;
  return call.ReturnText(std::move(reversed));
}

bool RunIndent(FunctionCall& call) {
  const std::optional<int64_t> spaces = call.Integer(0);
  const std::optional<std::string> text = spaces ? call.Text(1) : std::nullopt;
  if (!text) return false;
  if (*spaces < 0 || *spaces > 1000) return call.Fail("indents by 0 to 1000 spaces here");
  std::string indented;
  for (const char byte : *text) {
    indented += byte;
    if (byte != '\n') continue;
    indented.append(static_cast<size_t>(*spaces), ' ');
    if (!call.Spend(1 + static_cast<uint64_t>(*spaces) / 64)) return false;
  }
  return call.ReturnText(std::move(indented));
}

constexpr std::array<Function, 17> kFunctions = {{
    {"chomp", 1, 1, kAnywhere, RunChomp},
    {"endswith", 2, 2, kAnywhere, RunEndsWith},
    {"indent", 2, 2, kAnywhere, RunIndent},
    {"join", 2, kAnyNumber, kAnywhere, RunJoin},
    {"lower", 1, 1, kAnywhere, RunLower},
    {"replace", 3, 3, kAnywhere, RunReplace},
    {"split", 2, 2, kAnywhere, RunSplit},
    {"startswith", 2, 2, kAnywhere, RunStartsWith},
    {"strcontains", 2, 2, kAnywhere, RunStrContains},
    {"strrev", 1, 1, kAnywhere, RunReverseText},
    {"substr", 3, 3, kAnywhere, RunSubstr},
    {"title", 1, 1, kAnywhere, RunTitle},
    {"trim", 2, 2, kAnywhere, RunTrim},
    {"trimprefix", 2, 2, kAnywhere, RunTrimPrefix},
    {"trimspace", 1, 1, kAnywhere, RunTrimSpace},
    {"trimsuffix", 2, 2, kAnywhere, RunTrimSuffix},
    {"upper", 1, 1, kAnywhere, RunUpper},
}};

}  // namespace

std::span<const Function> TextFunctions() {
  return kFunctions;
}

}  // namespace dynarock::schema::hcl
