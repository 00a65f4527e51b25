#include "expression/condition.h"

#include <charconv>

#include <string.h>

namespace dynarock::expression {
namespace {

// UTF-16 code units of UTF-8 text: one per character, two outside the basic plane.
uint64_t Utf16Length(std::string_view text) {
  uint64_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<uint8_t>(c);
    units += static_cast<uint64_t>((byte & 0xC0) != 0x80) + static_cast<uint64_t>(byte >= 0xF0);
  }
  return units;
}

// size(); nullopt for a type that has none.
std::optional<uint64_t> SizeOf(ValueView value) {
  switch (value.type()) {
    case Type::kString:
      return Utf16Length(value.text());
    case Type::kBinary:
      return value.text().size();
    case Type::kNumberSet:
    case Type::kStringSet:
    case Type::kBinarySet:
    case Type::kList:
    case Type::kMap:
      return value.count();
    default:
      return std::nullopt;
  }
}

// An encoded number made on the spot.
class SizeValue {
 public:
  ValueView Set(uint64_t size) {
    bytes_[0] = static_cast<char>(Type::kNumber);
    char* const end = std::to_chars(bytes_ + 2, bytes_ + sizeof bytes_, size).ptr;
    bytes_[1] = static_cast<char>(end - (bytes_ + 2));
    return ValueView(bytes_);
  }

 private:
  char bytes_[24];
};

// Linear in both, which std::string_view::find is not.
bool HasSubstring(std::string_view text, std::string_view part) {
  if (part.size() > text.size()) return false;
  return part.empty() || memmem(text.data(), text.size(), part.data(), part.size()) != nullptr;
}

bool Contains(ValueView where, ValueView what) {
  switch (where.type()) {
    case Type::kString:
    case Type::kBinary:
      return what.type() == where.type() && HasSubstring(where.text(), what.text());
    case Type::kNumberSet:
    case Type::kStringSet:
    case Type::kBinarySet: {
      if (what.type() != ElementType(where.type())) return false;
      const std::string_view wanted = what.text();
      for (const std::string_view element : where.set()) {
        if (element == wanted) return true;
      }
      return false;
    }
    case Type::kList:
      for (const ValueView element : where.list()) {
        if (element == what) return true;
      }
      return false;
    default:
      return false;
  }
}

bool BeginsWith(ValueView text, ValueView prefix) {
  if (text.type() != prefix.type()) return false;
  if (text.type() != Type::kString && text.type() != Type::kBinary) return false;
  return text.text().starts_with(prefix.text());
}

bool Ordered(Operator op, ValueView a, ValueView b) {
  const std::optional<std::strong_ordering> order = Compare(a, b);
  if (!order) return false;
  switch (op) {
    case Operator::kLess:
      return *order < 0;
    case Operator::kLessEqual:
      return *order <= 0;
    case Operator::kGreater:
      return *order > 0;
    default:
      return *order >= 0;
  }
}

// One test against one item.
class Test {
 public:
  Test(std::optional<ItemView> item, std::span<const Path> paths) : item_(item), paths_(paths) {}

  bool Run(Operator op, std::span<const Operand> operands) const {
    SizeValue first_size;
    SizeValue second_size;
    SizeValue third_size;
    std::optional<ValueView> a;
    // size() of what has none makes its test false, even `<>`.
    if (!Read(operands[0], first_size, a)) return false;
    switch (op) {
      case Operator::kAttributeExists:
        return a.has_value();
      case Operator::kAttributeNotExists:
        return !a.has_value();
      case Operator::kIn:
        if (!a) return false;
        for (const Operand& operand : operands.subspan(1)) {
          std::optional<ValueView> b;
          if (Read(operand, second_size, b) && b && *a == *b) return true;
        }
        return false;
      default:
        break;
    }
    std::optional<ValueView> b;
    if (!Read(operands[1], second_size, b)) return false;
    if (op == Operator::kNotEqual) return !a || !b || !(*a == *b);
    if (!a || !b) return false;
    switch (op) {
      case Operator::kEqual:
        return *a == *b;
      case Operator::kBetween: {
        std::optional<ValueView> c;
        return Read(operands[2], third_size, c) && c && Ordered(Operator::kGreaterEqual, *a, *b) &&
               Ordered(Operator::kLessEqual, *a, *c);
      }
      case Operator::kAttributeType:
        return b->type() == Type::kString && TypeName(a->type()) == b->text();
      case Operator::kBeginsWith:
        return BeginsWith(*a, *b);
      case Operator::kContains:
        return Contains(*a, *b);
      default:
        return Ordered(op, *a, *b);
    }
  }

