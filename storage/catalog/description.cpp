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

std::string TableDescription::StreamArn() const {
  return Arn() + "/stream/" + stream.label;
}

const AttributeDefinition* TableDescription::FindAttribute(std::string_view attribute) const {
  for (const AttributeDefinition& definition : attributes) {
    if (definition.name == attribute) return &definition;
  }
  return nullptr;
}

std::string_view StreamViewTypeName(StreamViewType type) {
  switch (type) {
    case StreamViewType::kKeysOnly:
      return "KEYS_ONLY";
    case StreamViewType::kNewImage:
      return "NEW_IMAGE";
    case StreamViewType::kOldImage:
      return "OLD_IMAGE";
    case StreamViewType::kNewAndOldImages:
      return "NEW_AND_OLD_IMAGES";
  }
  return "";
}

std::optional<StreamViewType> StreamViewTypeFromName(std::string_view name) {
  for (const auto type : {StreamViewType::kKeysOnly, StreamViewType::kNewImage,
                          StreamViewType::kOldImage, StreamViewType::kNewAndOldImages}) {
    if (name == StreamViewTypeName(type)) return type;
  }
  return std::nullopt;
}

}  // namespace dynarock
