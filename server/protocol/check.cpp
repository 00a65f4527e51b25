#include "server/protocol/check.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <limits>
#include <optional>
#include <span>

#include "server/protocol/model_order.h"
#include "storage/item/base64.h"
#include "storage/item/text.h"

namespace dynarock::protocol {

namespace {

constexpr std::string_view kPackage = "com.amazonaws.dynamodb.v20120810.";
constexpr std::string_view kStructureUnexpected =
    "Start of structure or map found where not expected";
constexpr std::string_view kParameterized =
    "class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast to class "
    "java.lang.Class (sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and "
    "java.lang.Class are in module java.base of loader 'bootstrap')";

// Where a value stands decides some texts.
enum class Place { kMember, kElement };

std::unexpected<Error> Bad(std::string message) {
  return Fail(Serialization(std::move(message)));
}

std::unexpected<Error> UnexpectedFieldType(Place place) {
  return Bad(std::string(place == Place::kElement ? kParameterized : "Unexpected field type"));
}

std::string_view JavaScalar(Kind kind) {
  switch (kind) {
    case Kind::kString:
      return "String";
    case Kind::kInteger:
      return "Integer";
    case Kind::kLong:
      return "Long";
    case Kind::kDouble:
      return "Double";
    case Kind::kBoolean:
      return "Boolean";
    case Kind::kTimestamp:
      return "Date";
    default:
      return "";
  }
}

std::string JavaType(const Shape& shape) {
  switch (shape.kind) {
    case Kind::kList:
      return "java.util.List<" + JavaType(*shape.element) + ">";
    case Kind::kMap:
      return "java.util.Map<java.lang.String, " + JavaType(*shape.element) + ">";
    case Kind::kStructure:
      return std::string(kPackage) + std::string(shape.name);
    case Kind::kBlob:
      return "java.nio.ByteBuffer";
    case Kind::kTimestamp:
      return "java.util.Date";
    default:
      return "java.lang." + std::string(JavaScalar(shape.kind));
  }
}

std::unexpected<Error> UnrecognizedCollection(const Shape& shape) {
  return Bad("Unrecognized collection type class " + JavaType(shape));
}

// How a boolean may be sent as text.
bool IsTruthWord(std::string_view text) {
  return std::ranges::any_of(
      std::to_array<std::string_view>({"true", "t", "yes", "y", "1", "false", "f", "no", "n", "0"}),
      [&](std::string_view word) { return EqualsIgnoringCase(text, word); });
}

Result<void> CheckScalar(const Shape& shape, const JsonValue& value) {
  const std::string type(JavaScalar(shape.kind));
  if (value.IsObject()) return Bad(std::string(kStructureUnexpected));
  if (value.IsArray()) {
    return shape.kind == Kind::kBoolean && !shape.name.empty() ? Bad({})
                                                               : UnrecognizedCollection(shape);
  }
  const auto cannot = [&](std::string_view what, Cause cause = Cause::kNone) {
    return Fail(
        Caused(cause, Serialization(std::string(what) + "_VALUE cannot be converted to " + type)));
  };
  switch (shape.kind) {
    case Kind::kString:
      if (value.IsBool()) {
        return cannot(value.GetBool() ? "TRUE" : "FALSE", Cause::kOtherTypeForString);
      }
      if (value.IsNumber()) {
        return cannot(value.IsWhole() ? "NUMBER" : "DECIMAL", Cause::kOtherTypeForString);
      }
      return {};
    case Kind::kBoolean:
      if (value.IsNumber()) return cannot(value.IsWhole() ? "NUMBER" : "DECIMAL");
      if (value.IsString() && !IsTruthWord(Text(value))) {
        return Bad("Unexpected token received from parser");
      }
      return {};
    case Kind::kBlob:
      if (!value.IsString()) return Bad("only base-64-encoded strings are convertible to bytes");
      return CheckBase64(Text(value));
    default:
      if (value.IsString()) return cannot("STRING", Cause::kStringForOtherType);
      if (value.IsBool()) return cannot(value.GetBool() ? "TRUE" : "FALSE");
      return {};
  }
}

const Member* FindShapeMember(const Shape& shape, std::string_view name) {
  for (const Member& member : shape.members) {
    if (member.name == name) return &member;
  }
  return nullptr;
}

// The last member of that name, which is the one that counts (FindMember); nullptr: there is none.
JsonMember* LastMember(std::span<JsonMember> members, std::string_view name) {
  for (size_t i = members.size(); i > 0; --i) {
    if (members[i - 1].name == name) return &members[i - 1];
  }
  return nullptr;
}

// Removes what the shape does not know, and what a later member of the same name replaces.
void DropUnknown(const Shape& shape, JsonValue& object) {
  const std::span<JsonMember> members = object.GetObject();
  size_t kept = 0;
  for (JsonMember& member : members) {
    const bool counts = FindShapeMember(shape, member.name) != nullptr &&
                        LastMember(members, member.name) == &member;
    if (counts) members[kept++] = member;
  }
  object.KeepMembers(kept);
}

// Why a value that is not null is not of its shape's type, its elements and members apart.
Result<void> CheckOne(const Shape& shape, const JsonValue& value, Place place) {
  switch (shape.kind) {
    case Kind::kList:
      if (value.IsObject()) return Bad(std::string(kStructureUnexpected));
      if (!value.IsArray()) return UnexpectedFieldType(place);
      return {};
    case Kind::kMap:
      if (value.IsArray()) return Bad("Unrecognized collection type " + JavaType(shape));
      if (!value.IsObject()) return UnexpectedFieldType(place);
      return {};
    case Kind::kStructure:
      if (value.IsArray()) return UnrecognizedCollection(shape);
      if (!value.IsObject()) {
        return Bad(place == Place::kElement ? "Unexpected value type in payload"
                                            : "Unexpected field type");
      }
      return {};
    default:
      return CheckScalar(shape, value);
  }
}

// Walks over a value by recursion, thousands of levels deep where the client wants it so
// (JsonDocument::kMaxDepth): what needs much of the stack is kept out of the functions that recurse.
class TypeChecker {
 public:
  Result<void> Run(const Shape& shape, JsonValue& value) {
    if (Fits(shape, value, Place::kMember)) return {};
    return Fail(*std::move(error_));
  }

