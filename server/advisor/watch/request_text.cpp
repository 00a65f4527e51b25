#include "server/advisor/watch/request_text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cctype>
#include <cstdlib>

#include "server/trace/trace.h"

namespace dynarock::advisor {

namespace {

using trace::HashBytes;

constexpr std::array<std::string_view, 6> kExpressions = {
    "Statement",        "KeyConditionExpression", "FilterExpression", "ProjectionExpression",
    "UpdateExpression", "ConditionExpression"};
constexpr std::array<std::string_view, 6> kLegacy = {"KeyConditions", "QueryFilter",
                                                     "ScanFilter",    "AttributeUpdates",
                                                     "Expected",      "AttributesToGet"};

template <size_t N>
bool IsOneOf(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool IsWordStart(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_';
}
bool IsWord(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}
bool IsDigit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

bool EqualsIgnoringCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char left, char right) {
    return std::tolower(static_cast<unsigned char>(left)) ==
           std::tolower(static_cast<unsigned char>(right));
  });
}

bool IsReserved(std::string_view word, bool followed_by_open) {
  static constexpr std::array<std::string_view, 34> kWords = {
      "AND",      "OR",      "NOT",    "BETWEEN",   "IN",    "SET",        "REMOVE",
      "ADD",      "DELETE",  "SELECT", "FROM",      "WHERE", "INSERT",     "INTO",
      "VALUE",    "UPDATE",  "EXISTS", "ORDER",     "BY",    "ASC",        "DESC",
      "IS",       "MISSING", "NULL",   "RETURNING", "ALL",   "OLD",        "NEW",
      "MODIFIED", "TRUE",    "FALSE",  "LIMIT",     "AS",    "begins_with"};
  if (followed_by_open) return true;  // a function
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view known) { return EqualsIgnoringCase(word, known); });
}

// What a text may hold: statements have literals and quoted names, expressions have :placeholders
// (in a statement a colon stands between a member of a map and its value).
enum class Grammar : uint8_t { kExpression, kStatement, kEither };
constexpr Grammar GrammarOf(bool statement) {
  return statement ? Grammar::kStatement : Grammar::kExpression;
}

// The end of the number that begins at `at`: 5, 5.25, 5e-3.
size_t EndOfNumber(std::string_view text, size_t at) {
  const auto digit = [&](size_t i) { return i < text.size() && IsDigit(text[i]); };
  while (digit(at) || (at < text.size() && text[at] == '.')) ++at;
  if (at >= text.size() || (text[at] != 'e' && text[at] != 'E')) return at;
  const bool sign = at + 1 < text.size() && (text[at + 1] == '-' || text[at + 1] == '+');
  size_t end = at + (sign ? 2 : 1);
  if (!digit(end)) return at;
  while (digit(end)) ++end;
  return end;
}

bool IsTruth(std::string_view word) {
  return EqualsIgnoringCase(word, "true") || EqualsIgnoringCase(word, "false");
}

// Walks over the tokens of an expression; `visit(kind, text)` with kind 'w' word, 'k' keyword or
// function, ':' and '#' placeholders, 'n' number, 's' string literal, 'q' quoted name, '.' others.
template <class Visit>
void ForEachToken(std::string_view text, Grammar grammar, Visit visit) {
  for (size_t i = 0; i < text.size();) {
    const char c = text[i];
    size_t end = i + 1;
    char kind = '.';
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      ++i;
      continue;
    }
    const bool colon = c == ':' && grammar != Grammar::kStatement;
    if (colon || c == '#') {
      while (end < text.size() && IsWord(text[end])) ++end;
      kind = c;
    } else if (IsDigit(c)) {
      end = EndOfNumber(text, i);
      kind = 'n';
    } else if (grammar != Grammar::kExpression && (c == '\'' || c == '"')) {
      while (end < text.size() && text[end] != c) ++end;
      if (end < text.size()) ++end;
      kind = c == '\'' ? 's' : 'q';
    } else if (IsWordStart(c)) {
      while (end < text.size() && IsWord(text[end])) ++end;
      size_t next = end;
      while (next < text.size() && text[next] == ' ') ++next;
      const bool open = next < text.size() && text[next] == '(';
      kind = IsReserved(text.substr(i, end - i), open) ? 'k' : 'w';
    }
    visit(kind, text.substr(i, end - i));
    i = end;
  }
}

// BETWEEN, IN, IS and NOT, in capitals; "" of words that compare nothing, such as AND and FROM.
std::string ComparingKeyword(std::string_view word) {
  for (const std::string_view known : {"BETWEEN", "IN", "IS", "NOT"}) {
    if (EqualsIgnoringCase(word, known)) return std::string(known);
  }
  return {};
}

