// The five expression languages and how their errors begin.
#pragma once

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "storage/item/result.h"

namespace dynarock::expression {

enum class Language : uint8_t { kCondition, kFilter, kKeyCondition, kProjection, kUpdate };

// The request's parameter that is written in the language: "ConditionExpression".
std::string_view ParameterOf(Language language);

// A static error of the language: Validation, "Invalid ConditionExpression: " and the parts of a
// text, joined. Cause::kInvalidExpression; fact: parameter.
Error Invalid(Language language, std::initializer_list<std::string_view> parts);
inline Error Invalid(Language language, std::string_view text) {
  return Invalid(language, {text});
}

// A count as text, for messages.
class Decimal {
 public:
  explicit Decimal(uint64_t value)
      : length_(static_cast<size_t>(std::to_chars(digits_, digits_ + sizeof digits_, value).ptr -
                                    digits_)) {}
  operator std::string_view() const { return {digits_, length_}; }

 private:
  char digits_[20];
  size_t length_;
};

// Limits of one expression. Source: Developer Guide, "Service, account, and table quotas",
// expression parameters.
inline constexpr size_t kMaxExpressionBytes = 4096;
inline constexpr size_t kMaxOperators = 300;
inline constexpr size_t kMaxInOperands = 100;
inline constexpr size_t kMaxPathElements = 32;
inline constexpr size_t kMaxPlaceholderBytes = 255;

}  // namespace dynarock::expression
