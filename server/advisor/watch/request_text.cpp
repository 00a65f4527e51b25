#include "server/advisor/watch/request_text.h"

#include <bit>
#include <cstdlib>

#include "expression/loose_text.h"
#include "server/trace/trace.h"

namespace dynarock::advisor {

namespace {

using trace::HashBytes;

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
        AppendJsonString(expression::WithoutLiterals(Text(member.value)), out);
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

std::string Compact(const JsonValue& input, size_t most) {
  std::string out;
  WriteCompact(input, out, most, 0);
  return out;
}

}  // namespace dynarock::advisor
