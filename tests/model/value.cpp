#include "tests/model/value.h"

#include <algorithm>
#include <cstdlib>

#include "storage/item/base64.h"

namespace dynarock::model {

Value S(std::string text) {
  return {.type = "S", .text = std::move(text)};
}
Value N(const std::string& text) {
  return {.type = "N", .text = Canonical(text)};
}
Value B(std::string base64) {
  return {.type = "B", .text = std::move(base64)};
}

const std::vector<std::pair<std::string, std::string>>& NumberForms() {
  static const std::vector<std::pair<std::string, std::string>> kForms = {
      {"-0", "0"},
      {"0.0", "0"},
      {"1.50", "1.5"},
      {"1e2", "100"},
      {"-2.5E-1", "-0.25"},
      {"0.5", "0.5"},
      {"+7", "7"},
      {"007", "7"},
      {"12345678901234567890123456789012345678", "12345678901234567890123456789012345678"},
      {"12345678901234567890123456789012345679", "12345678901234567890123456789012345679"},
      {"-1e-130", "-0." + std::string(129, '0') + "1"},
      {"9.9e+125", "99" + std::string(124, '0')},
  };
  return kForms;
}

std::string Canonical(const std::string& number) {
  for (const auto& [sent, canonical] : NumberForms()) {
    if (sent == number) return canonical;
  }
  return number;
}

int Order(const Value& a, const Value& b) {
  if (a.type == "N") {
    const long double x = std::strtold(a.text.c_str(), nullptr);
    const long double y = std::strtold(b.text.c_str(), nullptr);
    if (x != y) return x < y ? -1 : 1;
    // Integers of 38 digits that differ in the last one.
    return a.text.compare(b.text);
  }
  if (a.type == "B") return DecodeBase64(a.text).compare(DecodeBase64(b.text));
  return a.text.compare(b.text);
}

bool BeginsWith(const Value& whole, const Value& prefix) {
  if (whole.type != prefix.type) return false;
  if (whole.type == "B") return DecodeBase64(whole.text).starts_with(DecodeBase64(prefix.text));
  return whole.type == "S" && whole.text.starts_with(prefix.text);
}

std::string ToJson(const Value& value) {
  std::string out = "{\"" + value.type + "\":";
  if (value.type == "BOOL") {
    out += value.text;
  } else if (value.type == "NULL") {
    out += "true";
  } else if (value.type == "M") {
    out += ToJson(value.map);
  } else if (value.type == "L") {
    out += '[';
    for (const Value& element : value.list) {
      if (out.back() != '[') out += ',';
      out += ToJson(element);
    }
    out += ']';
  } else if (value.type.size() == 2) {
    out += '[';
    for (const std::string& element : value.elements) {
      if (out.back() != '[') out += ',';
      AppendJsonString(element, out);
    }
    out += ']';
  } else {
    AppendJsonString(value.text, out);
  }
  return out + "}";
}

std::string ToJson(const Item& item) {
  std::string out = "{";
  for (const auto& [name, value] : item) {
    if (out.size() > 1) out += ',';
    AppendJsonString(name, out);
    out += ':' + ToJson(value);
  }
  return out + "}";
}

Value ValueOf(const JsonValue& json) {
  const auto& [tag, content] = json.GetObject().front();
  Value value{.type = std::string(tag)};
  if (tag == "BOOL") {
    value.text = content.GetBool() ? "true" : "false";
  } else if (tag == "M") {
    value.map = ItemOf(content);
  } else if (tag == "L") {
    for (const JsonValue& element : content.GetArray()) value.list.push_back(ValueOf(element));
  } else if (tag.size() == 2) {
    for (const JsonValue& element : content.GetArray()) value.elements.emplace(Text(element));
  } else if (tag != "NULL") {
    value.text = Text(content);
  }
  return value;
}

Item ItemOf(const JsonValue& json) {
  Item item;
  for (const auto& [name, value] : json.GetObject()) item[std::string(name)] = ValueOf(value);
  return item;
}

}  // namespace dynarock::model
