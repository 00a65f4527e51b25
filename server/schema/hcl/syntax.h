// The syntax tree of the Terraform language (HCL native syntax): bodies of arguments and blocks,
// and expressions. https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/document/node.h"

namespace dynarock::schema::hcl {

using document::MakeBool;
using document::MakeNode;
using document::MakeString;
using document::MakeUnresolved;
using document::Node;
using document::Place;

// A file's text. Trees refer to it and must not outlive it.
struct Source {
  std::string file;  // as messages name it
  std::string text;
};

// What is wrong with the input, in words, and where.
struct Problem {
  Place place;
  std::string message;
  std::string hint = {};  // what to do about it; empty: nothing to add
};

struct Expression;
using ExpressionPtr = std::unique_ptr<Expression>;

enum class Operator : uint8_t {
  kOr,
  kAnd,
  kEqual,
  kNotEqual,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kModulo,
  kNot,
  kNegate,
};

struct Expression {
  enum class Kind : uint8_t {
    kLiteral,      // literal
    kTemplate,     // parts, printed one after the other
    kTemplateFor,  // %{ for key_name, name in parts[0] } parts[1] %{ endfor }
    kTuple,        // parts
    kObject,       // parts: key, value, key, value, ...
    kForTuple,     // [for key_name, name in parts[0] : parts[1] if parts[2]]; the last may be null
    kForObject,  // {for key_name, name in parts[0] : parts[1] => parts[2] if parts[3]}; `flag`: ...
    kConditional,  // parts: condition, then, else
    kBinary,       // op, parts[0], parts[1]
    kUnary,        // op, parts[0]
    kVariable,     // name
    kAttribute,    // parts[0].name
    kIndex,        // parts[0][parts[1]]
    kSplat,        // parts[0] is the list, parts[1] what is taken of each element
    kSplatItem,    // the element, within parts[1] of a splat
    kCall,         // name(parts); `flag`: the last argument is expanded (...)
  };
  Kind kind = Kind::kLiteral;
  Operator op = Operator::kOr;
  bool flag = false;
  int depth = 1;  // of the tree below, itself included
  int line = 0;
  int column = 0;
  size_t begin = 0;  // the bytes of `source` it was written as
  size_t end = 0;
  const Source* source = nullptr;
  std::string name;
  std::string key_name;  // empty: none
  Node literal;
  std::vector<ExpressionPtr> parts;

  Place place() const { return {source->file, line, column}; }
  std::string_view text() const {
    return std::string_view(source->text).substr(begin, end - begin);
  }
};

// name = value
struct Attribute {
  std::string name;
  Place place;
  ExpressionPtr value;
};

struct Block;

struct Body {
  std::vector<Attribute> attributes;
  std::vector<Block> blocks;

  // Null when it is not there.
  const Attribute* FindAttribute(std::string_view name) const {
    for (const Attribute& attribute : attributes) {
      if (attribute.name == name) return &attribute;
    }
    return nullptr;
  }
};

// type "label" "label" { body }
struct Block {
  std::string type;
  std::vector<std::string> labels;
  Place place;
  Body body;
};

}  // namespace dynarock::schema::hcl
