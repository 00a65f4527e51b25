#include "server/advisor/words/undefined_text.h"

namespace dynarock::advisor {

bool LooksUndefined(std::string_view text) {
  return text == "undefined" || text == "NaN" || text == "Invalid Date" ||
         text.find("[object Object]") != std::string_view::npos;
}

namespace {

// Whether a text may hold one of the words: by the two letters that these begin with, since every
// key that is written is asked.
bool MayLookUndefined(std::string_view text) {
  for (size_t i = 0; i + 2 < text.size(); ++i) {
    const char next = text[i + 1];
    switch (text[i]) {
      case 'u':
      case 'I':
        if (next == 'n') return true;
        break;
      case 'n':
        if (next == 'u') return true;
        break;
      case 'N':
        if (next == 'a') return true;
        break;
      case '[':
        if (next == 'o') return true;
        break;
      default:
        break;
    }
  }
  return false;
}

}  // namespace

bool KeyLooksUndefined(std::string_view text) {
  if (!MayLookUndefined(text)) return false;
  constexpr std::string_view kMarks = "#:/|";
  // ElectroDB writes "userid_undefined", in small letters.
  const auto looks = [](std::string_view part) {
    return LooksUndefined(part) || part.ends_with("_undefined") ||
           part.ends_with("_[object object]");
  };
  if (looks(text)) return true;
  for (size_t mark = text.find_first_of(kMarks); mark != std::string_view::npos;) {
    const size_t next = text.find_first_of(kMarks, mark + 1);
    const std::string_view part = text.substr(mark + 1, next - mark - 1);
    if (looks(part) || part == "null") return true;
    mark = next;
  }
  return looks(text.substr(0, text.find_first_of(kMarks)));
}

}  // namespace dynarock::advisor