 private:
  bool Fits(const Shape& shape, JsonValue& value, Place place) {
    if (value.IsNull()) return true;
    switch (shape.kind) {
      case Kind::kString:
        return value.IsString() || FitsAlone(shape, value, place);
      case Kind::kList:
        if (!value.IsArray()) return FitsAlone(shape, value, place);
        for (JsonValue& element : value.GetArray()) {
          if (!Fits(*shape.element, element, Place::kElement)) return false;
        }
        return true;
      case Kind::kMap:
        if (!value.IsObject()) return FitsAlone(shape, value, place);
        for (JsonMember& member : value.GetObject()) {
          if (!Fits(*shape.element, member.value, Place::kElement)) return false;
        }
        return true;
      case Kind::kStructure:
        if (!value.IsObject()) return FitsAlone(shape, value, place);
        return MembersFit(shape, value);
      default:
        return FitsAlone(shape, value, place);
    }
  }

  bool MembersFit(const Shape& shape, JsonValue& object) {
    const std::span<JsonMember> given = object.GetObject();
    // Most structures in a request are attribute values with one string in them.
    if (given.size() == 1) {
      const Member* member = FindShapeMember(shape, given.front().name);
      if (member != nullptr) return Fits(*member->shape, given.front().value, Place::kMember);
      object.KeepMembers(0);
      return true;
    }
    size_t known = 0;
    for (const Member& member : shape.members) {
      JsonMember* last = LastMember(given, member.name);
      if (last == nullptr) continue;
      ++known;
      if (!Fits(*member.shape, last->value, Place::kMember)) {
        FindFirst(shape, given);
        return false;
      }
    }
    if (known < given.size()) DropUnknown(shape, object);
    return true;
  }

  // One of several members does not fit: sets the error of the first such one in the model's order.
  // Of members that the model has and the order does not name, that of the shape's table stays.
  [[gnu::noinline]] void FindFirst(const Shape& shape, std::span<JsonMember> given) {
    std::string_view order = ModelOrder(shape.name);
    while (!order.empty()) {
      const std::string_view name = order.substr(0, order.find(' '));
      order.remove_prefix(std::min(name.size() + 1, order.size()));
      const Member* member = FindShapeMember(shape, name);
      JsonMember* last = member != nullptr ? LastMember(given, name) : nullptr;
      if (last != nullptr && !Fits(*member->shape, last->value, Place::kMember)) return;
    }
  }

  [[gnu::noinline]] bool FitsAlone(const Shape& shape, const JsonValue& value, Place place) {
    Result<void> result = CheckOne(shape, value, place);
    if (result) return true;
    error_ = std::move(result).error();
    return false;
  }

