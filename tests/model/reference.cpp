#include "tests/model/reference.h"

#include <algorithm>
#include <set>

#include "tests/model/update.h"

namespace dynarock::model {

namespace {

const char* const kInvalid = "ValidationException";
const char* const kFailed = "ConditionalCheckFailedException";

// An index key must have its type, and a string must not be empty.
bool HasValidIndexKeys(const Item& item) {
  const auto valid = [&](const char* name, const char* type) {
    const auto found = item.find(name);
    return found == item.end() || (found->second.type == type &&
                                   (found->second.type == "N" || !found->second.text.empty()));
  };
  return valid("g", "S") && valid("h", "N") && valid("l", "N");
}

// The attributes whose new values the request says; of an update without the empty string, which is
// found only when the update is done.
Item Named(const Write& write) {
  if (write.kind == Write::Kind::kPut) return write.item;
  Item named;
  for (const UpdateAction& action : write.actions) {
    const bool sets = action.kind == UpdateAction::Kind::kSet && !action.path.nested();
    if (sets && action.value != S("")) {
      named[action.path.attribute] = action.value;
    }
  }
  return named;
}

// Whether it puts an empty string into an index key.
bool HasEmptyIndexKey(const Write& write) {
  const auto found = write.item.find("g");
  return write.kind == Write::Kind::kPut && found != write.item.end() && found->second == S("");
}

// The attributes that the actions are about.
Item Touched(const Item& item, const std::vector<UpdateAction>& actions) {
  Item touched;
  for (const UpdateAction& action : actions) {
    const auto found = item.find(action.path.attribute);
    if (found != item.end()) touched.insert(*found);
  }
  return touched;
}

std::optional<Item> Returned(const Write& write, const std::optional<Item>& before,
                             const std::optional<Item>& after) {
  std::optional<Item> item;
  if (write.return_values == "ALL_OLD") item = before;
  if (write.return_values == "ALL_NEW") item = after;
  if (write.return_values == "UPDATED_OLD" && before) item = Touched(*before, write.actions);
  if (write.return_values == "UPDATED_NEW" && after) item = Touched(*after, write.actions);
  return item && item->empty() ? std::nullopt : item;
}

// Whether an update of an item that is not there makes one.
bool Creates(const std::vector<UpdateAction>& actions) {
  return actions.empty() || std::ranges::any_of(actions, [](const UpdateAction& action) {
           return action.kind != UpdateAction::Kind::kRemove &&
                  action.kind != UpdateAction::Kind::kDelete;
         });
}

}  // namespace

Item Reference::KeyOf(const Item& item) {
  return {{"pk", item.at("pk")}, {"sk", item.at("sk")}};
}

std::string Reference::SortAttribute(const std::string& index) {
  if (index.empty()) return "sk";
  if (index == kLocalIndex) return "l";
  return index == kGlobalIndex ? "h" : "";
}

const Item* Reference::Find(const Item& key) const {
  const auto found = items_.find(ToJson(KeyOf(key)));
  return found == items_.end() ? nullptr : &found->second;
}

Reference::Outcome Reference::Decide(const Write& write) const {
  Outcome outcome;
  const Item* stored = Find(write.item);
  if (stored != nullptr) outcome.before = *stored;
  // Index keys that the request names are looked at before its condition.
  if (!HasValidIndexKeys(Named(write))) {
    outcome.answer.error = kInvalid;
    return outcome;
  }
  if (write.condition && !Holds(*write.condition, stored)) {
    outcome.answer.error = kFailed;
    return outcome;
  }
  switch (write.kind) {
    case Write::Kind::kCheck:
      return outcome;
    case Write::Kind::kPut:
      outcome.after = write.item;
      break;
    case Write::Kind::kDelete:
      break;
    case Write::Kind::kUpdate:
      if (stored == nullptr && !Creates(write.actions)) {
        const bool reachable = std::ranges::none_of(write.actions, [](const UpdateAction& action) {
          return action.kind == UpdateAction::Kind::kDelete && action.path.nested();
        });
        if (!reachable) outcome.answer.error = kInvalid;
        return outcome;
      }
      outcome.after = Updated(stored == nullptr ? write.item : *stored, write.actions);
      if (!outcome.after || !HasValidIndexKeys(*outcome.after)) {
        outcome.answer.error = kInvalid;
        outcome.empties_key =
            outcome.after && outcome.after->contains("g") && outcome.after->at("g") == S("");
        return outcome;
      }
      break;
  }
  outcome.writes = true;
  outcome.answer.attributes = Returned(write, outcome.before, outcome.after);
  return outcome;
}

void Reference::Note(const std::optional<Item>& before, const std::optional<Item>& after,
                     bool expired) {
  if (before == after) return;
  Change change{.event = !before  ? "INSERT"
                         : !after ? "REMOVE"
                                  : "MODIFY",
                .key = KeyOf(before ? *before : *after),
                .expired = expired};
  const bool both = setup_.stream_view == "NEW_AND_OLD_IMAGES";
  if (both || setup_.stream_view == "OLD_IMAGE") change.before = before;
  if (both || setup_.stream_view == "NEW_IMAGE") change.after = after;
  changes_.push_back(std::move(change));
}

void Reference::Commit(const Outcome& outcome) {
  if (!outcome.writes) return;
  Note(outcome.before, outcome.after, false);
  if (outcome.after) {
    items_[ToJson(KeyOf(*outcome.after))] = *outcome.after;
  } else if (outcome.before) {
    items_.erase(ToJson(KeyOf(*outcome.before)));
  }
}

Answer Reference::Transact(const std::vector<Write>& writes) {
  std::set<std::string> keys;
  for (const Write& write : writes) {
    // An action that fails by itself is not compared with others: a choice, the service's is not
    // known.
    const bool compared = HasValidIndexKeys(Named(write));
    if (compared && !keys.insert(ToJson(KeyOf(write.item))).second) return {.error = kInvalid};
    // Unlike UpdateItem, an Update in a transaction needs an expression.
    const bool lacks = write.kind == Write::Kind::kUpdate && write.actions.empty();
    if (lacks) return {.error = kInvalid};
  }
  // Of actions that cannot run the first one alone is told, before any condition is looked at.
  for (size_t i = 0; i < writes.size(); ++i) {
    if (HasValidIndexKeys(Named(writes[i]))) continue;
    // An empty index key fails the request as a whole, one of another type its action.
    if (HasEmptyIndexKey(writes[i])) return {.error = kInvalid};
    Answer answer{.error = "TransactionCanceledException"};
    answer.reasons.assign(writes.size(), "None");
    answer.reasons[i] = "ValidationError";
    return answer;
  }
  std::vector<Outcome> outcomes;
  Answer answer;
  bool fails = false;
  for (const Write& write : writes) {
    outcomes.push_back(Decide(write));
    const std::string& error = outcomes.back().answer.error;
    answer.reasons.push_back(error.empty()      ? "None"
                             : error == kFailed ? "ConditionalCheckFailed"
                                                : "ValidationError");
    fails = fails || !error.empty();
    if (outcomes.back().empties_key) return {.error = kInvalid};
  }
  if (fails) {
    answer.error = "TransactionCanceledException";
    return answer;
  }
  for (const Outcome& outcome : outcomes) Commit(outcome);
  return {};
}

Answer Reference::Apply(const Step& step) {
  if (step.kind == Step::Kind::kTransactWrite) return Transact(step.writes);
  if (step.kind == Step::Kind::kBatchWrite) {
    std::set<std::string> keys;
    for (const Write& write : step.writes) {
      const bool valid = write.kind != Write::Kind::kPut || HasValidIndexKeys(write.item);
      if (!valid || !keys.insert(ToJson(KeyOf(write.item))).second) return {.error = kInvalid};
    }
  }
  Answer answer;
  for (const Write& write : step.writes) {
    const Outcome outcome = Decide(write);
    Commit(outcome);
    answer = outcome.answer;
  }
  if (step.kind == Step::Kind::kBatchWrite) answer.attributes.reset();
  return answer;
}

// TTL deletes what names a second that has passed, but not by more than five years (Developer Guide,
// "Using time to live (TTL)").
void Reference::Expire(int64_t now) {
  constexpr int64_t kFiveYears = int64_t{5} * 365 * 86'400;
  for (auto it = items_.begin(); it != items_.end();) {
    const auto at = it->second.find("at");
    if (at == it->second.end() || at->second.type != "N") {
      ++it;
      continue;
    }
    const int64_t second = std::stoll(at->second.text);
    if (second >= now || second < now - kFiveYears) {
      ++it;
      continue;
    }
    Note(it->second, std::nullopt, true);
    it = items_.erase(it);
  }
}

std::vector<Item> Reference::Entries(const std::string& index) const {
  std::vector<Item> entries;
  const std::string sort = SortAttribute(index);
  const bool global = index == kGlobalIndex || index == kAddedIndex;
  const std::string& projection = index == kLocalIndex    ? setup_.local_projection
                                  : index == kGlobalIndex ? setup_.global_projection
                                                          : std::string("ALL");
  for (const auto& [key, item] : items_) {
    if (!sort.empty() && !item.contains(sort)) continue;
    if (global && !item.contains("g")) continue;
    if (projection == "ALL") {
      entries.push_back(item);
      continue;
    }
    Item entry;
    for (const auto& [name, value] : item) {
      const bool of_key = name == "pk" || name == "sk" || name == sort || (global && name == "g");
      if (of_key || (projection == "INCLUDE" && name == "n")) entry[name] = value;
    }
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::vector<Item> Reference::InRange(const Read& read) const {
  std::vector<Item> entries = Entries(read.index);
  if (!read.partition) return entries;
  const bool global = read.index == kGlobalIndex || read.index == kAddedIndex;
  const char* hash = global ? "g" : "pk";
  std::optional<Condition> sort = read.sort;
  if (sort) sort->path = {.attribute = SortAttribute(read.index)};
  std::erase_if(entries, [&](const Item& entry) {
    return !(entry.at(hash) == *read.partition) || (sort && !Holds(*sort, &entry));
  });
  return entries;
}

}  // namespace dynarock::model
