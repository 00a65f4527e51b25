// Items and values as byte strings, and views that read them in place.
//
// An item is one byte string from the moment it leaves the JSON parser until it becomes JSON again;
// it is stored as it travels. Integers are little-endian. The layout lies on disk: kFormatVersion
// changes with it.
//
//   item  := version u8 | size u32 | count u32 | offset u32 [count] | entry [count]
//   entry := name length varint | name | value
//   value := tag u8 (Type) | payload
//
//   payload of NULL, BOOL  : nothing, the tag says all
//              S, B, N     : length varint | bytes
//              SS, NS, BS  : body u32 | count u32 | (length varint | bytes) [count]
//              L           : body u32 | count u32 | value [count]
//              M           : body u32 | count u32 | entry [count]
//
// Entries of an item or a map are sorted by the bytes of their names, and no name occurs twice. The
// bytes of an N are its canonical text (number.h). Elements of a set are in ascending order.
//
// `size` is the item's size as DynamoDB counts it (size.h), `offset` counts from the start of the
// item, `body` counts the bytes after the body field. Sets are sorted (N by value), so equal values
// have equal bytes.
#pragma once

#include <compare>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

#include "storage/item/type.h"

namespace dynarock {

inline constexpr uint8_t kFormatVersion = 1;

namespace encoded {
inline uint32_t LoadU32(const char* p) {
  uint32_t v;
  std::memcpy(&v, p, sizeof v);
  return v;
}
inline void StoreU32(char* p, uint32_t v) {
  std::memcpy(p, &v, sizeof v);
}
// Reads a varint at p and moves p behind it.
inline uint32_t LoadVarint(const char*& p) {
  uint32_t v = 0;
  for (int shift = 0;; shift += 7) {
    const auto byte = static_cast<uint8_t>(*p++);
    v |= static_cast<uint32_t>(byte & 0x7F) << shift;
    if (byte < 0x80) return v;
  }
}
inline std::string_view LoadText(const char*& p) {
  const uint32_t length = LoadVarint(p);
  std::string_view text(p, length);
  p += length;
  return text;
}
}  // namespace encoded

class SetView;
class ListView;
class MapView;

// One encoded value in place. Cheap to copy; valid as long as the bytes are.
class ValueView {
 public:
  ValueView() = default;
  explicit ValueView(const char* p) : p_(p) {}

  Type type() const { return static_cast<Type>(static_cast<uint8_t>(*p_)); }
  std::string_view type_name() const { return TypeName(type()); }
  // S, B, N: the bytes (N: canonical text).
  std::string_view text() const {
    const char* p = p_ + 1;
    return encoded::LoadText(p);
  }
  bool boolean() const { return type() == Type::kTrue; }
  // Sets, L, M: number of elements.
  uint32_t count() const { return encoded::LoadU32(p_ + 5); }
  SetView set() const;
  ListView list() const;
  MapView map() const;

  const char* begin() const { return p_; }
  const char* end() const;
  // The encoded bytes, tag included. Equal values have equal bytes.
  std::string_view bytes() const { return {p_, static_cast<size_t>(end() - p_)}; }

 private:
  const char* p_ = nullptr;
};

// Equality as DynamoDB defines it: same type and value, numbers by value, sets without order, lists
// and maps deep.
inline bool operator==(ValueView a, ValueView b) {
  return a.bytes() == b.bytes();
}

// Order of two values of the same type S (UTF-8 bytes), N (numeric) or B (unsigned bytes); nullopt
// for anything else.
std::optional<std::strong_ordering> Compare(ValueView a, ValueView b);

// One attribute or map entry.
struct Attribute {
  std::string_view name;
  ValueView value;
};

// `count` elements that lie one after the other. Layout::Read gives the element at p, Layout::Skip
// moves p behind it.
template <class Layout>
class Sequence {
 public:
  using Element = typename Layout::Element;

