// PartiQL statements. Source: Developer Guide, "PartiQL - a SQL-compatible query language for
// Amazon DynamoDB" (ql-reference, ql-operators, ql-functions); texts as observed on the service
// where they are known.
//
// A statement is lowered onto what the other languages use: the WHERE clause becomes Conditions,
// SET and REMOVE an Update, the item of an INSERT an encoded item. Nothing here knows tables; the
// key functions take a schema.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "expression/condition.h"
#include "expression/key_condition.h"
#include "expression/path.h"
#include "expression/update.h"
#include "storage/item/encoded.h"
#include "storage/item/result.h"

namespace dynarock::expression {

// The longest statement, in bytes.
inline constexpr size_t kMaxStatementBytes = 8192;

enum class Returning : uint8_t { kNone, kAllOld, kAllNew, kModifiedOld, kModifiedNew };

struct OrderTerm {
  std::string_view attribute;
  bool descending = false;
};

// One operand of a WHERE test.
struct WhereOperand {
  bool is_size = false;
  const std::vector<PathElement>* path = nullptr;  // null: a value
  ValueView value;
};

// A node of the WHERE clause.
struct WhereNode {
  enum class Kind : uint8_t { kTest, kAnd, kOr, kNot };
  Kind kind = Kind::kTest;
  Operator op = Operator::kEqual;      // kTest
  std::vector<WhereOperand> operands;  // kTest
  std::vector<uint32_t> children;      // the others; kAnd and kOr have two or more
};

// A checked statement. Movable; borrows the parameters.
class Statement {
 public:
  enum class Kind : uint8_t { kSelect, kInsert, kUpdate, kDelete, kExists };
  Kind kind = Kind::kSelect;
  bool reads() const { return kind == Kind::kSelect; }
  // What it shows of an index is for it alone to say: a SELECT, in EXISTS too.
  bool shows() const { return kind == Kind::kSelect || kind == Kind::kExists; }

  std::string table;
  std::optional<std::string> index;  // SELECT only

  // SELECT: the paths to show, and the names under which they are shown: the last name of a path
  // with the list indexes behind it. Empty: everything.
  std::vector<Path> projection;
  std::vector<std::string> columns;
  std::vector<OrderTerm> order;

  std::string item;  // INSERT: encoded, its size not checked
  // INSERT: the item is nested too deeply, which shows once it is known to be new.
  std::optional<Error> item_fault;
  Update update;  // UPDATE
  Returning returning = Returning::kNone;

  // What is wrong though the text is a statement: an alias, a function that is none, operands of
  // wrong types. To be reported unless a multi-attribute index speaks first.
  std::optional<Error> fault;

  // The top-level terms of the WHERE clause that must all hold, by node; empty: no clause.
  std::vector<uint32_t> conjuncts;
  bool has_where() const { return !conjuncts.empty(); }
  const WhereNode& node(uint32_t i) const { return nodes_[i]; }
  uint32_t node_count() const { return static_cast<uint32_t>(nodes_.size()); }
  // Every path the WHERE clause mentions.
  std::span<const Path> where_paths() const { return where_paths_; }

  // The conjunction of some conjuncts; nullopt when there are none.
  std::optional<Condition> ConditionOf(std::span<const uint32_t> conjuncts) const;

 private:
  friend class StatementBuilder;
  // What views above point at. Elements stay where they are when the statement moves.
  struct Memory {
    std::deque<std::string> texts;
    std::deque<std::vector<PathElement>> paths;
  };
  std::unique_ptr<Memory> memory_ = std::make_unique<Memory>();
  std::vector<WhereNode> nodes_;
  std::vector<Path> where_paths_;
};

// Parses a statement with its parameters, in order of their question marks. Errors (Validation):
// syntax, literals that are no values, too few parameters. What else is wrong, in the service's
// order, is Statement::fault: calls and aliases, static checks of conditions and updates, indexes
// where only tables can stand.
Result<Statement> ParseStatement(std::string_view text, std::span<const ValueView> parameters);

// How a SELECT finds its items, given the key of what it reads.
struct ReadPath {
  enum class Kind : uint8_t {
    kScan,   // everything
    kQuery,  // queries[0]
    kKeys,   // several queries, one per value of an IN or of ORed equalities on the HASH attribute;
             // values that are given twice come once
  };
  Kind kind = Kind::kScan;
  std::vector<KeyQuery> queries;
  // What the queries do not decide; nullopt: nothing.
  std::optional<Condition> rest;
};
// Errors: a key attribute that is compared with a value of another type, or that has two values;
// those of ResolveKeyTerms about values; branches of an OR that overlap in one partition.
// `schema`: all HASH, then all RANGE attributes.
Result<ReadPath> FindReadPath(const Statement& statement, std::span<const KeyAttribute> schema);

// A key attribute that is compared with a value of another type, or INSERTed with one.
Result<void> CheckKeyTypes(const Statement& statement, std::span<const KeyAttribute> schema);

// The one item that a WHERE clause with an equality on every key attribute names.
struct NamedItem {
  std::string key;                // encoded as an item; values have any type
  std::optional<Condition> rest;  // the other terms; nullopt: none
};
// nullopt: some key attribute has no equality. `names`: of the table's key attributes. Error: a key
// attribute that has two values.
Result<std::optional<NamedItem>> FindNamedItem(const Statement& statement,
                                               std::span<const std::string> names);

}  // namespace dynarock::expression
