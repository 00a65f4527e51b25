// Documents in YAML and JSON, with the places of their values.
#include <cstdint>

#include "server/document/document.h"
#include "server/document/node_path.h"
#include "tests/fuzzers/require.h"

namespace dynarock::fuzzers {
namespace {

void CheckPlaces(const document::Node& node) {
  Require(node.place.line >= 1 && node.place.column >= 1, "every value has a place");
  for (const document::Node& element : node.list) CheckPlaces(element);
  for (const auto& [name, value] : node.map) CheckPlaces(value);
}

}  // namespace
}  // namespace dynarock::fuzzers

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace dynarock;
  const document::SourceFile file{.path = "file", .text = std::string(fuzzers::Bytes(data, size))};
  for (const auto& document : {document::ReadYaml(file), document::ReadJson(file)}) {
    if (document) {
      fuzzers::CheckPlaces(document->root);
    } else {
      fuzzers::Require(!document.error().text.empty(), "what cannot be read says why");
    }
  }
  return 0;
}
