// A statement as it is written: the tree that the parser makes and StatementBuilder reads. Inside
// the room only.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "expression/partiql/lexer.h"
#include "expression/partiql/statement.h"
#include "storage/item/result.h"

namespace dynarock::expression::partiql {

// An expression. Children stand before their parents in StatementSyntax::expressions.
struct Expr {
  enum class Kind : uint8_t {
    kPath,  // steps
    kString,
    kNumber,  // token, and whether it has a minus before it
    kIon,
    kBool,
    kNull,
    kMissing,
    kParameter,  // ordinal
    kList,
    kSet,
    kMap,  // names and values by turns
    kCall,
    kSelect,
    kNot,  // of one, `count` times
    kAnd,
    kOr,
    kComparison,  // of two
    kBetween,     // of three
    kIn,          // the left side, then the members
    kIs,          // of one; type
    kOther,       // an operator that the language knows and the service does not take
  };
  Kind kind = Kind::kPath;
  Token token = {};  // the first, or the operator; of a call its name
  std::vector<uint32_t> children = {};
  // kPath: names, and list indexes as numbers; of another kind where a path of the service has no
  // such step.
  std::vector<Token> steps = {};
  bool negated = false;        // kNumber; kBetween, kIn, kIs
  size_t count = 0;            // kNot; kParameter: how many come before it
  std::string_view type = {};  // kIs: as the service calls it
  Token first = {};            // the first token of all
};

struct ActionSyntax {
  bool set = true;      // else REMOVE
  uint32_t target = 0;  // a path
  uint32_t value = 0;   // SET
};

struct OrderSyntax {
  uint32_t expression = 0;
  bool descending = false;
};

struct StatementSyntax {
  enum class Kind : uint8_t {
    kSelect,
    kInsert,
    kUpdate,
    kDelete,
    kActions,     // SET or REMOVE alone
    kExpression,  // value
  };
  Kind kind = Kind::kExpression;
  std::vector<Expr> expressions;
  size_t parameters = 0;

  std::vector<uint32_t> projection;  // SELECT; empty: *
  uint32_t source = 0;               // the table, or what stands in its place
  bool several_sources = false;
  bool alias = false;  // somewhere
  std::vector<ActionSyntax> actions;
  std::optional<uint32_t> value;  // of INSERT, or the expression itself
  std::optional<uint32_t> where;
  std::vector<OrderSyntax> order;
  Returning returning = Returning::kNone;
  bool exists = false;  // EXISTS(SELECT ...)
};

// Errors: "Statement wasn't well formed, can't be processed: ".
Result<StatementSyntax> ParseSyntax(std::string_view text);

}  // namespace dynarock::expression::partiql
