#include "storage/catalog/description.h"

namespace dynarock {

std::string_view StatusName(Status status) {
  switch (status) {
    case Status::kCreating:
      return "CREATING";
    case Status::kActive:
      return "ACTIVE";
    case Status::kUpdating:
      return "UPDATING";
    case Status::kDeleting:
      return "DELETING";
  }
  return "";
}

std::string TableDescription::Arn() const {
  return "arn:aws:dynamodb:" + region + ":" + account + ":table/" + name;
}

std::string TableDescription::IndexArn(std::string_view index) const {
  return Arn() + "/index/" + std::string(index);
}

const AttributeDefinition* TableDescription::FindAttribute(std::string_view attribute) const {
  for (const AttributeDefinition& definition : attributes) {
    if (definition.name == attribute) return &definition;
  }
  return nullptr;
}

}  // namespace dynarock
