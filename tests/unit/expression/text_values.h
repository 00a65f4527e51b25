// Values, items and errors as short text, so that a test case fits on a line.
//
//   value := "text" | 12.5 | b"bytes" | true | false | null | [value, ..] | {name: value, ..}
//          | s<"a", "b"> | n<1, 2> | b<"a", "b">          (sets)
//   item  := {name: value, ..}
// Attribute names are bare words.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "expression/placeholders.h"
#include "storage/item/encoded.h"
#include "storage/item/result.h"

namespace dynarock::expression {

// The encoded item, and back. Print gives the same notation with names sorted.
std::string Item(std::string_view text);
std::string PrintItem(std::string_view encoded);
std::string Show(ValueView value);

// Encoded bytes of one value.
std::string EncodedValue(std::string_view text);

// Placeholders from "#a=name :v=12 :w="x"": names are bare, values as above.
class TestPlaceholders {
 public:
  explicit TestPlaceholders(std::string_view text);
  Placeholders& get() { return placeholders_; }

 private:
  std::vector<std::unique_ptr<std::string>> kept_;
  Placeholders placeholders_;
};

template <class T>
std::string ErrorOf(const Result<T>& result) {
  return result ? "(no error)" : result.error().message;
}

}  // namespace dynarock::expression
