// Writers of the encoded form (encoded.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/item/encoded.h"

namespace dynarock {

// Appends encoded values to a byte string. The caller keeps the order rules: map entries by name,
// set elements ascending and unique (numbers by value).
class ValueWriter {
 public:
  explicit ValueWriter(std::string& out) : out_(out) {}

  void Null() { Tag(Type::kNull); }
  void Bool(bool value) { Tag(value ? Type::kTrue : Type::kFalse); }
  void Number(std::string_view canonical) { Scalar(Type::kNumber, canonical); }
  void String(std::string_view text) { Scalar(Type::kString, text); }
  void Binary(std::string_view bytes) { Scalar(Type::kBinary, bytes); }
  // S, N or B.
  void Scalar(Type type, std::string_view bytes) {
    Tag(type);
    Text(bytes);
  }
  void Copy(ValueView value) { out_ += value.bytes(); }

  // A set, list or map of `count` elements; End takes what Begin returned.
  size_t Begin(Type type, uint32_t count) {
    Tag(type);
    const size_t mark = out_.size();
    out_.resize(mark + 8);
    encoded::StoreU32(out_.data() + mark + 4, count);
    return mark;
  }
  void End(size_t mark) {
    encoded::StoreU32(out_.data() + mark, static_cast<uint32_t>(out_.size() - mark - 4));
  }
  // A set's element, or a map entry's name (its value follows).
  void Text(std::string_view text) {
    auto length = static_cast<uint32_t>(text.size());
    while (length >= 0x80) {
      out_ += static_cast<char>(length | 0x80);
      length >>= 7;
    }
    out_ += static_cast<char>(length);
    out_ += text;
  }

 private:
  void Tag(Type type) { out_ += static_cast<char>(type); }

  std::string& out_;
};

// Writes an item whose attributes arrive in name order and whose count is known.
class ItemWriter {
 public:
  // Starts an item at the end of `out`.
  ItemWriter(std::string& out, uint32_t count);
  // The next attribute's name; its value follows through value().
  void Name(std::string_view name);
  ValueWriter& value() { return value_; }
  void Add(std::string_view name, ValueView value) {
    Name(name);
    value_.Copy(value);
  }
  // Writes the header. `size`: DynamoDB's size where the caller has it already; measured otherwise.
  void Finish();
  void Finish(uint32_t size);

 private:
  std::string& out_;
  ValueWriter value_;
  size_t start_;
  uint32_t count_;
  uint32_t next_ = 0;
};

// Collects attributes in any order; a name that comes twice keeps its last value. Views must stay
// valid until Encode.
class ItemBuilder {
 public:
  void Add(std::string_view name, ValueView value) { attributes_.push_back({name, value}); }
  bool empty() const { return attributes_.empty(); }
  // The encoded item.
  std::string Encode();

 private:
  std::vector<Attribute> attributes_;
};

// Whether `bytes` is one well-formed item of this format version: for bytes from disk that may be
// damaged.
bool IsWellFormedItem(std::string_view bytes);

}  // namespace dynarock
