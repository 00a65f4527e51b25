// Which characters tags may have (Developer Guide, "Tagging restrictions"): letters, digits and
// spaces of any script, and + - = . _ : / @.
#pragma once

#include <string_view>

namespace dynarock::operations {

// `text` is UTF-8.
bool AreTagCharacters(std::string_view text);

}  // namespace dynarock::operations
