#include "storage/item/json_text.h"

namespace dynarock {

void AppendJson(const JsonValue& value, std::string& out) {
  if (value.IsObject()) {
    out += '{';
    bool first = true;
    for (const auto& member : value.GetObject()) {
      if (!first) out += ',';
      first = false;
      AppendJsonString(member.name, out);
      out += ':';
      AppendJson(member.value, out);
    }
    out += '}';
  } else if (value.IsArray()) {
    out += '[';
    bool first = true;
    for (const JsonValue& element : value.GetArray()) {
      if (!first) out += ',';
      first = false;
      AppendJson(element, out);
    }
    out += ']';
  } else if (value.IsString()) {
    AppendJsonString(Text(value), out);
  } else if (value.IsBool()) {
    out += value.GetBool() ? "true" : "false";
  } else if (value.IsInt64()) {
    out += std::to_string(value.GetInt64());
  } else if (value.IsNumber()) {
    JsonWriter(out).Double(value.GetDouble());
  } else {
    out += "null";
  }
}

}  // namespace dynarock