  Sequence(const char* first, uint32_t count) : first_(first), count_(count) {}
  class Iterator {
   public:
    using value_type = Element;
    using difference_type = std::ptrdiff_t;
    Iterator() = default;
    Iterator(const char* p, uint32_t left) : p_(p), left_(left) {}
    Element operator*() const { return Layout::Read(p_); }
    Iterator& operator++() {
      Layout::Skip(p_);
      --left_;
      return *this;
    }
    void operator++(int) { ++*this; }
    bool operator==(std::default_sentinel_t) const { return left_ == 0; }

   private:
    const char* p_ = nullptr;
    uint32_t left_ = 0;
  };
  Iterator begin() const { return {first_, count_}; }
  std::default_sentinel_t end() const { return {}; }
  uint32_t size() const { return count_; }

 private:
  const char* first_;
  uint32_t count_;
};

namespace encoded {
struct TextLayout {
  using Element = std::string_view;
  static std::string_view Read(const char* p) { return LoadText(p); }
  static void Skip(const char*& p) { LoadText(p); }
};
struct ValueLayout {
  using Element = ValueView;
  static ValueView Read(const char* p) { return ValueView(p); }
  static void Skip(const char*& p) { p = ValueView(p).end(); }
};
struct EntryLayout {
  using Element = Attribute;
  static Attribute Read(const char* p) {
    const std::string_view name = LoadText(p);
    return {name, ValueView(p)};
  }
  static void Skip(const char*& p) { p = Read(p).value.end(); }
};
}  // namespace encoded

// The elements of a set, ascending.
class SetView : public Sequence<encoded::TextLayout> {
 public:
  using Sequence::Sequence;
};

// The elements of a list, in order.
class ListView : public Sequence<encoded::ValueLayout> {
 public:
  using Sequence::Sequence;
  // nullopt past the end. Linear in `index`.
  std::optional<ValueView> At(uint64_t index) const;
};

// The entries of a map (or, through ItemView, of an item), sorted by name.
class MapView : public Sequence<encoded::EntryLayout> {
 public:
  using Sequence::Sequence;
  // Linear with early exit.
  std::optional<ValueView> Find(std::string_view name) const;
};

// One encoded item in place.
class ItemView {
 public:
  ItemView() = default;
  explicit ItemView(std::string_view bytes) : bytes_(bytes) {}

  std::string_view bytes() const { return bytes_; }
  // DynamoDB's size of the item in bytes, names included.
  uint32_t size() const { return encoded::LoadU32(bytes_.data() + 1); }
  uint32_t count() const { return encoded::LoadU32(bytes_.data() + 5); }
  // Binary search over the offsets.
  std::optional<ValueView> Find(std::string_view name) const;
  // The i-th attribute in name order, i < count().
  Attribute At(uint32_t i) const {
    const char* p = bytes_.data() + encoded::LoadU32(bytes_.data() + kHeader + size_t{4} * i);
    const std::string_view name = encoded::LoadText(p);
    return {name, ValueView(p)};
  }
  MapView attributes() const {
    const uint32_t n = count();
    return {bytes_.data() + kHeader + size_t{4} * n, n};
  }

  static constexpr size_t kHeader = 9;

 private:
  std::string_view bytes_;
};

inline SetView ValueView::set() const {
  return {p_ + 9, count()};
}
inline ListView ValueView::list() const {
  return {p_ + 9, count()};
}
inline MapView ValueView::map() const {
  return {p_ + 9, count()};
}

inline const char* ValueView::end() const {
  const char* p = p_ + 1;
  switch (type()) {
    case Type::kNull:
    case Type::kFalse:
    case Type::kTrue:
      return p;
    case Type::kNumber:
    case Type::kString:
    case Type::kBinary: {
      const uint32_t length = encoded::LoadVarint(p);
      return p + length;
    }
    default:
      return p + 4 + encoded::LoadU32(p);
  }
}

}  // namespace dynarock
