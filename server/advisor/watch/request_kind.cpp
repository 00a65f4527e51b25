#include "server/advisor/watch/request_kind.h"

#include <algorithm>

namespace dynarock::advisor {

int64_t RequestKind::last_ms() const {
  return std::max(first_ms, traffic.last_ms());
}

std::string_view RequestKind::Expression(std::string_view name) const {
  for (const auto& [known, text] : expressions) {
    if (known == name) return text;
  }
  return {};
}

std::string RequestKind::Text() const {
  std::string line;
  for (const auto& [name, text] : expressions) {
    if (!line.empty()) line += "; ";
    if (name != "Statement") line.append(name).append(": ");
    line += text;
  }
  return line;
}

}  // namespace dynarock::advisor
