#include "server/document/spelling.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace dynarock::document {

size_t Distance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t corner = std::exchange(row[0], i);
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t change = corner + (a[i - 1] == b[j - 1] ? 0 : 1);
      corner = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, change}));
    }
  }
  return row[b.size()];
}

std::string_view Misspelt(std::string_view name, std::span<const std::string_view> known,
                          size_t most) {
  constexpr size_t kLongestName = 80;
  std::string_view best;
  if (name.size() > kLongestName) return best;
  size_t least = most + 1;
  for (const std::string_view candidate : known) {
    const size_t distance = Distance(name, candidate);
    if (distance >= least) continue;
    least = distance;
    best = candidate;
  }
  return least == 0 ? std::string_view() : best;
}

}  // namespace dynarock::document
