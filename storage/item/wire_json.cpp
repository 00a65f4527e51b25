#include "storage/item/wire_json.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <vector>

#include "storage/item/base64.h"
#include "storage/item/encoder.h"
#include "storage/item/number.h"
#include "storage/item/size.h"

namespace dynarock {

namespace {

using Member = JsonMember;

// The members of one AttributeValue, by type. Null members count as absent.
struct Tagged {
  const JsonValue* s = nullptr;
  const JsonValue* n = nullptr;
  const JsonValue* b = nullptr;
  const JsonValue* ss = nullptr;
  const JsonValue* ns = nullptr;
  const JsonValue* bs = nullptr;
  const JsonValue* m = nullptr;
  const JsonValue* l = nullptr;
  const JsonValue* null = nullptr;
  const JsonValue* boolean = nullptr;

  explicit Tagged(const JsonValue& value) {
    if (!value.IsObject()) return;  // null: nothing is set
    for (const Member& member : value.GetObject()) {
      const JsonValue** slot = Slot(member.name);
      if (slot != nullptr) *slot = member.value.IsNull() ? nullptr : &member.value;
    }
  }
  const JsonValue** Slot(std::string_view tag) {
    switch (tag.size()) {
      case 1:
        switch (tag[0]) {
          case 'S':
            return &s;
          case 'N':
            return &n;
          case 'B':
            return &b;
          case 'M':
            return &m;
          case 'L':
            return &l;
          default:
            return nullptr;
        }
      case 2:
        if (tag == "SS") return &ss;
        if (tag == "NS") return &ns;
        if (tag == "BS") return &bs;
        return nullptr;
      case 4:
        if (tag == "NULL") return &null;
        if (tag == "BOOL") return &boolean;
        return nullptr;
      default:
        return nullptr;
    }
  }
  int count() const {
    return (s != nullptr) + (n != nullptr) + (b != nullptr) + (ss != nullptr) + (ns != nullptr) +
           (bs != nullptr) + (m != nullptr) + (l != nullptr) + (null != nullptr) +
           (boolean != nullptr);
  }
};

// JSON booleans may be sent as text (recorded by dynalite).
bool Truth(const JsonValue& value) {
  if (value.IsBool()) return value.GetBool();
  const std::string_view text = Text(value);
  return !text.empty() &&
         (text[0] == 't' || text[0] == 'T' || text[0] == '1' || text[0] == 'y' || text[0] == 'Y');
}

bool HasNull(const JsonValue& array) {
  return std::ranges::any_of(array.GetArray(), &JsonValue::IsNull);
}

std::string Listed(const std::vector<std::string_view>& elements, std::string_view separator,
                   std::string_view quote) {
  std::string text = "[";
  for (size_t i = 0; i < elements.size(); ++i) {
    if (i > 0) text += separator;
    text.append(quote).append(elements[i]).append(quote);
  }
  return text + "]";
}

// The elements as the newer layer lists them: those up to the first repeat in the order of
// `bytes_of`, then the repeat and the rest as they were sent (observed on the service).
template <class BytesOf>
std::vector<std::string_view> UpToRepeat(std::vector<std::string_view> given, BytesOf bytes_of) {
  std::set<std::string> seen;
  size_t repeat = 0;
  while (repeat < given.size() && seen.insert(bytes_of(given[repeat])).second) ++repeat;
  std::ranges::sort(given.begin(), given.begin() + static_cast<ptrdiff_t>(repeat), {}, bytes_of);
  return given;
}

std::vector<std::string_view> Elements(const JsonValue& array) {
  std::vector<std::string_view> elements;
  elements.reserve(array.Size());
  for (const JsonValue& element : array.GetArray()) elements.push_back(Text(element));
  return elements;
}

// The failure of a value that lies at `step` of the one being encoded.
std::unexpected<Error> FailBelow(std::string_view step, Error error) {
  std::string where(step);
  if (!error.where.empty() && !error.where.starts_with('[')) where += '.';
  where += error.where;
  error.where = std::move(where);
  return Fail(std::move(error));
}

class Encoder {
 public:
  Encoder(std::string& out, ValueRules rules) : out_(out), writer_(out), rules_(rules) {}

