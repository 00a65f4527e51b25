// Table descriptions as the bytes of a kTable record: version u8 | name space | the description's
// fields in order. Integers are zigzag varints, texts and lists are preceded by their length,
// optionals by 0 or 1.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "storage/catalog/description.h"

namespace dynarock {

struct StoredDescription {
  std::string name_space;
  TableDescription description;
};

inline constexpr char kDescriptionVersion = 3;
// `version`: an older server's, for tests of reading it.
std::string EncodeDescription(const StoredDescription& stored, char version = kDescriptionVersion);
// nullopt when the bytes are damaged or of an unknown version.
std::optional<StoredDescription> DecodeDescription(std::string_view bytes);

}  // namespace dynarock
