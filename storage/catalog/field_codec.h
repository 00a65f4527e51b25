// Structs as bytes, for records: integers and enums are zigzag varints, texts and lists are
// preceded by their length, optionals by 0 or 1. A struct takes part through a function
//   void Fields(auto& archive, Struct& s) { archive(s.first, s.second); }
// beside it, which serves both directions.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace dynarock {

class FieldWriter {
 public:
  FieldWriter(std::string& out, char version) : out_(out), version_(version) {}
  char version() const { return version_; }
  void operator()(auto&... fields) { (One(fields), ...); }

 private:
  template <class T>
    requires std::integral<T> || std::is_enum_v<T>
  void One(T& value) {
    const auto wide = static_cast<int64_t>(value);
    Varint(static_cast<uint64_t>(wide) << 1 ^ static_cast<uint64_t>(wide >> 63));
  }
  void One(std::string& text) {
    Varint(text.size());
    out_ += text;
  }
  template <class T>
  void One(std::vector<T>& list) {
    Varint(list.size());
    for (T& element : list) One(element);
  }
  template <class T>
  void One(std::optional<T>& value) {
    Varint(value.has_value() ? 1 : 0);
    if (value) One(*value);
  }
  template <class T>
    requires std::is_class_v<T>
  void One(T& fields) {
    Fields(*this, fields);
  }
  void Varint(uint64_t value) {
    for (; value >= 0x80; value >>= 7) out_ += static_cast<char>(value | 0x80);
    out_ += static_cast<char>(value);
  }
  std::string& out_;
  char version_;
};

class FieldReader {
 public:
  FieldReader(std::string_view bytes, char version) : rest_(bytes), version_(version) {}
  // Of what is read.
  char version() const { return version_; }
  void operator()(auto&... fields) { (One(fields), ...); }
  bool complete() const { return good_ && rest_.empty(); }

 private:
  template <class T>
    requires std::integral<T> || std::is_enum_v<T>
  void One(T& value) {
    const uint64_t raw = Varint();
    value = static_cast<T>(static_cast<int64_t>(raw >> 1) ^ -static_cast<int64_t>(raw & 1));
  }
  void One(std::string& text) {
    const size_t length = Length();
    text = rest_.substr(0, length);
    rest_.remove_prefix(length);
  }
  template <class T>
  void One(std::vector<T>& list) {
    const size_t length = Length();
    list.clear();
    for (size_t i = 0; i < length && good_; ++i) One(list.emplace_back());
  }
  template <class T>
  void One(std::optional<T>& value) {
    if (Varint() != 0) {
      One(value.emplace());
    } else {
      value.reset();
    }
  }
  template <class T>
    requires std::is_class_v<T>
  void One(T& fields) {
    Fields(*this, fields);
  }
  // Of a text or list: every element takes a byte at least.
  size_t Length() {
    const uint64_t length = Varint();
    if (length > rest_.size()) {
      good_ = false;
      rest_ = {};
      return 0;
    }
    return length;
  }
  uint64_t Varint() {
    uint64_t value = 0;
    for (int shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
      const auto byte = static_cast<uint8_t>(rest_.front());
      rest_.remove_prefix(1);
      value |= static_cast<uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return value;
    }
    good_ = false;
    return 0;
  }
  std::string_view rest_;
  char version_;
  bool good_ = true;
};

}  // namespace dynarock