 private:
  // False: size() of a value without size.
  bool Read(const Operand& operand, SizeValue& size, std::optional<ValueView>& value) const {
    if (operand.path < 0) {
      value = operand.value;
    } else if (item_) {
      value = Find(*item_, paths_[static_cast<size_t>(operand.path)]);
    }
    if (!operand.is_size) return true;
    if (!value) return false;
    const std::optional<uint64_t> length = SizeOf(*value);
    if (!length) return false;
    value = size.Set(*length);
    return true;
  }

  std::optional<ItemView> item_;
  std::span<const Path> paths_;
};

}  // namespace

Operator Turned(Operator op) {
  switch (op) {
    case Operator::kLess:
      return Operator::kGreater;
    case Operator::kLessEqual:
      return Operator::kGreaterEqual;
    case Operator::kGreater:
      return Operator::kLess;
    case Operator::kGreaterEqual:
      return Operator::kLessEqual;
    default:
      return op;
  }
}

bool Condition::Matches(std::optional<ItemView> item) const {
  const Test test(item, paths_);
  bool result = true;
  for (size_t i = 0; i < steps_.size(); ++i) {
    const Step& step = steps_[i];
    switch (step.op) {
      case Operator::kNot:
        result = !result;
        break;
      case Operator::kAnd:
      case Operator::kOr:
        break;
      case Operator::kSkipIfFalse:
        if (!result) i = step.first;
        break;
      case Operator::kSkipIfTrue:
        if (result) i = step.first;
        break;
      default:
        result = test.Run(step.op, {operands_.data() + step.first, step.count});
    }
  }
  return result;
}

Operand ConditionBuilder::Path(std::span<const PathElement> path) {
  ranges_.push_back(
      {static_cast<uint32_t>(condition_.elements_.size()), static_cast<uint32_t>(path.size())});
  condition_.elements_.insert(condition_.elements_.end(), path.begin(), path.end());
  return Operand::OfPath(static_cast<int32_t>(ranges_.size() - 1));
}

Operand ConditionBuilder::Attribute(std::string_view name) {
  const PathElement element = PathElement::Name(name);
  return Path({&element, 1});
}

void ConditionBuilder::Reserve(size_t steps, size_t operands, size_t elements) {
  condition_.steps_.reserve(steps);
  condition_.operands_.reserve(operands);
  condition_.elements_.reserve(elements);
}

std::span<const PathElement> ConditionBuilder::ElementsOf(const Operand& operand) const {
  if (operand.path < 0) return {};
  const Range range = ranges_[static_cast<size_t>(operand.path)];
  return std::span(condition_.elements_).subspan(range.first, range.count);
}

void ConditionBuilder::Test(Operator op, std::span<const Operand> operands) {
  condition_.steps_.push_back({op, static_cast<uint32_t>(condition_.operands_.size()),
                               static_cast<uint32_t>(operands.size())});
  condition_.operands_.insert(condition_.operands_.end(), operands.begin(), operands.end());
}

void ConditionBuilder::Not() {
  condition_.steps_.push_back({Operator::kNot});
}

uint32_t ConditionBuilder::Skip(Operator op) {
  condition_.steps_.push_back({op});
  return static_cast<uint32_t>(condition_.steps_.size() - 1);
}

void ConditionBuilder::Connect(Operator op, uint32_t mark) {
  condition_.steps_[mark].first = static_cast<uint32_t>(condition_.steps_.size());
  condition_.steps_.push_back({op});
}

Condition ConditionBuilder::Finish() {
  condition_.paths_.reserve(ranges_.size());
  for (const Range range : ranges_) {
    condition_.paths_.push_back(std::span(condition_.elements_).subspan(range.first, range.count));
  }
  ranges_.clear();
  return std::move(condition_);
}

}  // namespace dynarock::expression
