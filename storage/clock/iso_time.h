// Times as people and programs read them.
#pragma once

#include <cstdint>
#include <string>

namespace dynarock {

// "2026-11-25T13:07:00.123Z". `ms`: since the epoch.
std::string IsoTime(int64_t ms);

}  // namespace dynarock
