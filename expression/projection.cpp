#include "expression/projection.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory_resource>

#include "expression/resolve.h"
#include "expression/syntax.h"
#include "storage/item/encoder.h"

namespace dynarock::expression {
namespace {

bool ElementBefore(const PathElement& a, const PathElement& b) {
  if (a.is_index != b.is_index) return b.is_index;
  return a.is_index ? a.index < b.index : a.name < b.name;
}

// How many of the sorted paths agree with the first one in element `depth`.
size_t GroupSize(std::span<const Path> paths, size_t depth) {
  size_t n = 1;
  while (n < paths.size() && paths[n][depth] == paths[0][depth]) ++n;
  return n;
}

// Writes the parts of `value` at `paths`, which agree in their first `depth` elements and lead
// through it. False, and nothing written, when it has none of them.
bool WriteParts(ValueView value, std::span<const Path> paths, size_t depth, std::string& out);

bool WriteEntry(ValueView value, std::span<const Path> group, size_t depth, std::string& out) {
  if (group.front().size() > depth + 1) return WriteParts(value, group, depth + 1, out);
  ValueWriter(out).Copy(value);
  return true;
}

bool WriteParts(ValueView value, std::span<const Path> paths, size_t depth, std::string& out) {
  const bool list = paths.front()[depth].is_index;
  if (value.type() != (list ? Type::kList : Type::kMap)) return false;
  const size_t start = out.size();
  ValueWriter writer(out);
  const size_t mark = writer.Begin(value.type(), 0);
  uint32_t count = 0;
  // Both the paths and the entries ascend: one walk over the entries meets them all.
  const auto visit = [&](ValueView entry) {
    const size_t n = GroupSize(paths, depth);
    const size_t rollback = out.size();
    if (!list) writer.Text(paths.front()[depth].name);
    if (WriteEntry(entry, paths.first(n), depth, out)) {
      ++count;
    } else {
      out.resize(rollback);
    }
    paths = paths.subspan(n);
  };
  if (list) {
    uint32_t index = 0;
    for (const ValueView element : value.list()) {
      if (paths.empty()) break;
      if (paths.front()[depth].index == index) visit(element);
      ++index;
    }
  } else {
    for (const Attribute entry : value.map()) {
      while (!paths.empty() && paths.front()[depth].name < entry.name) {
        paths = paths.subspan(GroupSize(paths, depth));
      }
      if (paths.empty()) break;
      if (paths.front()[depth].name == entry.name) visit(entry.value);
    }
  }
  if (count == 0) {
    out.resize(start);
    return false;
  }
  encoded::StoreU32(out.data() + mark + 4, count);
  writer.End(mark);
  return true;
}

}  // namespace

Projection::Projection(std::span<const Path> paths) {
  size_t count = 0;
  for (const Path path : paths) count += path.size();
  elements_.reserve(count);
  paths_.reserve(paths.size());
  for (const Path path : paths) {
    const size_t first = elements_.size();
    elements_.insert(elements_.end(), path.begin(), path.end());
    paths_.push_back(std::span(elements_).subspan(first));
  }
  Sort();
}

void Projection::Sort() {
  sorted_ = paths_;
  std::ranges::sort(sorted_, [](Path a, Path b) {
    return std::ranges::lexicographical_compare(a, b, ElementBefore);
  });
}

void Projection::Apply(ItemView item, std::string& out) const {
  // Which attributes come is known before they are written, since the item begins with their
  // number.
  struct Found {
    std::span<const Path> group;
    ValueView value;
  };
  std::array<std::byte, 2048> memory;
  std::pmr::monotonic_buffer_resource arena(memory.data(), memory.size());
  std::pmr::vector<Found> found(&arena);
  found.reserve(sorted_.size());
  for (std::span<const Path> rest = sorted_; !rest.empty();) {
    const std::span<const Path> group = rest.first(GroupSize(rest, 0));
    rest = rest.subspan(group.size());
    const std::optional<ValueView> value = item.Find(group.front()[0].name);
    if (!value) continue;
    const bool any = group.front().size() == 1 || std::ranges::any_of(group, [&](Path path) {
                       return Find(*value, path.subspan(1)).has_value();
                     });
    if (any) found.push_back({group, *value});
  }
  ItemWriter writer(out, static_cast<uint32_t>(found.size()));
  for (const Found& attribute : found) {
    writer.Name(attribute.group.front()[0].name);
    WriteEntry(attribute.value, attribute.group, 0, out);
  }
  writer.Finish();
}

std::string Projection::Apply(ItemView item) const {
  std::string out;
  Apply(item, out);
  return out;
}

std::vector<std::string_view> Projection::top_level_names() const {
  std::vector<std::string_view> names;
  names.reserve(sorted_.size());
  for (const Path path : sorted_) {
    if (names.empty() || names.back() != path[0].name) names.push_back(path[0].name);
  }
  return names;
}

Result<Projection> ParseProjection(std::string_view text, Placeholders& placeholders) {
  constexpr Language kLanguage = Language::kProjection;
  std::array<std::byte, 4096> memory;
  std::pmr::monotonic_buffer_resource arena(memory.data(), memory.size());
  Syntax syntax(&arena);
  DYNAROCK_CHECK(ParseProjectionSyntax(text, placeholders, syntax));
  Resolver resolver(kLanguage, syntax, placeholders);
  DYNAROCK_CHECK(resolver.CheckElements());

  std::pmr::vector<PathElement> elements(&arena);
  elements.reserve(syntax.elements.size());
  std::pmr::vector<Path> paths(&arena);
  paths.reserve(syntax.actions.size());
  for (const SyntaxAction& action : syntax.actions) {
    DYNAROCK_TRY(const Path path, resolver.ResolvePath(action.target));
    const size_t first = elements.size();
    elements.insert(elements.end(), path.begin(), path.end());
    paths.push_back(std::span(elements).subspan(first));
  }
  DYNAROCK_CHECK(CheckDistinctPaths(kLanguage, paths));
  return Projection(paths);
}

Result<Projection> FromAttributesToGet(std::span<const std::string_view> names) {
  std::vector<PathElement> elements;
  elements.reserve(names.size());
  std::vector<Path> paths;
  paths.reserve(names.size());
  for (const std::string_view name : names) {
    elements.push_back(PathElement::Name(name));
    paths.push_back(std::span(elements).subspan(elements.size() - 1));
  }
  // The first name that came before already.
  std::vector<std::string_view> sorted(names.begin(), names.end());
  std::ranges::sort(sorted);
  if (std::ranges::adjacent_find(sorted) != sorted.end()) {
    for (size_t i = 1; i < names.size(); ++i) {
      if (std::ranges::count(names.first(i), names[i]) == 0) continue;
      return Fail(InvalidParameter("Duplicate value in attribute name: " + std::string(names[i])));
    }
  }
  return Projection(paths);
}

}  // namespace dynarock::expression
