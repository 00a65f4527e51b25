#include "expression/partiql/builder.h"

#include <algorithm>
#include <array>

#include "expression/errors.h"
#include "storage/item/encoder.h"

namespace dynarock::expression {

namespace {

using SyntaxKind = partiql::StatementSyntax::Kind;

constexpr std::string_view kOneSource = "Only select from a single table or index is supported.";

// What the service calls an expression that is no statement.
std::string_view KindName(const partiql::Expr& e) {
  using Kind = partiql::Expr::Kind;
  switch (e.kind) {
    case Kind::kPath:
      return e.steps.size() == 1 ? "Id" : "Path";
    case Kind::kMissing:
      return "Missing";
    case Kind::kParameter:
      return "Parameter";
    case Kind::kList:
      return "List";
    case Kind::kSet:
      return "Bag";
    case Kind::kMap:
      return "Struct";
    case Kind::kIs:
      return "IsType";
    case Kind::kSelect:
      return "Select";
    default:
      return "Lit";
  }
}

// The name under which a path is shown: its last name, with the list indexes behind it.
std::string ColumnOf(Path path) {
  size_t last = path.size() - 1;
  while (path[last].is_index) --last;
  std::string column(path[last].name);
  for (const PathElement& element : path.subspan(last + 1)) {
    column += "[" + std::to_string(element.index) + "]";
  }
  return column;
}

}  // namespace

Result<Statement> StatementBuilder::Build() {
  if (syntax_.parameters > parameters_.size()) return Fail(WrongParameterCount());
  statement_.returning = syntax_.returning;
  DYNAROCK_CHECK(Dispatch());
  return std::move(statement_);
}

Result<void> StatementBuilder::Dispatch() {
  switch (syntax_.kind) {
    case SyntaxKind::kSelect:
      return Select();
    case SyntaxKind::kInsert:
      return Insert();
    case SyntaxKind::kUpdate:
      return UpdateStatement();
    case SyntaxKind::kDelete:
      Source();
      DYNAROCK_CHECK(WhereClause());
      Delete();
      return {};
    case SyntaxKind::kActions:
      return Fail(Validation(std::string(kOneSource)));
    case SyntaxKind::kExpression:
      break;
  }
  return Fail(NoStatement());
}

Error StatementBuilder::NoStatement() const {
  const Expr& e = At(*syntax_.value);
  switch (e.kind) {
    case Expr::Kind::kCall:
    case Expr::Kind::kComparison:
    case Expr::Kind::kAnd:
    case Expr::Kind::kOr:
    case Expr::Kind::kNot:
    case Expr::Kind::kBetween:
    case Expr::Kind::kIn:
    case Expr::Kind::kOther:
      return ExistsOutsideTransaction();
    default:
      return Validation("Unsupported operation: " + std::string(KindName(e)));
  }
}

void StatementBuilder::Source() {
  if (syntax_.alias) Note("Aliasing is not supported");
  const Expr& source = At(syntax_.source);
  if (source.kind != Expr::Kind::kPath || syntax_.several_sources) {
    return Note(std::string(kOneSource));
  }
  std::vector<std::string_view> names;
  for (const Token& step : source.steps) {
    if (step.kind != TokenKind::kWord && step.kind != TokenKind::kQuoted) {
      return Note(std::string(kOneSource));
    }
    names.push_back(NameOf(step).value_or("?"));
  }
  if (names.size() > 2) {
    Note("A path may contain at most 2 components in the FROM clause");
  }
  statement_.table = names.front();
  if (names.size() > 1) statement_.index = std::string(names[1]);
}

Result<void> StatementBuilder::Select() {
  statement_.kind = syntax_.exists ? Statement::Kind::kExists : Statement::Kind::kSelect;
  Projection();
  Source();
  DYNAROCK_CHECK(WhereClause());
  Order();
  return {};
}

void StatementBuilder::Projection() {
  for (const uint32_t i : syntax_.projection) {
    const Expr& e = At(i);
    if (e.kind != Expr::Kind::kPath) {
      Note("Unexpected path component" + At(e.first));
      continue;
    }
    const auto* path = ReadPath(e);
    statement_.projection.emplace_back(*path);
    statement_.columns.push_back(ColumnOf(*path));
  }
}

void StatementBuilder::Order() {
  for (const partiql::OrderSyntax& term : syntax_.order) {
    const Expr& e = At(term.expression);
    if (e.kind == Expr::Kind::kPath && e.steps.size() == 1) {
      statement_.order.push_back({ReadPath(e)->front().name, term.descending});
      continue;
    }
    Note("Argument to ORDER BY must be of type VariableReference. Type: " +
         std::string(e.kind == Expr::Kind::kPath ? "PATH" : "LITERAL") + At(e.first));
  }
}

Result<void> StatementBuilder::Insert() {
  statement_.kind = Statement::Kind::kInsert;
  const Expr& value = At(*syntax_.value);
  std::vector<std::pair<std::string, ValueView>> attributes;
  if (value.kind == Expr::Kind::kParameter) {
    const ValueView given = parameters_[value.count];
    if (given.type() != Type::kMap) return Fail(MalformedStatement("Unexpected term"));
    for (const auto& [name, attribute] : given.map()) attributes.emplace_back(name, attribute);
  } else if (value.kind == Expr::Kind::kMap) {
    for (size_t k = 0; k < value.children.size(); k += 2) {
      std::string name = partiql::Unescape(At(value.children[k]).token);
      if (name.empty()) return Fail(EmptyPathComponent());
      auto attribute = ReadValue(value.children[k + 1]);
      if (!attribute) {
        if (attribute.error().cause != Cause::kNestingTooDeep) {
          return Fail(std::move(attribute).error());
        }
        if (!statement_.item_fault) statement_.item_fault = std::move(attribute).error();
        continue;
      }
      attributes.emplace_back(std::move(name), *attribute);
    }
  } else {
    return Fail(MalformedStatement("Unexpected term"));
  }
  ItemBuilder builder;
  for (const auto& [name, attribute] : attributes) builder.Add(name, attribute);
  statement_.item = builder.Encode();
  Source();
  if (statement_.index) {
    Note("FROM clause may only contain a single table name in data manipulation statements" +
         At(At(syntax_.source).first));
  }
  return {};
}

void StatementBuilder::Delete() {
  statement_.kind = Statement::Kind::kDelete;
  constexpr std::array<std::string_view, 5> kNames = {"", "ALL OLD", "ALL NEW", "MODIFIED OLD",
                                                      "MODIFIED NEW"};
  if (statement_.returning != Returning::kNone && statement_.returning != Returning::kAllOld) {
    Note("Invalid returning clause: RETURNING " +
         std::string(kNames[static_cast<size_t>(statement_.returning)]) +
         " *. Only RETURNING ALL OLD * is allowed in DELETE statements.");
  }
  if (statement_.index) Note("This operation is not supported on an index");
}

Result<Statement> ParseStatement(std::string_view text, std::span<const ValueView> parameters) {
  DYNAROCK_TRY(const partiql::StatementSyntax syntax, partiql::ParseSyntax(text));
  return StatementBuilder(text, syntax, parameters).Build();
}

}  // namespace dynarock::expression
