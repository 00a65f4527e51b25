// Figures as people read them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "server/findings/report.h"

namespace dynarock::findings {

// "12,345".
std::string CountText(uint64_t count);
// Capacity units: whole or with one decimal, "0.5", "1,440".
std::string UnitsText(double units);
// "$365.00", "$1,460" from 1000 on, "under $0.01", "$0"; another currency in front: "EUR 1.20".
std::string MoneyText(double amount, std::string_view currency);
// "512 bytes", "1.5 KB", "2.0 MB"; 1 KB is 1024 bytes.
std::string BytesText(uint64_t bytes);
// "98 %", "0.4 %", "under 0.1 %"; of a whole that may be zero.
std::string ShareText(double part, double whole);
// "1 million", "250,000": a traffic.
std::string TrafficText(double requests);
// "1 error", "2 errors".
std::string Plural(uint64_t count, std::string_view noun);

// Milliseconds since the epoch, in UTC: "2026-11-25 13:00:02".
std::string DateTime(int64_t ms);
// "2026-11-25 13:00:02 to 13:00:40 UTC"; the second date only where it differs, and one time where
// both are the same second.
std::string SpanText(int64_t from_ms, int64_t to_ms);
// How long something took: "under 0.1 s", "0.4 s", "12 s", "13 min".
std::string DurationText(int64_t ms);
// "2026-11-25T13:00:02.120Z".

// How often and when a finding was seen: "120 times, 2026-11-25 13:00:02 to 13:00:40 UTC".
std::string SeenText(const Finding& finding);

// "table", or "table / index"; empty for no table.
std::string Where(std::string_view table, std::string_view index);
// "main.tf:12:3", or without what is not known; empty for no file.
std::string PlaceOf(const Finding& finding);

}  // namespace dynarock::findings
