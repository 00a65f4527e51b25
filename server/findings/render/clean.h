// Strings of a report come from requests and files: anything can be in them. They are made safe
// once, before any renderer sees them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "server/findings/report.h"

namespace dynarock::findings {

enum class Cleaning : uint8_t {
  // Bytes that are not UTF-8 become U+FFFD. For formats that can write any character.
  kUtf8,
  // Also: line ends and tabs become spaces (in blocks they stay), other control characters
  // become their pictures (U+241B for escape), and what reorders text becomes U+FFFD.
  kPrintable,
};

std::string CleanedText(std::string_view text, Cleaning cleaning, bool keep_lines = false);

// The report with all its strings cleaned.
Report Cleaned(Report report, Cleaning cleaning);

}  // namespace dynarock::findings
