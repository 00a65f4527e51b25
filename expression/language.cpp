#include "expression/language.h"

#include <string>
#include <utility>

namespace dynarock::expression {

std::string_view ParameterOf(Language language) {
  switch (language) {
    case Language::kCondition:
      return "ConditionExpression";
    case Language::kFilter:
      return "FilterExpression";
    case Language::kKeyCondition:
      return "KeyConditionExpression";
    case Language::kProjection:
      return "ProjectionExpression";
    case Language::kUpdate:
      return "UpdateExpression";
  }
  return "";
}

Error Invalid(Language language, std::initializer_list<std::string_view> parts) {
  const std::string parameter(ParameterOf(language));
  std::string message = "Invalid " + parameter + ": ";
  for (const std::string_view part : parts) message += part;
  return Caused(Cause::kInvalidExpression, {.parameter = parameter},
                Validation(std::move(message)));
}

}  // namespace dynarock::expression
