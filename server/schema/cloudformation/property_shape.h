// Properties that are not members of a CreateTable request, as CloudFormation's registry declares
// them (the resource type schemas of AWS::DynamoDB::Table and AWS::DynamoDB::GlobalTable).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/document/node.h"
#include "server/schema/table/table_source.h"

namespace dynarock::schema {

struct PropertyMember;

struct PropertyShape {
  enum class Kind : uint8_t {
    kText,
    kWhole,   // a number without a fraction
    kNumber,  // any number
    kTruth,
    kObject,
    kList,
    kDocument,  // an object of any members, or text
  };
  Kind kind = Kind::kText;
  std::span<const PropertyMember> members = {};  // of an object
  const PropertyShape* element = nullptr;        // of a list
  std::span<const std::string_view> words = {};  // that a text may be; empty: any
  std::optional<int64_t> least = std::nullopt;   // of a number, or of a list's elements
  std::optional<int64_t> most = std::nullopt;    // the same
};

struct PropertyMember {
  std::string_view name;
  const PropertyShape* shape;
  bool required = false;
};

// Tells what CloudFormation refuses of a property, converting types as it does ("5" for 5). `path`
// leads to it: "#/Replicas". What is wrong is forgotten, so that nothing more is said of it: unknown
// members are taken out, other values become kUnresolved without a reason.
void CheckProperty(Node& value, const PropertyShape& shape, const std::string& path,
                   const TableSource& table, std::vector<Message>& messages);

// Of properties that tables of several kinds have.
extern const PropertyShape kContributorInsights;
extern const PropertyShape kKinesisStream;
extern const PropertyShape kResourcePolicy;
extern const PropertyShape kImportSource;
// Of global tables.
extern const PropertyShape kReplicas;
extern const PropertyShape kWitnesses;
extern const PropertyShape kConsistency;
extern const PropertyShape kReplicationMode;
extern const PropertyShape kReadProvisioned;
extern const PropertyShape kWriteProvisioned;
extern const PropertyShape kReadOnDemand;
extern const PropertyShape kWriteOnDemand;
extern const PropertyShape kAnyText;
// {SSEEnabled, SSEType, KMSMasterKeyId}; a global table has no key there, its replicas have.
extern const PropertyShape kEncryption;
extern const PropertyShape kSharedEncryption;

}  // namespace dynarock::schema
