// Seed files. Input: the text of one.
#include <cstdint>
#include <string>

#include "server/operations/request/shapes.h"
#include "server/protocol/check.h"
#include "server/schema/start/seed_text.h"
#include "storage/item/json.h"
#include "storage/item/wire_json.h"
#include "tests/fuzzers/require.h"

namespace dynarock::fuzzers {
namespace {

// Whatever the file says, what is put is JSON.
bool Take(const schema::SeedItem& item) {
  JsonDocument document;
  Require(document.Parse(item.item), "an item is JSON:", item.item);
  Require(item.line >= 1, "an item has a line");
  if (!document.root().IsObject()) return true;
  if (!protocol::CheckTypes(operations::kAttributeMap, document.root())) return true;
  std::string encoded;
  (void)EncodeItem(document.root(), encoded);
  return true;
}

}  // namespace
}  // namespace dynarock::fuzzers

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace dynarock;
  const auto fault = schema::ReadSeedText(fuzzers::Bytes(data, size), fuzzers::Take);
  if (fault)
    fuzzers::Require(!fault->text.empty() && fault->line >= 1, "a fault says where and what");
  return 0;
}
