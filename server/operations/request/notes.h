// What operations note for observers (server/trace/trace.h): reads, writes, changes of tables.
// Everything here does nothing when nobody watches.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "server/operations/request/capacity.h"
#include "server/operations/request/table_lookup.h"
#include "server/trace/trace.h"
#include "storage/catalog/table.h"
#include "storage/item/encoded.h"
#include "storage/table/write.h"

namespace dynarock::operations {

using trace::Access;
using trace::AccessKind;

// Whose access: the table, as the request names it, and the object with the access's expressions.
struct AccessTarget {
  const std::shared_ptr<const Table>& table;
  std::string_view table_name;
  const JsonValue& input;
  bool transactional = false;
  bool partiql = false;
};

// Of an item or key that has the table's key attributes.
uint64_t KeyHash(const Table& table, ItemView item);

// One item read by its key. `row`: the stored item, if there is one; `units`: read units.
void NoteGet(Call& call, const AccessTarget& target, ItemView key, std::optional<ItemView> row,
             bool consistent, double units);

// A key of a batch that was handed back unread.
void NoteUnread(Call& call, const AccessTarget& target, ItemView key);

// One item's write in two steps, since the item is gone once it is written: first what is to be
// written, then what came of it.
class WriteNote {
 public:
  // `key`: an item that has the key attributes; its bytes may go afterwards.
  WriteNote(Call& call, AccessKind kind, const AccessTarget& target, ItemView key);
  // The write was refused under the item's latch; `units`: what that is charged.
  void Failed(double units);
  // Left as it was, for the caller to send again.
  void Unprocessed();
  // `factor`: of the table's units (capacity.h). Takes the outcome along.
  void Done(WriteOutcome&& outcome, int factor = 1);

 private:
  trace::Trace* trace_;
  size_t at_ = 0;
};

// One page of a Query or Scan, while it is read.
class PageNote {
 public:
  PageNote(Call& call, AccessKind kind, const AccessTarget& target, const Index* index);
  // Null when nobody watches.
  Access* access() const { return trace_ == nullptr ? nullptr : &trace_->at(at_); }
  // An item of the answer.
  void Returned(ItemView entry);
  // At the page's end.
  void Read(uint64_t items, uint64_t items_returned, uint64_t bytes, const Consumed& consumed);

 private:
  trace::Trace* trace_;
  size_t at_ = 0;
  trace::Witness* witness_ = nullptr;  // who wants to see the items
};

// A table that was made, changed or deleted, as it was and as it is; null where there is none.
void NoteTableChange(Call& call, std::shared_ptr<const Table> before,
                     std::shared_ptr<const Table> after);

// The table that CreateTable is about to make, unless it exists.
void NoteAsked(Call& call, const TableDescription& table);

// A table's deletion in two steps, since its items are gone once it is deleted: first it is there
// to be looked at, then it is gone.
class DeleteNote {
 public:
  DeleteNote(Call& call, const NamedTable& named);
  void Done();

 private:
  Call& call_;
  std::shared_ptr<const Table> before_;  // null: nobody watches, or it is gone already
};

// The hash of a page token, as Access has it; 0 for none.
uint64_t TokenHash(std::string_view token);

}  // namespace dynarock::operations
