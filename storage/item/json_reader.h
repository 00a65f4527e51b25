// RapidJSON's reader, for the files of this room that parse JSON: the only header that includes
// RapidJSON, so that its assertions throw in every build. Release builds would otherwise leave them
// out, and a bug would read memory as what it is not.
#pragma once

#include <stdexcept>

namespace dynarock {

// An assertion of RapidJSON failed: only a bug causes it.
class JsonReaderError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

}  // namespace dynarock

#ifdef RAPIDJSON_ASSERT
#error "include storage/item/json_reader.h rather than RapidJSON"
#endif
#define RAPIDJSON_ASSERT(holds)   \
  ((holds) ? static_cast<void>(0) \
           : throw ::dynarock::JsonReaderError("RapidJSON: " #holds " does not hold"))

#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>