  std::optional<Error> error_;
};

std::string LowerFirst(std::string_view name) {
  std::string out(name);
  if (!out.empty()) out[0] = Lower(out[0]);
  return out;
}

// Characters are UTF-16 units, as in Java.
size_t Length(const JsonValue& value) {
  if (value.IsArray()) return value.Size();
  if (!value.IsString()) return value.MemberCount();
  size_t units = 0;
  for (const char c : Text(value)) {
    const auto byte = static_cast<unsigned char>(c);
    units += !ContinuesCharacter(c);
    units += byte >= 0xF0;
  }
  return units;
}

// A number as an integer of the shape's type.
int64_t Cut(const Shape& shape, const JsonValue& number) {
  if (shape.kind == Kind::kInteger) {
    return number.GetCut(std::numeric_limits<int32_t>::min(), std::numeric_limits<int32_t>::max());
  }
  return number.GetCut(std::numeric_limits<int64_t>::min(), std::numeric_limits<int64_t>::max());
}

bool IsName(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' || c == '-';
  });
}

class ConstraintChecker {
 public:
  Result<void> Run(const Shape& shape, const JsonValue& value) {
    DYNAROCK_CHECK(Unsupported(shape, value, ""));
    DYNAROCK_CHECK(Members(shape.members, value, ""));
    if (!violations_.empty()) return Fail(violations_.Join());
    return {};
  }

  Result<void> RunStages(const Shape& shape, std::span<const Stage> stages,
                         const JsonValue& value) {
    if (MissesRequired(shape, value)) return Run(shape, value);
    DYNAROCK_CHECK(Unsupported(shape, value, ""));
    for (const Stage stage : stages) {
      DYNAROCK_CHECK(Members(stage, value, ""));
      if (!violations_.empty()) return Fail(violations_.Join());
    }
    return {};
  }

  const Violations& violations() const { return violations_; }

 private:
  Result<void> Unsupported(const Shape& shape, const JsonValue& value, const std::string& path) {
    if (shape.kind == Kind::kStructure && value.IsObject()) {
      for (const Member& member : shape.members) {
        if (!member.rule.unsupported && member.shape->members.empty() &&
            member.shape->element == nullptr) {
          continue;
        }
        const JsonValue* given = FindMember(value, member.name);
        if (given == nullptr) continue;
        const std::string here = path + std::string(member.name);
        if (member.rule.unsupported) {
          return Fail(Validation("dynarock does not support the parameter " + here + " yet"));
        }
        if (member.shape->name != "AttributeValue") {
          DYNAROCK_CHECK(Unsupported(*member.shape, *given, here + "."));
        }
      }
    } else if (shape.kind == Kind::kList && value.IsArray() && Descends(*shape.element)) {
      for (const JsonValue& element : value.GetArray()) {
        DYNAROCK_CHECK(Unsupported(*shape.element, element, path));
      }
    } else if (shape.kind == Kind::kMap && value.IsObject() && Descends(*shape.element)) {
      for (const auto& entry : value.GetObject()) {
        DYNAROCK_CHECK(Unsupported(*shape.element, entry.value, path));
      }
    }
    return {};
  }

  Result<void> Members(Stage members, const JsonValue& value, const std::string& path) {
    for (const Member& member : members) {
      const Rule& rule = member.rule;
      const size_t before = violations_.size();
      const JsonValue* given = FindMember(value, member.name);
      if (rule.check != nullptr) {
        DYNAROCK_CHECK(rule.check(given, violations_));
      } else {
        DYNAROCK_CHECK(One(*member.shape, rule, given, path + LowerFirst(member.name)));
      }
      if (rule.alone && violations_.size() > before) break;
    }
    return {};
  }

  Result<void> One(const Shape& shape, const Rule& rule, const JsonValue* value,
                   const std::string& path) {
    if (value == nullptr || value->IsNull()) {
      if (rule.required) violations_.AddMissing(path);
      return {};
    }
    if (rule.check_at != nullptr) {
      rule.check_at(*value, path, violations_);
      return {};
    }
    const auto add = [&](const std::string& text) {
      if (violations_.size() == Violations::kMost) return;
      violations_.Add(Dump(shape, *value), path, text);
    };
    if (rule.values != nullptr) {
      const auto& values = rule.values->values;
      if (std::find(values.begin(), values.end(), Text(*value)) == values.end()) {
        add(EnumRule(*rule.values));
      }
    }
    if (rule.name_pattern && !IsName(Text(*value))) {
      add(NamePatternRule());
    }
    if (rule.min_value || rule.max_value) {
      const int64_t number = value->IsNumber() ? Cut(shape, *value) : 0;
      if (rule.min_value && number < *rule.min_value) {
        add("Member must have value greater than or equal to " + std::to_string(*rule.min_value));
      }
      if (rule.max_value && number > *rule.max_value) {
        add("Member must have value less than or equal to " + std::to_string(*rule.max_value));
      }
    }
    if (rule.max_length && Length(*value) > *rule.max_length) {
      add(LengthAtMostRule(*rule.max_length));
    }
    if (rule.min_length && Length(*value) < *rule.min_length) {
      add(LengthAtLeastRule(*rule.min_length));
    }
    return Children(shape, rule, *value, path);
  }

