// What the mappers of the three kinds of tables share.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/document/node.h"
#include "server/schema/cloudformation/property_shape.h"
#include "server/schema/table/table_source.h"

namespace dynarock::schema {

// What becomes of a property.
enum class Fate : uint8_t {
  kSame,     // the request's member of that name
  kOwn,      // handled by the mapper
  kLeftOut,  // the API has it elsewhere and dynarock does not have it
};

struct Property {
  std::string_view name;
  Fate fate;
  // Of properties that no request of the API checks; null: one does.
  const PropertyShape* shape = nullptr;
};

std::span<const Property> TableProperties();
std::span<const Property> GlobalTableProperties();
std::span<const Property> SimpleTableProperties();

void Set(Node& map, std::string name, Node value);

// CloudFormation takes indexes that are an empty list, such as AWS::NoValue leaves, for none.
bool IsEmptyList(const Node& value);

// The properties with those that have a shape checked. Unknown ones are told and taken out.
Node CheckedProperties(std::span<const Property> known, const Node& properties, TableSource& table,
                       std::vector<Message>& messages);

// Copies what stays as it is, and tells of what is left out.
void MapByTable(std::span<const Property> known, const Node& properties, TableSource& table,
                std::vector<Message>& messages);

// SSESpecification with the API's name for SSEEnabled.
void MapEncryption(const Node& properties, TableSource& table);

// CloudFormation names a view type where the API also wants the stream enabled.
void MapStream(const Node& properties, TableSource& table, std::vector<Message>& messages);

// Takes a member away that the API has elsewhere, checks it and says that it is left out. `path`
// leads to the map: "#/GlobalSecondaryIndexes/0".
void LeaveOutMember(std::string_view name, const PropertyShape& shape, const std::string& path,
                    Node& map, const TableSource& table, std::vector<Message>& messages);

// Tells of the members of an object that are not among `known`, and takes them away.
void RefuseUnknown(std::span<const std::string_view> known, const std::string& path, Node& map,
                   const TableSource& table, std::vector<Message>& messages);

}  // namespace dynarock::schema
