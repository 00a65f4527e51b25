#include "storage/item/encoder.h"

#include <algorithm>

#include "storage/item/number.h"
#include "storage/item/size.h"

namespace dynarock {

ItemWriter::ItemWriter(std::string& out, uint32_t count)
    : out_(out), value_(out), start_(out.size()), count_(count) {
  out_ += static_cast<char>(kFormatVersion);
  out_.resize(start_ + ItemView::kHeader + size_t{4} * count);
  encoded::StoreU32(out_.data() + start_ + 5, count);
}

void ItemWriter::Name(std::string_view name) {
  encoded::StoreU32(out_.data() + start_ + ItemView::kHeader + size_t{4} * next_++,
                    static_cast<uint32_t>(out_.size() - start_));
  value_.Text(name);
}

void ItemWriter::Finish() {
  uint64_t size = 0;
  for (const Attribute attribute : ItemView(std::string_view(out_).substr(start_)).attributes()) {
    size += attribute.name.size() + ValueSize(attribute.value);
  }
  Finish(static_cast<uint32_t>(size));
}

void ItemWriter::Finish(uint32_t size) {
  encoded::StoreU32(out_.data() + start_ + 1, size);
}

std::string ItemBuilder::Encode() {
  std::stable_sort(attributes_.begin(), attributes_.end(),
                   [](const Attribute& a, const Attribute& b) { return a.name < b.name; });
  size_t kept = 0;
  for (const Attribute& attribute : attributes_) {
    if (kept > 0 && attributes_[kept - 1].name == attribute.name) --kept;
    attributes_[kept++] = attribute;
  }
  attributes_.resize(kept);
  std::string out;
  ItemWriter writer(out, static_cast<uint32_t>(kept));
  for (const Attribute& attribute : attributes_) writer.Add(attribute.name, attribute.value);
  writer.Finish();
  return out;
}

namespace {

// Walks encoded bytes with bounds checks.
class Checker {
 public:
  Checker(const char* p, const char* end) : p_(p), end_(end) {}
  bool Varint(uint32_t& v) {
    v = 0;
    for (int shift = 0; shift < 32; shift += 7) {
      if (p_ == end_) return false;
      const auto byte = static_cast<uint8_t>(*p_++);
      v |= static_cast<uint32_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return byte != 0 || shift == 0;  // one spelling per number
    }
    return false;
  }
  bool Text() {
    uint32_t length = 0;
    if (!Varint(length) || length > Left()) return false;
    text_ = {p_, length};
    p_ += length;
    return true;
  }
  bool Number() {
    if (!Text()) return false;
    const auto number = CanonicalNumber(text_);
    return number && *number == text_;
  }
  bool Value(int depth) {
    if (depth > kMaxNesting || p_ == end_) return false;
    const auto type = static_cast<Type>(static_cast<uint8_t>(*p_++));
    switch (type) {
      case Type::kNull:
      case Type::kFalse:
      case Type::kTrue:
        return true;
      case Type::kNumber:
        return Number();
      case Type::kString:
      case Type::kBinary:
        return Text();
      case Type::kNumberSet:
      case Type::kStringSet:
      case Type::kBinarySet:
      case Type::kList:
      case Type::kMap: {
        if (Left() < 8) return false;
        const uint32_t body = encoded::LoadU32(p_);
        const uint32_t count = encoded::LoadU32(p_ + 4);
        if (body < 4 || body > Left() - 4) return false;
        const char* stop = p_ + 4 + body;
        p_ += 8;
        for (uint32_t i = 0; i < count; ++i) {
          if (type == Type::kNumberSet) {
            if (!Number()) return false;
          } else if (IsSet(type) || type == Type::kMap) {
            if (!Text()) return false;
          }
          if (!IsSet(type) && !Value(depth + 1)) return false;
        }
        return p_ == stop;
      }
    }
    return false;
  }
  const char* position() const { return p_; }

 private:
  size_t Left() const { return static_cast<size_t>(end_ - p_); }
  const char* p_;
  const char* end_;
  std::string_view text_;  // what Text read last
};

}  // namespace

bool IsWellFormedItem(std::string_view bytes) {
  if (bytes.size() < ItemView::kHeader || static_cast<uint8_t>(bytes[0]) != kFormatVersion) {
    return false;
  }
  const uint32_t count = encoded::LoadU32(bytes.data() + 5);
  const char* end = bytes.data() + bytes.size();
  if (count > (bytes.size() - ItemView::kHeader) / 4) return false;
  Checker checker(bytes.data() + ItemView::kHeader + size_t{4} * count, end);
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t offset = encoded::LoadU32(bytes.data() + ItemView::kHeader + size_t{4} * i);
    if (offset != static_cast<size_t>(checker.position() - bytes.data())) return false;
    if (!checker.Text() || !checker.Value(1)) return false;
  }
  return checker.position() == end;
}

}  // namespace dynarock
