#include "server/operations/tables/new_table.h"

#include <utility>

#include "server/operations/request/members.h"
#include "server/operations/request/table_arn.h"
#include "server/operations/tables/definition.h"
#include "server/operations/tables/errors.h"
#include "server/operations/tables/settings.h"
#include "server/operations/tables/tags.h"
#include "server/operations/tables/throughput.h"

namespace dynarock::operations {

namespace {

// Reads step by step, in the order in which the service finds fault (recorded by dynalite). With
// `faults`, a step's failure is noted there and the next step follows.
class TableReader {
 public:
  TableReader(const JsonValue& input, std::vector<Fault>* faults)
      : input_(input), faults_(faults) {}

  Result<void> Run(TableDescription& table) {
    table.name = StringOr(input_, "TableName");
    DYNAROCK_CHECK(Step("ProvisionedThroughput", ReadBilling(table)));
    // Throughput left out altogether is one fault, not one more per index.
    billing_known_ =
        faults_ == nullptr || faults_->empty() || table.billing == BillingMode::kPayPerRequest;
    DYNAROCK_CHECK(ReadSchema(table));
    DYNAROCK_CHECK(Step("StreamSpecification", ReadStreamSettings(table)));
    DYNAROCK_CHECK(ReadCapacity(table));
    DYNAROCK_CHECK(Step("SSESpecification", Keep(ReadEncryption(input_), table.encryption)));
    if (const JsonValue* tags = FindMember(input_, "Tags")) {
      DYNAROCK_CHECK(Step("Tags", Keep(ReadTags(*tags), table.tags)));
    }
    table.table_class = StringOr(input_, "TableClass");
    table.deletion_protection = BoolOr(input_, "DeletionProtectionEnabled", false);
    return {};
  }

 private:
  Result<void> Step(std::string member, Result<void> result) {
    if (result || faults_ == nullptr) return result;
    faults_->push_back({.error = std::move(result).error(), .member = std::move(member)});
    return {};
  }

  template <class T>
  static Result<void> Keep(Result<T> result, T& into) {
    if (!result) return Fail(std::move(result).error());
    into = *std::move(result);
    return {};
  }

  Result<void> ReadBilling(TableDescription& table) const {
    const auto units = ReadUnits(input_);
    if (StringOr(input_, "BillingMode") == "PAY_PER_REQUEST") {
      table.billing = BillingMode::kPayPerRequest;
      table.shows_billing = true;
      if (units) return Fail(ThroughputOnDemand());
      return {};
    }
    if (!units) return Fail(ThroughputMissing());
    DYNAROCK_CHECK(CheckUnits(*units, {}));
    table.throughput.read = units->read;
    table.throughput.write = units->write;
    return {};
  }

  Result<void> ReadSchema(TableDescription& table) {
    const JsonValue* local = FindMember(input_, "LocalSecondaryIndexes");
    const JsonValue* global = FindMember(input_, "GlobalSecondaryIndexes");
    const bool only_keys = local == nullptr && global == nullptr;
    table.attributes = ReadDefinitions(FindMember(input_, "AttributeDefinitions"));
    table.key = ReadKeySchema(*FindMember(input_, "KeySchema"));
    const size_t before = faults_ == nullptr ? 0 : faults_->size();
    DYNAROCK_CHECK(Step("KeySchema", CheckTableKeys(table.key, table.attributes, only_keys)));
    IndexNames names;
    if (local != nullptr) DYNAROCK_CHECK(ReadLocalIndexes(*local, names, table));
    if (global != nullptr) DYNAROCK_CHECK(ReadGlobalIndexes(*global, names, table));
    DYNAROCK_CHECK(Step("GlobalSecondaryIndexes", CheckIndexTotals(table)));
    // A key that is misspelt leaves its definition unused; that is one fault, not two.
    if (faults_ == nullptr || faults_->size() == before) {
      DYNAROCK_CHECK(Step("AttributeDefinitions", CheckAllUsed(table)));
    }
    return Step("AttributeDefinitions", CheckDefinedOnce(table.attributes));
  }

