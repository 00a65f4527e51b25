// The rules, one file each in rules/. A rule looks at what was gathered and adds a finding for each
// thing it has to say; it stays silent below its thresholds (settings.h). Each file defines one Rule,
// and rules.cpp lists them. docs/advisor.md lists them for users.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "server/advisor/rules/case.h"
#include "server/findings/report.h"

namespace dynarock::advisor {

struct Rule {
  std::string_view id;  // of its findings; what suppressions name
  void (*judge)(const Case& given, std::vector<Finding>& findings);
};

// All of them. They live as long as the program.
std::span<const Rule> Rules();

}  // namespace dynarock::advisor
