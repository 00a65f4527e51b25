// Fn::ForEach of the transform AWS::LanguageExtensions, which repeats resources.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-foreach.html
#pragma once

#include <optional>
#include <vector>

#include "server/document/node.h"
#include "server/schema/table/table_source.h"

namespace dynarock::schema {

// The template with its loops written out, in resources and conditions; nullopt: there are none, or
// the template does not name the transform, without which CloudFormation knows no loops. A loop
// over what only deployment knows is left out with a note.
std::optional<Node> WithoutLoops(const Node& root, const ReadOptions& options,
                                 std::vector<Message>& messages);

}  // namespace dynarock::schema
