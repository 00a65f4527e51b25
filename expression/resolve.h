// From names as written to names as meant: reserved words, list indexes, placeholders. Inside the
// room only.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "expression/language.h"
#include "expression/path.h"
#include "expression/placeholders.h"
#include "expression/syntax.h"
#include "storage/item/result.h"

namespace dynarock::expression {

class Resolver {
 public:
  Resolver(Language language, const Syntax& syntax, Placeholders& placeholders)
      : language_(language), syntax_(syntax), placeholders_(placeholders) {}

  // Reserved words and list indexes out of range in all paths, in order of the text.
  Result<> CheckElements() const;
  // Names that are not defined, in all paths, in order of the text.
  Result<> CheckNamesDefined();
  // The path with its names substituted, in a buffer that holds until the next call. Error: a name
  // that is not defined, or more than 32 elements.
  Result<Path> ResolvePath(const SyntaxOperand& path);
  Result<ValueView> ResolveValue(std::string_view placeholder);

 private:
  Language language_;
  const Syntax& syntax_;
  Placeholders& placeholders_;
  std::array<PathElement, kMaxPathElements> buffer_;
};

// "Two document paths overlap with each other; ..." and "... conflict ...": the first pair in order
// of appearance, overlaps before conflicts.
Result<> CheckDistinctPaths(Language language, std::span<const Path> paths);

// "The expression contains too many operators; operator count: 301".
Result<> CheckOperatorCount(Language language, size_t operators);

}  // namespace dynarock::expression