// The operator with which the right side is compared to the left one: ">=" of ":t <= total".
std::string Turned(std::string op) {
  if (op.size() > 1 && op != "<=" && op != ">=") return op;
  if (op.front() == '<') {
    op.front() = '>';
  } else if (op.front() == '>') {
    op.front() = '<';
  }
  return op;
}

// Whether a literal is the name in {'name': value}.
bool IsMemberName(std::string_view statement, size_t begin, size_t end) {
  const size_t next = statement.find_first_not_of(" \t\r\n", end);
  if (next == std::string_view::npos || statement[next] != ':') return false;
  const size_t before = statement.substr(0, begin).find_last_not_of(" \t\r\n");
  return before != std::string_view::npos && (statement[before] == '{' || statement[before] == ',');
}

void Join(std::string& text, std::string_view token) {
  if (!text.empty()) text += ' ';
  text += token;
}

// ---- Compact

void WriteCompact(const JsonValue& value, std::string& out, size_t most, int depth);

void WriteShortened(std::string_view text, std::string& out) {
  constexpr size_t kMost = 120;
  if (text.size() <= kMost) return AppendJsonString(text, out);
  size_t end = kMost;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  AppendJsonString(
      std::string(text.substr(0, end)) + "... (" + std::to_string(text.size()) + " bytes)", out);
}

void WriteCompact(const JsonValue& value, std::string& out, size_t most, int depth) {
  constexpr size_t kMembers = 16;
  constexpr size_t kElements = 3;
  if (out.size() > most || depth > 12) {
    out += "\"...\"";
    return;
  }
  if (value.IsObject()) {
    out += '{';
    size_t n = 0;
    for (const auto& member : value.GetObject()) {
      if (n > 0) out += ',';
      if (++n > kMembers || out.size() > most) {
        out += "\"...\":\"" + std::to_string(value.MemberCount() - n + 1) + " more\"";
        break;
      }
      AppendJsonString(member.name, out);
      out += ':';
      const bool expression = member.name.ends_with("Expression") || member.name == "Statement";
      if (member.name == "Statement" && member.value.IsString()) {
        // A literal may be a secret.
        AppendJsonString(WithoutLiterals(Text(member.value)), out);
      } else if (expression && member.value.IsString()) {
        AppendJsonString(Text(member.value), out);
      } else {
        WriteCompact(member.value, out, most, depth + 1);
      }
    }
    out += '}';
  } else if (value.IsArray()) {
    out += '[';
    size_t n = 0;
    for (const JsonValue& element : value.GetArray()) {
      if (n > 0) out += ',';
      if (++n > kElements) {
        out += "\"... " + std::to_string(value.Size() - n + 1) + " more\"";
        break;
      }
      WriteCompact(element, out, most, depth + 1);
    }
    out += ']';
  } else if (value.IsString()) {
    WriteShortened(Text(value), out);
  } else if (value.IsBool()) {
    out += value.GetBool() ? "true" : "false";
  } else if (value.IsInt64()) {
    out += std::to_string(value.GetInt64());
  } else if (value.IsNumber()) {
    out += std::to_string(value.GetDouble());
  } else {
    out += "null";
  }
}

// Whether a member of a request is Key, Item, TableName or ExpressionAttributeValues, by what tells
// these apart from those with an expression.
bool IsPlain(std::string_view name) {
  switch (name.size()) {
    case 3:   // Key
    case 4:   // Item
    case 25:  // ExpressionAttributeValues
      return true;
    case 9:  // TableName, Statement
      return name.front() == 'T';
    default:
      return false;
  }
}

}  // namespace

uint64_t HashOfExpressions(const JsonValue& input) {
  uint64_t hash = 0;
  for (const auto& member : input.GetObject()) {
    const std::string_view name = member.name;
    // Most requests have no others; each comparison below would take its time.
    if (IsPlain(name)) continue;
    const JsonValue& value = member.value;
    if (value.IsString()) {
      if (!name.ends_with("Expression") && name != "Statement" && name != "Select") continue;
      // A sum, since members have no order.
      hash += HashBytes(Text(value), name.size() << 8 | static_cast<unsigned char>(name.front()));
    } else if (value.IsObject() && name == "ExpressionAttributeNames") {
      for (const auto& entry : value.GetObject()) {
        if (entry.value.IsString()) hash += HashBytes(Text(entry.value), HashBytes(entry.name));
      }
    } else if (IsOneOf(name, kLegacy)) {
      if (value.IsObject()) {
        for (const auto& entry : value.GetObject()) hash += HashBytes(entry.name, HashBytes(name));
      } else if (value.IsArray()) {
        for (const JsonValue& entry : value.GetArray()) {
          if (entry.IsString()) hash += HashBytes(Text(entry), HashBytes(name));
        }
      }
    }
  }
  return hash;
}

