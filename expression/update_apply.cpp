// Carries out an update. First every action is computed from the old item and becomes an edit: put
// this value at this path, or remove what is there. Then the new item is written in one pass over
// the old one, with the edits merged in; what no edit touches is copied as bytes. Since all paths
// mean the old item, removing several elements of a list or appending several needs no care about
// indexes that move.
#include <algorithm>
#include <forward_list>

#include "expression/errors.h"
#include "expression/update.h"
#include "storage/item/encoder.h"
#include "storage/item/number.h"
#include "storage/item/size.h"

namespace dynarock::expression {
namespace {

struct Edit {
  Path path;
  bool remove = false;
  ValueView value;
};

bool ElementBefore(const PathElement& a, const PathElement& b) {
  return a.is_index ? a.index < b.index : a.name < b.name;
}

// Values made by an update, alive as long as this is.
class Made {
 public:
  std::string& New() { return values_.emplace_front(); }
  static ValueView View(const std::string& bytes) { return ValueView(bytes.data()); }

 private:
  std::forward_list<std::string> values_;
};

// What the elements of two sets are together, or what the first has beyond the second. Both are
// sorted as encoded.
enum class SetOperation : uint8_t { kUnion, kDifference };

// Returns the number of elements of the result.
uint32_t Combine(ValueView a, ValueView b, SetOperation operation, std::string& out) {
  const bool numbers = a.type() == Type::kNumberSet;
  const auto before = [numbers](std::string_view x, std::string_view y) {
    return numbers ? CompareNumbers(x, y) < 0 : x < y;
  };
  ValueWriter writer(out);
  const size_t mark = writer.Begin(a.type(), 0);
  uint32_t count = 0;
  const auto put = [&](std::string_view element) {
    writer.Text(element);
    ++count;
  };
  const SetView set_a = a.set();
  const SetView set_b = b.set();
  auto x = set_a.begin();
  auto y = set_b.begin();
  const bool keep_b = operation == SetOperation::kUnion;
  while (x != set_a.end() && y != set_b.end()) {
    if (before(*x, *y)) {
      put(*x);
      ++x;
    } else if (before(*y, *x)) {
      if (keep_b) put(*y);
      ++y;
    } else {
      if (keep_b) put(*x);
      ++x;
      ++y;
    }
  }
  for (; x != set_a.end(); ++x) put(*x);
  if (keep_b) {
    for (; y != set_b.end(); ++y) put(*y);
  }
  encoded::StoreU32(out.data() + mark + 4, count);
  writer.End(mark);
  return count;
}

Result<ValueView> Append(ValueView a, ValueView b, Made& made) {
  std::string& out = made.New();
  ValueWriter writer(out);
  const size_t mark = writer.Begin(Type::kList, a.count() + b.count());
  const size_t skipped = 9;  // tag, body, count
  out.append(a.bytes().substr(skipped));
  out.append(b.bytes().substr(skipped));
  writer.End(mark);
  // Chains of appends must not grow without bounds before the item's size is looked at.
  if (ValueSize(Made::View(out)) > kMaxItemSize) return Fail(ItemToUpdateTooLarge());
  return Made::View(out);
}

Result<ValueView> Calculate(bool plus, ValueView a, ValueView b, Made& made) {
  DYNAROCK_TRY(const std::string number,
               plus ? AddNumbers(a.text(), b.text()) : SubtractNumbers(a.text(), b.text()));
  std::string& out = made.New();
  ValueWriter(out).Number(number);
  return Made::View(out);
}

// Computes the right sides of SET.
class RightSides {
 public:
  // `before`: the item that paths are read from.
  RightSides(const Update& update, ItemView before, Made& made)
      : update_(update), before_(before), made_(made) {}

  // Operands are computed only when they are needed: if_not_exists(a, b) may stand although b is
  // absent.
  Result<ValueView> Compute(int32_t root) {
    const auto last = static_cast<size_t>(root);
    if (IsLeaf(last)) return Leaf(last);
    // Nodes stand behind their operands. A failed operand fails what uses it, except where it is
    // not wanted.
    if (results_.empty()) results_.resize(update_.nodes().size());
    for (; computed_ <= last; ++computed_) {
      results_[computed_] = IsLeaf(computed_) ? Leaf(computed_) : Inner(computed_);
    }
    return results_[last];
  }

 private:
  bool IsLeaf(size_t i) const {
    const UpdateNode::Kind kind = update_.nodes()[i].kind;
    return kind == UpdateNode::Kind::kPath || kind == UpdateNode::Kind::kValue;
  }

  Result<ValueView> Leaf(size_t i) const {
    const UpdateNode& node = update_.nodes()[i];
    if (node.kind == UpdateNode::Kind::kValue) return node.value;
    const auto value = Find(before_, update_.paths()[static_cast<size_t>(node.path)]);
    return value ? Result<ValueView>(*value) : Fail(AbsentOperand());
  }

