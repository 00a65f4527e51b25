// Who looks at what is there only while a request runs: once it is observed, the items that it read
// and the tables that it deleted are gone.
//
// An observer brings one along (protocol::Observer::witness), and operations call it through the
// trace (operations/request/notes.h). Which values of an item are worth noting is the observer's
// guess, so it lives with the observer; the trace only keeps the hashes.
#pragma once

#include "storage/item/encoded.h"

namespace dynarock {
class Table;
}

namespace dynarock::trace {

struct Access;
class Trace;

// Called from several threads at once, on the request's way; must be quick.
class Witness {
 public:
  virtual ~Witness() = default;

  // Whether it wants to see the items of the page that begins now.
  virtual bool WantsPage() = 0;
  // An item of a page's answer. Its result has been begun; what is to be kept of the item is added
  // to it (Trace::AddValue).
  virtual void SeePageItem(ItemView item, Trace& trace) = 0;
  // An item that `access` read by its key. What is to be kept of it becomes results of the access
  // (Trace::BeginResult).
  virtual void SeeItem(ItemView item, Access& access, Trace& trace) = 0;
  // A table that is about to be deleted; its items can still be read.
  virtual void BeforeDelete(const Table& table) = 0;
};

}  // namespace dynarock::trace
