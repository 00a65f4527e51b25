// What the manifest of a CDK application (cdk.out/manifest.json) says of the template beside it.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.cloud_assembly_schema-readme.html
#pragma once

#include <string>

#include "server/schema/table/table_source.h"

namespace dynarock::schema {

// Where the stack of a template is made, from its environment: aws://ACCOUNT/REGION. The template of
// a nested stack has that of all stacks there. What is empty there is not told, or no manifest lies
// beside the template.
Home CdkHome(const std::string& template_path);

}  // namespace dynarock::schema
