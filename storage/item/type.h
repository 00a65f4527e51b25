// The ten attribute types.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace dynarock {

// The values are the tags of encoded values (encoded.h): they lie on disk and never change.
enum class Type : uint8_t {
  kNull = 1,
  kFalse = 2,  // BOOL false
  kTrue = 3,   // BOOL true
  kNumber = 4,
  kString = 5,
  kBinary = 6,
  kNumberSet = 7,
  kStringSet = 8,
  kBinarySet = 9,
  kList = 10,
  kMap = 11,
};

// The type's name on the wire: "S", "N", "B", "SS", "NS", "BS", "L", "M", "BOOL", "NULL".
std::string_view TypeName(Type type);

constexpr bool IsSet(Type t) {
  return t == Type::kNumberSet || t == Type::kStringSet || t == Type::kBinarySet;
}
constexpr bool IsBool(Type t) {
  return t == Type::kFalse || t == Type::kTrue;
}
// The type of a set's elements; only for sets.
constexpr Type ElementType(Type set) {
  return set == Type::kNumberSet   ? Type::kNumber
         : set == Type::kStringSet ? Type::kString
                                   : Type::kBinary;
}
// True when both are the same DynamoDB type (BOOL has two tags here).
constexpr bool SameType(Type a, Type b) {
  return a == b || (IsBool(a) && IsBool(b));
}

}  // namespace dynarock
