// Writes that leave a small part of an item: updates that make an item of the few attributes they
// set, and puts that drop the attributes which the item had.
#pragma once

#include "server/advisor/watch/counts.h"
#include "server/advisor/watch/seen.h"
#include "server/trace/trace.h"

namespace dynarock::advisor {

struct RequestKind;
class TableWatch;

struct PartItemCounts {
  Count created;        // updates that made an item
  Count created_small;  // updates that made one far smaller than what Put writes to the table
  Offender small;       // an update that counts as created_small
  Count put_dropping;   // puts that left a small part of the item that was there
  // Puts that left a small part, without an attribute that stays for good or with a key of an index
  // gone.
  Count put_losing;
  Offender dropper;  // a put that counts as put_dropping
};

// Looks at a write that was done. `watch`: of its table; null: the table is not watched.
void LookAtPartItem(RequestKind& kind, const SeenRequest& seen, const trace::Access& access,
                    const TableWatch* watch);

}  // namespace dynarock::advisor