  Result<void> ReadLocalIndexes(const JsonValue& list, IndexNames& names, TableDescription& table) {
    const std::string member = "LocalSecondaryIndexes";
    if (list.Empty()) {
      return Step(member, Fail(InvalidParameter("List of LocalSecondaryIndexes is empty")));
    }
    if (table.key.size() < 2) {
      DYNAROCK_CHECK(
          Step(member, Fail(InvalidParameter("Table KeySchema does not have a range key, which is "
                                             "required when specifying a LocalSecondaryIndex"))));
    }
    for (const JsonValue& element : list.GetArray()) {
      const std::string at = member + "." + std::to_string(table.local_indexes.size() + 1);
      IndexDescription index = Named(element);
      DYNAROCK_CHECK(Step(at, Keep(ReadLocalIndex(element, table.key, table.attributes), index)));
      DYNAROCK_CHECK(Step(at, names.Add(index.name)));
      table.local_indexes.push_back(std::move(index));
    }
    if (table.local_indexes.size() <= kMostLocalIndexes) return {};
    return Step(
        member,
        Fail(InvalidParameter("Number of LocalSecondaryIndexes exceeds per-table limit of " +
                              std::to_string(kMostLocalIndexes))));
  }

  Result<void> ReadGlobalIndexes(const JsonValue& list, IndexNames& names,
                                 TableDescription& table) {
    const std::string member = "GlobalSecondaryIndexes";
    if (list.Empty()) {
      return Step(member, Fail(InvalidParameter("List of GlobalSecondaryIndexes is empty")));
    }
    for (const JsonValue& element : list.GetArray()) {
      const std::string at = member + "." + std::to_string(table.global_indexes.size() + 1);
      IndexDescription index = Named(element);
      DYNAROCK_CHECK(Step(at, Keep(ReadGlobalIndex(element, table.attributes), index)));
      if (billing_known_) DYNAROCK_CHECK(Step(at, ReadIndexUnits(element, table.billing, index)));
      DYNAROCK_CHECK(Step(at, names.Add(index.name)));
      table.global_indexes.push_back(std::move(index));
    }
    return {};
  }

  // What is known of an index with a fault.
  static IndexDescription Named(const JsonValue& element) {
    IndexDescription index;
    index.name = StringOr(element, "IndexName");
    index.key = ReadKeySchema(*FindMember(element, "KeySchema"));
    return index;
  }

  Result<void> ReadStreamSettings(TableDescription& table) const {
    DYNAROCK_TRY(const auto stream, ReadStream(input_, StreamViewTypeWithoutStream()));
    if (!stream || !stream->enabled) return {};
    table.stream.enabled = true;
    table.stream.view_type = stream->view_type;
    return {};
  }

  Result<void> ReadCapacity(TableDescription& table) {
    DYNAROCK_CHECK(Step("OnDemandThroughput", MergeOnDemand(input_, table.billing, Asking::kCreate,
                                                            {}, table.on_demand)));
    DYNAROCK_CHECK(
        Step("WarmThroughput", MergeWarm(input_, table.billing, table.throughput, {}, table.warm)));
    const JsonValue* list = FindMember(input_, "GlobalSecondaryIndexes");
    for (size_t i = 0; i < table.global_indexes.size(); ++i) {
      DYNAROCK_CHECK(Step(
          "GlobalSecondaryIndexes." + std::to_string(i + 1),
          ReadIndexCapacity((*list)[i], table.billing, Asking::kCreate, table.global_indexes[i])));
    }
    return {};
  }

  const JsonValue& input_;
  std::vector<Fault>* faults_;
  bool billing_known_ = true;
};

}  // namespace

Result<TableDescription> ReadNewTable(const JsonValue& input, std::string_view region,
                                      int64_t now_ms) {
  TableDescription table;
  table.region = region;
  table.account = kAccount;
  DYNAROCK_CHECK(TableReader(input, nullptr).Run(table));
  if (table.billing == BillingMode::kPayPerRequest)
    table.last_update_to_pay_per_request_ms = now_ms;
  return table;
}

std::vector<Fault> FindFaults(const JsonValue& input) {
  std::vector<Fault> faults;
  TableDescription table;
  // Every failure is noted as a fault.
  static_cast<void>(TableReader(input, &faults).Run(table));
  return faults;
}

}  // namespace dynarock::operations
