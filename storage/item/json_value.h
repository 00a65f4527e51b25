// One parsed JSON value. Its accessors cannot read it as another type than it has.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <string_view>

namespace dynarock {

// A value was read as a type that it does not have. Only a bug causes it, since whoever reads a
// request's JSON has either checked it (protocol/check.h) or asks for the type first; the
// dispatcher answers InternalServerError.
class JsonTypeError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

enum class JsonType : uint8_t { kNull, kBool, kInteger, kReal, kString, kArray, kObject };

struct JsonMember;

// A node of a JsonDocument, which owns what it points to. Numbers are integers where they fit into
// 64 bits with sign and have neither fraction nor exponent, reals otherwise, which know whether they
// were written without fraction and exponent. Each Get, Size, Text and the like throws JsonTypeError
// on a value of another type; the Is functions take any.
class JsonValue {
 public:
  JsonValue() = default;  // null
  static JsonValue Bool(bool value);
  static JsonValue Integer(int64_t value);
  // `whole`: written with digits only.
  static JsonValue Real(double value, bool whole = false);
  static JsonValue String(std::string_view text);
  static JsonValue Array(std::span<JsonValue> elements);
  static JsonValue Object(std::span<JsonMember> members);

  JsonType type() const { return type_; }
  bool IsNull() const { return type_ == JsonType::kNull; }
  bool IsBool() const { return type_ == JsonType::kBool; }
  bool IsNumber() const { return type_ == JsonType::kInteger || type_ == JsonType::kReal; }
  bool IsInt64() const { return type_ == JsonType::kInteger; }
  // A number written with digits only, of any size.
  bool IsWhole() const {
    return type_ == JsonType::kInteger || (type_ == JsonType::kReal && size_ != 0);
  }
  bool IsString() const { return type_ == JsonType::kString; }
  bool IsArray() const { return type_ == JsonType::kArray; }
  bool IsObject() const { return type_ == JsonType::kObject; }

  bool GetBool() const {
    Require(JsonType::kBool);
    return boolean_;
  }
  int64_t GetInt64() const {
    Require(JsonType::kInteger);
    return integer_;
  }
  // Any number; integers beyond 2^53 lose digits.
  double GetDouble() const {
    if (type_ == JsonType::kInteger) return static_cast<double>(integer_);
    Require(JsonType::kReal);
    return real_;
  }
  // A number as the service reads it where it wants an integer: without its fraction (2.9 is 2, -3.5
  // is -3) and cut to the range of the type (observed on the service in 2026 by dynoxide).
  int64_t GetCut(int64_t least, int64_t most) const;
  // UTF-8.
  std::string_view GetText() const {
    Require(JsonType::kString);
    return {text_, size_};
  }

  std::span<const JsonValue> GetArray() const {
    Require(JsonType::kArray);
    return {elements_, size_};
  }
  std::span<JsonValue> GetArray() {
    Require(JsonType::kArray);
    return {elements_, size_};
  }
  uint32_t Size() const {
    Require(JsonType::kArray);
    return size_;
  }
  bool Empty() const { return Size() == 0; }
  // Also throws beyond the end.
  const JsonValue& operator[](size_t i) const;

  // In their order, repeated names included (FindMember tells which of them counts).
  std::span<const JsonMember> GetObject() const;
  std::span<JsonMember> GetObject();
  uint32_t MemberCount() const {
    Require(JsonType::kObject);
    return size_;
  }
  bool ObjectEmpty() const { return MemberCount() == 0; }
  // The member that counts (FindMember); throws where there is none.
  const JsonValue& operator[](std::string_view name) const;
  // Leaves the first `count` members. Throws where there are fewer.
  void KeepMembers(size_t count);

 private:
  void Require(JsonType wanted) const {
    if (type_ != wanted) [[unlikely]] {
      ThrowTypeError(wanted);
    }
  }
  [[noreturn]] void ThrowTypeError(JsonType wanted) const;

  union {
    bool boolean_;
    int64_t integer_ = 0;
    double real_;
    const char* text_;
    JsonValue* elements_;
    JsonMember* members_;
  };
  uint32_t size_ = 0;  // bytes, elements or members; of a real, 1 where it was written whole
  JsonType type_ = JsonType::kNull;
};

struct JsonMember {
  std::string_view name;
  JsonValue value;
};

inline std::span<const JsonMember> JsonValue::GetObject() const {
  Require(JsonType::kObject);
  return {members_, size_};
}
inline std::span<JsonMember> JsonValue::GetObject() {
  Require(JsonType::kObject);
  return {members_, size_};
}

inline std::string_view Text(const JsonValue& string) {
  return string.GetText();
}

// The member of an object that counts: the last of that name (recorded by dynalite). nullptr when
// there is none, when it is null, which the service takes for absent, and when `object` is not an
// object.
const JsonValue* FindMember(const JsonValue& object, std::string_view name);
JsonValue* FindMember(JsonValue& object, std::string_view name);

}  // namespace dynarock
