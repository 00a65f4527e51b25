#include "server/schema/terraform/table_mapping.h"

#include <algorithm>
#include <array>
#include <utility>

namespace dynarock::schema::terraform {
namespace {

using Kind = Node::Kind;

Node Map(const Place& place) {
  return MakeNode(Kind::kMap, place);
}
Node List(const Place& place) {
  return MakeNode(Kind::kList, place);
}

// Null where the argument is left out, null, or an empty text, which the provider takes for left
// out.
const Node* Given(const Node& body, std::string_view name) {
  const Node* value = body.Find(name);
  if (!value || value->kind == Kind::kNull) return nullptr;
  if (value->kind == Kind::kString && value->text.empty()) return nullptr;
  return value;
}

bool IsZero(const Node& value) {
  return value.kind == Kind::kNumber && value.text == "0";
}

void Set(Node& map, const char* name, Node value) {
  map.map.emplace_back(name, std::move(value));
}

// Copies the argument `from` to the member `to`, if it is given.
void Copy(const Node& body, std::string_view from, Node& map, const char* to) {
  if (const Node* value = Given(body, from)) Set(map, to, *value);
}

// The blocks of one type; an unresolved argument in their place is one unresolved block.
std::vector<const Node*> Blocks(const Node& body, std::string_view type) {
  std::vector<const Node*> blocks;
  const Node* list = body.Find(type);
  if (!list) return blocks;
  if (list->kind == Kind::kUnresolved) blocks.push_back(list);
  for (const Node& block : list->list) blocks.push_back(&block);
  return blocks;
}

bool IsTrue(const Node* value) {
  return value && value->kind == Kind::kBool && value->boolean;
}
bool IsOpen(const Node* value) {
  return value && value->kind == Kind::kUnresolved;
}
bool Is(const Node* value, std::string_view text) {
  return value && value->kind == Kind::kString && value->text == text;
}

Node KeyElement(const Node& name, const char* type) {
  Node element = Map(name.place);
  Set(element, "AttributeName", name);
  Set(element, "KeyType", MakeString(name.place, type));
  return element;
}

// hash_key and range_key; kNull without the first, whatever the second is.
Node KeySchema(const Node* hash, const Node* range) {
  if (!hash) return Node{};
  Node keys = List(hash->place);
  keys.list.push_back(KeyElement(*hash, "HASH"));
  if (range) keys.list.push_back(KeyElement(*range, "RANGE"));
  return keys;
}

// key_schema blocks, of the table's and of the index's own resource.
Node KeySchemaBlocks(const std::vector<const Node*>& blocks) {
  Node keys = List(blocks.front()->place);
  for (const Node* block : blocks) {
    if (IsOpen(block)) {
      keys.list.push_back(*block);
      continue;
    }
    Node element = Map(block->place);
    Copy(*block, "attribute_name", element, "AttributeName");
    Copy(*block, "key_type", element, "KeyType");
    keys.list.push_back(std::move(element));
  }
  return keys;
}

Node Projection(const Node& body) {
  const Node* type = Given(body, "projection_type");
  Node projection = Map(type ? type->place : body.place);
  Copy(body, "projection_type", projection, "ProjectionType");
  const Node* others = Given(body, "non_key_attributes");
  if (others && (others->kind != Kind::kList || !others->list.empty())) {
    Set(projection, "NonKeyAttributes", *others);
  }
  return projection;
}

// A pair of numbers; kNull when neither is given. 0 is what states hold for left out, and plans
// refuse it where it counts.
Node Pair(const Node& body, std::array<const char*, 2> from, std::array<const char*, 2> to) {
  Node pair;
  for (size_t i = 0; i < 2; ++i) {
    const Node* value = Given(body, from[i]);
    if (!value || IsZero(*value)) continue;
    if (pair.kind == Kind::kNull) pair = Map(value->place);
    Set(pair, to[i], *value);
  }
  return pair;
}

void AddPair(const Node& body, std::array<const char*, 2> from, std::array<const char*, 2> to,
             Node& request, const char* name) {
  Node pair = Pair(body, from, to);
  if (pair.kind != Kind::kNull) Set(request, name, std::move(pair));
}

// -1 takes a limit away from a table that has one; a table that is made is not asked for it.
void AddLimits(const Node& block, Node& request) {
  Node limits = Pair(block, {"max_read_request_units", "max_write_request_units"},
                     {"MaxReadRequestUnits", "MaxWriteRequestUnits"});
  std::erase_if(limits.map, [](const auto& member) { return member.second.text == "-1"; });
  if (!limits.map.empty()) Set(request, "OnDemandThroughput", std::move(limits));
}

void AddThroughputs(const Node& body, bool on_demand, Node& request) {
  // With PAY_PER_REQUEST the provider sends no provisioned throughput, whatever is written.
  if (!on_demand) {
    AddPair(body, {"read_capacity", "write_capacity"}, {"ReadCapacityUnits", "WriteCapacityUnits"},
            request, "ProvisionedThroughput");
  }
  for (const Node* block : Blocks(body, "on_demand_throughput")) AddLimits(*block, request);
  for (const Node* block : Blocks(body, "warm_throughput")) {
    AddPair(*block, {"read_units_per_second", "write_units_per_second"},
            {"ReadUnitsPerSecond", "WriteUnitsPerSecond"}, request, "WarmThroughput");
  }
}

bool IsSameText(const Node& a, const Node& b, std::string_view member) {
  const Node* one = a.Find(member);
  const Node* other = b.Find(member);
  return one && other && one->kind == Kind::kString && other->kind == Kind::kString &&
         one->text == other->text;
}

void AddDefinitions(const Node& body, Node& request) {
  const std::vector<const Node*> blocks = Blocks(body, "attribute");
  if (blocks.empty()) return;
  Node definitions = List(blocks.front()->place);
  for (const Node* block : blocks) {
    if (IsOpen(block)) {
      definitions.list.push_back(*block);
      continue;
    }
    Node definition = Map(block->place);
    Copy(*block, "name", definition, "AttributeName");
    Copy(*block, "type", definition, "AttributeType");
    // The blocks are a set to the provider: of equal ones it sends one.
    const bool again = std::ranges::any_of(definitions.list, [&](const Node& other) {
      return IsSameText(other, definition, "AttributeName") &&
             IsSameText(other, definition, "AttributeType");
    });
    if (!again) definitions.list.push_back(std::move(definition));
  }
  Set(request, "AttributeDefinitions", std::move(definitions));
}

void AddLocalIndexes(const Node& body, Node& request) {
  const std::vector<const Node*> blocks = Blocks(body, "local_secondary_index");
  if (blocks.empty()) return;
  Node indexes = List(blocks.front()->place);
  for (const Node* block : blocks) {
    if (IsOpen(block)) {
      indexes.list.push_back(*block);
      continue;
    }
    Node index = Map(block->place);
    Copy(*block, "name", index, "IndexName");
    Node keys = KeySchema(Given(body, "hash_key"), Given(*block, "range_key"));
    // Without the table's own key, that is what is wrong.
    if (keys.kind == Kind::kNull) keys = MakeUnresolved(block->place, {}, {});
    if (keys.kind == Kind::kList) keys.place = keys.list.back().place;
    Set(index, "KeySchema", std::move(keys));
    Set(index, "Projection", Projection(*block));
    indexes.list.push_back(std::move(index));
  }
  Set(request, "LocalSecondaryIndexes", std::move(indexes));
}

Node GlobalIndex(const Node& block, bool on_demand) {
  Node index = Map(block.place);
  Copy(block, "name", index, "IndexName");
  const std::vector<const Node*> key_blocks = Blocks(block, "key_schema");
  Node keys = key_blocks.empty() ? KeySchema(Given(block, "hash_key"), Given(block, "range_key"))
                                 : KeySchemaBlocks(key_blocks);
  if (keys.kind != Kind::kNull) Set(index, "KeySchema", std::move(keys));
  Set(index, "Projection", Projection(block));
  AddThroughputs(block, on_demand, index);
  return index;
}

void AddGlobalIndexes(const Node& body, bool on_demand, Node& request) {
  const std::vector<const Node*> blocks = Blocks(body, "global_secondary_index");
  if (blocks.empty()) return;
  Node indexes = List(blocks.front()->place);
  for (const Node* block : blocks) {
    indexes.list.push_back(IsOpen(block) ? *block : GlobalIndex(*block, on_demand));
  }
  Set(request, "GlobalSecondaryIndexes", std::move(indexes));
}

void AddStream(const Node& body, Node& request) {
  const Node* enabled = Given(body, "stream_enabled");
  if (!IsTrue(enabled) && !IsOpen(enabled)) return;
  Node stream = Map(enabled->place);
  Set(stream, "StreamEnabled", *enabled);
  Copy(body, "stream_view_type", stream, "StreamViewType");
  Set(request, "StreamSpecification", std::move(stream));
}

void AddEncryption(const Node& body, Node& request) {
  for (const Node* block : Blocks(body, "server_side_encryption")) {
    if (IsOpen(block)) continue;
    Node encryption = Map(block->place);
    Copy(*block, "enabled", encryption, "Enabled");
    const Node* key = Given(*block, "kms_key_arn");
    if (IsTrue(Given(*block, "enabled")) && key) {
      Set(encryption, "SSEType", MakeString(key->place, "KMS"));
      Set(encryption, "KMSMasterKeyId", *key);
    }
    Set(request, "SSESpecification", std::move(encryption));
    return;
  }
}

void AddTags(const Node& body, Node& request) {
  // What plans and states call tags_all includes the provider's default tags.
  const Node* tags = Given(body, "tags_all");
  if (!tags || tags->kind != Kind::kMap || tags->map.empty()) tags = Given(body, "tags");
  if (!tags) return;
  if (IsOpen(tags)) {
    Set(request, "Tags", *tags);
    return;
  }
  if (tags->map.empty()) return;
  Node list = List(tags->place);
  for (const auto& [key, value] : tags->map) {
    if (value.kind == Kind::kNull) continue;
    Node tag = Map(value.place);
    Set(tag, "Key", MakeString(value.place, key));
    Set(tag, "Value", value);
    list.list.push_back(std::move(tag));
  }
  Set(request, "Tags", std::move(list));
}

// `enabled` is false where the block does not say.
Node TimeToLive(const Node& body) {
  for (const Node* block : Blocks(body, "ttl")) {
    if (IsOpen(block)) return *block;
    const Node* enabled = Given(*block, "enabled");
    if (!IsTrue(enabled) && !IsOpen(enabled)) continue;
    Node ttl = Map(block->place);
    Set(ttl, "Enabled", *enabled);
    Copy(*block, "attribute_name", ttl, "AttributeName");
    return ttl;
  }
  return Node{};
}

Node Recovery(const Node& body) {
  for (const Node* block : Blocks(body, "point_in_time_recovery")) {
    if (IsOpen(block)) return *block;
    Node recovery = Map(block->place);
    Copy(*block, "enabled", recovery, "PointInTimeRecoveryEnabled");
    const Node* days = Given(*block, "recovery_period_in_days");
    if (days && !IsZero(*days)) Set(recovery, "RecoveryPeriodInDays", *days);
    return recovery;
  }
  return Node{};
}

}  // namespace

TableSource MapTable(const Node& body, const Place& place, std::string address) {
  TableSource table;
  table.language = Language::kTerraform;
  table.type = "aws_dynamodb_table";
  table.address = std::move(address);
  table.place = place;
  table.request = Map(place);
  Node& request = table.request;
  const bool on_demand = Is(Given(body, "billing_mode"), "PAY_PER_REQUEST");
  // No name is made up for an empty one.
  if (const Node* name = body.Find("name"); name && name->kind != Kind::kNull) {
    Set(request, "TableName", *name);
  }
  AddDefinitions(body, request);
  Node keys = KeySchema(Given(body, "hash_key"), Given(body, "range_key"));
  if (keys.kind != Kind::kNull) Set(request, "KeySchema", std::move(keys));
  AddLocalIndexes(body, request);
  AddGlobalIndexes(body, on_demand, request);
  Copy(body, "billing_mode", request, "BillingMode");
  AddThroughputs(body, on_demand, request);
  AddStream(body, request);
  AddEncryption(body, request);
  Copy(body, "table_class", request, "TableClass");
  AddTags(body, request);
  Copy(body, "deletion_protection_enabled", request, "DeletionProtectionEnabled");
  table.time_to_live = TimeToLive(body);
  table.point_in_time_recovery = Recovery(body);
  for (const Node* replica : Blocks(body, "replica")) {
    const Node* region = Given(*replica, "region_name");
    if (region && region->kind == Kind::kString) table.replica_regions.push_back(region->text);
  }
  return table;
}

bool IsRestored(const Node& body) {
  return Given(body, "restore_source_name") || Given(body, "restore_source_table_arn") ||
         Given(body, "restore_backup_arn");
}

namespace {

Node& ListMember(Node& request, const std::string& name, const Place& place) {
  for (auto& [member, value] : request.map) {
    if (member == name) return value;
  }
  request.map.emplace_back(name, List(place));
  return request.map.back().second;
}

bool Defines(const Node& definitions, const Node& name) {
  for (const Node& definition : definitions.list) {
    const Node* defined = definition.Find("AttributeName");
    if (defined && defined->text == name.text) return true;
  }
  return false;
}

}  // namespace

void AddIndex(const Node& index, TableSource& table) {
  Node made = Map(index.place);
  Copy(index, "index_name", made, "IndexName");
  const std::vector<const Node*> keys = Blocks(index, "key_schema");
  if (!keys.empty()) Set(made, "KeySchema", KeySchemaBlocks(keys));
  for (const Node* block : Blocks(index, "projection")) Set(made, "Projection", Projection(*block));
  for (const Node* block : Blocks(index, "provisioned_throughput")) {
    AddPair(*block, {"read_capacity_units", "write_capacity_units"},
            {"ReadCapacityUnits", "WriteCapacityUnits"}, made, "ProvisionedThroughput");
  }
  for (const Node* block : Blocks(index, "on_demand_throughput")) AddLimits(*block, made);
  if (const Node* warm = Given(index, "warm_throughput")) {
    AddPair(*warm, {"read_units_per_second", "write_units_per_second"},
            {"ReadUnitsPerSecond", "WriteUnitsPerSecond"}, made, "WarmThroughput");
  }
  Node& definitions = ListMember(table.request, "AttributeDefinitions", index.place);
  for (const Node* block : keys) {
    const Node* name = Given(*block, "attribute_name");
    if (!name || Defines(definitions, *name)) continue;
    Node definition = Map(block->place);
    Set(definition, "AttributeName", *name);
    Copy(*block, "attribute_type", definition, "AttributeType");
    definitions.list.push_back(std::move(definition));
  }
  ListMember(table.request, "GlobalSecondaryIndexes", index.place).list.push_back(std::move(made));
}

}  // namespace dynarock::schema::terraform
