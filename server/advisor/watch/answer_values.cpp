#include "server/advisor/watch/answer_values.h"

#include <algorithm>
#include <array>

namespace dynarock::advisor {

namespace {

using trace::Access;
using trace::HashBytes;
using trace::Trace;

// A thread notes the items of so many pages, and looks into so many items that were read by their
// keys, before it begins to leave some out.
constexpr uint64_t kAllOfFirst = 1000;
constexpr uint64_t kSampledPages = 8;
constexpr uint64_t kSampledItems = 16;
// Lists with fewer elements are no occasion for a loop.
constexpr size_t kFewElements = 5;

bool IsScalarKey(Type type) {
  return type == Type::kString || type == Type::kNumber;
}

// Whether an attribute of this name may hold what another item goes by: "userId", "sku".
bool NamesId(std::string_view name) {
  static constexpr std::array<std::string_view, 16> kEnds = {
      "id",  "Id", "ID", "ids", "Ids", "key", "Key", "ref",
      "Ref", "By", "pk", "sk",  "PK",  "SK",  "sku", "Sku"};
  return std::any_of(kEnds.begin(), kEnds.end(),
                     [&](std::string_view end) { return name.ends_with(end); });
}

void AddValue(ValueView value, Trace& trace) {
  trace.AddValue(HashBytes(value.bytes()));
  const uint64_t part = KeyPartHash(value.text(), value.type() == Type::kNumber);
  if (part != 0) trace.AddValue(part);
}

void AddMembers(ValueView map, bool only_ids, Trace& trace) {
  for (const auto& [name, value] : map.map()) {
    if (!trace.HasRoomForValues()) break;
    if (IsScalarKey(value.type()) && (!only_ids || NamesId(name))) AddValue(value, trace);
  }
}

// Of an attribute: itself, or what is in it.
void AddValues(ValueView value, Trace& trace) {
  if (IsScalarKey(value.type())) return AddValue(value, trace);
  if (value.type() == Type::kMap) return AddMembers(value, false, trace);
  if (value.type() != Type::kList) return;
  for (const ValueView element : value.list()) {
    if (!trace.HasRoomForValues()) break;
    if (IsScalarKey(element.type())) AddValue(element, trace);
    if (element.type() == Type::kMap) AddMembers(element, true, trace);
  }
}

void AddElements(ValueView many, Access& access, Trace& trace) {
  const auto add_text = [&](std::string_view text) {
    const uint64_t part = KeyPartHash(text, false);
    if (part == 0) return;
    trace.BeginResult(access, access.key_hash);
    trace.AddValue(part);
  };
  if (many.type() == Type::kStringSet) {
    for (const std::string_view text : many.set()) {
      if (!Trace::HasRoomForResults(access)) return;
      add_text(text);
    }
  } else if (many.type() == Type::kMap) {
    // Its names may be ids.
    for (const auto& [id, entry] : many.map()) {
      if (!Trace::HasRoomForResults(access)) return;
      add_text(id);
    }
  } else {
    for (const ValueView element : many.list()) {
      if (!Trace::HasRoomForResults(access)) return;
      const bool map = element.type() == Type::kMap;
      if (!map && !IsScalarKey(element.type())) continue;
      trace.BeginResult(access, access.key_hash);
      if (map) {
        AddMembers(element, true, trace);
      } else {
        AddValue(element, trace);
      }
    }
  }
}

}  // namespace

bool NotesNextPage() {
  static constinit thread_local uint64_t pages = 0;
  return ++pages <= kAllOfFirst || pages % kSampledPages == 0;
}

void NoteValues(ItemView item, Trace& trace) {
  // What is named as an id first: of an item with many attributes not all are noted.
  for (const bool ids : {true, false}) {
    for (const auto& [name, value] : item.attributes()) {
      if (!trace.HasRoomForValues()) break;
      if (NamesId(name) == ids) AddValues(value, trace);
    }
  }
}

void NoteElements(ItemView item, Access& access, Trace& trace) {
  static constinit thread_local uint64_t items = 0;
  if (++items > kAllOfFirst && items % kSampledItems != 0) return;
  for (const auto& [name, value] : item.attributes()) {
    const Type type = value.type();
    const bool many = type == Type::kList || type == Type::kMap || type == Type::kStringSet;
    if (many && value.count() >= kFewElements) AddElements(value, access, trace);
  }
}

uint64_t KeyPartHash(std::string_view text, bool number) {
  constexpr uint64_t kSeed = 0x517CC1B727220A95u;  // apart from hashes of encoded values
  const size_t mark = text.find_last_of("#:/|");
  const std::string_view part = mark == std::string_view::npos ? text : text.substr(mark + 1);
  // Ordinals and the like are in many values.
  const size_t least = mark == std::string_view::npos && !number ? 2 : 4;
  return part.size() < least ? 0 : HashBytes(part, kSeed);
}

}  // namespace dynarock::advisor
