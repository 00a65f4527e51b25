// Text inside XML and HTML.
#pragma once

#include <string>
#include <string_view>

namespace dynarock::findings {

// `text` for an element's content or a quoted attribute. It holds no control characters beside line
// ends and tabs (clean.h).
inline std::string Escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace dynarock::findings
