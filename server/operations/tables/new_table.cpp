#include "server/operations/tables/new_table.h"

#include <algorithm>
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

void KeepFirstOfEach(std::vector<AttributeDefinition>& attributes) {
  std::vector<AttributeDefinition> kept;
  for (AttributeDefinition& attribute : attributes) {
    if (std::ranges::find(kept, attribute.name, &AttributeDefinition::name) == kept.end()) {
      kept.push_back(std::move(attribute));
    }
  }
  attributes = std::move(kept);
}

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
    DYNAROCK_CHECK(Step("TableClass", ReadClass(table)));
    DYNAROCK_CHECK(Step("Tags", ReadTableTags(table)));
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

  Result<void> ReadClass(TableDescription& table) const {
    DYNAROCK_TRY(table.table_class, ReadTableClass(input_));
    return {};
  }

  Result<void> ReadTableTags(TableDescription& table) const {
    const JsonValue* tags = FindMember(input_, "Tags");
    return tags == nullptr ? Result<void>() : Keep(ReadTags(*tags), table.tags);
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
    const size_t before_definitions = faults_ == nullptr ? 0 : faults_->size();
    DYNAROCK_CHECK(Step("AttributeDefinitions", CheckDefinedOnce(table.attributes)));
    const size_t before = faults_ == nullptr ? 0 : faults_->size();
    // What is defined twice is one fault: the rest goes by the first definition.
    if (before > before_definitions) KeepFirstOfEach(table.attributes);
    DYNAROCK_CHECK(Step("KeySchema", CheckTableKeys(table.key, table.attributes, only_keys)));
    DYNAROCK_CHECK(ReadIndexKeys(local, "LocalSecondaryIndexes", table.local_indexes));
    DYNAROCK_CHECK(ReadIndexKeys(global, "GlobalSecondaryIndexes", table.global_indexes));
    if (!table.local_indexes.empty() && table.key.size() < 2) {
      DYNAROCK_CHECK(
          Step("LocalSecondaryIndexes",
               Fail(InvalidParameter("Table KeySchema does not have a range key, which is "
                                     "required when specifying a LocalSecondaryIndex"))));
    }
    if (faults_ == nullptr) DYNAROCK_CHECK(CheckAllUsed(table));
    DYNAROCK_CHECK(ReadLocalIndexes(local, table));
    DYNAROCK_CHECK(ReadGlobalIndexes(global, table));
    DYNAROCK_CHECK(Step("GlobalSecondaryIndexes", CheckIndexTotals(table)));
    // A key that is misspelt leaves its definition unused; that is one fault, not two.
    if (faults_ != nullptr && faults_->size() == before) {
      DYNAROCK_CHECK(Step("AttributeDefinitions", CheckAllUsed(table)));
    }
    std::sort(table.attributes.begin(), table.attributes.end(),
              [](const auto& left, const auto& right) { return left.name < right.name; });
    return {};
  }

  // Names and keys of all indexes, without looking at them more closely.
  Result<void> ReadIndexKeys(const JsonValue* list, const char* member,
                             std::vector<IndexDescription>& indexes) {
    if (list == nullptr) return {};
    if (list->Empty()) {
      return Step(member, Fail(InvalidParameter("List of " + std::string(member) + " is empty")));
    }
    for (const JsonValue& element : list->GetArray()) {
      IndexDescription& index = indexes.emplace_back();
      index.name = StringOr(element, "IndexName");
      index.key = ReadKeySchema(*FindMember(element, "KeySchema"));
    }
    return {};
  }

  Result<void> ReadLocalIndexes(const JsonValue* list, TableDescription& table) {
    for (size_t i = 0; i < table.local_indexes.size(); ++i) {
      const std::string at = "LocalSecondaryIndexes." + std::to_string(i + 1);
      IndexDescription& index = table.local_indexes[i];
      DYNAROCK_CHECK(
          Step(at, Keep(ReadLocalIndex((*list)[i], table.key, table.attributes), index)));
      DYNAROCK_CHECK(Step(at, names_.Add(index.name)));
    }
    if (table.local_indexes.size() <= kMostLocalIndexes) return {};
    return Step(
        "LocalSecondaryIndexes",
        Fail(InvalidParameter("Number of LocalSecondaryIndexes exceeds per-table limit of " +
                              std::to_string(kMostLocalIndexes))));
  }

  Result<void> ReadGlobalIndexes(const JsonValue* list, TableDescription& table) {
    for (size_t i = 0; i < table.global_indexes.size(); ++i) {
      const std::string at = "GlobalSecondaryIndexes." + std::to_string(i + 1);
      const JsonValue& element = (*list)[i];
      IndexDescription& index = table.global_indexes[i];
      DYNAROCK_CHECK(Step(at, Keep(ReadGlobalIndex(element, table.attributes), index)));
      if (billing_known_) {
        DYNAROCK_CHECK(Step(at, ReadIndexUnits(element, table.billing, Asking::kCreate, index)));
      }
      DYNAROCK_CHECK(Step(at, names_.Add(index.name)));
    }
    return {};
  }

  Result<void> ReadStreamSettings(TableDescription& table) const {
    DYNAROCK_TRY(const auto stream, ReadStream(input_, Asking::kCreate));
    if (!stream || !stream->enabled) return {};
    table.stream.enabled = true;
    table.stream.view_type = stream->view_type;
    return {};
  }

  Result<void> ReadCapacity(TableDescription& table) {
    Capacity capacity{.billing = table.billing, .region = table.region};
    DYNAROCK_CHECK(Step("OnDemandThroughput",
                        MergeOnDemand(input_, capacity, Asking::kCreate, table.on_demand)));
    DYNAROCK_CHECK(Step("WarmThroughput", MergeWarm(input_, capacity, Asking::kCreate,
                                                    table.throughput, table.warm)));
    const JsonValue* list = FindMember(input_, "GlobalSecondaryIndexes");
    for (size_t i = 0; i < table.global_indexes.size(); ++i) {
      capacity.index = table.global_indexes[i].name;
      DYNAROCK_CHECK(
          Step("GlobalSecondaryIndexes." + std::to_string(i + 1),
               ReadIndexCapacity((*list)[i], capacity, Asking::kCreate, table.global_indexes[i])));
    }
    return {};
  }

  const JsonValue& input_;
  std::vector<Fault>* faults_;
  bool billing_known_ = true;
  IndexNames names_;
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
  DYNAROCK_CHECK(CheckTableQuotas(table));
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
