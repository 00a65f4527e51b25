#include "server/http/http_date.h"

#include <cstring>

namespace dynarock::http {
namespace {

void Digits(char* to, int value, int count) {
  for (int i = count; i-- > 0; value /= 10) to[i] = static_cast<char>('0' + value % 10);
}

}  // namespace

std::string_view HttpDate::At(std::time_t seconds) {
  if (seconds != formatted_) {
    // strftime would follow the process's locale; HTTP's names are English.
    static constexpr char kDays[] = "SunMonTueWedThuFriSat";
    static constexpr char kMonths[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    std::memcpy(text_, "Sun, 00 Jan 0000 00:00:00 GMT", sizeof text_);
    std::memcpy(text_, kDays + 3 * utc.tm_wday, 3);
    Digits(text_ + 5, utc.tm_mday, 2);
    std::memcpy(text_ + 8, kMonths + 3 * utc.tm_mon, 3);
    Digits(text_ + 12, utc.tm_year + 1900, 4);
    Digits(text_ + 17, utc.tm_hour, 2);
    Digits(text_ + 20, utc.tm_min, 2);
    Digits(text_ + 23, utc.tm_sec, 2);
    formatted_ = seconds;
  }
  return {text_, sizeof text_};
}

}  // namespace dynarock::http
