#include "storage/item/json_value.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace dynarock {

namespace {

std::string_view NameOf(JsonType type) {
  constexpr std::array<std::string_view, 7> kNames = {
      "null", "a boolean", "an integer", "a real", "a string", "an array", "an object"};
  return kNames[static_cast<size_t>(type)];
}

}  // namespace

JsonValue JsonValue::Bool(bool value) {
  JsonValue made;
  made.boolean_ = value;
  made.type_ = JsonType::kBool;
  return made;
}

JsonValue JsonValue::Integer(int64_t value) {
  JsonValue made;
  made.integer_ = value;
  made.type_ = JsonType::kInteger;
  return made;
}

JsonValue JsonValue::Real(double value, bool whole) {
  JsonValue made;
  made.real_ = value;
  made.size_ = whole ? 1 : 0;
  made.type_ = JsonType::kReal;
  return made;
}

JsonValue JsonValue::String(std::string_view text) {
  JsonValue made;
  made.text_ = text.data();
  made.size_ = static_cast<uint32_t>(text.size());
  made.type_ = JsonType::kString;
  return made;
}

JsonValue JsonValue::Array(std::span<JsonValue> elements) {
  JsonValue made;
  made.elements_ = elements.data();
  made.size_ = static_cast<uint32_t>(elements.size());
  made.type_ = JsonType::kArray;
  return made;
}

JsonValue JsonValue::Object(std::span<JsonMember> members) {
  JsonValue made;
  made.members_ = members.data();
  made.size_ = static_cast<uint32_t>(members.size());
  made.type_ = JsonType::kObject;
  return made;
}

const JsonValue& JsonValue::operator[](size_t i) const {
  const auto elements = GetArray();
  if (i >= elements.size()) {
    throw JsonTypeError("element " + std::to_string(i) + " of a JSON array of " +
                        std::to_string(elements.size()) + " was read");
  }
  return elements[i];
}

const JsonValue& JsonValue::operator[](std::string_view name) const {
  Require(JsonType::kObject);
  const JsonValue* member = FindMember(*this, name);
  if (member == nullptr) throw JsonTypeError("a JSON object has no member " + std::string(name));
  return *member;
}

int64_t JsonValue::GetCut(int64_t least, int64_t most) const {
  if (type_ == JsonType::kInteger) return std::clamp(integer_, least, most);
  const double number = GetDouble();
  // As doubles the bounds may be rounded outwards, so they count as outside.
  if (number >= static_cast<double>(most)) return most;
  if (number <= static_cast<double>(least)) return least;
  return static_cast<int64_t>(number);
}

void JsonValue::KeepMembers(size_t count) {
  if (count > MemberCount()) throw JsonTypeError("a JSON object was made longer");
  size_ = static_cast<uint32_t>(count);
}

void JsonValue::ThrowTypeError(JsonType wanted) const {
  throw JsonTypeError("a JSON value that is " + std::string(NameOf(type_)) + " was read as " +
                      std::string(NameOf(wanted)));
}

const JsonValue* FindMember(const JsonValue& object, std::string_view name) {
  if (!object.IsObject()) return nullptr;
  const auto members = object.GetObject();
  for (size_t i = members.size(); i > 0; --i) {
    if (members[i - 1].name != name) continue;
    const JsonValue& found = members[i - 1].value;
    return found.IsNull() ? nullptr : &found;
  }
  return nullptr;
}

JsonValue* FindMember(JsonValue& object, std::string_view name) {
  return const_cast<JsonValue*>(FindMember(std::as_const(object), name));
}

}  // namespace dynarock
