#include "expression/resolve.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

#include "expression/errors.h"
#include "expression/reserved_words.h"

namespace dynarock::expression {
namespace {

constexpr uint32_t kMaxListIndex = 2147483647;

// The index, or nullopt when it is out of range.
std::optional<uint32_t> ListIndex(std::string_view digits) {
  uint32_t index = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
  if (error != std::errc() || index > kMaxListIndex) return std::nullopt;
  return index;
}

// Names by bytes, then indexes ascending; a path before those it leads to.
bool PathBefore(Path a, Path b) {
  return std::ranges::lexicographical_compare(a, b, [](const PathElement& x, const PathElement& y) {
    if (x.is_index != y.is_index) return y.is_index;
    return x.is_index ? x.index < y.index : x.name < y.name;
  });
}

// Whether any two paths overlap or conflict. Such paths are neighbours once sorted.
bool AnyRelated(std::span<const Path> paths) {
  std::vector<Path> sorted(paths.begin(), paths.end());
  std::ranges::sort(sorted, PathBefore);
  for (size_t i = 1; i < sorted.size(); ++i) {
    if (Relate(sorted[i - 1], sorted[i]) != PathRelation::kDistinct) return true;
  }
  return false;
}

}  // namespace

Result<> Resolver::CheckElements() const {
  for (const SyntaxElement& element : syntax_.elements) {
    if (element.is_index) {
      if (ListIndex(element.text)) continue;
      // Text observed on DynamoDB Local.
      return Fail(Invalid(language_, {"List index is not within the allowable range; index: [",
                                      element.text, "]"}));
    }
    if (element.text[0] == '#' || !IsReservedWord(element.text)) continue;
    return Fail(ReservedWord(language_, element.text));
  }
  return {};
}

Result<> Resolver::CheckNamesDefined() {
  for (const SyntaxElement& element : syntax_.elements) {
    if (!element.is_index && element.text[0] == '#' && !placeholders_.UseName(element.text)) {
      return Fail(UndefinedName(language_, element.text));
    }
  }
  return {};
}

Result<Path> Resolver::ResolvePath(const SyntaxOperand& path) {
  for (uint32_t i = 0; i < path.count; ++i) {
    const SyntaxElement& written = syntax_.elements[path.first + i];
    PathElement element = PathElement::Name(written.text);
    if (written.is_index) {
      element = PathElement::Index(ListIndex(written.text).value_or(kMaxListIndex));
    } else if (written.text[0] == '#') {
      const std::optional<std::string_view> name = placeholders_.UseName(written.text);
      if (!name) return Fail(UndefinedName(language_, written.text));
      element.name = *name;
    }
    if (i < kMaxPathElements) buffer_[i] = element;
  }
  // Text observed on DynamoDB Local.
  if (path.count > kMaxPathElements) {
    return Fail(Invalid(
        language_,
        {"The document path has too many nesting levels; nesting levels: ", Decimal(path.count)}));
  }
  return Path(buffer_.data(), path.count);
}

Result<ValueView> Resolver::ResolveValue(std::string_view placeholder) {
  if (const std::optional<ValueView> value = placeholders_.UseValue(placeholder)) return *value;
  return Fail(UndefinedValue(language_, placeholder));
}

Result<> CheckDistinctPaths(Language language, std::span<const Path> paths) {
  if (paths.size() < 2 || (paths.size() > 8 && !AnyRelated(paths))) return {};
  for (const PathRelation wanted : {PathRelation::kOverlap, PathRelation::kConflict}) {
    for (size_t second = 1; second < paths.size(); ++second) {
      for (size_t first = 0; first < second; ++first) {
        if (Relate(paths[first], paths[second]) != wanted) continue;
        const std::string one = PrintPath(paths[first]);
        const std::string two = PrintPath(paths[second]);
        return Fail(wanted == PathRelation::kOverlap ? OverlappingPaths(language, one, two)
                                                     : ConflictingPaths(language, one, two));
      }
    }
  }
  return {};
}

Result<> CheckOperatorCount(Language language, size_t operators) {
  if (operators <= kMaxOperators) return {};
  return Fail(Invalid(language, TooManyOperators()));
}

}  // namespace dynarock::expression
