#include "server/operations/transactions/fingerprint.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <vector>

#include <sha2.h>
#include <sys/types.h>

namespace dynarock::operations {

namespace {

// Feeds the canonical form to the digest. Every value begins with a letter for its type and its
// length, so that no two forms run into each other.
class Canonical {
 public:
  Canonical() { SHA512Init(&context_); }

  void Add(const JsonValue& value) {
    if (value.IsObject()) {
      AddObject(value);
    } else if (value.IsArray()) {
      Head('a', value.Size());
      for (const JsonValue& element : value.GetArray()) Add(element);
    } else if (value.IsString()) {
      AddText(Text(value));
    } else if (value.IsBool()) {
      Head(value.GetBool() ? 't' : 'f', 0);
    } else if (value.IsInt64()) {
      Head('i', static_cast<uint64_t>(value.GetInt64()));
    } else if (value.IsNumber()) {
      char digits[32];
      const auto end = std::to_chars(digits, digits + sizeof digits, value.GetDouble()).ptr;
      Head('d', static_cast<uint64_t>(end - digits));
      Bytes({digits, static_cast<size_t>(end - digits)});
    } else {
      Head('n', 0);
    }
  }

  std::string Finish() {
    Flush();
    std::string digest(SHA512_DIGEST_LENGTH, '\0');
    SHA512Final(reinterpret_cast<uint8_t*>(digest.data()), &context_);
    digest.resize(kFingerprintSize);
    return digest;
  }

 private:
  void AddObject(const JsonValue& object) {
    if (object.MemberCount() == 1) {  // most objects are values with one type tag
      const auto& only = object.GetObject().front();
      Head('o', only.value.IsNull() ? 0 : 1);
      if (!only.value.IsNull()) AddMember(only.name, only.value);
      return;
    }
    std::vector<std::string_view> names;
    names.reserve(object.MemberCount());
    for (const auto& member : object.GetObject()) names.push_back(member.name);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    std::erase_if(names,
                  [&](std::string_view name) { return FindMember(object, name) == nullptr; });
    Head('o', names.size());
    for (const std::string_view name : names) AddMember(name, *FindMember(object, name));
  }

  void AddMember(std::string_view name, const JsonValue& value) {
    AddText(name);
    if (value.IsArray() && (name == "SS" || name == "NS" || name == "BS")) {
      AddSet(value);
    } else {
      Add(value);
    }
  }

  void AddSet(const JsonValue& set) {
    std::vector<std::string_view> elements;
    for (const JsonValue& element : set.GetArray()) {
      if (element.IsString()) elements.push_back(Text(element));
    }
    std::sort(elements.begin(), elements.end());
    Head('a', elements.size());
    for (const std::string_view element : elements) AddText(element);
  }

  void AddText(std::string_view text) {
    Head('s', text.size());
    Bytes(text);
  }
  void Head(char type, uint64_t length) {
    char head[1 + sizeof length];
    head[0] = type;
    for (size_t i = 0; i < sizeof length; ++i) head[1 + i] = static_cast<char>(length >> 8 * i);
    Bytes({head, sizeof head});
  }
  void Bytes(std::string_view bytes) {
    form_ += bytes;
    if (form_.size() >= kFlushed) Flush();
  }
  void Flush() {
    SHA512Update(&context_, reinterpret_cast<const uint8_t*>(form_.data()), form_.size());
    form_.clear();
  }

  static constexpr size_t kFlushed = 64 * 1024;
  SHA2_CTX context_;
  std::string form_;  // the part of the form that is not in the digest yet
};

}  // namespace

std::string Fingerprint(const JsonValue& value) {
  Canonical canonical;
  canonical.Add(value);
  return canonical.Finish();
}

}  // namespace dynarock::operations
