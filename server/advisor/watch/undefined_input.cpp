#include "server/advisor/watch/undefined_input.h"

#include <algorithm>
#include <array>
#include <utility>

namespace dynarock::advisor {

namespace {

using protocol::Observation;

constexpr int kMostDepth = 40;

// Where in `value` an AttributeValue is that `at_fault` is true of: "Item.user.name". `path` leads
// to `value`.
template <class AtFault>
std::optional<std::string> PathTo(const JsonValue& value, const std::string& path, int depth,
                                  AtFault at_fault) {
  if (depth > kMostDepth) return std::nullopt;
  if (value.IsObject()) {
    if (depth > 1 && at_fault(value)) return path;
    for (const auto& member : value.GetObject()) {
      const std::string_view name = member.name;
      // Type tags are no part of a document path.
      const bool tag = depth > 1 && (name == "M" || name == "L") && value.MemberCount() == 1;
      const std::string next = tag            ? path
                               : path.empty() ? std::string(name)
                                              : path + "." + std::string(name);
      if (tag && member.value.IsObject() && member.value.ObjectEmpty()) continue;
      if (auto found = PathTo(member.value, next, depth + 1, at_fault)) return found;
    }
  } else if (value.IsArray()) {
    size_t i = 0;
    for (const JsonValue& element : value.GetArray()) {
      const std::string next = path + "[" + std::to_string(i++) + "]";
      if (auto found = PathTo(element, next, depth + 1, at_fault)) return found;
    }
  }
  return std::nullopt;
}

// ":n" of "ExpressionAttributeValues.:n" and of "TransactItems[0].Put.ExpressionAttribute...".
std::string Placeholder(std::string path) {
  constexpr std::string_view kValues = "ExpressionAttributeValues.";
  const size_t at = path.find(kValues);
  return at == std::string::npos ? path : path.substr(at + kValues.size());
}

// What JavaScript and others print where there is no number.
bool IsNoNumber(std::string_view text) {
  static constexpr std::array<std::string_view, 6> kWords = {
      "NaN", "undefined", "null", "Infinity", "-Infinity", "[object Object]"};
  return std::find(kWords.begin(), kWords.end(), text) != kWords.end();
}

bool HoldsNoNumber(const JsonValue& value) {
  if (value.MemberCount() != 1) return false;
  const auto& member = value.GetObject().front();
  const auto is = [](const JsonValue& text) { return text.IsString() && IsNoNumber(Text(text)); };
  if (member.name == "N") return is(member.value);
  return member.name == "NS" && member.value.IsArray() &&
         std::ranges::any_of(member.value.GetArray(), is);
}

// The first placeholder of an expression that came with no values at all: the document clients drop
// members that are undefined, and send {}.
std::optional<std::string> PlaceholderWithoutValues(const JsonValue& value, int depth) {
  if (depth > kMostDepth) return std::nullopt;
  if (value.IsArray()) {
    for (const JsonValue& element : value.GetArray()) {
      if (auto found = PlaceholderWithoutValues(element, depth + 1)) return found;
    }
  }
  if (!value.IsObject()) return std::nullopt;
  const JsonValue* values = FindMember(value, "ExpressionAttributeValues");
  const bool none = values != nullptr && values->IsObject() && values->ObjectEmpty();
  for (const auto& member : value.GetObject()) {
    if (none && member.value.IsString() && member.name.ends_with("Expression")) {
      const std::string_view text = Text(member.value);
      const size_t at = text.find(':');
      if (at == std::string_view::npos) continue;
      return std::string(text.substr(at, text.find_first_of(" ,;()=<>+-", at) - at));
    }
    if (auto found = PlaceholderWithoutValues(member.value, depth + 1)) return found;
  }
  return std::nullopt;
}

// ---- Keys

std::shared_ptr<const Table> FindTable(const Stored* stored, std::string_view name) {
  if (stored == nullptr) return nullptr;
  const std::string_view table = name.substr(name.rfind('/') + 1);  // or an ARN
  for (const auto& one : stored->Tables()) {
    if (one->name() == table) return one;
  }
  return nullptr;
}

bool IsSent(const JsonValue& key, std::string_view name) {
  const JsonValue* value = FindMember(key, name);
  return value != nullptr &&
         !(value->IsObject() && value->MemberCount() == 1 && FindMember(*value, "NULL") != nullptr);
}

// The key attributes that were not sent. Nothing where something else is wrong: another type, an
// attribute that is not of the key (`exact`).
std::optional<std::string> Missing(const Table* table, const JsonValue& key, bool exact) {
  if (!key.IsObject()) return std::nullopt;
  if (table == nullptr) {
    return exact && key.ObjectEmpty() ? std::optional<std::string>("") : std::nullopt;
  }
  std::string missing;
  size_t known = 0;
  for (size_t i = 0; i < table->key().size(); ++i) {
    const std::string& name = table->key().at(i).name;
    if (FindMember(key, name) != nullptr) ++known;
    if (IsSent(key, name)) continue;
    missing.append(missing.empty() ? "" : ", ").append(name);
  }
  if (missing.empty() || (exact && key.MemberCount() > known)) return std::nullopt;
  return missing;
}

using Found = std::optional<std::pair<std::string, std::string>>;  // attribute, table

Found MissingIn(const Stored* stored, std::string_view table, const JsonValue& holder) {
  const auto known = FindTable(stored, table);
  for (const auto& [member, exact] : {std::pair{"Key", true}, std::pair{"Item", false}}) {
    const JsonValue* key = FindMember(holder, member);
    if (key == nullptr) continue;
    if (auto missing = Missing(known.get(), *key, exact)) {
      return {{*missing, std::string(table.substr(table.rfind('/') + 1))}};
    }
  }
  return std::nullopt;
}

// Looks at { "Put": { "TableName": ..., "Item": ... } } and the like.
Found MissingInAction(const Stored* stored, const JsonValue& action) {
  if (!action.IsObject()) return std::nullopt;
  for (const auto& member : action.GetObject()) {
    if (!member.value.IsObject()) continue;
    const JsonValue* table = FindMember(member.value, "TableName");
    if (table != nullptr && table->IsString()) {
      return MissingIn(stored, Text(*table), member.value);
    }
  }
  return std::nullopt;
}

// Looks at what a batch has for one table: { "Keys": [...] } or [ { "PutRequest": ... } ].
Found MissingInBatch(const Stored* stored, std::string_view table, const JsonValue& entries) {
  if (entries.IsArray()) {
    for (const JsonValue& entry : entries.GetArray()) {
      if (!entry.IsObject()) continue;
      for (const auto& request : entry.GetObject()) {
        if (!request.value.IsObject()) continue;
        if (auto found = MissingIn(stored, table, request.value)) return found;
      }
    }
    return std::nullopt;
  }
  const JsonValue* keys = entries.IsObject() ? FindMember(entries, "Keys") : nullptr;
  if (keys == nullptr || !keys->IsArray()) return std::nullopt;
  const auto known = FindTable(stored, table);
  for (const JsonValue& key : keys->GetArray()) {
    if (auto missing = Missing(known.get(), key, true)) {
      return {{*missing, std::string(table.substr(table.rfind('/') + 1))}};
    }
  }
  return std::nullopt;
}

// `action`: of a transaction.
Found MissingKey(const Stored* stored, const JsonValue& input, size_t action) {
  const JsonValue* actions = FindMember(input, "TransactItems");
  if (actions != nullptr && actions->IsArray()) {
    if (action >= actions->Size()) return std::nullopt;
    return MissingInAction(stored, (*actions)[action]);
  }
  const JsonValue* batch = FindMember(input, "RequestItems");
  if (batch != nullptr && batch->IsObject()) {
    for (const auto& member : batch->GetObject()) {
      if (auto found = MissingInBatch(stored, member.name, member.value)) return found;
    }
    return std::nullopt;
  }
  const JsonValue* table = FindMember(input, "TableName");
  if (table == nullptr || !table->IsString()) return std::nullopt;
  return MissingIn(stored, Text(*table), input);
}

// `action`: of a transaction.
std::optional<UndefinedInput> Of(const Observation& observation, Cause cause, const Facts& facts,
                                 size_t action, const Stored* stored) {
  const JsonValue& input = observation.input;
  switch (cause) {
    case Cause::kEmptyValue:
    case Cause::kSeveralTypes: {
      auto path = PathTo(input, "", 0, [](const JsonValue& value) { return value.ObjectEmpty(); });
      return UndefinedInput{"empty-value", path.value_or(observation.error->where), {}};
    }
    case Cause::kUndefinedValue:
      return UndefinedInput{"missing-expression-value", facts->names.front(), {}};
    case Cause::kEmptyPlaceholders: {
      if (facts->parameter != "ExpressionAttributeValues") return std::nullopt;
      auto placeholder = PlaceholderWithoutValues(input, 0);
      if (!placeholder) return std::nullopt;
      return UndefinedInput{"missing-expression-value", *placeholder, {}};
    }
    case Cause::kNotANumber: {
      if (facts->actual.empty()) return std::nullopt;
      auto path = PathTo(input, "", 0, HoldsNoNumber);
      if (!path) return std::nullopt;
      return UndefinedInput{"not-a-number", Placeholder(*path), {}};
    }
    case Cause::kMissingKey: {
      auto found = MissingKey(stored, input, action);
      return UndefinedInput{"missing-key", facts->attribute, found ? found->second : ""};
    }
    case Cause::kKeySchemaMismatch: {
      // Or a page token is wrong.
      auto found = MissingKey(stored, input, action);
      if (!found) return std::nullopt;
      return UndefinedInput{"missing-key", found->first, found->second};
    }
    default:
      return std::nullopt;
  }
}

}  // namespace

std::vector<UndefinedInput> UndefinedInputs(const Observation& observation, const Stored* stored) {
  std::vector<UndefinedInput> all;
  const Error& error = *observation.error;
  const auto look = [&](const auto& failure, size_t action) {
    if (auto found = Of(observation, failure.cause, failure.facts, action, stored)) {
      all.push_back(std::move(*found));
    }
  };
  if (error.kind == ErrorKind::kValidation) look(error, 0);
  for (size_t i = 0; i < error.reasons.size(); ++i) {
    if (error.reasons[i].code == "ValidationError") look(error.reasons[i], i);
  }
  return all;
}

}  // namespace dynarock::advisor
