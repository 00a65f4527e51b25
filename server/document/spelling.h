// Names that are misspelt.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace dynarock::document {

// Letters to insert, drop or change to make one of the other.
size_t Distance(std::string_view a, std::string_view b);

// The one of `known` that is nearest to `name` and at most `most` letters away; empty: there is
// none, or `name` is known itself.
std::string_view Misspelt(std::string_view name, std::span<const std::string_view> known,
                          size_t most);

}  // namespace dynarock::document