  Result<ValueView> Inner(size_t i) {
    const UpdateNode& node = update_.nodes()[i];
    const Result<ValueView>& left = results_[static_cast<size_t>(node.left)];
    const Result<ValueView>& right = results_[static_cast<size_t>(node.right)];
    if (node.kind == UpdateNode::Kind::kIfNotExists) return left ? left : right;
    if (!left) return left;
    if (!right) return right;
    const bool append = node.kind == UpdateNode::Kind::kListAppend;
    const Type wanted = append ? Type::kList : Type::kNumber;
    if (left->type() != wanted || right->type() != wanted) return Fail(WrongOperandType());
    if (append) return Append(*left, *right, made_);
    return Calculate(node.kind == UpdateNode::Kind::kPlus, *left, *right, made_);
  }

  const Update& update_;
  const ItemView before_;
  Made& made_;
  std::vector<Result<ValueView>> results_;
  size_t computed_ = 0;
};

// What ADD puts in place of `old`.
Result<ValueView> Add(std::optional<ValueView> old, ValueView value, bool legacy, Made& made) {
  if (!old) return value;
  if (old->type() != value.type()) {
    return Fail(legacy ? LegacyOperandTypeMismatch() : WrongOperandType());
  }
  if (value.type() == Type::kNumber) return Calculate(true, *old, value, made);
  if (value.type() == Type::kList) return Append(*old, value, made);
  std::string& out = made.New();
  Combine(*old, value, SetOperation::kUnion, out);
  return Made::View(out);
}

// Writes values with the edits below them merged in.
class Rewriter {
 public:
  explicit Rewriter(std::string& out) : out_(out), writer_(out) {}

  // `edits` are sorted and agree in the first `depth` elements, which lead to `old`.
  Result<> Write(ValueView old, std::span<const Edit> edits, size_t depth) {
    const bool list = edits.front().path[depth].is_index;
    if (old.type() != (list ? Type::kList : Type::kMap)) return Fail(InvalidUpdatePath());
    const size_t mark = writer_.Begin(old.type(), 0);
    uint32_t count = 0;
    DYNAROCK_CHECK(list ? WriteList(old.list(), edits, depth, count)
                        : WriteMap(old.map(), edits, depth, count));
    encoded::StoreU32(out_.data() + mark + 4, count);
    writer_.End(mark);
    return {};
  }

 private:
  // The edits that agree with the first one in element `depth`, taken from `edits`.
  static std::span<const Edit> Take(std::span<const Edit>& edits, size_t depth) {
    size_t n = 1;
    while (n < edits.size() && edits[n].path[depth] == edits[0].path[depth]) ++n;
    const std::span<const Edit> taken = edits.first(n);
    edits = edits.subspan(n);
    return taken;
  }
  static bool EndsAt(std::span<const Edit> group, size_t depth) {
    return group.front().path.size() == depth + 1;
  }

  // An entry that is not there: only a put of the entry itself makes it.
  Result<bool> WriteAbsent(std::span<const Edit> group, size_t depth, const PathElement* name) {
    if (!EndsAt(group, depth)) return Fail(InvalidUpdatePath());
    if (group.front().remove) return false;
    if (name != nullptr) writer_.Text(name->name);
    writer_.Copy(group.front().value);
    return true;
  }
  Result<bool> WritePresent(ValueView old, std::span<const Edit> group, size_t depth,
                            const PathElement* name) {
    if (EndsAt(group, depth)) return WriteAbsent(group, depth, name);
    if (name != nullptr) writer_.Text(name->name);
    DYNAROCK_CHECK(Write(old, group, depth + 1));
    return true;
  }

  Result<> WriteMap(MapView old, std::span<const Edit> edits, size_t depth, uint32_t& count) {
    for (const Attribute entry : old) {
      while (!edits.empty() && edits.front().path[depth].name < entry.name) {
        const PathElement& name = edits.front().path[depth];
        DYNAROCK_TRY(const bool written, WriteAbsent(Take(edits, depth), depth, &name));
        count += written;
      }
      if (!edits.empty() && edits.front().path[depth].name == entry.name) {
        const PathElement& name = edits.front().path[depth];
        DYNAROCK_TRY(const bool written,
                     WritePresent(entry.value, Take(edits, depth), depth, &name));
        count += written;
        continue;
      }
      writer_.Text(entry.name);
      writer_.Copy(entry.value);
      ++count;
    }
    while (!edits.empty()) {
      const PathElement& name = edits.front().path[depth];
      DYNAROCK_TRY(const bool written, WriteAbsent(Take(edits, depth), depth, &name));
      count += written;
    }
    return {};
  }

  Result<> WriteList(ListView old, std::span<const Edit> edits, size_t depth, uint32_t& count) {
    uint32_t index = 0;
    for (const ValueView element : old) {
      if (!edits.empty() && edits.front().path[depth].index == index) {
        DYNAROCK_TRY(const bool written, WritePresent(element, Take(edits, depth), depth, nullptr));
        count += written;
      } else {
        writer_.Copy(element);
        ++count;
      }
      ++index;
    }
    // Past the end: appended in the order of their indexes.
    while (!edits.empty()) {
      DYNAROCK_TRY(const bool written, WriteAbsent(Take(edits, depth), depth, nullptr));
      count += written;
    }
    return {};
  }

