#include "server/program/option_values.h"

#include <charconv>

#include "storage/item/text.h"

namespace dynarock::program {

namespace {

// One origin as browsers write it: scheme://host[:port] in lower case, or "null"; empty when
// `entry` is none.
std::string ReadOrigin(std::string_view entry) {
  std::string origin;
  for (const char c : entry) {
    if (static_cast<unsigned char>(c) <= ' ' || static_cast<unsigned char>(c) >= 0x7f) return {};
    origin += Lower(c);
  }
  if (origin == "*" || origin == "null") return origin;
  if (origin.ends_with('/')) origin.pop_back();
  const size_t host = origin.find("://");
  if (host == std::string::npos || host == 0) return {};
  const std::string_view rest = std::string_view(origin).substr(host + 3);
  if (rest.empty() || rest.find_first_of("/?#@*") != std::string_view::npos) return {};
  return origin;
}

}  // namespace

bool ReadStreamShards(std::string_view entry, StreamOptions& streams) {
  const size_t equals = entry.rfind('=');
  const std::string_view digits = entry.substr(equals == std::string_view::npos ? 0 : equals + 1);
  uint32_t shards = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), shards);
  if (error != std::errc() || end != digits.data() + digits.size()) return false;
  if (shards < 1 || shards > kMaxStreamShards) return false;
  if (equals == std::string_view::npos) {
    streams.shards = shards;
    return true;
  }
  streams.shards_of[std::string(entry.substr(0, equals))] = shards;
  return equals > 0;
}

std::optional<uint64_t> ReadSize(std::string_view text) {
  uint64_t number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  std::string unit;
  for (const char* at = rest; at != text.data() + text.size(); ++at) {
    if (*at != ' ') unit += Lower(*at);
  }
  if (unit.ends_with("ib")) {
    unit.resize(unit.size() - 2);
    if (unit.empty()) return std::nullopt;
  } else if (unit.ends_with('b')) {
    unit.pop_back();
  }
  if (unit.size() > 1) return std::nullopt;
  constexpr std::string_view kUnits = "kmgt";
  const size_t power = unit.empty() ? 0 : kUnits.find(unit.front()) + 1;
  if (!unit.empty() && power == 0) return std::nullopt;
  if (number > UINT64_MAX >> (10 * power)) return std::nullopt;
  return number << (10 * power);
}

std::expected<std::vector<std::string>, std::string> ReadCors(std::string_view list) {
  std::vector<std::string> origins;
  while (true) {
    const size_t comma = list.find(',');
    std::string_view entry = list.substr(0, comma);
    while (entry.starts_with(' ')) entry.remove_prefix(1);
    while (entry.ends_with(' ')) entry.remove_suffix(1);
    std::string origin = ReadOrigin(entry);
    if (origin.empty()) {
      return std::unexpected("\"" + std::string(entry) +
                             "\" is not an origin (such as http://localhost:3000) or *");
    }
    origins.push_back(std::move(origin));
    if (comma == std::string_view::npos) break;
    list.remove_prefix(comma + 1);
  }
  return origins;
}

}  // namespace dynarock::program
