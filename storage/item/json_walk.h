// JSON of files: a walk over a text that tells where each value begins, for messages with a line
// and column. Requests are parsed by json.h, which is faster and forgets places.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace dynarock {

// Told of each token in order, with the offset of its first byte. Views are valid during the call.
// Returning false ends the walk.
class JsonVisitor {
 public:
  virtual ~JsonVisitor() = default;
  virtual bool Null(size_t at) = 0;
  virtual bool Bool(size_t at, bool value) = 0;
  virtual bool Number(size_t at, std::string_view text) = 0;  // as written
  virtual bool String(size_t at, std::string_view text) = 0;
  virtual bool StartObject(size_t at) = 0;
  virtual bool Key(size_t at, std::string_view name) = 0;
  virtual bool EndObject() = 0;
  virtual bool StartArray(size_t at) = 0;
  virtual bool EndArray() = 0;
};

struct JsonFault {
  size_t at = 0;       // offset
  std::string what;    // "Missing a comma or } after an object member."
  bool ended = false;  // the visitor ended the walk; `what` is empty
};

// Walks over one JSON text (UTF-8, no byte order mark) without recursion. Nullopt: it was whole.
std::optional<JsonFault> WalkJson(std::string_view text, JsonVisitor& visitor);

}  // namespace dynarock
