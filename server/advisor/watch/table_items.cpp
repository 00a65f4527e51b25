// What TableWatch looks for in the items it picks.
#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <optional>

#include "server/advisor/watch/evidence.h"
#include "server/advisor/watch/table_watch.h"
#include "server/advisor/words/entity_names.h"
#include "server/advisor/words/undefined_text.h"
#include "storage/item/size.h"
#include "storage/item/text.h"

namespace dynarock::advisor {

namespace {

using protocol::Observation;
using trace::Access;
using trace::AccessKind;
using trace::HashBytes;

constexpr size_t kMostKinds = 64;

size_t Slot(Type type) {
  return static_cast<size_t>(type == Type::kFalse ? Type::kTrue : type);
}

// Seconds since 1970 of a number in seconds or milliseconds (written as text or not), or of an ISO
// date; 0: neither.
int64_t EpochSeconds(ValueView value) {
  const std::string_view text = value.text();
  const bool digits = std::all_of(text.begin(), text.end(), [](char c) {
    return std::isdigit(static_cast<unsigned char>(c)) != 0;
  });
  if (value.type() == Type::kNumber || digits) {
    int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) return 0;
    if (number > 100'000'000'000) number /= 1000;
    return number > 1'000'000'000 && number < 10'000'000'000 ? number : 0;
  }
  // 2026-11-25T...: days are near enough.
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return 0;
  int year = 0;
  int month = 0;
  int day = 0;
  std::from_chars(text.data(), text.data() + 4, year);
  std::from_chars(text.data() + 5, text.data() + 7, month);
  std::from_chars(text.data() + 8, text.data() + 10, day);
  if (year < 2000 || year > 2200 || month < 1 || month > 12 || day < 1) return 0;
  return ((year - 1970) * 365 + (year - 1969) / 4 + (month - 1) * 30 + day) * int64_t{86400};
}

// Whether the index holds it.
bool HoldsKey(const Index& index, ItemView item) {
  for (size_t i = 0; i < index.key.size(); ++i) {
    const auto value = item.Find(index.key.at(i).name);
    if (!value || value->type() != index.key.at(i).type) return false;
  }
  return true;
}

// The kind of an item: its attributes but for the index's key.
uint64_t KindWithout(const Table& table, const Index& index, ItemView item) {
  uint64_t kind = 0;
  for (const auto& [name, value] : item.attributes()) {
    const bool of_index = index.key.Find(name) != nullptr && table.key().Find(name) == nullptr;
    if (!of_index) kind += HashBytes(name);
  }
  return kind;
}

// Counts the items from before the index that are of the kind `rest` (its attributes but for the
// index's key): they may have had a part of the key, but not all of it.
void TakeEarlier(const Table& table, const Index& index, uint64_t rest, IndexFacts& facts,
                 IndexFacts::Kind& of_kind) {
  std::vector<uint64_t> names;
  for (size_t i = 0; i < index.key.size(); ++i) {
    const std::string& name = index.key.at(i).name;
    if (table.key().Find(name) == nullptr) names.push_back(HashBytes(name));
  }
  const uint64_t all = (uint64_t{1} << names.size()) - 1;
  for (uint64_t some = 0; some < all; ++some) {
    uint64_t kind = rest;
    for (size_t i = 0; i < names.size(); ++i) {
      if ((some >> i & 1) != 0) kind += names[i];
    }
    const auto found = facts.before.find(kind);
    if (found == facts.before.end()) continue;
    of_kind.without += found->second;
    of_kind.created_without += found->second;
    of_kind.last_without = facts.before_until;
    facts.before.erase(found);
  }
}

// A text inside a map or list that looks undefined.
std::optional<std::string_view> UndefinedInside(ValueView value) {
  const auto look = [](ValueView inner) -> std::optional<std::string_view> {
    if (inner.type() != Type::kString) return UndefinedInside(inner);
    return LooksUndefined(inner.text()) ? std::optional(inner.text()) : std::nullopt;
  };
  if (value.type() == Type::kMap) {
    for (const auto& [name, inner] : value.map()) {
      if (const auto found = look(inner)) return found;
    }
  } else if (value.type() == Type::kList) {
    for (const ValueView inner : value.list()) {
      if (const auto found = look(inner)) return found;
    }
  }
  return std::nullopt;
}

// The value of an attribute that says of what type an item is; 0: none.
uint64_t NamedType(ItemView item) {
  uint64_t hash = 0;
  for (const auto& [name, value] : item.attributes()) {
    if (value.type() != Type::kString) continue;
    std::string lower;
    for (const char c : name) {
      if (std::isalpha(static_cast<unsigned char>(c)) == 0) continue;
      lower += Lower(c);
    }
    if (lower == "type" || lower == "entity" || lower == "entitytype" || lower == "kind" ||
        lower == "et" || lower == "itemtype" || lower == "valuetype" || lower == "datatype" ||
        lower == "fieldtype") {
      hash += HashBytes(value.text());
    }
  }
  return hash;
}

// Attributes that hold the value of something that the item names: a setting, a flag, a field.
bool IsValue(std::string_view attribute) {
  static constexpr std::array<std::string_view, 18> kNames = {
      "value",    "val",          "data",   "old",      "new",     "oldValue",
      "newValue", "from",         "to",     "previous", "current", "before",
      "after",    "defaultValue", "answer", "response", "reading", "result"};
  return std::find(kNames.begin(), kNames.end(), attribute) != kNames.end();
}

// What it names: an attribute such as "field", a key such as "questionId" or "setting", or the word
// at the end of a key ("SETTING#theme"). 0: nothing.
uint64_t NamedValue(const Table& table, ItemView item) {
  static constexpr std::array<std::string_view, 10> kNames = {
      "field",  "key",      "name",   "setting", "property",
      "option", "question", "sensor", "metric",  "attribute"};
  const auto names = [](std::string_view word) {
    return std::find(kNames.begin(), kNames.end(), word) != kNames.end();
  };
  uint64_t hash = 0;
  for (const auto& [name, value] : item.attributes()) {
    if (value.type() != Type::kString) continue;
    std::vector<std::string> words;
    if (table.key().Find(name) != nullptr) words = WordsOf(name);
    if (words.size() > 1 && words.back() == "id") words.pop_back();
    if (words.empty() ? names(name) : names(words.back())) hash += HashBytes(value.text());
  }
  const Key& key = table.key();
  const auto value = item.Find((key.range.empty() ? key.hash : key.range).front().name);
  if (!value || value->type() != Type::kString) return hash;
  const size_t mark = value->text().find_last_of("#:/|");
  if (mark == std::string_view::npos) return hash;
  const std::string_view word = value->text().substr(mark + 1);
  const bool is_word = std::none_of(word.begin(), word.end(), [](char c) {
    return std::isdigit(static_cast<unsigned char>(c)) != 0;
  });
  return is_word && !word.empty() ? hash + HashBytes(word) : hash;
}

}  // namespace

double AttributeFacts::Values() const {
  const auto all = static_cast<double>(values.size());
  const auto empty = static_cast<double>(std::max<size_t>(1, values.size() - values.count()));
  return all * std::log(all / empty);
}

void TableWatch::LookAtItem(const Observation& observation, const Access& access, uint64_t weight,
                            int64_t wall_ms) {
  const std::unique_lock lock(mutex_, std::try_to_lock);
  if (!lock.owns_lock()) return;
  const ItemView item = *access.after;
  ++facts_.looked_at;
  facts_.looked_at_about += weight;
  uint64_t kind = 0;
  for (const auto& [name, value] : item.attributes()) kind += HashBytes(name);
  // What a put dropped is not what is usual.
  const bool whole =
      access.kind == AccessKind::kPut && (!access.before || access.before->count() <= item.count());
  const uint64_t entity = EntityOf(*access.table, item);
  if (whole) {
    for (Puts* puts : {&puts_, &puts_by_entity_[entity]}) {
      ++puts->count;
      puts->attributes += item.count();
    }
  }
  const uint64_t typed_kind = kind + entity * 31 + NamedType(item);
  std::shared_ptr<const std::string> example;
  const Glance glance{typed_kind, weight, &example};
  for (const auto& [name, value] : item.attributes()) {
    LookAtAttribute(observation, access, name, value, glance, wall_ms);
  }
  LookAtIndexes(observation, access, item, kind, wall_ms);
  if (!access.before && (facts_.kinds.contains(kind) || facts_.kinds.size() < kMostKinds)) {
    ++facts_.kinds[kind];
  }
  if (access.table->description().ttl.enabled) {
    LookAtTtl(observation, access, item, glance, wall_ms);
  }
}

void TableWatch::LookAtAttribute(const Observation& observation, const Access& access,
                                 std::string_view name, ValueView value, Glance glance,
                                 int64_t wall_ms) {
  AttributeFacts* facts = FactsOf(name);
  if (facts == nullptr) return;
  facts->bytes += name.size() + ValueSize(value);
  facts->values.set(HashBytes(value.bytes()) % facts->values.size());
  const size_t slot = Slot(value.type());
  AttributeFacts::OfType& of_type = facts->types[slot];
  of_type.about += glance.weight;
  if (of_type.count++ == 0 && value.type() != Type::kNull) {
    if (*glance.example == nullptr) {
      *glance.example = std::make_shared<const std::string>(ExampleOf(observation, access));
    }
    of_type.example = *glance.example;
    of_type.shown = Shown(value);
    const bool other = std::any_of(facts->types.begin(), facts->types.end(), [&](const auto& type) {
      return &type != &of_type && &type != &facts->types[Slot(Type::kNull)] && type.count > 0;
    });
    if (other && facts->other_type.See(wall_ms)) {
      Show(facts->other_type, observation, access, Shown(value));
    }
  }
  if (value.type() == Type::kNull && facts->null.See(wall_ms)) {
    Show(facts->null, observation, access);
  }
  const uint64_t kind =
      IsValue(name) ? glance.kind + NamedValue(*access.table, *access.after) : glance.kind;
  for (uint64_t& known : of_type.kinds) {
    if (known == kind) break;
    if (known != 0) continue;
    known = kind;
    break;
  }
  const bool key = access.table->key().Find(name) != nullptr;
  if (const auto inside = UndefinedInside(value); inside && facts->undefined_text.See(wall_ms)) {
    Show(facts->undefined_text, observation, access, std::string(*inside));
  }
  if (value.type() == Type::kString) {
    const std::string_view text = value.text();
    if (!key && LooksUndefined(text) && facts->undefined_text.See(wall_ms)) {
      Show(facts->undefined_text, observation, access, std::string(text));
    }
    if (key) {
      const size_t mark = access.before ? std::string_view::npos : text.find_first_of("#:");
      if (mark != std::string_view::npos && mark > 0 && mark < 32 &&
          facts_.key_prefixes.size() < 64) {
        facts_.key_prefixes[std::string(text.substr(0, mark))].Add(glance.weight);
      }
    }
  }
  // A lease that is renewed is one item.
  const bool is_new = !access.before || !access.before->Find(name);
  if (is_new && (value.type() == Type::kString || value.type() == Type::kNumber)) {
    constexpr int64_t kMonths = int64_t{180} * 86400;
    const int64_t seconds = EpochSeconds(value);
    if (seconds != 0 && std::abs(seconds - wall_ms / 1000) < kMonths) {
      facts->soon.Add(glance.weight);
      if (facts->soon_example.empty()) facts->soon_example = Shown(value);
    }
  }
}

void TableWatch::LookAtUndefinedKey(const Observation& observation, const Access& access,
                                    std::string_view name, std::string_view text, int64_t wall_ms) {
  if (!KeyLooksUndefined(text)) return;
  Sighting* seen = &facts_.undefined_key;
  if (text == "undefined" || text == "NaN") {
    // The same once more says nothing new: a load that is run again.
    if (access.before && access.before->bytes() == access.after->bytes()) return;
    seen = &facts_.undefined_words[text == "NaN" ? 1 : 0];
  }
  if (!seen->See(wall_ms)) return;
  Show(*seen, observation, access, std::string(name) + " = " + std::string(text));
}

void TableWatch::LookAtIndexes(const Observation& observation, const Access& access, ItemView item,
                               uint64_t kind, int64_t wall_ms) {
  for (const Index& index : access.table->indexes()) {
    if (index.deleting) continue;
    IndexFacts& facts = facts_.indexes[index.name];
    if (facts.name.empty()) {
      facts.name = index.name;
      facts.local = index.local;
      // Items from before the index: those of a kind that has it all but for the index's key.
      facts.came_later = facts_.looked_at > 1;
      facts.before = facts_.kinds;
      facts.before_until = facts_.looked_at - 1;
    }
    uint64_t rest = kind;
    const std::string* missing = nullptr;
    for (size_t i = 0; i < index.key.size(); ++i) {
      const std::string& name = index.key.at(i).name;
      const auto value = item.Find(name);
      if (value && access.table->key().Find(name) == nullptr) rest -= HashBytes(name);
      if (!value || value->type() != index.key.at(i).type) {
        if (missing == nullptr) missing = &name;
      }
    }
    const auto known = facts.kinds.find(rest);
    IndexFacts::Kind* of_kind = known != facts.kinds.end()        ? &known->second
                                : facts.kinds.size() < kMostKinds ? &facts.kinds[rest]
                                                                  : nullptr;
    if (known == facts.kinds.end() && of_kind != nullptr && !facts.before.empty()) {
      TakeEarlier(*access.table, index, rest, facts, *of_kind);
    }
    if (missing != nullptr) {
      // Taken out of the index on purpose: the job is done.
      if (access.kind == AccessKind::kUpdate && access.before && access.before->Find(*missing)) {
        ++facts.taken_out;
        continue;
      }
      // An old item that is written again is as old as it was, and counted already where its like
      // were seen when they were made, or new ones are made with the key.
      const bool old = access.before && !access.before->Find(*missing) && of_kind != nullptr &&
                       of_kind->without > 0 &&
                       (of_kind->created_with > 0 || of_kind->created_without > 0);
      facts.missing = *missing;
      if (old) continue;
      ++facts.without;
      if (facts.left_out.See(wall_ms)) Show(facts.left_out, observation, access);
      if (of_kind != nullptr) {
        ++of_kind->without;
        if (!access.before) ++of_kind->created_without;
        of_kind->last_without = facts_.looked_at;
      }
      continue;
    }
    ++facts.with;
    if (of_kind != nullptr) {
      if (of_kind->with++ == 0) of_kind->first_with = facts_.looked_at;
      if (!access.before) ++of_kind->created_with;
    }
    if (access.before && !HoldsKey(index, *access.before)) {
      const auto was = facts.kinds.find(KindWithout(*access.table, index, *access.before));
      if (was != facts.kinds.end()) ++was->second.mended;
    }
    const ValueView value = *item.Find(index.key.hash.front().name);
    const uint64_t hash = HashBytes(value.bytes());
    if (facts.values.contains(hash)) {
      ++facts.values[hash];
    } else if (facts.values.size() < IndexFacts::kMostValues) {
      facts.values[hash] = 1;
      if (facts.value_examples.size() < 12) facts.value_examples.push_back(Shown(value));
    } else {
      facts.many_values = true;
    }
  }
}

void TableWatch::LookAtTtl(const Observation& observation, const Access& access, ItemView item,
                           Glance glance, int64_t wall_ms) {
  TtlFacts& facts = facts_.ttl;
  const std::string& name = access.table->description().ttl.attribute;
  const auto value = item.Find(name);
  const bool had = access.before && access.before->Find(name).has_value();
  if (access.kind == AccessKind::kUpdate && access.before && had != value.has_value()) {
    ++facts.changed_later;
  }
  const uint64_t rest = glance.kind - (value ? HashBytes(name) : 0);
  TtlFacts::Kind* kind = facts.kinds.contains(rest) || facts.kinds.size() < TtlFacts::kMostKinds
                             ? &facts.kinds[rest]
                             : nullptr;
  if (!value) {
    ++facts.missing;
    if (kind != nullptr) kind->without.Add(glance.weight);
    if (facts.left_out.See(wall_ms)) Show(facts.left_out, observation, access);
    return;
  }
  if (kind != nullptr) ++kind->with;
  const TtlValue what = TtlValueOf(*value, wall_ms / 1000);
  if (what == TtlValue::kGood) {
    ++facts.good;
  } else if (facts[what].See(wall_ms)) {
    Show(facts[what], observation, access, Shown(*value));
  }
}

}  // namespace dynarock::advisor
