// What follows when files that define tables were read.
#pragma once

#include "server/schema/review/review.h"
#include "server/schema/start/apply.h"
#include "server/schema/table/table_source.h"

namespace dynarock::fuzzers {

// As `dynarock check` and --schema do it: all that is to be said, and the tables that are wanted.
inline void ReviewAll(const schema::Reading& reading) {
  (void)schema::Review(reading);
  (void)schema::WantAll(reading);
}

}  // namespace dynarock::fuzzers
