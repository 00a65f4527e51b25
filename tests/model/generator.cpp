#include "tests/model/generator.h"

#include <algorithm>

namespace dynarock::model {

namespace {

using Strings = std::vector<std::string>;

const Strings kPartitions = {"a", "ab", "b", std::string("a\0", 2), "\x7f"};
const Strings kSortTexts = {"a", "ab", "abc", "b", std::string("a\0b", 3), std::string("a\0", 2)};
const Strings kSortBinaries = {"AA==", "AAA=", "AAE=", "AQ==", "/w==", "//8=", "AP8="};
const Strings kSortNumbers = {"-100",
                              "-2",
                              "-1",
                              "0",
                              "1",
                              "2",
                              "10",
                              "100",
                              "-0",
                              "1.50",
                              "1e2",
                              "-2.5E-1",
                              "0.5",
                              "12345678901234567890123456789012345678",
                              "12345678901234567890123456789012345679",
                              "-1e-130",
                              "9.9e+125"};
// What updates and conditions are about beside the key.
const Strings kAttributes = {"g", "h", "l", "n", "s", "m", "v", "t", "at", "f"};
const Strings kTypes = {"S", "N", "B", "SS", "NS", "BS", "L", "M", "BOOL", "NULL"};

}  // namespace

Setup Generator::NewSetup(uint64_t seed) {
  const Strings projections = {"ALL", "KEYS_ONLY", "INCLUDE"};
  setup_ = {.seed = seed,
            .sort_type = Pick<std::string>({"S", "N", "B"}),
            .local_projection = Pick(projections),
            .global_projection = Pick(projections),
            .stream_view = Pick<std::string>({"NEW_AND_OLD_IMAGES", "NEW_AND_OLD_IMAGES",
                                              "NEW_IMAGE", "OLD_IMAGE", "KEYS_ONLY"}),
            .on_disk = Chance(3)};
  return setup_;
}

std::vector<Step> Generator::NewSteps(const Setup& setup, size_t count) {
  setup_ = setup;
  std::vector<Step> steps;
  while (steps.size() < count) steps.push_back(NewStep());
  return steps;
}

Value Generator::NewNumber() {
  return N(Chance(3) ? Pick(kSortNumbers) : std::to_string(Below(7) - 3));
}

Value Generator::NewSortKey() {
  if (setup_.sort_type == "N") return NewNumber();
  if (setup_.sort_type == "B") return B(Pick(kSortBinaries));
  return S(Pick(kSortTexts));
}

Item Generator::NewKey() {
  return {{"pk", S(Pick(kPartitions))}, {"sk", NewSortKey()}};
}

// Of the global index: now and then one that an index refuses.
Value Generator::NewIndexKey() {
  if (Chance(25)) return S("");
  if (Chance(25)) return N("1");
  return S(Pick<std::string>({"x", "y", "xy"}));
}

Value Generator::NewValue(int depth) {
  switch (Below(depth > 0 ? 11 : 8)) {
    case 0:
      return NewNumber();
    case 1:
      return S("");
    case 2:
      return B(Pick<std::string>({"", "AA==", "AQI="}));
    case 3:
      return {.type = "BOOL", .text = Chance(2) ? "true" : "false"};
    case 4:
      return {.type = "NULL"};
    case 5:
      return {.type = "SS", .elements = {"x", Pick<std::string>({"y", "z", ""})}};
    case 6:
      return {.type = "NS", .elements = {"1", Pick<std::string>({"2", "3", "0.5"})}};
    case 7:
      return S(Pick<std::string>({"u", "uv", "\"\\\n", "v"}));
    case 8:
    case 9: {
      Value list{.type = "L"};
      for (int i = Below(4); i > 0; --i) list.list.push_back(NewValue(depth - 1));
      return list;
    }
    default: {
      Value map{.type = "M"};
      for (int i = Below(3); i > 0; --i) {
        map.map[Pick<std::string>({"k", "j", "k k"})] = NewValue(depth - 1);
      }
      return map;
    }
  }
}

Item Generator::NewItem() {
  Item item = NewKey();
  if (!Chance(3)) item["g"] = NewIndexKey();
  if (!Chance(3)) item["h"] = NewNumber();
  if (!Chance(3)) item["l"] = NewNumber();
  if (!Chance(2)) item["n"] = N(std::to_string(Below(20)));
  if (Chance(2)) item["m"] = {.type = "M", .map = {{"k", NewValue(1)}}};
  if (Chance(2)) item["v"] = {.type = "L", .list = {NewValue(0), NewValue(1)}};
  if (Chance(2)) item["t"] = {.type = "SS", .elements = {"x", "y"}};
  if (Chance(2)) item["s"] = NewValue(2);
  if (Chance(4)) {
    // Never the very second of a step of the clock, which goes on by hundreds. And never one that has
    // passed: a store looks for expired items as soon as it is open, on a thread of its own.
    constexpr int64_t kSixYears = int64_t{6} * 365 * 86'400;
    const int64_t at = now_ - now_ % 100 + 50 + 100 * Below(15);
    item["at"] = N(std::to_string(Chance(10) ? at - kSixYears : at));
  }
  return item;
}

Path Generator::NewPath(const std::string& attribute) {
  Path path{.attribute = attribute};
  if (attribute == "m" && !Chance(3)) path.key = Pick<std::string>({"k", "j"});
  if (attribute == "v" && !Chance(3)) path.index = Below(4);
  return path;
}

Condition Generator::NewCondition(int depth) {
  using Kind = Condition::Kind;
  if (depth > 0 && Chance(3)) {
    const Kind kind = Pick<Kind>({Kind::kAnd, Kind::kOr, Kind::kNot});
    Condition c{.kind = kind, .conditions = {NewCondition(depth - 1)}};
    if (kind != Kind::kNot) c.conditions.push_back(NewCondition(depth - 1));
    return c;
  }
  Strings names = kAttributes;
  names.emplace_back("pk");
  Condition c{.kind = static_cast<Kind>(Below(static_cast<int>(Kind::kAnd))),
              .path = NewPath(Pick(names))};
  const auto ordered = [&] {
    return Pick<Value>({NewNumber(), S(Pick<std::string>({"u", "x", "xy", "a"})), B("AA==")});
  };
  switch (c.kind) {
    case Kind::kExists:
    case Kind::kNotExists:
      break;
    case Kind::kEqual:
    case Kind::kNotEqual:
      c.values = {Chance(2) ? ordered() : NewValue(1)};
      break;
    case Kind::kBetween: {
      Value low = ordered();
      Value high = low;
      if (low.type == "N") high = NewNumber();
      if (Order(low, high) > 0) std::swap(low, high);
      c.values = {low, high};
      break;
    }
    case Kind::kIn:
      c.values = {ordered(), NewValue(1), NewNumber()};
      break;
    case Kind::kBeginsWith:
      c.values = {Chance(3) ? B("AA==") : S(Pick<std::string>({"", "x", "a", "u"}))};
      break;
    case Kind::kContains:
      c.values = {Pick<Value>({S("x"), S("y"), NewNumber(), B("AA==")})};
      break;
    case Kind::kSizeAtLeast:
      c.values = {N(std::to_string(Below(4)))};
      break;
    case Kind::kHasType:
      c.values = {S(Pick(kTypes))};
      break;
    default:
      c.values = {ordered()};
  }
  return c;
}

UpdateAction Generator::NewAction(const std::string& attribute) {
  using Kind = UpdateAction::Kind;
  UpdateAction action{.path = NewPath(attribute)};
  if (attribute == "g") {
    action.kind = Chance(3) ? Kind::kRemove : Kind::kSet;
    action.value = NewIndexKey();
    return action;
  }
  if (attribute == "h" || attribute == "l") {
    action.kind = Chance(3) ? Kind::kRemove : Kind::kSet;
    action.value = Chance(20) ? S("x") : NewNumber();
    return action;
  }
  if (attribute == "at") {
    action.kind = Chance(2) ? Kind::kRemove : Kind::kSet;
    action.value = N(std::to_string(now_ - now_ % 100 + 50 + 100 * Below(15)));
    return action;
  }
  if (attribute == "n") {  // integers, so that sums are simple
    action.kind =
        Pick<Kind>({Kind::kSet, Kind::kPlus, Kind::kAdd, Kind::kSetIfAbsent, Kind::kRemove});
    action.from = action.path;
    action.value = N(std::to_string(Below(30) - 10));
    return action;
  }
  if (attribute == "t") {
    action.kind = Pick<Kind>({Kind::kAdd, Kind::kDelete, Kind::kRemove, Kind::kSet});
    action.value = {.type = Chance(8) ? "NS" : "SS",
                    .elements = {Pick<std::string>({"1", "2"}), Pick<std::string>({"1", "3"})}};
    return action;
  }
  if (attribute == "v" && !action.path.nested() && Chance(2)) {
    action.kind = Kind::kAppend;
    action.from = action.path;
    action.value = {.type = "L", .list = {NewValue(0)}};
    return action;
  }
  action.kind =
      Pick<Kind>({Kind::kSet, Kind::kSet, Kind::kRemove, Kind::kSetIfAbsent, Kind::kCopy});
  action.from = NewPath(Pick<std::string>({"s", "m", "v", "f", "pk"}));
  action.value = NewValue(1);
  return action;
}

std::vector<UpdateAction> Generator::NewActions() {
  std::vector<UpdateAction> actions;
  Strings names = kAttributes;
  std::ranges::shuffle(names, random_);
  for (int i = Below(4); i > 0; --i) {
    actions.push_back(NewAction(names.back()));
    names.pop_back();
  }
  return actions;
}

Write Generator::NewWrite(bool in_batch) {
  using Kind = Write::Kind;
  Write write{.kind = in_batch ? Pick<Kind>({Kind::kPut, Kind::kPut, Kind::kDelete})
                               : Pick<Kind>({Kind::kPut, Kind::kPut, Kind::kUpdate, Kind::kUpdate,
                                             Kind::kDelete})};
  write.item = write.kind == Kind::kPut ? NewItem() : NewKey();
  if (write.kind == Kind::kUpdate) write.actions = NewActions();
  if (!in_batch && Chance(3)) write.condition = NewCondition(2);
  return write;
}

Condition Generator::NewSortCondition(const Value& low, const Value& high) {
  using Kind = Condition::Kind;
  Condition c{.kind = Pick<Kind>({Kind::kEqual, Kind::kLess, Kind::kLessOrEqual, Kind::kGreater,
                                  Kind::kGreaterOrEqual, Kind::kBetween, Kind::kBeginsWith}),
              .values = {low}};
  if (c.kind == Kind::kBetween) {
    c.values = Order(low, high) <= 0 ? std::vector{low, high} : std::vector{high, low};
  }
  if (c.kind == Kind::kBeginsWith && low.type == "N") c.kind = Kind::kEqual;
  return c;
}

Read Generator::NewRead() {
  Read read{.index = Pick<std::string>({"", "", kLocalIndex, kGlobalIndex, kAddedIndex})};
  const bool global = read.index == kGlobalIndex || read.index == kAddedIndex;
  if (!Chance(3)) {
    read.partition = global ? S(Pick<std::string>({"x", "y", "xy"})) : S(Pick(kPartitions));
    read.forward = Chance(2);
    if (read.index != kAddedIndex && Chance(2)) {
      read.sort = read.index.empty() ? NewSortCondition(NewSortKey(), NewSortKey())
                                     : NewSortCondition(NewNumber(), NewNumber());
    }
  } else if (Chance(2)) {
    read.segments = 1 + Below(5);
  }
  if (Chance(2)) read.limit = 1 + Below(5);
  read.count_only = Chance(6);
  const std::string& projection = read.index == kLocalIndex    ? setup_.local_projection
                                  : read.index == kGlobalIndex ? setup_.global_projection
                                                               : std::string("ALL");
  // A filter may name what is projected, and no key attribute of what a Query reads.
  if (Chance(3) && projection == "ALL" && !read.partition) read.filter = NewCondition(2);
  if (Chance(3) && projection != "KEYS_ONLY") {
    read.filter = Condition{.kind = Condition::Kind::kGreater,
                            .path = {.attribute = "n"},
                            .values = {N(std::to_string(Below(10)))}};
  }
  return read;
}

Step Generator::NewStep() {
  using Kind = Step::Kind;
  Step step;
  const int dice = Below(100);
  if (dice < 45) {
    step.writes = {NewWrite(false)};
    Write& write = step.writes.front();
    Strings returns = {"NONE", "ALL_OLD"};
    const bool nested = std::ranges::any_of(
        write.actions, [](const UpdateAction& action) { return action.path.nested(); });
    if (write.kind == Write::Kind::kUpdate) returns.emplace_back("ALL_NEW");
    if (write.kind == Write::Kind::kUpdate && !nested) {
      returns.insert(returns.end(), {"UPDATED_OLD", "UPDATED_NEW"});
    }
    write.return_values = Pick(returns);
  } else if (dice < 55) {
    step.kind = Kind::kBatchWrite;
    for (int i = 1 + Below(6); i > 0; --i) step.writes.push_back(NewWrite(true));
  } else if (dice < 65) {
    step.kind = Kind::kTransactWrite;
    for (int i = 1 + Below(4); i > 0; --i) {
      step.writes.push_back(NewWrite(false));
      if (Chance(5)) {
        step.writes.back() = {
            .kind = Write::Kind::kCheck, .item = NewKey(), .condition = NewCondition(1)};
      }
    }
  } else if (dice < 72) {
    step.kind = Pick<Kind>({Kind::kGet, Kind::kBatchGet, Kind::kTransactGet});
    std::vector<Item> keys;
    for (int i = step.kind == Kind::kGet ? 1 : 1 + Below(5); i > 0; --i) {
      Item key = NewKey();
      if (std::ranges::find(keys, key) == keys.end()) keys.push_back(std::move(key));
    }
    step.keys = std::move(keys);
  } else if (dice < 92) {
    step.kind = Kind::kRead;
    step.read = NewRead();
  } else if (dice < 96) {
    step.kind = Kind::kAdvance;
    step.seconds = 100 * (1 + Below(4));
    now_ += step.seconds;
  } else if (dice < 98) {
    step.kind = Kind::kRestart;
    step.clean = Chance(2);
  } else {
    step.kind = Chance(2) ? Kind::kAddIndex : Kind::kDropIndex;
  }
  return step;
}

}  // namespace dynarock::model
