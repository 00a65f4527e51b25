// Values of the Terraform language, which are Nodes. Sets are lists without duplicates, in order,
// whose `text` is kSetMark. The blocks of one type in a body are a list whose `text` is kBlockMark.
//
// A null whose `text` is not empty is the default of a variable of the root module that nothing sets:
// "var.name".
//
// A map whose `why` is not empty is open: it holds the arguments of a resource, and attributes that
// it lacks are known only when the resource is deployed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/document/node.h"
#include "server/schema/hcl/syntax.h"

namespace dynarock::schema::hcl {

inline constexpr std::string_view kSetMark = "set";
inline constexpr std::string_view kBlockMark = "blocks";

Node NullValue(const Place& place);
Node TextValue(const Place& place, std::string text);
Node NumberValue(const Place& place, long double number);
Node TruthValue(const Place& place, bool truth);
Node ListValue(const Place& place);
Node MapValue(const Place& place);
Node UnresolvedValue(const Place& place, std::string_view text, std::string why);

// "a string", "a number", ... for messages.
std::string_view KindName(const Node& value);

// A string, number or boolean as a string; nothing for others.
std::optional<std::string> TextOf(const Node& value);
// A number, or a string that is one.
std::optional<long double> NumberOf(const Node& value);
// A boolean, or one of the strings "true" and "false".
std::optional<bool> TruthOf(const Node& value);

bool IsUnresolved(const Node& value);
// The first unresolved value in a tree, the root included; null when there is none.
const Node* FindUnresolved(const Node& value);

// As ==: of the same type and value. Neither holds anything unresolved.
bool Equal(const Node& left, const Node& right);

// The characters of UTF-8 text, each as its bytes.
std::vector<std::string_view> Characters(std::string_view text);

// What a copy of a tree costs: its values, and one more for each 64 bytes of text.
uint64_t WeightOf(const Node& value);
// Lists and maps within each other.
int DepthOf(const Node& value);

// Sets `name` to `value`, replacing what it was.
void SetMember(Node& map, std::string name, Node value);

// The members of a map in the order in which Terraform goes over them: sorted by name.
std::vector<const std::pair<std::string, Node>*> SortedMembers(const Node& map);

// A list as a set: sorted, without duplicates.
Node SetOf(Node list);

// JSON as jsonencode writes it: members sorted, <, > and & escaped.
void WriteJsonText(const Node& value, std::string& out);

}  // namespace dynarock::schema::hcl
