// Documents in YAML and JSON, with the places of their values.
#include <cstdint>

#include "server/document/document.h"
#include "server/document/node_path.h"
#include "tests/fuzzers/require.h"

namespace dynarock::fuzzers {
namespace {

void CheckPlaces(const schema::Node& node) {
  Require(node.place.line >= 1 && node.place.column >= 1, "every value has a place");
  for (const schema::Node& element : node.list) CheckPlaces(element);
  for (const auto& [name, value] : node.map) CheckPlaces(value);
}

}  // namespace
}  // namespace dynarock::fuzzers

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace dynarock;
  const schema::SourceFile file{.path = "file", .text = std::string(fuzzers::Bytes(data, size))};
  for (const auto& document : {schema::ReadYaml(file), schema::ReadJson(file)}) {
    if (document) {
      fuzzers::CheckPlaces(document->root);
    } else {
      fuzzers::Require(!document.error().text.empty(), "what cannot be read says why");
    }
  }
  return 0;
}
