// Everything that is to be said of files that define tables: what of `dynarock check` is not about
// arguments and printing.
#pragma once

#include <vector>

#include "server/findings/report.h"
#include "server/schema/table/table_source.h"

namespace dynarock::schema {

// Messages of reading, what CreateTable would refuse, and findings about the design, by place.
std::vector<findings::Finding> Review(const Reading& reading);

}  // namespace dynarock::schema
