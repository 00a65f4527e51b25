// Values and items for tests.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/item/encoded.h"
#include "storage/item/encoder.h"
#include "storage/item/number.h"

namespace dynarock::test {

// An encoded value that owns its bytes.
struct Owned {
  std::string bytes;
  ValueView view() const { return ValueView(bytes.data()); }
  operator ValueView() const { return view(); }
};

inline Owned S(std::string_view text) {
  Owned value;
  ValueWriter(value.bytes).String(text);
  return value;
}
inline Owned B(std::string_view bytes) {
  Owned value;
  ValueWriter(value.bytes).Binary(bytes);
  return value;
}
inline Owned N(std::string_view number) {
  Owned value;
  ValueWriter(value.bytes).Number(*CanonicalNumber(number));
  return value;
}
inline Owned N(int64_t number) {
  return N(std::to_string(number));
}
inline Owned Null() {
  Owned value;
  ValueWriter(value.bytes).Null();
  return value;
}

using Attributes = std::vector<std::pair<std::string, Owned>>;

// The encoded item.
inline std::string Item(const Attributes& attributes) {
  ItemBuilder builder;
  for (const auto& [name, value] : attributes) builder.Add(name, value);
  return builder.Encode();
}

}  // namespace dynarock::test
