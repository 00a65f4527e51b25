// The vocabulary in which request shapes are written down as data: types, members and their
// constraints. One checker (check.h) reads them. The tables themselves stand beside the operations.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/item/json.h"
#include "storage/item/result.h"

namespace dynarock::protocol {

enum class Kind {
  kString,
  kInteger,
  kLong,
  kDouble,
  kBoolean,
  kBlob,
  kTimestamp,
  kList,
  kMap,  // keys are strings
  kStructure,
};

struct Member;

// A type of the API.
struct Shape {
  Kind kind = Kind::kString;
  // Structures: the API's name, as it appears in messages ("AttributeValue"). Of other shapes only
  // kValueBooleanShape has one.
  std::string_view name = {};
  std::span<const Member> members = {};  // structures, in the order in which they are checked
  const Shape* element = nullptr;        // lists and maps
};

// The values of an enum in the order in which the service prints them.
struct EnumSet {
  std::span<const std::string_view> values;
};

// Constraint violations gathered for one "N validation errors detected" message.
class Violations {
 public:
  // `value`: as printed. `rule`: "Member must ..."; those that are said in several places are below.
  void Add(std::string_view value, std::string_view path, std::string_view rule);
  // `Value null at`: a required member that is not there.
  void AddMissing(std::string_view path);
  // A violation printed without its value: `Value at 'Limit' failed ...` (newer members of the
  // API).
  void AddWithoutValue(std::string_view path, std::string_view rule);
  // A violation in words of its own.
  void AddText(Cause cause, std::string_view path, std::string text);
  bool empty() const { return all_.empty(); }
  size_t size() const { return all_.size(); }
  // The whole message, with the first violation's cause and path, and all paths as names. Only when
  // not empty.
  Error Join() const;

  struct Violation {
    std::string path;  // "globalSecondaryIndexes.1.member.indexName"
    std::string text;  // with value and path, as it stands in the message
    Cause cause;       // kMissingMember, kConstraint; of what stands alone, its own
  };
  const std::vector<Violation>& all() const { return all_; }

  static constexpr size_t kMost = 10;  // the service reports no more

 private:
  std::vector<Violation> all_;
};

// "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+".
std::string NamePatternRule();
// "Member must have length less than or equal to <length>", and greater.
std::string LengthAtMostRule(uint64_t length);
std::string LengthAtLeastRule(uint64_t length);
// "Member must satisfy enum value set: [A, B]".
std::string EnumRule(const EnumSet& set);

// What a member must satisfy. Absent optional members satisfy everything.
struct Rule {
  bool required = false;
  std::optional<int64_t> min_value = std::nullopt;  // numbers
  std::optional<int64_t> max_value = std::nullopt;
  std::optional<uint64_t> min_length =
      std::nullopt;  // strings in characters, lists and maps in elements
  std::optional<uint64_t> max_length = std::nullopt;
  bool name_pattern = false;  // [a-zA-Z0-9_.-]+
  const EnumSet* values = nullptr;
  // For lists and maps: what each element must satisfy.
  const Rule* element = nullptr;
  // A check of its own, in place of all the above. `value` is nullptr when the member is absent. A
  // failure it returns ends the checking at once; violations are gathered with the others.
  Result<void> (*check)(const JsonValue* value, Violations& violations) = nullptr;
  // The same for a member below the top, which is told its path; only when the member is there.
  void (*check_at)(const JsonValue& value, const std::string& path,
                   Violations& violations) = nullptr;
  // If this member adds violations, the members after it are not looked at.
  bool alone = false;
  // The API has this member, dynarock does not act on it: a request that sends it is refused by
  // name.
  bool unsupported = false;
};

struct Member {
  std::string_view name;
  const Shape* shape;
  Rule rule = {};
};

// Members that are checked together: their violations are joined in one message, and the next stage
// is looked at only when there are none. A member may stand in several stages, or in none.
using Stage = std::span<const Member>;

inline constexpr Shape kStringShape{.kind = Kind::kString};
inline constexpr Shape kIntegerShape{.kind = Kind::kInteger};
inline constexpr Shape kLongShape{.kind = Kind::kLong};
inline constexpr Shape kDoubleShape{.kind = Kind::kDouble};
inline constexpr Shape kBooleanShape{.kind = Kind::kBoolean};
// BOOL and NULL of an attribute value: where an array is sent, the error has no message (observed on
// the service in 2026 by dynoxide).
inline constexpr Shape kValueBooleanShape{.kind = Kind::kBoolean, .name = "BOOL"};
inline constexpr Shape kBlobShape{.kind = Kind::kBlob};
inline constexpr Shape kTimestampShape{.kind = Kind::kTimestamp};
inline constexpr Shape kStringListShape{.kind = Kind::kList, .element = &kStringShape};

constexpr Shape ListOf(const Shape& element) {
  return {.kind = Kind::kList, .element = &element};
}
constexpr Shape MapOf(const Shape& element) {
  return {.kind = Kind::kMap, .element = &element};
}
constexpr Shape Structure(std::string_view name, std::span<const Member> members) {
  return {.kind = Kind::kStructure, .name = name, .members = members};
}

constexpr Rule Required() {
  return {.required = true};
}
constexpr Rule OneOf(const EnumSet& values) {
  return {.values = &values};
}
constexpr Rule RequiredOneOf(const EnumSet& values) {
  return {.required = true, .values = &values};
}
constexpr Rule Unsupported() {
  return {.unsupported = true};
}

}  // namespace dynarock::protocol