namespace {

uint64_t HashOfJson(const JsonValue& value, uint64_t seed, int depth) {
  constexpr int kMostDepth = 100;
  if (depth > kMostDepth) return seed;
  if (value.IsObject()) {
    uint64_t sum = seed + 1;
    for (const auto& member : value.GetObject()) {
      const std::string_view name = member.name;
      const uint64_t named = HashBytes(name, seed);
      if (name == "N" && member.value.IsString()) {
        const double number = std::strtod(std::string(Text(member.value)).c_str(), nullptr);
        sum += named * 31 + std::bit_cast<uint64_t>(number);
      } else if (member.value.IsArray() && (name == "SS" || name == "NS" || name == "BS")) {
        for (const JsonValue& element : member.value.GetArray()) {
          sum += HashOfJson(element, named, depth + 1);
        }
      } else {
        sum += HashOfJson(member.value, named, depth + 1);
      }
    }
    return sum;
  }
  if (value.IsArray()) {
    for (const JsonValue& element : value.GetArray()) {
      seed = HashOfJson(element, seed * 31, depth + 1);
    }
    return seed + 2;
  }
  if (value.IsString()) return HashBytes(Text(value), seed);
  if (value.IsInt64()) return seed * 31 + static_cast<uint64_t>(value.GetInt64());
  const bool holds = value.IsBool() && value.GetBool();
  return seed * 31 + static_cast<uint64_t>(value.type()) * 2 + static_cast<uint64_t>(holds);
}

}  // namespace

uint64_t HashOfContents(const JsonValue& value, uint64_t seed) {
  return HashOfJson(value, seed, 0);
}

std::vector<std::pair<std::string, std::string>> ExpressionsOf(const JsonValue& input) {
  std::vector<std::pair<std::string, std::string>> found;
  for (const std::string_view name : kExpressions) {
    const JsonValue* value = FindMember(input, name);
    if (value != nullptr && value->IsString()) found.emplace_back(name, Text(*value));
  }
  for (const std::string_view name : kLegacy) {
    const JsonValue* value = FindMember(input, name);
    if (value == nullptr) continue;
    std::vector<std::string> names;
    if (value->IsObject()) {
      for (const auto& entry : value->GetObject()) names.emplace_back(entry.name);
    } else if (value->IsArray()) {
      for (const JsonValue& entry : value->GetArray()) {
        if (entry.IsString()) names.emplace_back(Text(entry));
      }
    }
    std::sort(names.begin(), names.end());
    std::string text;
    for (const std::string& entry : names) text.append(text.empty() ? "" : ", ").append(entry);
    found.emplace_back(name, std::move(text));
  }
  return found;
}

std::vector<std::pair<std::string, std::string>> NamesOf(const JsonValue& input) {
  std::vector<std::pair<std::string, std::string>> names;
  const JsonValue* map = FindMember(input, "ExpressionAttributeNames");
  if (map == nullptr || !map->IsObject()) return names;
  for (const auto& entry : map->GetObject()) {
    if (entry.value.IsString()) names.emplace_back(entry.name, Text(entry.value));
  }
  std::sort(names.begin(), names.end());
  return names;
}

Structure StructureOf(std::string_view expression, bool statement) {
  Structure structure;
  ForEachToken(expression, GrammarOf(statement), [&](char kind, std::string_view token) {
    switch (kind) {
      case 'w':
      case 'q':
        structure.names = true;
        return Join(structure.text, "a");
      case ':':
        return Join(structure.text, ":");
      case '#':
        return Join(structure.text, "#");
      case 'n':
        structure.literals = structure.literals || statement;
        return Join(structure.text, "0");
      case 's':
        structure.literals = true;
        return Join(structure.text, "''");
      default:
        return Join(structure.text, token);
    }
  });
  return structure;
}

std::string WithoutPlaceholders(std::string_view expression, bool statement) {
  std::string text;
  ForEachToken(expression, GrammarOf(statement), [&](char kind, std::string_view token) {
    Join(text, kind == ':' ? ":" : kind == '#' ? "#" : token);
  });
  return text;
}

