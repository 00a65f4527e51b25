// Files of JSON or YAML that define tables: CloudFormation, SAM, CDK, Serverless, CreateTable
// requests. Input: the file.
#include <cstdint>

#include "server/schema/reader/reader.h"
#include "tests/fuzzers/require.h"
#include "tests/fuzzers/schema_review.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace dynarock;
  const document::SourceFile file{.path = "/nonexistent/template.yml",
                                  .text = std::string(fuzzers::Bytes(data, size))};
  schema::ReadOptions options;
  options.values = {{"Stage", "dev"}, {"AWS::Region", "eu-west-1"}};
  fuzzers::ReviewAll(schema::ReadFile(file, options));
  return 0;
}
