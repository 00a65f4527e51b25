#include "server/operations/partiql/statement_write.h"

#include <algorithm>

#include "server/operations/partiql/statement_request.h"
#include "server/operations/request/capacity.h"
#include "server/operations/request/item_write.h"
#include "storage/item/size.h"

namespace dynarock::operations {

namespace {

using expression::Returning;
using Kind = expression::Statement::Kind;

std::optional<std::string> Bytes(std::optional<ItemView> item) {
  if (!item) return std::nullopt;
  return std::string(item->bytes());
}

std::optional<std::string> Shown(std::string fragment) {
  if (fragment.empty()) return std::nullopt;
  return fragment;
}

}  // namespace

Result<void> StatementWrite::CheckSize() const {
  if (statement_.kind != Kind::kInsert || ItemView(statement_.item).size() <= kMaxItemSize) {
    return {};
  }
  return Fail(ItemTooLarge());
}

Result<RowKey> StatementWrite::Bind(const Table& table) {
  table_ = &table;
  if (within_ == Within::kItself) {
    DYNAROCK_CHECK(expression::CheckKeyTypes(statement_, KeySchema(table)));
  }
  if (statement_.kind == Kind::kInsert) {
    const ItemView item(statement_.item);
    DYNAROCK_TRY(RowKey key, KeyOfItem(table, item));
    DYNAROCK_CHECK(CheckIndexKeysOfPut(table, item));
    if (!FitsWithLocalIndexes(table, item)) {
      return Fail(ItemTooLarge());
    }
    return key;
  }
  DYNAROCK_TRY(named_, expression::FindNamedItem(statement_, KeyNames(table)));
  if (!named_) {
    return Fail(
        Validation("Where clause does not contain a mandatory equality on all key attributes"));
  }
  DYNAROCK_TRY(RowKey key, KeyOfKey(table, ItemView(named_->key)));
  if (statement_.kind == Kind::kUpdate) DYNAROCK_CHECK(CheckUpdate(table, statement_.update));
  return key;
}

trace::AccessKind StatementWrite::access_kind() const {
  switch (statement_.kind) {
    case Kind::kInsert:
      return trace::AccessKind::kPut;
    case Kind::kUpdate:
      return trace::AccessKind::kUpdate;
    case Kind::kDelete:
      return trace::AccessKind::kDelete;
    default:
      return trace::AccessKind::kCheck;
  }
}

ItemView StatementWrite::key_item() const {
  return ItemView(named_ ? named_->key : statement_.item);
}

Result<Change> StatementWrite::operator()(std::optional<ItemView> stored) {
  const auto failed = [&] {
    return Fail(ConditionFailed(return_item_ && stored ? std::string(stored->bytes()) : ""));
  };
  if (stored) attempted_units_ = WriteUnits(stored->size());
  if (statement_.kind == Kind::kInsert) {
    const ItemView item(statement_.item);
    attempted_units_ = std::max(attempted_units_, WriteUnits(item.size()));
    if (stored) {
      return Fail(OfKind(ErrorKind::kDuplicateItem, "Duplicate primary key exists in table"));
    }
    if (statement_.item_fault) return Fail(*statement_.item_fault);
    return Change::Put(statement_.item);
  }
  if (!stored) {
    // An UPDATE makes no items, and there is nothing to delete.
    if (statement_.kind == Kind::kDelete && !(within_ == Within::kTransaction && named_->rest)) {
      return Change::Keep();
    }
    return failed();
  }
  if (named_->rest && !named_->rest->Matches(stored)) return failed();
  switch (statement_.kind) {
    case Kind::kUpdate:
      return DecideUpdate(*table_, statement_.update, stored, ItemView(named_->key));
    case Kind::kDelete:
      return Change::Delete();
    default:
      return Change::Keep();  // EXISTS
  }
}

std::optional<std::string> StatementWrite::Returned(const WriteOutcome& outcome) const {
  switch (statement_.returning) {
    case Returning::kNone:
      break;
    case Returning::kAllOld:
      return Bytes(outcome.old_item());
    case Returning::kAllNew:
      return Bytes(outcome.item());
    case Returning::kModifiedOld:
      return Shown(statement_.update.UpdatedOld(outcome.old_item()));
    case Returning::kModifiedNew:
      return Shown(statement_.update.UpdatedNew(outcome.item()));
  }
  return std::nullopt;
}

}  // namespace dynarock::operations
