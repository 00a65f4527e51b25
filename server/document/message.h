// What there is to say of a place in a file.
#pragma once

#include <cstdint>
#include <string>

#include "server/document/node.h"

namespace dynarock::document {

enum class Severity : uint8_t { kNote, kWarning, kError };

struct Message {
  Severity severity = Severity::kError;
  // The rule, in words and stable: "syntax", "unresolved", "unknown-property".
  std::string id;
  Place place;
  std::string text;  // one sentence
  std::string hint;  // what to do about it, in plain words; empty: nothing to add
};

}  // namespace dynarock::document
