#include "server/http/field_value.h"

#include <optional>

namespace dynarock::http {
namespace {

// A weight is "0", "0.5", "1.000"; it is zero when no digit but 0 occurs.
bool IsZeroWeight(std::string_view weight) {
  return weight.find_first_of("123456789") == std::string_view::npos;
}

}  // namespace

std::string_view NextElement(std::string_view& list, char separator) {
  const std::size_t end = list.find(separator);
  const std::string_view element = Trimmed(list.substr(0, end));
  list = end == std::string_view::npos ? std::string_view{} : list.substr(end + 1);
  return element;
}

bool AcceptsGzip(std::string_view accept_encoding) {
  std::optional<bool> gzip;
  bool any = false;
  while (!accept_encoding.empty()) {
    std::string_view element = NextElement(accept_encoding);
    const std::string_view coding = NextElement(element, ';');
    bool allowed = true;
    while (!element.empty()) {
      std::string_view parameter = NextElement(element, ';');
      if (EqualsIgnoringCase(NextElement(parameter, '='), "q")) {
        allowed = !IsZeroWeight(parameter);
      }
    }
    if (EqualsIgnoringCase(coding, "gzip") || EqualsIgnoringCase(coding, "x-gzip")) {
      gzip = allowed;
    } else if (coding == "*") {
      any = allowed;
    }
  }
  return gzip.value_or(any);
}

}  // namespace dynarock::http
