// Terraform's language. Input: a file; after a line of three hyphens a .tfvars file may follow.
#include <cstdint>

#include "server/schema/terraform/terraform.h"
#include "storage/item/json.h"
#include "tests/fuzzers/require.h"
#include "tests/fuzzers/schema_review.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace dynarock;
  const std::string_view input = fuzzers::Bytes(data, size);
  // Neither gets as far as the reader (reader.cpp).
  if (!IsUtf8(input) || input.find('\0') != std::string_view::npos) return 0;
  constexpr std::string_view kBetween = "\n---\n";
  const std::string_view file = input.substr(0, input.find(kBetween));
  const bool json = file.starts_with('{');
  schema::ReadOptions options;
  if (file.size() < input.size()) {
    options.variable_files.push_back(
        {.path = "x.tfvars", .text = std::string(input.substr(file.size() + kBetween.size()))});
  }
  // There is no such folder, so no files beside it.
  const document::SourceFile source{
      .path = json ? "/nonexistent/main.tf.json" : "/nonexistent/main.tf",
      .text = std::string(file)};
  fuzzers::ReviewAll(schema::ReadTerraform({&source, 1}, options));
  return 0;
}
