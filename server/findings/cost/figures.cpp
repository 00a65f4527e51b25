#include "server/findings/cost/figures.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace dynarock::findings {

namespace {

std::string Fixed(double value, int decimals) {
  std::array<char, 400> buffer;
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                    std::chars_format::fixed, decimals);
  return {buffer.data(), result.ptr};
}

// Puts commas between the thousands of the whole part.
std::string WithCommas(std::string digits) {
  const size_t point = digits.find('.');
  const size_t first = digits.starts_with('-') ? 1 : 0;
  size_t at = point == std::string::npos ? digits.size() : point;
  while (at > first + 3) {
    at -= 3;
    digits.insert(at, 1, ',');
  }
  return digits;
}

struct UtcTime {
  std::chrono::year_month_day date;
  std::chrono::hh_mm_ss<std::chrono::milliseconds> time;
};

UtcTime ToUtc(int64_t ms) {
  const std::chrono::sys_time<std::chrono::milliseconds> moment{std::chrono::milliseconds(ms)};
  const auto day = std::chrono::floor<std::chrono::days>(moment);
  return {day, std::chrono::hh_mm_ss<std::chrono::milliseconds>(moment - day)};
}

std::string DateText(const UtcTime& utc) {
  std::array<char, 40> text;
  const int length =
      std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(utc.date.year()),
                    static_cast<unsigned>(utc.date.month()), static_cast<unsigned>(utc.date.day()));
  return {text.data(), static_cast<size_t>(length)};
}

std::string TimeText(const UtcTime& utc) {
  std::array<char, 40> text;
  const int length = std::snprintf(
      text.data(), text.size(), "%02d:%02d:%02d", static_cast<int>(utc.time.hours().count()),
      static_cast<int>(utc.time.minutes().count()), static_cast<int>(utc.time.seconds().count()));
  return {text.data(), static_cast<size_t>(length)};
}

}  // namespace

std::string CountText(uint64_t count) {
  return WithCommas(std::to_string(count));
}

std::string UnitsText(double units) {
  const double tenths = std::round(units * 10);
  if (tenths == 0 && units > 0) return "under 0.1";
  return WithCommas(Fixed(tenths / 10, std::fmod(tenths, 10) == 0 ? 0 : 1));
}

std::string MoneyText(double amount, std::string_view currency) {
  const std::string sign = currency == "USD" ? "$" : std::string(currency) + " ";
  if (amount <= 0) return sign + "0";
  if (amount < 0.01) return "under " + sign + "0.01";
  return sign + WithCommas(Fixed(amount, amount < 1000 ? 2 : 0));
}

std::string BytesText(uint64_t bytes) {
  if (bytes < 1024) return Plural(bytes, "byte");
  double size = static_cast<double>(bytes) / 1024;
  for (const char* unit : {"KB", "MB", "GB"}) {
    if (size < 1024) return Fixed(size, 1) + " " + unit;
    size /= 1024;
  }
  return WithCommas(Fixed(size, 1)) + " TB";
}

std::string ShareText(double part, double whole) {
  if (whole <= 0 || part <= 0) return "0 %";
  const double percent = 100 * part / whole;
  if (percent < 0.1) return "under 0.1 %";
  // What is nearly all must not be shown as all.
  if (percent < 10 || (percent > 99 && percent < 100)) {
    return Fixed(percent < 10 ? percent : std::floor(percent * 10) / 10, 1) + " %";
  }
  return Fixed(percent, 0) + " %";
}

std::string TrafficText(double requests) {
  const double millions = requests / 1e6;
  if (millions >= 1 && millions == std::round(millions * 10) / 10)
    return UnitsText(millions) + " million";
  return UnitsText(requests);
}

std::string Plural(uint64_t count, std::string_view noun) {
  return CountText(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

std::string DateTime(int64_t ms) {
  const UtcTime utc = ToUtc(ms);
  return DateText(utc) + " " + TimeText(utc);
}

std::string SpanText(int64_t from_ms, int64_t to_ms) {
  const UtcTime from = ToUtc(from_ms);
  const UtcTime to = ToUtc(to_ms);
  if (from_ms / 1000 == to_ms / 1000) return DateTime(from_ms) + " UTC";
  const std::string last = from.date == to.date ? TimeText(to) : DateTime(to_ms);
  return DateTime(from_ms) + " to " + last + " UTC";
}

std::string DurationText(int64_t ms) {
  if (ms < 100) return "under 0.1 s";
  if (ms < 10'000) return Fixed(static_cast<double>(ms) / 1000, 1) + " s";
  if (ms < 600'000) return std::to_string(ms / 1000) + " s";
  return CountText(static_cast<uint64_t>(ms) / 60'000) + " min";
}

std::string SeenText(const Finding& finding) {
  std::string seen = finding.count == 1 ? "once" : CountText(finding.count) + " times";
  if (finding.first_seen_ms > 0) {
    seen += ", " +
            SpanText(finding.first_seen_ms, std::max(finding.first_seen_ms, finding.last_seen_ms));
  }
  return seen;
}

std::string Where(std::string_view table, std::string_view index) {
  std::string where(table);
  if (!index.empty()) {
    where += " / ";
    where += index;
  }
  return where;
}

std::string PlaceOf(const Finding& finding) {
  std::string place = finding.file;
  if (place.empty() || finding.line <= 0) return place;
  place += ":" + std::to_string(finding.line);
  if (finding.column > 0) place += ":" + std::to_string(finding.column);
  return place;
}

}  // namespace dynarock::findings
