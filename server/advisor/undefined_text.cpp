#include "server/advisor/undefined_text.h"

namespace dynarock::advisor {

bool LooksUndefined(std::string_view text) {
  return text == "undefined" || text == "NaN" ||
         text.find("[object Object]") != std::string_view::npos;
}

bool KeyLooksUndefined(std::string_view text) {
  constexpr std::string_view kMarks = "#:/|";
  if (LooksUndefined(text)) return true;
  for (size_t mark = text.find_first_of(kMarks); mark != std::string_view::npos;) {
    const size_t next = text.find_first_of(kMarks, mark + 1);
    const std::string_view part = text.substr(mark + 1, next - mark - 1);
    if (LooksUndefined(part) || (part == "null" && next == std::string_view::npos)) return true;
    mark = next;
  }
  return LooksUndefined(text.substr(0, text.find_first_of(kMarks)));
}

}  // namespace dynarock::advisor