  Result<void> Children(const Shape& shape, const Rule& rule, const JsonValue& value,
                        const std::string& path) {
    switch (shape.kind) {
      case Kind::kStructure:
        if (shape.name == "AttributeValue") return {};
        return Members(shape.members, value, path + ".");
      case Kind::kList: {
        if (rule.element == nullptr && !Descends(*shape.element)) return {};
        size_t i = 0;
        for (const JsonValue& element : value.GetArray()) {
          DYNAROCK_CHECK(One(*shape.element, rule.element != nullptr ? *rule.element : Rule{},
                             &element, path + "." + std::to_string(++i) + ".member"));
        }
        return {};
      }
      case Kind::kMap:
        if (rule.element == nullptr && !Descends(*shape.element)) return {};
        for (const auto& entry : value.GetObject()) {
          DYNAROCK_CHECK(One(*shape.element, rule.element != nullptr ? *rule.element : Rule{},
                             &entry.value, path + "." + std::string(entry.name) + ".member"));
        }
        return {};
      default:
        return {};
    }
  }

  // Whether a member that must be there is not, at the top or below. The older layer answers that.
  static bool MissesRequired(const Shape& shape, const JsonValue& value) {
    const auto below = [&](const JsonValue& child) {
      return MissesRequired(*shape.element, child);
    };
    if (shape.kind == Kind::kStructure && shape.name != "AttributeValue") {
      return value.IsObject() && std::ranges::any_of(shape.members, [&](const Member& member) {
               const bool looked_at = member.rule.required || Descends(*member.shape);
               const JsonValue* given = looked_at ? FindMember(value, member.name) : nullptr;
               if (given == nullptr) return member.rule.required;
               return MissesRequired(*member.shape, *given);
             });
    }
    if (shape.element == nullptr || !Descends(*shape.element)) return false;
    if (shape.kind == Kind::kList) {
      return value.IsArray() && std::ranges::any_of(value.GetArray(), below);
    }
    return value.IsObject() && std::ranges::any_of(value.GetObject(), below, &JsonMember::value);
  }

  // Whether there is anything to check below a shape.
  static bool Descends(const Shape& shape) {
    if (shape.kind == Kind::kStructure) return shape.name != "AttributeValue";
    return shape.element != nullptr && Descends(*shape.element);
  }

  Violations violations_;
};

}  // namespace

Result<void> CheckTypes(const Shape& shape, JsonValue& value) {
  return TypeChecker().Run(shape, value);
}

Result<void> CheckConstraints(const Shape& shape, const JsonValue& value) {
  return ConstraintChecker().Run(shape, value);
}

Result<void> CheckStages(const Shape& shape, std::span<const Stage> stages,
                         const JsonValue& value) {
  return ConstraintChecker().RunStages(shape, stages, value);
}

std::vector<Violations::Violation> FindViolations(const Shape& shape, const JsonValue& value) {
  ConstraintChecker checker;
  const Result<void> result = checker.Run(shape, value);
  if (!result && checker.violations().empty()) {
    return {{.path = {}, .text = result.error().message, .cause = result.error().cause}};
  }
  return checker.violations().all();
}

std::string Dump(const Shape& shape, const JsonValue& value) {
  if (value.IsNull()) return "null";
  switch (shape.kind) {
    case Kind::kList: {
      std::string out = "[";
      bool first = true;
      for (const JsonValue& element : value.GetArray()) {
        if (!first) out += ", ";
        first = false;
        out += Dump(*shape.element, element);
      }
      return out + "]";
    }
    case Kind::kMap: {
      std::string out = "{";
      for (const auto& entry : value.GetObject()) {
        if (out.size() > 1) out += ", ";
        out += std::string(entry.name) + "=" + Dump(*shape.element, entry.value);
      }
      return out + "}";
    }
    case Kind::kStructure: {
      if (shape.name == "AttributeValue") return std::string(kPackage) + "AttributeValue";
      std::string out(shape.name);
      out += '(';
      bool first = true;
      for (const Member& member : shape.members) {
        if (!first) out += ", ";
        first = false;
        const JsonValue* given = FindMember(value, member.name);
        out += LowerFirst(member.name) + "=" +
               (given == nullptr ? "null" : Dump(*member.shape, *given));
      }
      return out + ")";
    }
    default:
      if (value.IsString()) return std::string(Text(value));
      if (value.IsBool()) return value.GetBool() ? "true" : "false";
      return std::to_string(Cut(shape, value));
  }
}

}  // namespace dynarock::protocol
