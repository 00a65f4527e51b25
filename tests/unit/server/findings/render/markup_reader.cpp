#include "tests/unit/server/findings/render/markup_reader.h"

#include <set>
#include <stdexcept>

#include <gtest/gtest.h>

namespace dynarock::findings {

namespace {

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  Element Root() {
    while (Skip("<?", "?>") || Skip("<!", ">") || Space()) {
    }
    Element root = ReadElement();
    while (Space()) {
    }
    if (!rest_.empty()) Complain("text after the root");
    return root;
  }

 private:
  [[noreturn]] void Complain(const std::string& what) const {
    throw std::runtime_error(what + " before: " + std::string(rest_.substr(0, 80)));
  }

  bool Skip(std::string_view opening, std::string_view closing) {
    if (!rest_.starts_with(opening)) return false;
    rest_.remove_prefix(rest_.find(closing) + closing.size());
    return true;
  }

  bool Space() {
    const size_t end = rest_.find_first_not_of(" \n\t");
    if (end == 0) return false;
    const bool some = !rest_.empty();
    rest_.remove_prefix(end == rest_.npos ? rest_.size() : end);
    return some;
  }

  std::string Until(std::string_view stops) {
    const size_t end = rest_.find_first_of(stops);
    if (end == rest_.npos) Complain("the end");
    std::string part(rest_.substr(0, end));
    rest_.remove_prefix(end);
    return part;
  }

  std::string Unescape(std::string_view text) const {
    static const std::map<std::string_view, std::string_view> kEntities = {
        {"amp", "&"}, {"lt", "<"},     {"gt", ">"},  {"quot", "\""},
        {"#39", "'"}, {"middot", "·"}, {"rarr", "→"}};
    std::string out;
    while (!text.empty()) {
      const size_t at = text.find('&');
      out += text.substr(0, at);
      if (at == text.npos) break;
      const size_t end = text.find(';', at);
      const auto entity = kEntities.find(text.substr(at + 1, end - at - 1));
      if (end == text.npos || entity == kEntities.end()) Complain("a stray &");
      out += entity->second;
      text.remove_prefix(end + 1);
    }
    return out;
  }

  void ReadAttributes(Element& element) {
    while (Space()) {
      if (rest_[0] == '>' || rest_[0] == '/') return;
      const std::string name = Until("=>");
      if (!rest_.starts_with("=\"")) Complain("an attribute without a quoted value");
      rest_.remove_prefix(2);
      const std::string value = Until("\"<");
      if (rest_[0] == '<') Complain("< in an attribute");
      rest_.remove_prefix(1);
      if (!element.attributes.emplace(name, Unescape(value)).second) Complain("given twice");
    }
  }

  Element ReadElement() {
    static const std::set<std::string> kVoid = {"meta"};
    if (!rest_.starts_with('<')) Complain("no element");
    rest_.remove_prefix(1);
    Element element;
    element.name = Until(" >/\n");
    ReadAttributes(element);
    if (rest_.starts_with("/>")) {
      rest_.remove_prefix(2);
      return element;
    }
    if (!rest_.starts_with('>')) Complain("an open tag");
    rest_.remove_prefix(1);
    if (!kVoid.contains(element.name)) ReadContent(element);
    return element;
  }

  void ReadContent(Element& element) {
    const std::string closing = "</" + element.name + ">";
    while (true) {
      const std::string text = Until("<");
      element.text += element.name == "style" ? text : Unescape(text);
      if (rest_.starts_with(closing)) break;
      if (rest_.starts_with("</")) Complain("not the end of " + element.name);
      element.children.push_back(ReadElement());
    }
    rest_.remove_prefix(closing.size());
  }

  std::string_view rest_;
};

}  // namespace

std::string Element::ShapeOf() const {
  std::string shape = name + "(";
  for (const Element& child : children) shape += child.ShapeOf();
  return shape + ")";
}

Element ReadMarkup(std::string_view text) {
  try {
    return Reader(text).Root();
  } catch (const std::runtime_error& error) {
    ADD_FAILURE() << error.what();
    return {};
  }
}

}  // namespace dynarock::findings
