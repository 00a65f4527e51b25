#include "expression/language.h"

#include <string>

namespace dynarock::expression {

std::string_view Prefix(Language language) {
  switch (language) {
    case Language::kCondition:
      return "Invalid ConditionExpression: ";
    case Language::kFilter:
      return "Invalid FilterExpression: ";
    case Language::kKeyCondition:
      return "Invalid KeyConditionExpression: ";
    case Language::kProjection:
      return "Invalid ProjectionExpression: ";
    case Language::kUpdate:
      return "Invalid UpdateExpression: ";
  }
  return "";
}

Error Invalid(Language language, std::initializer_list<std::string_view> parts) {
  std::string message(Prefix(language));
  for (const std::string_view part : parts) message += part;
  return Validation(std::move(message));
}

}  // namespace dynarock::expression