  // Encodes the value at `level` (1: an attribute). Returns its size.
  Result<uint64_t> Value(const JsonValue& value, int level);

 private:
  Error SeveralTypes(const Tagged& tagged) const;
  Result<uint64_t> StringSet(const JsonValue& array);
  Result<uint64_t> NumberSet(const JsonValue& array);
  Result<uint64_t> BinarySet(const JsonValue& array);
  Result<uint64_t> List(const JsonValue& array, int level);
  Result<uint64_t> Map(const JsonValue& object, int level);
  void WriteSet(Type type, const std::vector<std::string>& sorted);

  std::string& out_;
  ValueWriter writer_;
  const ValueRules rules_;
};

// The members of an object in name order, the last of equal names only.
class SortedMembers {
 public:
  explicit SortedMembers(const JsonValue& object) {
    const size_t n = object.MemberCount();
    const Member** members = inline_.data();
    if (n > inline_.size()) {
      heap_.resize(n);
      members = heap_.data();
    }
    size_t i = 0;
    bool ascending = true;
    for (const Member& member : object.GetObject()) {
      members[i] = &member;
      if (i > 0 && !(members[i - 1]->name < member.name)) ascending = false;
      ++i;
    }
    if (!ascending) {
      // Members lie side by side in memory, so the address breaks ties in their order of
      // appearance.
      std::sort(members, members + n, [](const Member* a, const Member* b) {
        const int order = a->name.compare(b->name);
        return order < 0 || (order == 0 && a < b);
      });
      size_t kept = 0;
      for (size_t j = 0; j < n; ++j) {
        if (kept > 0 && members[kept - 1]->name == members[j]->name) --kept;
        members[kept++] = members[j];
      }
      view_ = {members, kept};
    } else {
      view_ = {members, n};
    }
  }
  std::span<const Member* const> view() const { return view_; }

