// PartiQL: parser and execution. Input: a line with the parameters, an array of AttributeValues,
// and the statement behind it. The statement runs alone and in a transaction, on the request
// fuzzer's tables.
#include <cstdint>
#include <string>
#include <vector>

#include "expression/partiql/statement.h"
#include "storage/item/json.h"
#include "tests/fuzzers/request_world.h"
#include "tests/fuzzers/require.h"

namespace dynarock::fuzzers {
namespace {

void ParseAlone(std::string_view statement) {
  const std::string text(statement);
  auto parsed = expression::ParseStatement(text, {});
  if (!parsed || !parsed->has_where()) return;
  parsed->ConditionOf(parsed->conjuncts);
  const expression::KeyAttribute schema[] = {{.name = "pk", .type = Type::kString, .hash = true},
                                             {.name = "sk", .type = Type::kNumber, .hash = false}};
  (void)expression::FindReadPath(*parsed, schema);
  const std::string names[] = {"pk", "sk"};
  (void)expression::FindNamedItem(*parsed, names);
}

void Execute(std::string_view parameters, std::string_view statement) {
  std::string one = R"({"Statement":)";
  AppendJsonString(statement, one);
  if (parameters.find('[') != std::string_view::npos) {
    one.append(",\"Parameters\":").append(parameters);
  }
  World& fresh = World::Fresh();
  fresh.Send("ExecuteStatement", one + R"(,"Limit":1,"ReturnConsumedCapacity":"INDEXES"})");
  fresh.Send("ExecuteStatement", one + R"(,"NextToken":"$NextToken"})");
  fresh.Send("BatchExecuteStatement", R"({"Statements":[)" + one + "}]}");
  fresh.Send("ExecuteTransaction", R"({"TransactStatements":[)" + one + "}]}");
}

}  // namespace
}  // namespace dynarock::fuzzers

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view rest = dynarock::fuzzers::Bytes(data, size);
  if (!dynarock::IsUtf8(rest)) return 0;  // requests are UTF-8
  const std::string_view parameters = dynarock::fuzzers::TakeLine(rest);
  dynarock::fuzzers::ParseAlone(rest);
  dynarock::fuzzers::Execute(parameters, rest);
  return 0;
}
