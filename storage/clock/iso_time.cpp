#include "storage/clock/iso_time.h"

#include <array>
#include <chrono>
#include <cstdio>

namespace dynarock {

std::string IsoTime(int64_t ms) {
  const std::chrono::sys_time<std::chrono::milliseconds> whole{std::chrono::milliseconds(ms)};
  const auto day = std::chrono::floor<std::chrono::days>(whole);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(whole - day);
  std::array<char, 64> text;
  const int length = std::snprintf(
      text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
      static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
      static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
      static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
      static_cast<int>(time.subseconds().count()));
  return {text.data(), static_cast<size_t>(length)};
}

}  // namespace dynarock