  std::string& out_;
  ValueWriter writer_;
};

// A top-level attribute that the update changes.
struct Change {
  std::string_view name;
  std::optional<ValueView> old;
  std::optional<ValueView> now;  // nullopt: removed, or absent still
};

// One change per attribute from the sorted edits.
Result<std::vector<Change>> Changes(ItemView base, std::span<const Edit> edits, Made& made) {
  std::vector<Change> changes;
  changes.reserve(edits.size());
  while (!edits.empty()) {
    size_t n = 1;
    while (n < edits.size() && edits[n].path[0].name == edits[0].path[0].name) ++n;
    const Edit& first = edits.front();
    Change change{first.path[0].name, base.Find(first.path[0].name), std::nullopt};
    if (first.path.size() > 1) {
      if (!change.old) return Fail(InvalidUpdatePath());
      std::string& out = made.New();
      DYNAROCK_CHECK(Rewriter(out).Write(*change.old, edits.first(n), 1));
      change.now = Made::View(out);
      if (NestingLevels(*change.now) > kMaxNesting) return Fail(UpdatedNestingTooDeep());
    } else if (!first.remove) {
      change.now = first.value;
    }
    changes.push_back(change);
    edits = edits.subspan(n);
  }
  return changes;
}

std::string WriteItem(ItemView base, std::span<const Change> changes) {
  uint64_t size = base.size();
  uint32_t count = base.count();
  size_t bytes = base.bytes().size();
  for (const Change& change : changes) {
    if (change.old) {
      size -= change.name.size() + ValueSize(*change.old);
      --count;
    }
    if (change.now) {
      size += change.name.size() + ValueSize(*change.now);
      bytes += change.name.size() + change.now->bytes().size() + 16;
      ++count;
    }
  }
  std::string out;
  out.reserve(bytes);
  ItemWriter writer(out, count);
  size_t next = 0;
  const auto put_changes_before = [&](const std::string_view* name) {
    for (; next < changes.size() && (name == nullptr || changes[next].name < *name); ++next) {
      if (changes[next].now) writer.Add(changes[next].name, *changes[next].now);
    }
  };
  for (const Attribute attribute : base.attributes()) {
    put_changes_before(&attribute.name);
    if (next < changes.size() && changes[next].name == attribute.name) {
      if (changes[next].now) writer.Add(attribute.name, *changes[next].now);
      ++next;
      continue;
    }
    writer.Add(attribute.name, attribute.value);
  }
  put_changes_before(nullptr);
  writer.Finish(static_cast<uint32_t>(std::min<uint64_t>(size, UINT32_MAX)));
  return out;
}

}  // namespace

Result<UpdateOutcome> Update::Apply(std::optional<ItemView> old, ItemView key) const {
  Made made;
  // An absent item shows its key to the expression: so do DynamoDB Local and LocalStack.
  const ItemView base = old ? *old : key;
  RightSides right_sides(*this, base, made);
  std::vector<Edit> edits;
  edits.reserve(actions_.size());
  // Observed on the service (scylladb/scylladb#5862): what only takes away from an absent item creates
  // nothing.
  const bool creates =
      actions_.empty() || std::ranges::any_of(actions_, [](const UpdateAction& action) {
        return action.kind == ActionKind::kSet || action.kind == ActionKind::kAdd;
      });
  for (const UpdateAction& action : actions_) {
    const Path target = targets()[action.target];
    std::optional<ValueView> before;
    if (old && (action.kind == ActionKind::kAdd || action.kind == ActionKind::kDelete)) {
      before = Find(*old, target);
    }
    switch (action.kind) {
      case ActionKind::kSet: {
        DYNAROCK_TRY(const ValueView value, right_sides.Compute(action.node));
        edits.push_back({target, false, value});
        break;
      }
      case ActionKind::kAdd: {
        DYNAROCK_TRY(const ValueView value, Add(before, action.value, legacy_, made));
        edits.push_back({target, false, value});
        break;
      }
      case ActionKind::kRemove:
        // From an item that is absent and stays so, any path may be removed.
        if (old || creates) edits.push_back({target, true, {}});
        break;
      case ActionKind::kDelete: {
        if (!before) {  // nothing to take away, but the way there has to be right
          edits.push_back({target, true, {}});
          break;
        }
        if (before->type() != action.value.type()) {
          return Fail(legacy_ ? LegacyOperandTypeMismatch() : WrongOperandType());
        }
        std::string& left = made.New();
        const bool empty = Combine(*before, action.value, SetOperation::kDifference, left) == 0;
        edits.push_back({target, empty, Made::View(left)});
        break;
      }
    }
  }
  std::ranges::sort(edits, [](const Edit& a, const Edit& b) {
    return std::ranges::lexicographical_compare(a.path, b.path, ElementBefore);
  });
  DYNAROCK_TRY(const std::vector<Change> changes, Changes(base, edits, made));
  if (!old && !creates) return UpdateOutcome{false, {}};
  return UpdateOutcome{true, WriteItem(base, changes)};
}

}  // namespace dynarock::expression