 private:
  std::array<const Member*, 24> inline_;
  std::vector<const Member*> heap_;
  std::span<const Member* const> view_;
};

// What is said of a value with several types.
Error Encoder::SeveralTypes(const Tagged& tagged) const {
  if (tagged.ss != nullptr && tagged.ss->Empty()) return EmptyStringSet();
  if (tagged.ns != nullptr && tagged.ns->Empty()) return EmptyNumberSet();
  if (tagged.bs != nullptr && tagged.bs->Empty()) return EmptyBinarySet();
  if (tagged.n != nullptr) {
    if (auto number = CanonicalNumber(Text(*tagged.n), rules_.layer); !number) {
      return std::move(number).error();
    }
  }
  if (tagged.ns != nullptr) {
    for (const JsonValue& element : tagged.ns->GetArray()) {
      if (element.IsNull()) continue;
      auto number = CanonicalNumber(Text(element), rules_.layer);
      if (!number) return std::move(number).error();
    }
  }
  if (tagged.null != nullptr && !Truth(*tagged.null)) return NullNotTrue();
  return SeveralDatatypes();
}

Result<uint64_t> Encoder::Value(const JsonValue& value, int level) {
  if (level > rules_.max_levels) return Fail(NestingTooDeep());
  const Tagged tagged(value);
  const int types = tagged.count();
  if (types == 0) return Fail(EmptyAttributeValue());
  if (types > 1) return Fail(SeveralTypes(tagged));
  if (tagged.s != nullptr) {
    const std::string_view text = Text(*tagged.s);
    writer_.String(text);
    return text.size();
  }
  if (tagged.n != nullptr) {
    DYNAROCK_TRY(const std::string number, CanonicalNumber(Text(*tagged.n), rules_.layer));
    writer_.Number(number);
    return NumberSize(number);
  }
  if (tagged.b != nullptr) {
    const std::string bytes = DecodeBase64(Text(*tagged.b));
    writer_.Binary(bytes);
    return bytes.size();
  }
  if (tagged.boolean != nullptr) {
    writer_.Bool(Truth(*tagged.boolean));
    return 1;
  }
  if (tagged.null != nullptr) {
    if (!Truth(*tagged.null)) return Fail(NullNotTrue());
    writer_.Null();
    return 1;
  }
  if (tagged.m != nullptr) return Map(*tagged.m, level);
  if (tagged.l != nullptr) return List(*tagged.l, level);
  if (tagged.ss != nullptr) return StringSet(*tagged.ss);
  if (tagged.ns != nullptr) return NumberSet(*tagged.ns);
  return BinarySet(*tagged.bs);
}

void Encoder::WriteSet(Type type, const std::vector<std::string>& sorted) {
  const size_t mark = writer_.Begin(type, static_cast<uint32_t>(sorted.size()));
  for (const std::string& element : sorted) writer_.Text(element);
  writer_.End(mark);
}

Result<uint64_t> Encoder::StringSet(const JsonValue& array) {
  if (array.Empty()) return Fail(EmptyStringSet());
  if (HasNull(array)) return Fail(EmptyAttributeValue());
  const std::vector<std::string_view> given = Elements(array);
  std::vector<std::string_view> sorted = given;
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) {
    return Fail(DuplicatesInStringSet(
        rules_.layer == Layer::kNewer
            ? Listed(UpToRepeat(given, [](std::string_view s) { return std::string(s); }), ", ",
                     "\"")
            : Listed(given, ", ", "")));
  }
  uint64_t size = 0;
  const size_t mark = writer_.Begin(Type::kStringSet, static_cast<uint32_t>(sorted.size()));
  for (const std::string_view element : sorted) {
    writer_.Text(element);
    size += element.size();
  }
  writer_.End(mark);
  return size;
}

Result<uint64_t> Encoder::NumberSet(const JsonValue& array) {
  if (array.Empty()) return Fail(EmptyNumberSet());
  if (HasNull(array)) return Fail(EmptyAttributeValue());
  std::vector<std::string> sorted;
  sorted.reserve(array.Size());
  for (const JsonValue& element : array.GetArray()) {
    DYNAROCK_TRY(std::string number, CanonicalNumber(Text(element), rules_.layer));
    sorted.push_back(std::move(number));
  }
  std::sort(sorted.begin(), sorted.end(),
            [](const std::string& a, const std::string& b) { return CompareNumbers(a, b) < 0; });
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) {
    return Fail(DuplicatesInSet(rules_.layer));
  }
  uint64_t size = 0;
  for (const std::string& element : sorted) size += NumberSize(element);
  WriteSet(Type::kNumberSet, sorted);
  return size;
}

Result<uint64_t> Encoder::BinarySet(const JsonValue& array) {
  if (array.Empty()) return Fail(EmptyBinarySet());
  if (HasNull(array)) return Fail(EmptyAttributeValue());
  const std::vector<std::string_view> given = Elements(array);
  std::vector<std::string> sorted;
  sorted.reserve(given.size());
  uint64_t size = 0;
  for (const std::string_view element : given) {
    sorted.push_back(DecodeBase64(element));
    size += sorted.back().size();
  }
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) {
    return Fail(DuplicatesInBinarySet(rules_.layer == Layer::kNewer
                                          ? Listed(UpToRepeat(given, DecodeBase64), ",", "\"")
                                          : Listed(given, ", ", "")));
  }
  WriteSet(Type::kBinarySet, sorted);
  return size;
}

Result<uint64_t> Encoder::List(const JsonValue& array, int level) {
  uint64_t size = 3;
  const size_t mark = writer_.Begin(Type::kList, array.Size());
  size_t i = 0;
  for (const JsonValue& element : array.GetArray()) {
    auto child = Value(element, level + 1);
    if (!child) return FailBelow("[" + std::to_string(i) + "]", std::move(child).error());
    size += 1 + *child;
    ++i;
  }
  writer_.End(mark);
  return size;
}

