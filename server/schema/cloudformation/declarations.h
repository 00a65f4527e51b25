// What CloudFormation refuses of the sections around the resources: declarations of parameters,
// names, Conditions and Outputs.
#pragma once

#include <vector>

#include "server/document/node.h"
#include "server/schema/cloudformation/template.h"
#include "server/schema/table/table_source.h"

namespace dynarock::schema {

// Types, and defaults that their own declaration does not allow.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
void CheckParameters(const Node& root, std::vector<Message>& messages);

// Names of parameters, resources and outputs that are not letters and digits.
void CheckLogicalIds(const Node& root, std::vector<Message>& messages);

// Types of SAM in a template that does not name its transform.
void CheckServerlessTypes(const Node& root, std::vector<Message>& messages);

// Outputs without a value, and names in them that there are not.
void CheckOutputs(const Node& root, Template& functions, std::vector<Message>& messages);

}  // namespace dynarock::schema
