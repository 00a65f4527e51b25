// Functions over lists and maps.
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "server/schema/hcl/function.h"
#include "storage/item/text.h"

namespace dynarock::schema::hcl {
namespace {

using Kind = Node::Kind;
using enum Function::Unresolved;

bool RunMerge(FunctionCall& call) {
  Node merged = MapValue(call.place());
  for (size_t i = 0; i < call.arguments.size(); ++i) {
    if (call.arguments[i].kind == Kind::kNull) continue;
    Node* map = call.Map(i);
    if (!map) return false;
    for (auto& [name, value] : map->map) {
      if (!call.Spend(1 + merged.map.size() / 16)) return false;
      SetMember(merged, name, std::move(value));
    }
  }
  return call.Return(std::move(merged));
}

bool RunConcat(FunctionCall& call) {
  Node joined = ListValue(call.place());
  for (size_t i = 0; i < call.arguments.size(); ++i) {
    Node* list = call.List(i);
    if (!list) return false;
    for (Node& element : list->list) joined.list.push_back(std::move(element));
  }
  return call.Return(std::move(joined));
}

bool RunLookup(FunctionCall& call) {
  Node* map = call.Map(0);
  const std::optional<std::string> name = map ? call.Text(1) : std::nullopt;
  if (!name) return false;
  if (const Node* found = map->Find(*name)) {
    Node kept = *found;
    return call.Return(std::move(kept));
  }
  if (!map->why.empty()) {
    return call.Return(
        UnresolvedValue(call.place(), call.expression.text(),
                        map->why + "." + *name + " is known only when it is deployed"));
  }
  if (call.arguments.size() < 3)
    return call.Fail("the map has no key \"" + name->substr(0, 80) + "\", and there is no default");
  return call.Return(std::move(call.arguments[2]));
}

bool RunElement(FunctionCall& call) {
  Node* list = call.List(0);
  const std::optional<int64_t> index = list ? call.Integer(1) : std::nullopt;
  if (!index) return false;
  const int64_t size = static_cast<int64_t>(list->list.size());
  if (size == 0) return call.Fail("the list has no elements");
  return call.Return(std::move(list->list[static_cast<size_t>(((*index % size) + size) % size)]));
}

bool RunLength(FunctionCall& call) {
  const Node& value = call.arguments[0];
  if (value.kind == Kind::kList)
    return call.ReturnNumber(static_cast<long double>(value.list.size()));
  if (value.kind == Kind::kMap && value.why.empty())
    return call.ReturnNumber(static_cast<long double>(value.map.size()));
  if (value.kind != Kind::kString)
    return call.Fail("takes a list, map or string, and this is " + std::string(KindName(value)));
  return call.ReturnNumber(static_cast<long double>(CountCharacters(value.text)));
}

bool RunKeys(FunctionCall& call) {
  const Node* map = call.Map(0);
  if (!map) return false;
  Node keys = ListValue(call.place());
  for (const auto* member : SortedMembers(*map)) {
    keys.list.push_back(TextValue(member->second.place, member->first));
  }
  return call.Return(std::move(keys));
}

bool RunValues(FunctionCall& call) {
  const Node* map = call.Map(0);
  if (!map) return false;
  Node values = ListValue(call.place());
  for (const auto* member : SortedMembers(*map)) values.list.push_back(member->second);
  return call.Return(std::move(values));
}

bool RunZipMap(FunctionCall& call) {
  const Node* keys = call.List(0);
  Node* values = keys ? call.List(1) : nullptr;
  if (!values) return false;
  if (keys->list.size() != values->list.size()) return call.Fail("the lists must be of one length");
  Node map = MapValue(call.place());
  for (size_t i = 0; i < keys->list.size(); ++i) {
    if (IsUnresolved(keys->list[i])) return call.ReturnUnresolved(keys->list[i]);
    const std::optional<std::string> name = TextOf(keys->list[i]);
    if (!name)
      return call.Fail("a key must be a string, and one is " +
                       std::string(KindName(keys->list[i])));
    if (!call.Spend(1 + map.map.size() / 16)) return false;
    SetMember(map, *name, std::move(values->list[i]));
  }
  return call.Return(std::move(map));
}

bool RunContains(FunctionCall& call) {
  const Node* list = call.List(0);
  if (!list || !call.Spend(list->list.size())) return false;
  const auto same = [&call](const Node& element) {
    if (Equal(element, call.arguments[1])) return true;
    // A number and the string that prints it count as equal: the list's type decides.
    const std::optional<std::string> left = TextOf(element);
    return left && left == TextOf(call.arguments[1]);
  };
  return call.ReturnTruth(std::ranges::any_of(list->list, same));
}

bool RunIndex(FunctionCall& call) {
  const Node* list = call.List(0);
  if (!list || !call.Spend(list->list.size())) return false;
  for (size_t i = 0; i < list->list.size(); ++i) {
    if (Equal(list->list[i], call.arguments[1]))
      return call.ReturnNumber(static_cast<long double>(i));
  }
  return call.Fail("the value is not in the list");
}

bool RunCoalesce(FunctionCall& call) {
  for (Node& argument : call.arguments) {
    if (IsUnresolved(argument)) return call.ReturnUnresolved(argument);
    const bool empty =
        argument.kind == Kind::kNull || (argument.kind == Kind::kString && argument.text.empty());
    if (!empty) return call.Return(std::move(argument));
  }
  return call.Fail("no argument has a value");
}

bool RunCoalesceList(FunctionCall& call) {
  for (size_t i = 0; i < call.arguments.size(); ++i) {
    if (IsUnresolved(call.arguments[i])) return call.ReturnUnresolved(call.arguments[i]);
    if (call.arguments[i].kind == Kind::kNull) continue;
    Node* list = call.List(i);
    if (!list) return false;
    if (!list->list.empty()) return call.Return(std::move(*list));
  }
  return call.Fail("no argument has elements");
}

bool RunCompact(FunctionCall& call) {
  Node* list = call.List(0);
  if (!list) return false;
  std::erase_if(list->list, [](const Node& element) {
    return element.kind == Kind::kNull || (element.kind == Kind::kString && element.text.empty());
  });
  return call.Return(std::move(*list));
}

// Moves the elements of nested lists into `out`. The depth is that of values, which is bounded.
void Flatten(Node& list, Node& out) {
  for (Node& element : list.list) {
    if (element.kind == Kind::kList) {
      Flatten(element, out);
    } else {
      out.list.push_back(std::move(element));
    }
  }
}

bool RunFlatten(FunctionCall& call) {
  Node* list = call.List(0);
  if (!list) return false;
  Node flat = ListValue(call.place());
  Flatten(*list, flat);
  return call.Return(std::move(flat));
}

bool RunReverse(FunctionCall& call) {
  Node* list = call.List(0);
  if (!list) return false;
  list->text.clear();  // no set any more
  std::ranges::reverse(list->list);
  return call.Return(std::move(*list));
}

bool RunSlice(FunctionCall& call) {
  Node* list = call.List(0);
  const std::optional<int64_t> from = list ? call.Integer(1) : std::nullopt;
  const std::optional<int64_t> to = from ? call.Integer(2) : std::nullopt;
  if (!to) return false;
  if (*from < 0 || *to < *from || *to > static_cast<int64_t>(list->list.size())) {
    return call.Fail("the indexes are out of range: the list has " +
                     std::to_string(list->list.size()) + " elements");
  }
  Node part = ListValue(call.place());
  for (int64_t i = *from; i < *to; ++i)
    part.list.push_back(std::move(list->list[static_cast<size_t>(i)]));
  return call.Return(std::move(part));
}

bool RunChunkList(FunctionCall& call) {
  Node* list = call.List(0);
  const std::optional<int64_t> size = list ? call.Integer(1) : std::nullopt;
  if (!size) return false;
  if (*size < 0) return call.Fail("the size must not be negative");
  Node chunks = ListValue(call.place());
  for (Node& element : list->list) {
    const bool fits = !chunks.list.empty() &&
                      (*size == 0 || chunks.list.back().list.size() < static_cast<size_t>(*size));
    if (!fits) chunks.list.push_back(ListValue(call.place()));
    chunks.list.back().list.push_back(std::move(element));
  }
  return call.Spend(chunks.list.size()) && call.Return(std::move(chunks));
}

bool RunSort(FunctionCall& call) {
  Node* list = call.List(0);
  if (!list) return false;
  list->text.clear();
  for (Node& element : list->list) {
    const std::optional<std::string> text = TextOf(element);
    if (!text)
      return call.Fail("the elements must be strings, and one is " +
                       std::string(KindName(element)));
    element = TextValue(element.place, *text);
  }
  std::ranges::stable_sort(list->list, {}, &Node::text);
  return call.Return(std::move(*list));
}

bool RunRange(FunctionCall& call) {
  std::vector<long double> bounds;
  for (size_t i = 0; i < call.arguments.size(); ++i) {
    const std::optional<long double> number = call.Number(i);
    if (!number) return false;
    bounds.push_back(*number);
  }
  const long double from = bounds.size() > 1 ? bounds[0] : 0;
  const long double to = bounds.size() > 1 ? bounds[1] : bounds[0];
  const long double step = bounds.size() > 2 ? bounds[2] : (to < from ? -1 : 1);
  if (step == 0 || (step > 0) != (to >= from)) {
    return from == to ? call.Return(ListValue(call.place()))
                      : call.Fail("the step must lead from the start to the limit");
  }
  const long double count = std::ceil((to - from) / step);
  // Terraform's own limit is 1024 elements.
  if (!(count <= 1024))
    return call.Fail("more than 1024 values were generated, which Terraform refuses");
  Node numbers = ListValue(call.place());
  for (long double i = 0; i < count; ++i) {
    if (!call.Spend(1)) return false;
    numbers.list.push_back(NumberValue(call.place(), from + i * step));
  }
  return call.Return(std::move(numbers));
}

bool RunOne(FunctionCall& call) {
  Node* list = call.List(0);
  if (!list) return false;
  if (list->list.empty()) return call.Return(NullValue(call.place()));
  if (list->list.size() > 1) return call.Fail("the list has more than one element");
  return call.Return(std::move(list->list[0]));
}

bool RunAllTrue(FunctionCall& call) {
  const Node* list = call.List(0);
  return list && call.ReturnTruth(std::ranges::all_of(
                     list->list, [](const Node& element) { return TruthOf(element) == true; }));
}

bool RunAnyTrue(FunctionCall& call) {
  const Node* list = call.List(0);
  return list && call.ReturnTruth(std::ranges::any_of(
                     list->list, [](const Node& element) { return TruthOf(element) == true; }));
}

bool RunMatchKeys(FunctionCall& call) {
  Node* values = call.List(0);
  const Node* keys = values ? call.List(1) : nullptr;
  const Node* wanted = keys ? call.List(2) : nullptr;
  if (!wanted) return false;
  if (values->list.size() != keys->list.size())
    return call.Fail("values and keys must be of one length");
  Node found = ListValue(call.place());
  for (size_t i = 0; i < keys->list.size(); ++i) {
    if (!call.Spend(1 + wanted->list.size())) return false;
    const auto same = [&](const Node& key) { return Equal(key, keys->list[i]); };
    if (std::ranges::any_of(wanted->list, same)) found.list.push_back(std::move(values->list[i]));
  }
  return call.Return(std::move(found));
}

bool RunTranspose(FunctionCall& call) {
  const Node* map = call.Map(0);
  if (!map) return false;
  Node turned = MapValue(call.place());
  for (const auto* member : SortedMembers(*map)) {
    for (const Node& element : member->second.list) {
      const std::optional<std::string> text = TextOf(element);
      if (!text) return call.Fail("takes a map of lists of strings");
      if (!call.Spend(1 + turned.map.size() / 16)) return false;
      if (!turned.Find(*text)) turned.map.emplace_back(*text, ListValue(call.place()));
      for (auto& [name, list] : turned.map) {
        if (name == *text) list.list.push_back(TextValue(call.place(), member->first));
      }
    }
  }
  return call.Return(std::move(turned));
}

constexpr std::array<Function, 24> kFunctions = {{
    {"alltrue", 1, 1, kAnywhere, RunAllTrue},
    {"anytrue", 1, 1, kAnywhere, RunAnyTrue},
    {"chunklist", 2, 2, kAsWhole, RunChunkList},
    {"coalesce", 1, kAnyNumber, kHandled, RunCoalesce},
    {"coalescelist", 1, kAnyNumber, kHandled, RunCoalesceList},
    {"compact", 1, 1, kAsWhole, RunCompact},
    {"concat", 1, kAnyNumber, kAsWhole, RunConcat},
    {"contains", 2, 2, kAnywhere, RunContains},
    {"element", 2, 2, kAsWhole, RunElement},
    {"flatten", 1, 1, kAsWhole, RunFlatten},
    {"index", 2, 2, kAnywhere, RunIndex},
    {"keys", 1, 1, kAsWhole, RunKeys},
    {"length", 1, 1, kAsWhole, RunLength},
    {"lookup", 2, 3, kAsWhole, RunLookup},
    {"matchkeys", 3, 3, kAnywhere, RunMatchKeys},
    {"merge", 0, kAnyNumber, kAsWhole, RunMerge},
    {"one", 1, 1, kAsWhole, RunOne},
    {"range", 1, 3, kAnywhere, RunRange},
    {"reverse", 1, 1, kAsWhole, RunReverse},
    {"slice", 3, 3, kAsWhole, RunSlice},
    {"sort", 1, 1, kAnywhere, RunSort},
    {"transpose", 1, 1, kAnywhere, RunTranspose},
    {"values", 1, 1, kAsWhole, RunValues},
    {"zipmap", 2, 2, kAsWhole, RunZipMap},
}};

}  // namespace

std::span<const Function> CollectionFunctions() {
  return kFunctions;
}

}  // namespace dynarock::schema::hcl
