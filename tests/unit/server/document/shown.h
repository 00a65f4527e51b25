// Values as tests show them.
#pragma once

#include <string>

#include "server/document/node.h"

namespace dynarock::document {

// A value on one line: unresolved ones as <text>.
inline std::string Shown(const Node& node) {
  std::string out;
  switch (node.kind) {
    case Node::Kind::kNull:
      return "null";
    case Node::Kind::kBool:
      return node.boolean ? "true" : "false";
    case Node::Kind::kNumber:
      return node.text;
    case Node::Kind::kString:
      return "'" + node.text + "'";
    case Node::Kind::kUnresolved:
      return "<" + node.text + ">";
    case Node::Kind::kList:
      for (const Node& element : node.list) out += (out.empty() ? "" : ",") + Shown(element);
      return "[" + out + "]";
    case Node::Kind::kMap:
      for (const auto& [name, value] : node.map) {
        out += (out.empty() ? "" : ",") + name + ":" + Shown(value);
      }
      return "{" + out + "}";
  }
  return out;
}

}  // namespace dynarock::document
