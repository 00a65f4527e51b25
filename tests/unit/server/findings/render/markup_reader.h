// A strict reader of XML, and of HTML as our renderer writes it, for tests: what does not balance
// or has a stray "<" or "&" fails the test.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace dynarock::findings {

struct Element {
  std::string name;
  std::map<std::string, std::string> attributes;  // unescaped
  std::string text;                               // of its own, unescaped
  std::vector<Element> children;

  // The names of the elements, nested: "html(head(title)body)".
  std::string ShapeOf() const;
};

// The root element of `text`. Fails the test, with a name of "", when it is not well-formed.
Element ReadMarkup(std::string_view text);

}  // namespace dynarock::findings
