// The tables of a CloudFormation template: AWS::DynamoDB::Table, AWS::DynamoDB::GlobalTable and
// SAM's AWS::Serverless::SimpleTable. CDK's output is such a template, Serverless has one inside.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/document/node.h"
#include "server/schema/table/table_source.h"

namespace dynarock::schema {

// Whether a document is, or means to be, a template.
bool LooksLikeCloudFormation(const Node& root);

struct CloudFormationOptions {
  // Resources exist that the template does not list (Serverless adds its own).
  bool open = false;
  // Of the stack, where the files tell; --set AWS::Region=REGION goes before it.
  std::string region = {};
};

Reading ReadCloudFormation(const Node& root, const ReadOptions& options,
                           const CloudFormationOptions& kind = {});

// Whether a type of table has a property of that name.
bool HasProperty(std::string_view type, std::string_view name);

// How each type's properties become a CreateTable request. `properties` has its functions resolved.
// What the API has no member for is left out with a message.
void MapTable(const Node& properties, TableSource& table, std::vector<Message>& messages);
// `region`: of the stack, whose replica stands for the table; empty: not known.
void MapGlobalTable(const Node& properties, std::string_view region, TableSource& table,
                    std::vector<Message>& messages);
void MapSimpleTable(const Node& properties, TableSource& table, std::vector<Message>& messages);

}  // namespace dynarock::schema
