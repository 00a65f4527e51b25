// One cause, one finding: what a suite of tests does to each of its thirty tables is said once.
#pragma once

#include <vector>

#include "server/findings/report.h"

namespace dynarock::advisor {

// Findings about several tables become one where their cause is the same: they are of the same rule,
// severity and index name, their requests have the same expression, and their titles differ in
// figures and types only. The first of them stays and holds the others (Finding::also_at); its title says how
// many other tables there are, its evidence names some, and its count and times are those of all.
// Expects them in the order of their weight, after those that are suppressed were left out.
std::vector<findings::Finding> OneForEachCause(std::vector<findings::Finding> findings);

}  // namespace dynarock::advisor
