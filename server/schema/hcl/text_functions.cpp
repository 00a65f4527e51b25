// Functions over strings.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

#include "server/schema/hcl/function.h"
#include "server/schema/hcl/number.h"

namespace dynarock::schema::hcl {
namespace {

using Kind = Node::Kind;
using enum Function::Unresolved;

// Other letters than ASCII's stay as they are.
char Lower(char byte) {
  return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : byte;
}
char Upper(char byte) {
  return byte >= 'a' && byte <= 'z' ? static_cast<char>(byte - 32) : byte;
}
bool IsSpace(char byte) {
  return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

// The characters of UTF-8 text, each as its bytes.
std::vector<std::string_view> Characters(std::string_view text) {
  std::vector<std::string_view> characters;
  for (size_t at = 0; at < text.size();) {
    size_t end = at + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
    characters.push_back(text.substr(at, end - at));
    at = end;
  }
  return characters;
}

bool RunLower(FunctionCall& call) {
  std::optional<std::string> text = call.Text(0);
  if (!text) return false;
  std::ranges::transform(*text, text->begin(), Lower);
  return call.ReturnText(*std::move(text));
}

bool RunUpper(FunctionCall& call) {
  std::optional<std::string> text = call.Text(0);
  if (!text) return false;
  std::ranges::transform(*text, text->begin(), Upper);
  return call.ReturnText(*std::move(text));
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
  while (!text->empty() && IsSpace(text->back())) text->pop_back();
  text->erase(0, static_cast<size_t>(std::ranges::find_if_not(*text, IsSpace) - text->begin()));
  return call.ReturnText(*std::move(text));
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

bool RunReplace(FunctionCall& call) {
  const std::optional<std::string> text = call.Text(0);
  const std::optional<std::string> part = text ? call.Text(1) : std::nullopt;
  const std::optional<std::string> with = part ? call.Text(2) : std::nullopt;
  if (!with) return false;
  if (part->size() > 1 && part->starts_with('/') && part->ends_with('/')) {
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

// One %-verb of format, with the flags "-", "+", "0", " ", "#", a width and a precision.
struct Verb {
  std::string flags;
  int width = 0;
  int precision = -1;
  char letter = '\0';
};

// Reads the verb whose % stands before `at`. False: it is not complete.
bool ReadVerb(std::string_view text, size_t& at, Verb& verb) {
  const auto digits = [&] {
    int number = 0;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
      number = std::min(number * 10 + (text[at++] - '0'), 10'000);
    }
    return number;
  };
  while (at < text.size() && std::string_view("-+0 #").find(text[at]) != std::string_view::npos) {
    verb.flags += text[at++];
  }
  verb.width = digits();
  if (at < text.size() && text[at] == '.') {
    ++at;
    verb.precision = digits();
  }
  if (at >= text.size()) return false;
  verb.letter = text[at++];
  return true;
}

std::string Padded(const Verb& verb, std::string text, bool number) {
  const size_t length = Characters(text).size();
  const size_t width = static_cast<size_t>(verb.width);
  if (length >= width) return text;
  const size_t missing = width - length;
  if (verb.flags.find('-') != std::string::npos) return text + std::string(missing, ' ');
  if (number && verb.flags.find('0') != std::string::npos) {
    const size_t sign = text.starts_with('-') || text.starts_with('+') ? 1 : 0;
    return text.substr(0, sign) + std::string(missing, '0') + text.substr(sign);
  }
  return std::string(missing, ' ') + text;
}

std::string FormatNumber(const Verb& verb, long double number) {
  const std::string plus = number >= 0 && verb.flags.find('+') != std::string::npos ? "+" : "";
  if (verb.letter == 'd') return plus + NumberText(std::trunc(number));
  if (verb.letter == 'x' || verb.letter == 'X' || verb.letter == 'o' || verb.letter == 'b') {
    const uint64_t base = verb.letter == 'o' ? 8 : verb.letter == 'b' ? 2 : 16;
    std::string digits;
    uint64_t rest = static_cast<uint64_t>(std::min(std::fabs(number), 9.0e18L));
    do {
      const char digit = "0123456789abcdef"[rest % base];
      digits.insert(digits.begin(), verb.letter == 'X' ? Upper(digit) : digit);
      rest /= base;
    } while (rest > 0);
    return (number < 0 ? "-" : plus) + digits;
  }
  std::array<char, 400> buffer{};
  const int precision = std::min(verb.precision < 0 ? 6 : verb.precision, 60);
  if (verb.letter == 'f') {
    if (std::fabs(number) > 1e80L) return NumberText(number);
    std::snprintf(buffer.data(), buffer.size(), "%.*Lf", precision, number);
  } else if (verb.letter == 'e') {
    std::snprintf(buffer.data(), buffer.size(), "%.*Le", precision, number);
  } else {
    return plus + NumberText(number);
  }
  return plus + buffer.data();
}

bool FormatOne(FunctionCall& call, const Verb& verb, const Node& value, std::string& out) {
  const std::string_view numbers = "dxXobfeg";
  if (verb.letter == 's' || verb.letter == 'q' || verb.letter == 'v') {
    std::optional<std::string> text = TextOf(value);
    if (verb.letter == 'v' && !text) {
      text.emplace();
      WriteJsonText(value, *text);
    }
    if (!text)
      return call.Fail("%" + std::string(1, verb.letter) + " needs a string, and this is " +
                       std::string(KindName(value)));
    if (verb.letter == 'q') {
      std::string quoted;
      WriteJsonText(TextValue({}, *text), quoted);
      text = quoted;
    } else if (verb.precision >= 0 && verb.letter == 's') {
      std::string cut;
      const auto characters = Characters(*text);
      for (size_t i = 0; i < characters.size() && i < static_cast<size_t>(verb.precision); ++i) {
        cut += characters[i];
      }
      text = cut;
    }
    out += Padded(verb, *std::move(text), value.kind == Kind::kNumber);
    return true;
  }
  if (verb.letter == 't') {
    const std::optional<bool> truth = TruthOf(value);
    if (!truth)
      return call.Fail("%t needs true or false, and this is " + std::string(KindName(value)));
    out += Padded(verb, *truth ? "true" : "false", false);
    return true;
  }
  if (numbers.find(verb.letter) != std::string_view::npos) {
    const std::optional<long double> number = NumberOf(value);
    if (!number)
      return call.Fail("%" + std::string(1, verb.letter) + " needs a number, and this is " +
                       std::string(KindName(value)));
    out += Padded(verb, FormatNumber(verb, *number), true);
    return true;
  }
  return call.Fail("%" + std::string(1, verb.letter) + " is no verb of format()");
}

bool Format(FunctionCall& call, const std::string& format, const std::vector<const Node*>& values,
            std::string& out) {
  size_t next = 0;
  for (size_t at = 0; at < format.size();) {
    const char byte = format[at++];
    if (byte != '%') {
      out += byte;
      continue;
    }
    if (at < format.size() && format[at] == '%') {
      out += '%';
      ++at;
      continue;
    }
    Verb verb;
    if (!ReadVerb(format, at, verb)) return call.Fail("the format ends after a `%`");
    if (verb.letter == '[')
      return call.Fail("verbs with an argument's number (%[1]s) are not evaluated here");
    if (next >= values.size()) return call.Fail("the format needs more arguments than there are");
    if (!FormatOne(call, verb, *values[next++], out)) return false;
    if (!call.Spend(1 + static_cast<uint64_t>(verb.width) / 64)) return false;
  }
  if (next < values.size()) return call.Fail("there are more arguments than the format has verbs");
  return true;
}

bool RunFormat(FunctionCall& call) {
  const std::optional<std::string> format = call.Text(0);
  if (!format) return false;
  std::vector<const Node*> values;
  for (size_t i = 1; i < call.arguments.size(); ++i) values.push_back(&call.arguments[i]);
  std::string text;
  return Format(call, *format, values, text) && call.ReturnText(std::move(text));
}

bool RunFormatList(FunctionCall& call) {
  const std::optional<std::string> format = call.Text(0);
  if (!format) return false;
  std::optional<size_t> count;
  for (size_t i = 1; i < call.arguments.size(); ++i) {
    if (call.arguments[i].kind != Kind::kList) continue;
    const size_t length = call.arguments[i].list.size();
    if (count && *count != length) return call.Fail("the lists must be of one length");
    count = length;
  }
  Node texts = ListValue(call.place());
  for (size_t row = 0; row < count.value_or(1); ++row) {
    std::vector<const Node*> values;
    for (size_t i = 1; i < call.arguments.size(); ++i) {
      const Node& argument = call.arguments[i];
      values.push_back(argument.kind == Kind::kList ? &argument.list[row] : &argument);
    }
    std::string text;
    if (!Format(call, *format, values, text) || !call.Spend(1 + text.size() / 64)) return false;
    texts.list.push_back(TextValue(call.place(), std::move(text)));
  }
  return call.Return(std::move(texts));
}

constexpr std::array<Function, 19> kFunctions = {{
    {"chomp", 1, 1, kAnywhere, RunChomp},
    {"endswith", 2, 2, kAnywhere, RunEndsWith},
    {"format", 1, kAnyNumber, kAnywhere, RunFormat},
    {"formatlist", 1, kAnyNumber, kAnywhere, RunFormatList},
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
