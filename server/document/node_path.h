// Ways through a tree of values.
#pragma once

#include <string>
#include <string_view>

#include "server/document/node.h"

namespace dynarock::document {

// The deepest value that a path leads to, starting at `root`. Parts are divided by dots: members by
// name (the case of the first letter does not matter), list elements by number from 1; "member" is
// passed over. So both "GlobalSecondaryIndexes.1.IndexName" and the service's
// "globalSecondaryIndexes.1.member.indexName" name the same.
const Node& Deepest(const Node& root, std::string_view path);

// The value itself, or null when the path leads nowhere.
const Node* At(const Node& root, std::string_view path);

// The text of a string member that is known; empty when there is none.
std::string_view TextOf(const Node& map, std::string_view name);

// The member's elements; empty when it is absent or no list.
const std::vector<Node>& ElementsOf(const Node& map, std::string_view name);

// Where the name of a member stands, or the value where that is not known.
Place NamePlace(const Node& member);

// Appends the value as JSON. Unresolved values are left out of maps and lists.
void AppendJson(const Node& node, std::string& out);

}  // namespace dynarock::document