Result<uint64_t> Encoder::Map(const JsonValue& object, int level) {
  uint64_t size = 3;
  const SortedMembers members(object);
  const size_t mark = writer_.Begin(Type::kMap, static_cast<uint32_t>(members.view().size()));
  for (const Member* member : members.view()) {
    if (rules_.names) DYNAROCK_CHECK(CheckAttributeName(member->name));
    writer_.Text(member->name);
    auto child = Value(member->value, level + 1);
    if (!child) return FailBelow(member->name, std::move(child).error());
    size += member->name.size() + 1 + *child;
  }
  writer_.End(mark);
  return size;
}

void WriteTexts(SetView set, bool base64, std::string& out) {
  out += '[';
  bool first = true;
  for (const std::string_view element : set) {
    if (!first) out += ',';
    first = false;
    if (base64) {
      out += '"';
      AppendBase64(element, out);
      out += '"';
    } else {
      AppendJsonString(element, out);
    }
  }
  out += ']';
}

void WriteEntries(MapView entries, std::string& out) {
  out += '{';
  bool first = true;
  for (const Attribute entry : entries) {
    if (!first) out += ',';
    first = false;
    AppendJsonString(entry.name, out);
    out += ':';
    WriteValue(entry.value, out);
  }
  out += '}';
}

}  // namespace

Result<void> CheckAttributeName(std::string_view name) {
  if (name.empty()) return Fail(EmptyAttributeName());
  if (name.size() > kMaxAttributeName) return Fail(AttributeNameTooLarge());
  return {};
}

Result<void> EncodeValue(const JsonValue& value, std::string& out, ValueRules rules) {
  Encoder encoder(out, rules);
  DYNAROCK_CHECK(encoder.Value(value, 1));
  return {};
}

Result<void> EncodeItem(const JsonValue& object, std::string& out, Layer layer) {
  return EncodeItem(object, out, ValueRules{.layer = layer});
}

Result<void> EncodeItem(const JsonValue& object, std::string& out, ValueRules rules) {
  const SortedMembers members(object);
  out.reserve(out.size() + 64 + 48 * members.view().size());
  ItemWriter item(out, static_cast<uint32_t>(members.view().size()));
  Encoder encoder(out, rules);
  uint64_t size = 0;
  for (const Member* member : members.view()) {
    if (rules.names) DYNAROCK_CHECK(CheckAttributeName(member->name));
    item.Name(member->name);
    auto value = encoder.Value(member->value, 1);
    if (!value) return FailBelow(member->name, std::move(value).error());
    size += member->name.size() + *value;
  }
  item.Finish(static_cast<uint32_t>(size));
  return {};
}

void WriteValue(ValueView value, std::string& out) {
  switch (value.type()) {
    case Type::kNull:
      out += R"({"NULL":true})";
      return;
    case Type::kFalse:
      out += R"({"BOOL":false})";
      return;
    case Type::kTrue:
      out += R"({"BOOL":true})";
      return;
    case Type::kNumber:
      out += R"({"N":")";
      out += value.text();
      out += "\"}";
      return;
    case Type::kString:
      out += R"({"S":)";
      AppendJsonString(value.text(), out);
      break;
    case Type::kBinary:
      out += R"({"B":")";
      AppendBase64(value.text(), out);
      out += '"';
      break;
    case Type::kNumberSet:
      out += R"({"NS":)";
      WriteTexts(value.set(), false, out);
      break;
    case Type::kStringSet:
      out += R"({"SS":)";
      WriteTexts(value.set(), false, out);
      break;
    case Type::kBinarySet:
      out += R"({"BS":)";
      WriteTexts(value.set(), true, out);
      break;
    case Type::kList: {
      out += R"({"L":[)";
      bool first = true;
      for (const ValueView element : value.list()) {
        if (!first) out += ',';
        first = false;
        WriteValue(element, out);
      }
      out += ']';
      break;
    }
    case Type::kMap:
      out += R"({"M":)";
      WriteEntries(value.map(), out);
      break;
  }
  out += '}';
}

void WriteItem(ItemView item, std::string& out) {
  // Tags, quotes and colons take about as much as the offsets and a little more.
  out.reserve(out.size() + item.bytes().size() + size_t{12} * item.count() + 32);
  WriteEntries(item.attributes(), out);
}

}  // namespace dynarock
