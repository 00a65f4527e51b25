// What CloudFormation refuses of a template's outline: names of sections, and what stands beside
// the Type and Properties of a resource.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/resource-attributes.html
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/document/node.h"
#include "server/schema/cloudformation/template.h"
#include "server/schema/table/table_source.h"

namespace dynarock::schema {

// Whether a macro that is not AWS's own may change the template before CloudFormation reads it:
// such a macro may have sections and attributes of its own.
bool HasForeignMacro(const Node& root);

// Tells of sections that there are not. Returns the template with the names they are likely meant
// for; nullopt: none is.
std::optional<Node> WithKnownSections(const Node& root, std::vector<Message>& messages);

// Tells of attributes of a table that there are not. What stands there in place of Properties, or
// of a property, is added to `properties`, so that it is not missed.
void CheckAttributes(const std::string& id, const Node& resource, Node& properties,
                     std::vector<Message>& messages);

// Tells of DeletionPolicy and UpdateReplacePolicy values that a table cannot have. Returns whether
// the table stays when its definition goes.
bool CheckPolicies(const std::string& id, const Node& resource, Template& functions,
                   std::vector<Message>& messages);

}  // namespace dynarock::schema
