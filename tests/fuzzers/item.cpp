// Items from the wire's JSON to encoded bytes and back. Input: an object of AttributeValues, or
// bytes that may be an encoded item, such as a page token brings back.
#include <cstdint>
#include <string>

#include "server/operations/request/shapes.h"
#include "server/protocol/check.h"
#include "storage/item/encoder.h"
#include "storage/item/json.h"
#include "storage/item/size.h"
#include "storage/item/value.h"
#include "storage/item/wire_json.h"
#include "tests/fuzzers/require.h"

namespace dynarock::fuzzers {
namespace {

std::string JsonOf(ItemView item) {
  std::string json;
  WriteItem(item, json);
  return json;
}

// The item that JSON text stands for; empty when it is none.
std::string ItemOf(std::string_view json) {
  JsonDocument document;
  if (!document.Parse(std::string(json)) || !document.root().IsObject()) return {};
  if (!protocol::CheckTypes(operations::kAttributeMap, document.root())) return {};
  std::string item;
  if (!EncodeItem(document.root(), item)) return {};
  return item;
}

// Looks at every value in every way that views offer.
void Walk(ItemView item) {
  uint64_t size = 0;
  uint32_t place = 0;
  for (const Attribute attribute : item.attributes()) {
    const auto found = item.Find(attribute.name);
    Require(found && *found == attribute.value, "an attribute is found by its name");
    Require(item.At(place++).name == attribute.name, "offsets lead to attributes in their order");
    Require(NestingLevels(attribute.value) <= kMaxNesting, "values nest no deeper than allowed");
    size += attribute.name.size() + ValueSize(attribute.value);
    const Value tree = Decode(attribute.value);
    std::string again;
    Encode(tree, again);
    Require(again == attribute.value.bytes(), "a value as a tree has the same bytes again");
  }
  Require(size == item.size(), "the header has the size of the attributes");
}

void RoundTrip(std::string_view json) {
  const std::string item = ItemOf(json);
  if (item.empty()) return;
  Require(IsWellFormedItem(item), "what is encoded is well-formed");
  Walk(ItemView(item));
  const std::string written = JsonOf(ItemView(item));
  const std::string again = ItemOf(written);
  Require(again == item, "an item read from its own JSON is the same:", written);
  Require(JsonOf(ItemView(again)) == written, "its JSON is the same as well");
}

// Bytes from elsewhere: what is taken for an item can be written.
void FromBytes(std::string_view bytes) {
  if (IsWellFormedItem(bytes)) JsonOf(ItemView(bytes));
}

}  // namespace
}  // namespace dynarock::fuzzers

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes = dynarock::fuzzers::Bytes(data, size);
  dynarock::fuzzers::FromBytes(bytes);
  dynarock::fuzzers::RoundTrip(bytes);
  return 0;
}
