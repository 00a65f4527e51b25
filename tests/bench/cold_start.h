// From nothing to the first answer, and what memory it takes.
#pragma once

#include <string>

namespace dynarock::bench {

// Starts the server `times` times and prints the median time from its start to the first successful
// ListTables, its resident memory when idle, and with 100,000 items of 1 KB.
void MeasureColdStart(const std::string& server, unsigned times);

}  // namespace dynarock::bench