std::string WithoutListIndexes(std::string_view expression, bool statement) {
  std::string text;
  char before = ' ';  // the kinds of the two tokens before; '[' for that bracket
  char before_that = ' ';
  ForEachToken(expression, GrammarOf(statement), [&](char kind, std::string_view token) {
    const bool of_path =
        before_that == 'w' || before_that == '#' || before_that == 'q' || before_that == ']';
    const bool index = kind == 'n' && before == '[' && of_path;
    Join(text, kind == ':' ? ":" : kind == '#' ? "#" : index ? "0" : token);
    before_that = before;
    before = token == "[" || token == "]" ? token.front() : kind;
  });
  return text;
}

std::string WithoutLiterals(std::string_view statement, std::string_view mark) {
  std::string text;
  size_t at = 0;
  ForEachToken(statement, Grammar::kStatement, [&](char kind, std::string_view token) {
    if (kind != 's' && kind != 'n' && !IsTruth(token)) return;
    const auto begin = static_cast<size_t>(token.data() - statement.data());
    const size_t end = begin + token.size();
    if (kind == 's' && IsMemberName(statement, begin, end)) return;
    text.append(statement.substr(at, begin - at)).append(mark);
    at = end;
  });
  return text.append(statement.substr(at));
}

std::vector<Term> TermsOf(std::string_view expression,
                          const std::vector<std::pair<std::string, std::string>>& names) {
  struct Token {
    char kind;
    std::string_view text;
  };
  std::vector<Token> tokens;
  ForEachToken(expression, Grammar::kEither,
               [&](char kind, std::string_view text) { tokens.push_back({kind, text}); });
  const auto resolved = [&](const Token& token) {
    if (token.kind == 'q') return std::string(token.text.substr(1, token.text.size() - 2));
    if (token.kind == '#') {
      for (const auto& [known, name] : names) {
        if (known == token.text) return name;
      }
    }
    return std::string(token.text);
  };
  std::vector<Term> terms;
  for (size_t i = 0; i < tokens.size(); ++i) {
    const char kind = tokens[i].kind;
    if (kind != 'w' && kind != '#' && kind != 'q') continue;
    const auto is = [&](size_t at, std::string_view text) {
      return at < tokens.size() && tokens[at].text == text;
    };
    // The rest of a path belongs to its first element.
    if (i > 0 && is(i - 1, ".")) continue;
    size_t end = i + 1;
    while (is(end, ".") || is(end, "[")) {
      end += is(end, ".") ? 2 : 3;
    }
    std::string op;
    const auto symbol = [&](size_t at) {
      return at < tokens.size() &&
             (tokens[at].text == "=" || tokens[at].text == "<" || tokens[at].text == ">");
    };
    if (symbol(end)) {
      op = tokens[end].text;
      if (op != "=" && end + 1 < tokens.size() && tokens[end].kind == '.' &&
          (tokens[end + 1].text == "=" || tokens[end + 1].text == ">")) {
        op += tokens[end + 1].text;
      }
    } else if (i > 0 && symbol(i - 1)) {
      const bool two = i >= 2 && (is(i - 2, "<") || is(i - 2, ">"));
      op = Turned(
          (two ? std::string(tokens[i - 2].text) : std::string()).append(tokens[i - 1].text));
    } else if (end < tokens.size() && tokens[end].kind == 'k') {
      op = ComparingKeyword(tokens[end].text);
    } else if (i >= 2 && is(i - 1, "(") && tokens[i - 2].kind == 'k') {
      op = tokens[i - 2].text;
    }
    terms.push_back({resolved(tokens[i]), std::move(op)});
  }
  return terms;
}

bool KeepsCountInBounds(std::string_view condition, std::string_view update,
                        const std::vector<std::pair<std::string, std::string>>& names) {
  bool adds = false;
  ForEachToken(update, Grammar::kExpression, [&](char kind, std::string_view token) {
    adds = adds || (kind == 'k' && EqualsIgnoringCase(token, "ADD"));
  });
  const std::vector<Term> changed = TermsOf(update, names);
  const std::vector<Term> bounds = TermsOf(condition, names);
  return std::any_of(bounds.begin(), bounds.end(), [&](const Term& bound) {
    if (bound.op != "<" && bound.op != "<=" && bound.op != ">" && bound.op != ">=") return false;
    const auto times = std::count_if(changed.begin(), changed.end(), [&](const Term& term) {
      return term.attribute == bound.attribute;
    });
    // SET stock = stock - :n names it twice.
    return times >= (adds ? 1 : 2);
  });
}

std::string Compact(const JsonValue& input, size_t most) {
  std::string out;
  WriteCompact(input, out, most, 0);
  return out;
}

}  // namespace dynarock::advisor
