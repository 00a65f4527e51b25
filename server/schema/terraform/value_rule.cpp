#include "server/schema/terraform/value_rule.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "server/schema/hcl/value.h"

namespace dynarock::schema::terraform {
namespace {

std::optional<std::string> EnumFault(std::span<const std::string_view> known,
                                     const std::string& value, const std::string& name) {
  if (std::ranges::find(known, value) != known.end()) return std::nullopt;
  std::string text = "expected " + name + " to be one of [";
  for (const std::string_view one : known) {
    if (one.data() != known.front().data()) text += ' ';
    text.append("\"").append(one).append("\"");
  }
  return text + "], got " + value;
}

std::optional<std::string> RangeFault(const hcl::ValueRule& rule, const Node& value,
                                      const std::string& name) {
  const auto number = hcl::NumberOf(value);
  if (!number || (*number >= rule.least && *number <= rule.most)) return std::nullopt;
  return "expected " + name + " to be in the range (" + std::to_string(rule.least) + " - " +
         std::to_string(rule.most) + "), got " + value.text;
}

// Of an ARN only what cannot be otherwise.
std::optional<std::string> ArnFault(const std::string& value, const std::string& path) {
  if (value.empty()) return std::nullopt;
  std::string why;
  constexpr std::ptrdiff_t kColons = 5;
  if (!value.starts_with("arn:")) {
    why = "arn: invalid prefix";
  } else if (std::ranges::count(value, ':') < kColons) {
    why = "arn: not enough sections";
  } else {
    return std::nullopt;
  }
  return "\"" + path + "\" (" + value + ") is an invalid ARN: " + why;
}

// https://pkg.go.dev/time#ParseDuration
std::optional<std::string> DurationFault(const std::string& value, std::string_view last) {
  const auto fault = [&](const std::string& what) {
    return "Error parsing \"" + std::string(last) + "\" timeout: time: " + what + " \"" + value +
           "\"";
  };
  std::string_view rest = value;
  if (rest == "0") return std::nullopt;
  if (!rest.empty() && (rest[0] == '-' || rest[0] == '+')) rest.remove_prefix(1);
  if (rest.empty()) return fault("invalid duration");
  constexpr auto kUnits =
      std::to_array<std::string_view>({"ns", "us", "\xC2\xB5s", "\xCE\xBCs", "ms", "s", "m", "h"});
  const auto number = [](char c) {
    return std::isdigit(static_cast<unsigned char>(c)) || c == '.';
  };
  while (!rest.empty()) {
    const size_t digits =
        static_cast<size_t>(std::ranges::find_if_not(rest, number) - rest.begin());
    if (digits == 0 || rest.substr(0, digits) == ".") return fault("invalid duration");
    rest.remove_prefix(digits);
    const size_t letters = static_cast<size_t>(std::ranges::find_if(rest, number) - rest.begin());
    const std::string_view unit = rest.substr(0, letters);
    if (unit.empty()) return fault("missing unit in duration");
    if (std::ranges::find(kUnits, unit) == kUnits.end()) {
      return fault("unknown unit \"" + std::string(unit) + "\" in duration");
    }
    rest.remove_prefix(letters);
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> FaultOf(const hcl::ValueRule& rule, const Node& value,
                                   const std::string& name, const std::string& path,
                                   std::string_view last) {
  if (!rule.one_of.empty()) return EnumFault(rule.one_of, value.text, name);
  if (rule.most != 0) return RangeFault(rule, value, name);
  if (rule.arn) return ArnFault(value.text, path);
  if (rule.duration) return DurationFault(value.text, last);
  return std::nullopt;
}

}  // namespace dynarock::schema::terraform
