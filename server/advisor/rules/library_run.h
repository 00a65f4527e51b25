// A suite that tests a library does on purpose what an application must not: it scans, it writes
// items of all shapes, it asks for one page. What is found in such a run is told, but less severely.
#pragma once

#include <string>
#include <vector>

#include "server/advisor/rules/case.h"

namespace dynarock::advisor {

// Why the run looks like the tests of a library, in the words that follow "looks like the tests of
// a library: "; "" for an application. It takes two signs that have nothing to do with each other,
// since each by itself is met in the tests of applications too.
std::string SignsOfLibrary(const Case& given);

// Lowers severities where the advisor file says that this is a library's run, or where it says
// nothing and there are signs of it. Returns what the report says about that; "": nothing was
// lowered.
std::string LowerForLibrary(const Case& given, std::vector<Finding>& findings);

}  // namespace dynarock::advisor
