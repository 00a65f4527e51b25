#include "server/operations/request/expression_parameters.h"

#include "server/operations/request/errors.h"
#include "storage/item/size.h"
#include "storage/item/wire_json.h"

namespace dynarock::operations {

namespace {

// All names and values of an expression together (Developer Guide, quotas: 2 MB). The service's
// text is not known; the ones used were observed on DynamoDB Local.
constexpr uint64_t kMaxSubstitutions = 2 << 20;

std::vector<std::string_view> Present(const JsonValue& input,
                                      std::span<const std::string_view> names) {
  std::vector<std::string_view> present;
  for (const std::string_view name : names) {
    if (FindMember(input, name) != nullptr) present.push_back(name);
  }
  return present;
}

std::string Joined(std::span<const std::string_view> names, std::string_view separator) {
  std::string text;
  for (const std::string_view name : names) {
    if (!text.empty()) text += separator;
    text += name;
  }
  return text;
}

std::vector<std::string_view> Keys(const JsonValue& map) {
  std::vector<std::string_view> keys;
  keys.reserve(map.MemberCount());
  for (const auto& entry : map.GetObject()) keys.push_back(entry.name);
  return keys;
}

}  // namespace

Result<void> CheckParameterStyles(const JsonValue& input, const ParameterStyles& styles) {
  const auto expressions = Present(input, styles.expressions);
  if (!expressions.empty()) {
    const auto legacy = Present(input, styles.legacy);
    if (!legacy.empty()) {
      return Fail(MixedParameterStyles(Joined(legacy, ", "), Joined(expressions, ", ")));
    }
  }
  if (expressions.empty() && FindMember(input, "ExpressionAttributeNames") != nullptr) {
    return Fail(NamesWithoutExpression());
  }
  if (!styles.with_values.empty() && Present(input, styles.with_values).empty() &&
      FindMember(input, "ExpressionAttributeValues") != nullptr) {
    const bool several = styles.with_values.size() > 1;
    return Fail(ValuesWithoutExpression(styles.short_text
                                            ? std::string()
                                            : Joined(styles.with_values, " and ") +
                                                  (several ? " are null" : " is null")));
  }
  return {};
}

ValueRules RulesOfExpressionValues(Layer layer) {
  return {.layer = layer, .max_levels = layer == Layer::kOlder ? kMaxNesting + 1 : kMaxNesting};
}

Result<void> PlaceholderReader::Read(const JsonValue& input,
                                     expression::Placeholders& placeholders) {
  uint64_t names_size = 0;
  if (const JsonValue* names = FindMember(input, "ExpressionAttributeNames")) {
    DYNAROCK_CHECK(expression::CheckNameKeys(Keys(*names)));
    for (const auto& entry : names->GetObject()) {
      if (entry.value.IsNull()) continue;
      if (Text(entry.value).empty()) {
        return Fail(Validation(
            "ExpressionAttributeNames contains invalid value: Empty attribute name for key " +
            std::string(entry.name)));
      }
      if (Text(entry.value).size() > kMaxAttributeName) return Fail(AttributeNameTooLarge());
      names_size += entry.name.size() + Text(entry.value).size();
      placeholders.AddName(entry.name, Text(entry.value));
    }
  }
  bytes_ = names_size;
  const JsonValue* values = FindMember(input, "ExpressionAttributeValues");
  if (values == nullptr) return {};
  DYNAROCK_CHECK(expression::CheckValueKeys(Keys(*values)));
  const Layer layer = placeholders.layer();
  ValueRules rules = RulesOfExpressionValues(layer);
  if (!judges_all_) {
    rules.max_levels = ValueRules::kManyLevels;
    rules.names = false;
  }
  std::vector<std::pair<std::string_view, size_t>> offsets;
  offsets.reserve(values->MemberCount());
  for (const auto& entry : values->GetObject()) {
    offsets.emplace_back(entry.name, values_.size());
    if (auto encoded = EncodeValue(entry.value, values_, rules); !encoded) {
      Error error = std::move(encoded).error();
      if (layer == Layer::kNewer) return Fail(std::move(error));
      return Fail(InvalidExpressionValue(std::move(error), entry.name));
    }
  }
  uint64_t values_size = 0;
  for (const auto& [key, offset] : offsets) {
    const ValueView value(values_.data() + offset);
    values_size += key.size() + ValueSize(value);
    placeholders.AddValue(key, value);
  }
  bytes_ = names_size + values_size;
  value_bytes_ = values_size;
  if (values_size > kMaxSubstitutions) {
    return Fail(Validation("ExpressionAttributeValues exceeds max size"));
  }
  if (names_size + values_size > kMaxSubstitutions) {
    return Fail(
        Validation("Combined size of ExpressionAttributeNames and ExpressionAttributeValues "
                   "exceeds max size"));
  }
  return {};
}

Result<ValueView> ValueArena::Add(const JsonValue& value, ValueRules rules) {
  auto bytes = std::make_unique<std::string>();
  DYNAROCK_CHECK(EncodeValue(value, *bytes, rules));
  values_.push_back(std::move(bytes));
  return ValueView(values_.back()->data());
}

}  // namespace dynarock::operations
