// What the manifest of a CDK application (cdk.out/manifest.json) says of the template beside it.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.cloud_assembly_schema-readme.html
#pragma once

#include <string>

namespace dynarock::schema {

// The region that the stack of a template is for, from its environment: aws://ACCOUNT/REGION. The
// template of a nested stack has that of all stacks there. Empty: no manifest lies beside it, or it
// does not tell.
std::string CdkRegion(const std::string& template_path);

}  // namespace dynarock::schema
