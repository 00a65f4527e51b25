// Terraform's plans and states in JSON.
#include <cstdint>

#include "server/document/document.h"
#include "server/schema/terraform/terraform.h"
#include "tests/fuzzers/require.h"
#include "tests/fuzzers/schema_review.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace dynarock;
  const auto document =
      document::ReadJson({.path = "plan.json", .text = std::string(fuzzers::Bytes(data, size))});
  if (document && schema::LooksLikePlan(document->root)) {
    fuzzers::ReviewAll(schema::ReadPlan(document->root, {}));
  }
  return 0;
}
