// What a run has to say when it ends.
#pragma once

#include <cstdio>
#include <string>

#include "server/findings/run/desk.h"

namespace dynarock::findings::run {

// The status of a run that fails because of --fail-on.
inline constexpr int kFindingsStatus = 3;

// Errors and warnings in a few lines, the first ones by title; empty when there are none.
std::string Summary(const findings::Report& report);

// Writes the files that the settings name and the summary (to `summary`, unless that is null), and
// says with which status to end: 0; kFindingsStatus when a finding is of the severity to fail on;
// 1 when a file could not be written, after a line about it on stderr.
int EndRun(const Desk& desk, std::FILE* summary);

}  // namespace dynarock::findings::run
