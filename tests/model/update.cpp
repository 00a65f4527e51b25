#include "tests/model/update.h"

namespace dynarock::model {

namespace {

using Kind = UpdateAction::Kind;

// One update on its way: every operand is read from the item before it.
class Update {
 public:
  explicit Update(const Item& before) : before_(before), after_(before) {}

  std::optional<Item> Run(const std::vector<UpdateAction>& actions) {
    // Sections apply in this order.
    for (const bool wanted : {Do(actions, &Update::IsSet), Do(actions, &Update::IsRemove),
                              Do(actions, &Update::IsAdd), Do(actions, &Update::IsDelete)}) {
      if (!wanted) return std::nullopt;
    }
    return after_;
  }

 private:
  static bool IsSet(Kind kind) {
    return kind != Kind::kRemove && kind != Kind::kAdd && kind != Kind::kDelete;
  }
  static bool IsRemove(Kind kind) { return kind == Kind::kRemove; }
  static bool IsAdd(Kind kind) { return kind == Kind::kAdd; }
  static bool IsDelete(Kind kind) { return kind == Kind::kDelete; }

  bool Do(const std::vector<UpdateAction>& actions, bool (*in_section)(Kind)) {
    for (const UpdateAction& action : actions) {
      if (in_section(action.kind) && !One(action)) return false;
    }
    return true;
  }

  bool One(const UpdateAction& action) {
    switch (action.kind) {
      case Kind::kRemove:
        return Remove(action.path);
      case Kind::kAdd:
        return Add(action);
      case Kind::kDelete:
        return Delete(action);
      default: {
        const auto value = Operand(action);
        return value && Set(action.path, *value);
      }
    }
  }

  std::optional<Value> Operand(const UpdateAction& action) const {
    if (action.kind == Kind::kSet) return action.value;
    const Value* from = Find(before_, action.from);
    if (action.kind == Kind::kSetIfAbsent) return from != nullptr ? *from : action.value;
    if (from == nullptr) return std::nullopt;
    if (action.kind == Kind::kCopy) return *from;
    if (action.kind == Kind::kPlus) return Sum(*from, action.value);
    if (from->type != "L") return std::nullopt;
    Value list = *from;
    list.list.insert(list.list.end(), action.value.list.begin(), action.value.list.end());
    return list;
  }

  // Of integers; others are not generated.
  static std::optional<Value> Sum(const Value& a, const Value& b) {
    if (a.type != "N") return std::nullopt;
    return N(std::to_string(std::stoll(a.text) + std::stoll(b.text)));
  }

  // What a nested path leads into; nullptr: it is absent or of another type.
  Value* Parent(const Path& path) {
    const auto found = after_.find(path.attribute);
    const char* wanted = path.key.empty() ? "L" : "M";
    return found != after_.end() && found->second.type == wanted ? &found->second : nullptr;
  }

  bool Set(const Path& path, const Value& value) {
    if (!path.nested()) {
      after_[path.attribute] = value;
      return true;
    }
    Value* parent = Parent(path);
    if (parent == nullptr) return false;
    if (!path.key.empty()) {
      parent->map[path.key] = value;
    } else if (static_cast<size_t>(path.index) < parent->list.size()) {
      parent->list[static_cast<size_t>(path.index)] = value;
    } else {
      parent->list.push_back(value);
    }
    return true;
  }

  bool Remove(const Path& path) {
    if (!path.nested()) {
      after_.erase(path.attribute);
      return true;
    }
    Value* parent = Parent(path);
    if (parent == nullptr) return false;
    if (!path.key.empty()) {
      parent->map.erase(path.key);
    } else if (static_cast<size_t>(path.index) < parent->list.size()) {
      parent->list.erase(parent->list.begin() + path.index);
    }
    return true;
  }

  bool Add(const UpdateAction& action) {
    const Value* from = Find(before_, action.path);
    if (from == nullptr) return Set(action.path, action.value);
    if (from->type != action.value.type) return false;
    if (from->type == "N") return Set(action.path, *Sum(*from, action.value));
    Value set = *from;
    set.elements.insert(action.value.elements.begin(), action.value.elements.end());
    return Set(action.path, set);
  }

  bool Delete(const UpdateAction& action) {
    if (action.path.nested() && Parent(action.path) == nullptr) return false;
    const Value* from = Find(before_, action.path);
    if (from == nullptr) return true;
    if (from->type != action.value.type) return false;
    Value set = *from;
    for (const std::string& element : action.value.elements) set.elements.erase(element);
    return set.elements.empty() ? Remove(action.path) : Set(action.path, set);
  }

  const Item& before_;
  Item after_;
};

}  // namespace

std::optional<Item> Updated(const Item& before, const std::vector<UpdateAction>& actions) {
  return Update(before).Run(actions);
}

}  // namespace dynarock::model
