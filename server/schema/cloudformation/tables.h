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
  // Of the stack, where the files tell; --set AWS::Region=REGION and AWS::AccountId go before them.
  std::string region = {};
  std::string account = {};
  // What the files call the stage of the deployment ("dev"); empty: the parameters may tell.
  std::string stage = {};
};

// Where a stack is made.
struct StackRegion {
  std::string name;       // empty: not known
  std::string name_here;  // what AWS::Region comes to
  // Regions of replicas are made of AWS::Region, whose value only stands in for the stack's.
  bool stands_in = false;
};

Reading ReadCloudFormation(const Node& root, const ReadOptions& options,
                           const CloudFormationOptions& kind = {});

// Whether a type of table has a property of that name.
bool HasProperty(std::string_view type, std::string_view name);

// How each type's properties become a CreateTable request. `properties` has its functions resolved.
// What the API has no member for is left out with a message.
void MapTable(const Node& properties, TableSource& table, std::vector<Message>& messages);
// The replica of the stack's region stands for the table.
void MapGlobalTable(const Node& properties, const StackRegion& region, TableSource& table,
                    std::vector<Message>& messages);
void MapSimpleTable(const Node& properties, TableSource& table, std::vector<Message>& messages);

}  // namespace dynarock::schema
