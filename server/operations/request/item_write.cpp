#include "server/operations/request/item_write.h"

#include <algorithm>
#include <utility>

#include "server/operations/request/errors.h"
#include "server/operations/request/key_paths.h"
#include "server/operations/request/legacy_parameters.h"
#include "storage/item/size.h"
#include "storage/item/wire_json.h"

namespace dynarock::operations {

namespace {

Result<void> CheckTargets(const Table& table, const expression::Update& update) {
  for (const expression::Path path : update.targets()) {
    if (table.key().Find(path.front().name) == nullptr) continue;
    return Fail(KeyUpdated(path.front().name));
  }
  return {};
}

// The value that the request itself gives to a whole attribute; nullopt when it is computed or
// untouched.
std::optional<ValueView> GivenValue(const expression::Update& update, std::string_view attribute) {
  using expression::ActionKind;
  for (const expression::UpdateAction& action : update.actions()) {
    const expression::Path target = update.targets()[action.target];
    if (target.size() > 1 || target.front().name != attribute) continue;
    if (action.kind == ActionKind::kAdd) return action.value;
    if (action.kind != ActionKind::kSet) return std::nullopt;
    const expression::UpdateNode& root = update.nodes()[static_cast<size_t>(action.node)];
    if (root.kind == expression::UpdateNode::Kind::kValue) return root.value;
    return std::nullopt;
  }
  return std::nullopt;
}

// Index keys that are given a wrong type; of several indexes the first by name speaks. Comes before
// the condition.
Result<void> CheckGivenIndexKeys(const Table& table, const expression::Update& update) {
  const Index* worst = nullptr;
  Error error;
  for (const Index& index : table.indexes()) {
    if (index.deleting || (worst != nullptr && worst->name < index.name)) continue;
    for (size_t i = 0; i < index.key.size(); ++i) {
      const KeyAttribute& attribute = index.key.at(i);
      const auto value = GivenValue(update, attribute.name);
      if (!value || value->type() == attribute.type) continue;
      worst = &index;
      error = IndexKeyMismatch(index, attribute, *value);
      break;
    }
  }
  if (worst != nullptr) return Fail(std::move(error));
  return {};
}

}  // namespace

Result<void> CheckUpdate(const Table& table, const expression::Update& update) {
  DYNAROCK_CHECK(CheckTargets(table, update));
  DYNAROCK_CHECK(CheckGivenIndexKeys(table, update));
  // Of a path that is written the update itself tells whether it leads anywhere.
  return CheckKeyPaths(table, update.paths().subspan(update.targets().size()));
}

Result<Change> DecideUpdate(const Table& table, const expression::Update& update,
                            std::optional<ItemView> stored, ItemView key) {
  DYNAROCK_TRY(expression::UpdateOutcome result, update.Apply(stored, key));
  if (!result.write) return Change::Keep();
  const ItemView item(result.item);
  DYNAROCK_CHECK(CheckIndexKeysOfUpdate(table, stored, item));
  if (item.size() > kMaxItemSize || !FitsWithLocalIndexes(table, item)) {
    return Fail(ItemToUpdateTooLarge());
  }
  return Change::Put(std::move(result.item));
}

Result<void> ItemWrite::ReadAttributes(const JsonValue& attributes) {
  return EncodeItem(attributes, attributes_, layer());
}

Result<void> ItemWrite::ReadLegacy(const JsonValue& input) {
  return condition_.ReadExpectedParameters(input, layer());
}

Result<void> ItemWrite::ReadExpressions(const JsonValue& input) {
  DYNAROCK_CHECK(reader_.Read(input, placeholders_));
  // The layers differ in which of two faulty expressions they name (observed on the service).
  const bool condition_first = layer() == Layer::kNewer;
  if (condition_first) DYNAROCK_CHECK(condition_.ReadExpression(input, placeholders_));
  DYNAROCK_CHECK(ParseOwn(input, placeholders_));
  if (!condition_first) DYNAROCK_CHECK(condition_.ReadExpression(input, placeholders_));
  return placeholders_.CheckAllUsed();
}

Result<RowKey> ItemWrite::Bind(const Table& table) {
  table_ = &table;
  DYNAROCK_TRY(RowKey key, BindOwn(table));
  DYNAROCK_CHECK(CheckKeyPaths(table, condition_.paths()));
  return key;
}

Result<RowKey> ItemWrite::BindOwn(const Table& table) {
  return KeyOfKey(table, attributes());
}

Result<Change> ItemWrite::operator()(std::optional<ItemView> stored) {
  if (stored) stored_bytes_ = stored->size();
  DYNAROCK_CHECK(CheckOwn(stored));
  DYNAROCK_CHECK(condition_.Check(stored));
  return DecideOwn(*table_, stored);
}

Result<WriteOutcome> RunWrite(Call& call, const std::shared_ptr<const Table>& table, RowKey key,
                              ItemWrite& write, WriteNote& note) {
  auto outcome = call.store.Write({table, std::move(key), write}, WriteOptionsOf(call));
  if (!outcome) note.Failed(write.attempted_units());
  return outcome;
}

Result<void> PutWrite::CheckSize() const {
  if (attributes().size() <= kMaxItemSize) return {};
  return Fail(ItemTooLarge());
}

Result<void> PutWrite::CheckSizeIn(const Table& table) const {
  if (FitsWithLocalIndexes(table, attributes())) return {};
  return Fail(ItemTooLarge());
}

Result<RowKey> PutWrite::BindOwn(const Table& table) {
  DYNAROCK_TRY(RowKey key, KeyOfItem(table, attributes()));
  DYNAROCK_CHECK(CheckIndexKeysOfPut(table, attributes()));
  return key;
}

Result<Change> PutWrite::DecideOwn(const Table&, std::optional<ItemView>) {
  return Change::Put(std::move(attributes_));
}

Result<void> UpdateWrite::ReadLegacy(const JsonValue& input) {
  DYNAROCK_TRY(const auto attribute_updates, ReadAttributeUpdates(input, arena_, layer()));
  DYNAROCK_TRY(update_, expression::FromAttributeUpdates(attribute_updates));
  return ItemWrite::ReadLegacy(input);
}

Result<void> UpdateWrite::ParseOwn(const JsonValue& input, expression::Placeholders& placeholders) {
  const JsonValue* text = FindMember(input, "UpdateExpression");
  if (text == nullptr) return {};
  DYNAROCK_TRY(update_, expression::ParseUpdate(Text(*text), placeholders));
  if (measure_ == Measure::kFlat) return {};
  if (layer() == Layer::kOlder) {
    return WritesTooDeep() ? Result<void>(Fail(NestingTooDeep())) : Result<void>();
  }
  // No part of a statement counts more than this for each byte of its text.
  constexpr uint64_t kMostPerByte = 40;
  heavy_ = (kMostPerByte + placeholder_bytes()) * Text(*text).size() > kMaxItemSize;
  return {};
}

// A value that may be compared with may still be too deep to be written.
bool UpdateWrite::WritesTooDeep() const {
  return std::ranges::any_of(update_.nodes(), [](const expression::UpdateNode& node) {
    return node.kind == expression::UpdateNode::Kind::kValue &&
           NestingLevels(node.value) > kMaxNesting;
  });
}

Result<RowKey> UpdateWrite::BindOwn(const Table& table) {
  DYNAROCK_TRY(RowKey key, KeyOfKey(table, attributes()));
  DYNAROCK_CHECK(CheckUpdate(table, update_));
  return key;
}

Result<void> UpdateWrite::CheckOwn(std::optional<ItemView> stored) const {
  if (!heavy_ || update_.Charge(stored) <= kMaxItemSize) return {};
  return Fail(ItemToUpdateTooLarge());
}

Result<Change> UpdateWrite::DecideOwn(const Table& table, std::optional<ItemView> stored) {
  if (measure_ == Measure::kFlat && WritesTooDeep()) return Fail(UpdatedNestingTooDeep());
  return DecideUpdate(table, update_, stored, attributes());
}

Result<Change> DeleteWrite::DecideOwn(const Table&, std::optional<ItemView> stored) {
  return stored ? Change::Delete() : Change::Keep();
}

Result<Change> CheckWrite::DecideOwn(const Table&, std::optional<ItemView>) {
  return Change::Keep();
}

}  // namespace dynarock::operations
