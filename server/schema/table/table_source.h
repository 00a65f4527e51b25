// One table as a file defines it. Every reader (CloudFormation, Serverless, plain JSON, Terraform)
// maps what it finds onto this, and what comes after (checks, --schema, drift) reads nothing else.
#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "server/document/message.h"
#include "server/document/node.h"
#include "server/document/source_file.h"
#include "storage/item/cause.h"

namespace dynarock::schema {

enum class Language : uint8_t {
  kCloudFormation,  // and SAM, and what CDK and Serverless make of it
  kTerraform,
  kApi,  // CreateTable requests
};

using document::MakeBool;
using document::MakeNode;
using document::MakeString;
using document::MakeUnresolved;
using document::Message;
using document::Node;
using document::Place;
using document::Severity;
using document::SourceFile;

// What CreateTable says of a fault.
struct ServiceSays {
  Cause cause = Cause::kNone;  // kNone: whatever it says of the member at `path`
  std::string path = {};       // as violations have it; empty: wherever it is

  bool Covers(Cause said, std::string_view of) const {
    return (cause == Cause::kNone || cause == said) && (path.empty() || path == of);
  }
};

// What the deployment tool finds wrong with a table before it calls CreateTable.
struct Refusal {
  Message message;
  // What CreateTable says of the same fault; empty: it would not mind.
  std::vector<ServiceSays> service_says;
};

// Where a deployment makes a table. Tables of one name are different tables where this differs.
struct Home {
  std::string account;  // empty: the files do not say
  std::string region;   // the same
  // Terraform's provider configuration, such as "aws.west", where it decides what is empty above.
  // Empty: the default one, or another language.
  std::string provider;

  auto operator<=>(const Home&) const = default;
};

struct TableSource {
  Language language = Language::kCloudFormation;
  std::string type;  // "AWS::DynamoDB::Table", "aws_dynamodb_table"; empty: a CreateTable request
  std::string address;  // "Orders", "aws_dynamodb_table.orders[\"a\"]"; the name people find it by
  Place place;          // where its definition begins
  Home home;
  // What is deployed together, where that is more than a file: the directory of Terraform's root module.
  std::string deployment;

  // A kMap in the shape of a CreateTable request, members named and nested as in the API and each
  // with its place: TableName, AttributeDefinitions [{AttributeName, AttributeType}], KeySchema
  // [{AttributeName, KeyType}], LocalSecondaryIndexes, GlobalSecondaryIndexes [{IndexName,
  // KeySchema, Projection {ProjectionType, NonKeyAttributes}, ProvisionedThroughput,
  // OnDemandThroughput, WarmThroughput}], BillingMode, ProvisionedThroughput, OnDemandThroughput,
  // WarmThroughput, StreamSpecification {StreamEnabled, StreamViewType}, SSESpecification {Enabled,
  // SSEType, KMSMasterKeyId}, TableClass, Tags [{Key, Value}], DeletionProtectionEnabled.
  //
  // A member that the file leaves out is left out here; null stands for left out as well. What the
  // deployment tool sends of its own accord (Terraform: BillingMode PROVISIONED by default) may be
  // left out where the API has the same default. Numbers are kNumber and booleans kBool where the
  // file's language converts them. A value that only deployment knows is kUnresolved, wherever it
  // stands. A member made of several places (a key schema from hash_key and range_key) has the
  // place of the first, its parts have their own.
  Node request;

  // Beyond CreateTable, in the API's shapes; kNull: the file does not say.
  Node time_to_live;            // TimeToLiveSpecification {Enabled, AttributeName}
  Node point_in_time_recovery;  // PointInTimeRecoverySpecification {PointInTimeRecoveryEnabled,
                                // RecoveryPeriodInDays}
  std::vector<std::string> replica_regions;  // of a global table, the own region left out if known
  // Whether it is made at all depends on what only deployment knows.
  bool conditional = false;
  // The deployment tool keeps the table when its definition goes (DeletionPolicy: Retain,
  // prevent_destroy).
  bool retained = false;
  // Something else in the files scales the provisioned throughput, or may.
  bool autoscaled = false;
  // What the files call the stage of the deployment ("dev", "prod"); empty: they do not say.
  std::string stage = {};
  // At which the deployment stops before CreateTable sees the table.
  std::vector<Refusal> refusals;
};

// A table as some values of the files' parameters make it.
struct Branch {
  // What holds in it, in words, the most telling first: "IsProd is true", "Stage is prod".
  std::vector<std::string> facts;
  TableSource table;
  std::vector<Message> messages;  // errors of reading it
};
// The branches of one table.
struct Branches {
  std::vector<Branch> all;
  // There are more, and what two parameters do together is not among these.
  bool partial = false;
};

// What reading some files came to. Tables are there even when messages hold errors. A language's
// reader is a function `Reading ReadX(std::span<const SourceFile> files, const ReadOptions&)`, or
// `Reading ReadX(const Node& document, const ReadOptions&)` where the file is JSON or YAML (a
// Terraform plan); server/schema/terraform/terraform.h has Terraform's two, ReadTerraform (one module)
// and ReadPlan.
struct Reading {
  std::vector<TableSource> tables;  // in the order of the files
  std::vector<Message> messages;
  // What --set can give values to, as far as the reader does not say itself what it cannot.
  std::set<std::string, std::less<>> settable;
  bool takes_any = false;  // any name may be an option of it
  // Files that were read as parts of it: serverless.yml includes them.
  std::set<std::string> parts;
  // What makes tables, or may, and could not be looked at, as people find it ("module.orders"). The
  // summary counts them; a message says why.
  std::vector<std::string> unchecked = {};
  // Of tables whose conditions other values than those of `tables` may decide otherwise. What is
  // wrong in any of them is wrong; nothing else comes of them.
  std::vector<Branches> branches = {};
};

// Whether a reading holds no table, and nothing is said of tables that are left out or cannot be
// read.
inline bool DefinesNothing(const Reading& reading) {
  return reading.tables.empty() && reading.unchecked.empty() &&
         std::all_of(reading.messages.begin(), reading.messages.end(), [](const Message& message) {
           return message.id == "duplicate-name" || message.id == "no-tables";
         });
}

struct ReadOptions {
  // Given on the command line (--set NAME=VALUE): parameters of a CloudFormation template,
  // variables of a Terraform module, options of a Serverless file.
  std::map<std::string, std::string, std::less<>> values;
  // Names of these that are meant for files of another language; nobody misses them here.
  std::set<std::string, std::less<>> taken_elsewhere = {};
  // Terraform: .tfvars files beyond those that Terraform loads by itself, in order.
  std::vector<SourceFile> variable_files;
};

}  // namespace dynarock::schema
