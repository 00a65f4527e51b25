// The tables of a Serverless Framework file: CloudFormation resources inside serverless.yml, whose
// variables are replaced first.
#pragma once

#include <string>

#include "server/document/node.h"
#include "server/schema/table/table_source.h"

namespace dynarock::schema {

bool LooksLikeServerless(const Node& root);

// `path` of the file: others that it includes are looked for beside it.
Reading ReadServerless(const Node& root, const std::string& path, const ReadOptions& options);

// Whether any text in a template is a variable of the framework: it is a part of a Serverless
// service rather than a template of its own.
bool UsesServerlessVariables(const Node& root);

// Such a part, without the serverless.yml that includes it.
Reading ReadServerlessPart(const Node& root, const std::string& path, const ReadOptions& options);

}  // namespace dynarock::schema
