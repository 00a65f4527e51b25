// format() and formatlist().
#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <utility>

#include "server/document/number.h"
#include "server/schema/hcl/function.h"

namespace dynarock::schema::hcl {
namespace {

using Kind = Node::Kind;
using enum Function::Unresolved;

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
  if (verb.letter == 'd') return plus + document::NumberText(std::trunc(number));
  if (verb.letter == 'x' || verb.letter == 'X' || verb.letter == 'o' || verb.letter == 'b') {
    const uint64_t base = verb.letter == 'o' ? 8 : verb.letter == 'b' ? 2 : 16;
    std::string digits;
    uint64_t rest = static_cast<uint64_t>(std::min(std::fabs(number), 9.0e18L));
    do {
      const char digit = "0123456789abcdef"[rest % base];
      digits.insert(digits.begin(),
                    verb.letter == 'X'
                        ? static_cast<char>(std::toupper(static_cast<unsigned char>(digit)))
                        : digit);
      rest /= base;
    } while (rest > 0);
    return (number < 0 ? "-" : plus) + digits;
  }
  std::array<char, 400> buffer{};
  const int precision = std::min(verb.precision < 0 ? 6 : verb.precision, 60);
  if (verb.letter == 'f') {
    if (std::fabs(number) > 1e80L) return document::NumberText(number);
    std::snprintf(buffer.data(), buffer.size(), "%.*Lf", precision, number);
  } else if (verb.letter == 'e') {
    std::snprintf(buffer.data(), buffer.size(), "%.*Le", precision, number);
  } else {
    return plus + document::NumberText(number);
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
  return call.Fail("%" + std::string(1, verb.letter) + " is not a verb of format()");
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

constexpr std::array<Function, 2> kFunctions = {{
    {"format", 1, kAnyNumber, kAnywhere, RunFormat},
    {"formatlist", 1, kAnyNumber, kAnywhere, RunFormatList},
}};

}  // namespace

std::span<const Function> FormatFunctions() {
  return kFunctions;
}

}  // namespace dynarock::schema::hcl
