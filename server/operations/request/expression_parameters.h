// The parameters that all operations with expressions share: which styles may be mixed, and the
// placeholders.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "expression/language.h"
#include "expression/placeholders.h"
#include "storage/item/json.h"
#include "storage/item/result.h"
#include "storage/item/wire_json.h"

namespace dynarock::operations {

// Which of an operation's members belong to which style, in the order in which the service lists
// them.
struct ParameterStyles {
  std::span<const std::string_view> legacy;
  std::span<const std::string_view> expressions;
  // Those of `expressions` that may use :values.
  std::span<const std::string_view> with_values;
  // Whether values without such an expression are refused without naming the absent expressions.
  bool short_text = false;
};

// Of PutItem, UpdateItem and DeleteItem, whose expressions may all use :values.
inline ParameterStyles StylesOfWrite(std::span<const std::string_view> legacy,
                                     std::span<const std::string_view> expressions, Layer layer) {
  return {.legacy = legacy,
          .expressions = expressions,
          .with_values = expressions,
          .short_text = layer == Layer::kNewer};
}

// "Can not use both expression and non-expression parameters in the same request: ...", names
// without expressions, values without an expression that takes them. Order and texts observed on
// the service.
Result<void> CheckParameterStyles(const JsonValue& input, const ParameterStyles& styles);

// Reads ExpressionAttributeNames and ExpressionAttributeValues into `placeholders`, which borrow
// from `input` and from this object.
class PlaceholderReader {
 public:
  // Errors: empty maps, invalid keys; values that are not valid. In the older layer those are
  // wrapped in "ExpressionAttributeValues contains invalid value: <message> for key <key>".
  Result<void> Read(const JsonValue& input, expression::Placeholders& placeholders);

  // Names and values together, and values alone, in bytes.
  uint64_t bytes() const { return bytes_; }
  uint64_t value_bytes() const { return value_bytes_; }

  // Has names and depth of values not judged.
  void AcceptNamesAndDepth() { judges_all_ = false; }

 private:
  std::string values_;
  uint64_t bytes_ = 0;
  uint64_t value_bytes_ = 0;
  bool judges_all_ = true;
};

// How the values of expressions are judged.
ValueRules RulesOfExpressionValues(Layer layer);

// An AttributeValue map entry's encoding, kept alive.
class ValueArena {
 public:
  // Error: the value's own.
  Result<ValueView> Add(const JsonValue& value, ValueRules rules = {});

 private:
  std::vector<std::unique_ptr<std::string>> values_;
};

}  // namespace dynarock::operations
