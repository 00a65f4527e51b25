// Constraint violations and the rules that several places hold members to (shape.h).
#include <utility>

#include "server/protocol/shape.h"

namespace dynarock::protocol {

namespace {

std::string FailedAt(std::string_view path, std::string_view rule) {
  std::string text = " at '";
  return text.append(path).append("' failed to satisfy constraint: ").append(rule);
}

}  // namespace

void Violations::Add(std::string_view value, std::string_view path, std::string_view rule) {
  AddText(Cause::kConstraint, path, "Value '" + std::string(value) + "'" + FailedAt(path, rule));
}

void Violations::AddMissing(std::string_view path) {
  AddText(Cause::kMissingMember, path, "Value null" + FailedAt(path, "Member must not be null"));
}

void Violations::AddWithoutValue(std::string_view path, std::string_view rule) {
  AddText(Cause::kConstraint, path, "Value" + FailedAt(path, rule));
}

void Violations::AddText(Cause cause, std::string_view path, std::string text) {
  if (all_.size() == kMost) return;
  all_.push_back({.path = std::string(path), .text = std::move(text), .cause = cause});
}

std::string NamePatternRule() {
  return "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+";
}
std::string LengthAtMostRule(uint64_t length) {
  return "Member must have length less than or equal to " + std::to_string(length);
}
std::string LengthAtLeastRule(uint64_t length) {
  return "Member must have length greater than or equal to " + std::to_string(length);
}

std::string EnumRule(const EnumSet& set) {
  std::string text = "Member must satisfy enum value set: [";
  for (const std::string_view value : set.values) {
    if (text.back() != '[') text += ", ";
    text += value;
  }
  return text + "]";
}

Error Violations::Join() const {
  std::string message = std::to_string(all_.size()) +
                        (all_.size() == 1 ? " validation error" : " validation errors") +
                        " detected: ";
  for (size_t i = 0; i < all_.size(); ++i) {
    if (i > 0) message += "; ";
    message += all_[i].text;
  }
  ErrorFacts facts{.parameter = all_.front().path};
  for (const Violation& violation : all_) facts.names.push_back(violation.path);
  return Caused(all_.front().cause, std::move(facts), Validation(std::move(message)));
}

}  // namespace dynarock::protocol
