// The part of StatementBuilder that reads SET and REMOVE.
#include "expression/errors.h"
#include "expression/partiql/builder.h"
#include "expression/resolve.h"

namespace dynarock::expression {

Result<void> StatementBuilder::UpdateStatement() {
  statement_.kind = Statement::Kind::kUpdate;
  Source();
  std::vector<Action> actions;
  DYNAROCK_CHECK(ReadActions(actions));
  DYNAROCK_CHECK(WhereClause());
  if (statement_.index) Note("This operation is not supported on an index");
  Lower(actions);
  return {};
}

Result<void> StatementBuilder::ReadActions(std::vector<Action>& actions) {
  for (const partiql::ActionSyntax& syntax : syntax_.actions) {
    Action action;
    action.kind = syntax.set ? ActionKind::kSet : ActionKind::kRemove;
    action.target = ReadPath(At(syntax.target));
    if (syntax.set) DYNAROCK_CHECK(Assign(syntax, action));
    actions.push_back(std::move(action));
  }
  return {};
}

Result<void> StatementBuilder::Assign(const partiql::ActionSyntax& syntax, Action& action) {
  const Expr& value = At(syntax.value);
  if (value.kind == Expr::Kind::kCall) {
    const bool add = partiql::IsWord(value.token, "SET_ADD");
    if (add || partiql::IsWord(value.token, "SET_DELETE")) return ChangeSet(value, add, action);
  }
  DYNAROCK_TRY(action.right, SetValue(syntax.value, 0));
  return {};
}

Result<void> StatementBuilder::ChangeSet(const Expr& call, bool add, Action& action) {
  const std::string name = add ? "SET_ADD" : "SET_DELETE";
  if (call.children.size() != 2) {
    Note(name + " must have exactly two arguments" + At(call.token));
    return {};
  }
  const Expr& path = At(call.children[0]);
  if (path.kind != Expr::Kind::kPath || !SamePath(*ReadPath(path), *action.target)) {
    Note("The first argument to " + name + " must equal the assignment value" + At(call.token));
  }
  const Expr& set = At(call.children[1]);
  std::optional<ValueView> value;
  if (IsValue(set)) {
    DYNAROCK_TRY(value, ReadValue(call.children[1]));
  }
  if (!value || !IsSet(value->type())) {
    Note("The second argument to " + name + " must be a value with type SET" + At(path.first));
    return {};
  }
  action.kind = add ? ActionKind::kAdd : ActionKind::kDelete;
  action.value = *value;
  return {};
}

Result<StatementBuilder::SetNode> StatementBuilder::SetValue(uint32_t i, int level) {
  const Expr& e = At(i);
  SetNode node;
  if (IsValue(e)) {
    DYNAROCK_TRY(node.value, ReadValue(i));
    return node;
  }
  switch (e.kind) {
    case Expr::Kind::kPath:
      node.kind = UpdateNode::Kind::kPath;
      node.path = ReadPath(e);
      return node;
    case Expr::Kind::kCall:
      return SetCall(e, level);
    case Expr::Kind::kOther:
      if (level == 0 && e.children.size() == 2 &&
          (e.token.kind == TokenKind::kPlus || e.token.kind == TokenKind::kMinus)) {
        return SetSum(e);
      }
      break;
    default:
      break;
  }
  NoteUnsupported(e.token.text);
  node.value = KeepString("");
  return node;
}

Result<StatementBuilder::SetNode> StatementBuilder::SetSum(const Expr& sum) {
  const bool plus = sum.token.kind == TokenKind::kPlus;
  SetNode node;
  node.kind = plus ? UpdateNode::Kind::kPlus : UpdateNode::Kind::kMinus;
  for (const uint32_t child : sum.children) {
    DYNAROCK_TRY(SetNode side, SetValue(child, 1));
    CheckSetType(plus ? "+" : "-", "N", side);
    node.operands.push_back(std::move(side));
  }
  return node;
}

Result<StatementBuilder::SetNode> StatementBuilder::SetCall(const Expr& call, int level) {
  const bool append = partiql::IsWord(call.token, "LIST_APPEND");
  SetNode node;
  if (!append && !partiql::IsWord(call.token, "IF_NOT_EXISTS")) {
    NoteUnknownFunction(call.token);
    node.value = KeepString("");
    return node;
  }
  const std::string name = append ? "list_append" : "if_not_exists";
  node.kind = append ? UpdateNode::Kind::kListAppend : UpdateNode::Kind::kIfNotExists;
  for (const uint32_t child : call.children) {
    DYNAROCK_TRY(SetNode side, SetValue(child, level + 1));
    if (append) CheckSetType(name, "L", side);
    node.operands.push_back(std::move(side));
  }
  if (node.operands.size() != 2) {
    Note(IncorrectOperandCount(name, node.operands.size()));
    node = SetNode();
    node.value = KeepString("");
  } else if (!append && node.operands.front().path == nullptr) {
    Note(DocumentPathRequired(name));
  }
  return node;
}

void StatementBuilder::CheckSetType(std::string_view name, std::string_view wanted,
                                    const SetNode& node) {
  std::string_view type;
  switch (node.kind) {
    case UpdateNode::Kind::kValue:
      type = node.value.type_name();
      break;
    case UpdateNode::Kind::kPlus:
    case UpdateNode::Kind::kMinus:
      type = "N";
      break;
    case UpdateNode::Kind::kListAppend:
      type = "L";
      break;
    default:
      return;
  }
  if (type != wanted) Note(IncorrectOperandType(name, type));
}

int32_t StatementBuilder::LowerNode(UpdateBuilder& builder, const SetNode& node) {
  if (node.kind == UpdateNode::Kind::kValue) return builder.ValueNode(node.value);
  if (node.kind == UpdateNode::Kind::kPath) return builder.PathNode(*node.path);
  const int32_t left = LowerNode(builder, node.operands[0]);
  const int32_t right = LowerNode(builder, node.operands[1]);
  return builder.Node(node.kind, left, right);
}

void StatementBuilder::Lower(const std::vector<Action>& actions) {
  std::vector<Path> targets;
  for (const Action& action : actions) targets.emplace_back(*action.target);
  if (auto distinct = CheckDistinctPaths(Language::kUpdate, targets); !distinct) {
    Note(std::move(distinct).error());
  }
  if (statement_.fault) return;
  UpdateBuilder builder;
  for (const Path target : targets) builder.Target(target);
  for (uint32_t i = 0; i < actions.size(); ++i) {
    const Action& action = actions[i];
    switch (action.kind) {
      case ActionKind::kSet:
        builder.Set(i, LowerNode(builder, action.right));
        break;
      case ActionKind::kRemove:
        builder.Remove(i);
        break;
      case ActionKind::kAdd:
        builder.Add(i, action.value);
        break;
      case ActionKind::kDelete:
        builder.Delete(i, action.value);
        break;
    }
  }
  statement_.update = builder.Finish();
}

}  // namespace dynarock::expression
