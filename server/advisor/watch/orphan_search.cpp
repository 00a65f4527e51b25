#include "server/advisor/watch/orphan_search.h"

#include <algorithm>
#include <array>

#include "server/advisor/watch/table_families.h"
#include "storage/item/encoder.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kMarks = "#:/|";

// "id = p1, sk = TASK#2". `but`: a key whose attributes are shown already.
std::string Shown(const Key& key, ItemView item, const Key* but = nullptr) {
  constexpr size_t kMost = 60;
  std::string text;
  for (size_t i = 0; i < key.size(); ++i) {
    const auto value = item.Find(key.at(i).name);
    if (!value || (but != nullptr && but->Find(key.at(i).name) != nullptr)) continue;
    const bool binary = value->type() == Type::kBinary;
    text.append(text.empty() ? "" : ", ").append(key.at(i).name).append(" = ");
    text += binary ? std::string("(binary)") : std::string(value->text().substr(0, kMost));
  }
  return text;
}

// An item that says of itself that it is deleted: deletedAt, isDeleted, archived.
bool SaysDeleted(ItemView item) {
  for (const auto& [name, value] : item.attributes()) {
    if (value.type() == Type::kNull || value.type() == Type::kFalse) continue;
    const std::vector<std::string> words = WordsOf(name);
    if (std::any_of(words.begin(), words.end(), [](const std::string& word) {
          return word == "deleted" || word == "archived" || word == "anonymized" ||
                 word == "removed" || word == "tombstone";
        })) {
      return true;
    }
  }
  return false;
}

// TTL deletes it one day, or may: the index does not show whether.
bool GoesByItself(const Stored::Place& place, ItemView item) {
  const TimeToLive& ttl = place.table->description().ttl;
  if (!ttl.enabled) return false;
  const auto value = item.Find(ttl.attribute);
  if (value) return value->type() == Type::kNumber;
  return place.index != nullptr && !place.index->Projects(ttl.attribute);
}

// What the keys of an item of a table with many kinds of items say: "ORDER#1" -> "order".
std::vector<std::string> WordsOfKey(const Key& key, ItemView item) {
  std::vector<std::string> all;
  for (size_t i = 0; i < key.size(); ++i) {
    const auto value = item.Find(key.at(i).name);
    if (!value || value->type() != Type::kString) continue;
    const std::string_view kind = KindOf(value->text());
    const bool typed = kind.size() < value->text().size();
    if (!typed && i < key.hash.size()) continue;
    for (std::string& word : WordsOf(kind)) all.push_back(std::move(word));
  }
  return all;
}

// What a sort key says of its item, all of its parts.
std::vector<std::string> WordsOfSort(const Table& table, ItemView item) {
  const auto sort = item.Find(table.key().range.front().name);
  if (!sort || sort->type() != Type::kString) return {};
  return WordsOf(sort->text());
}

// From the last mark on; nothing without a mark inside.
std::string_view SuffixOf(std::string_view name) {
  const size_t mark = name.find_last_of("-_.");
  return mark == std::string_view::npos || mark == 0 ? std::string_view() : name.substr(mark);
}

bool HasLetters(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

// The entity whose id a table's HASH attribute is, when it is the table's own: id, userId or
// username of Users. Nothing for userId of Carts.
std::optional<std::string> OwnEntity(std::string_view table, std::string_view attribute) {
  const std::string entity = EntityOf(table);
  const std::vector<std::string> words = WordsOf(attribute);
  const std::string referred = ReferredTo(attribute);
  if (referred.empty() || referred == entity) return entity;
  if (!entity.empty() && (words.front() == entity || words.front().starts_with(entity))) {
    return entity;
  }
  // Profiles by userId.
  if (entity == "profile" || entity == "account") return referred;
  return std::nullopt;
}

}  // namespace

OrphanSearch::OrphanSearch(const Stored& stored, int64_t now_ms)
    : stored_(stored), now_ms_(now_ms), tables_(stored.Tables()) {
  // Each run of tests may have a suffix of its own, "Tasks_alice": the tables of a run share it.
  std::map<std::string_view, size_t> suffixes;
  for (const auto& table : tables_) ++suffixes[SuffixOf(table->name())];
  suffixed_ = std::all_of(suffixes.begin(), suffixes.end(), [](const auto& suffix) {
    return !suffix.first.empty() && suffix.second > 1;
  });
}

// The table's name without what was added for one run.
std::string OrphanSearch::NameOf(const Table& table) const {
  std::string_view name = table.name();
  if (suffixed_) name.remove_suffix(SuffixOf(name).size());
  return PatternOf(name);
}

bool OrphanSearch::Spend() {
  return ++lookups_ <= kMostLookups;
}

std::optional<Trail> OrphanSearch::Follow(const Deletion& deletion) {
  constexpr int64_t kConsumerMs = 10'000;
  following_ = &deletion;
  const auto found = std::find_if(tables_.begin(), tables_.end(), [&](const auto& table) {
    return table->storage_id() == deletion.storage_id;
  });
  if (found == tables_.end()) return std::nullopt;
  const std::shared_ptr<const Table>& table = *found;
  Trail trail;
  trail.table = table->name();
  trail.cleaned_later = table->description().stream.enabled;
  if (trail.cleaned_later && now_ms_ - deletion.wall_ms < kConsumerMs) return std::nullopt;
  const ItemView key(deletion.key);
  if (!Spend() || stored_.Has(*table, key)) return std::nullopt;

  const std::string& hash_name = table->key().hash.front().name;
  Parent parent{.table = table.get(),
                .name_space = table->name_space(),
                .value = *key.Find(hash_name),
                .entity = {},
                .by_value = false,
                .passing = SpeaksOfThePassing(WordsOf(NameOf(*table)))};
  if (!table->has_range()) {
    const auto entity = OwnEntity(NameOf(*table), hash_name);
    if (!entity) return std::nullopt;
    parent.entity = *entity;
    parent.by_value = IsUnmistakable(parent.value);
    LookElsewhere(parent, trail);
  } else if (const auto root = RootOf(*table, key)) {
    trail.kind = root->word;
    parent.entity = root->entity;
    parent.by_value = IsUnmistakable(parent.value) ||
                      (parent.value.type() == Type::kString &&
                       KindOf(parent.value.text()).size() < parent.value.text().size());
    parent.passing = SpeaksOfThePassing({root->entity});
    LookAtPartition(table, key, trail);
    LookElsewhere(parent, trail);
  } else {
    const std::string& sort_name = table->key().range.front().name;
    const ValueView sort = *key.Find(sort_name);
    if (sort.type() != Type::kString || !HasLetters(sort.text())) return std::nullopt;
    const std::string_view kind = KindOf(sort.text());
    if (kind.size() < sort.text().size()) trail.kind = kind;
    LookBelow(table, key, trail);
    if (trail.left.empty()) LookAtOwn(table, key, trail);
    // Orders by customerId and orderId: the sort key is the order's id. In ProjectUsers it is not
    // the membership's.
    const std::string entity = EntityOf(NameOf(*table));
    const std::string referred = ReferredTo(sort_name);
    const std::vector<std::string> words = WordsOf(NameOf(*table));
    const bool member = std::find(words.begin(), words.end(), ReferredTo(hash_name)) != words.end();
    if (!entity.empty() && !member && (referred.empty() || referred == entity)) {
      parent.value = sort;
      parent.entity = entity;
      LookElsewhere(parent, trail);
    }
  }
  if (lookups_ > kMostLookups) return std::nullopt;
  const bool inside = !trail.left.empty() && (trail.left.front().tie == Leftover::Tie::kBelow ||
                                              trail.left.front().tie == Leftover::Tie::kOwn);
  if (!trail.left.empty() && !inside && LivesElsewhere(parent)) return std::nullopt;
  return trail;
}

// Whether an item is rightly there: it goes by itself, says that it is deleted, or was written when
// the deleted one went.
bool OrphanSearch::IsNoneLeft(const Stored::Place& place, ItemView item) const {
  if (GoesByItself(place, item) || SaysDeleted(item)) return true;
  const auto& written = following_->written;
  return !written.empty() &&
         written.contains({place.table->storage_id(), EncodedKey(*place.table, item)});
}

bool OrphanSearch::Has(StorageId id) const {
  return std::any_of(tables_.begin(), tables_.end(),
                     [&](const auto& table) { return table->storage_id() == id; });
}

bool OrphanSearch::Has(std::string_view name) const {
  return std::any_of(tables_.begin(), tables_.end(),
                     [&](const auto& table) { return table->name() == name; });
}

std::optional<Trail> OrphanSearch::Follow(const Deletion& deletion, const Trails& earlier) {
  auto trail = Follow(deletion);
  const auto known = earlier.find({deletion.storage_id, deletion.key});
  if (known == earlier.end()) return trail;
  if (!Has(deletion.storage_id)) return known->second;
  if (!trail) return std::nullopt;
  for (const Leftover& left : known->second.left) {
    if (!Has(left.table)) trail->left.push_back(left);
  }
  return trail;
}

Trails OrphanSearch::FollowAll(const std::vector<Deletion>& deletions, const Trails& earlier) {
  Trails trails;
  for (const Deletion& deletion : deletions) {
    if (auto trail = Follow(deletion, earlier)) {
      trails.emplace(std::pair(deletion.storage_id, deletion.key), *std::move(trail));
    }
  }
  return trails;
}

void OrphanSearch::LookAtPartition(const std::shared_ptr<const Table>& table, ItemView key,
                                   Trail& trail) {
  if (!Spend()) return;
  Leftover left{.tie = Leftover::Tie::kPartition, .table = table->name(), .on_purpose = true};
  bool another_root = false;
  const Stored::Place place{table};
  const ValueView partition = *key.Find(table->key().hash.front().name);
  stored_.Look(place, partition, std::nullopt, kMostItems, [&](ItemView item) {
    const std::vector<std::string> words = WordsOfSort(*table, item);
    const auto says = [&](std::string_view word) {
      return std::find(words.begin(), words.end(), word) != words.end();
    };
    another_root = RootOf(*table, item).has_value() || says("tombstone") || says("deleted");
    if (another_root) return false;
    if (SpeaksOfHistory(words) || IsNoneLeft(place, item)) return true;
    left.on_purpose = left.on_purpose && SpeaksOfRecords(words);
    if (left.example.empty()) left.example = Shown(table->key(), item);
    return true;
  });
  if (!another_root && !left.example.empty()) trail.left.push_back(std::move(left));
}

void OrphanSearch::LookBelow(const std::shared_ptr<const Table>& table, ItemView key,
                             Trail& trail) {
  const std::string_view sort = key.Find(table->key().range.front().name)->text();
  const size_t mark = sort.find_first_of(kMarks);
  if (!IsUnmistakable(*key.Find(table->key().range.front().name)) || !Spend()) return;
  std::string prefix;
  // "DIR/d1/" has its mark.
  const bool marked = kMarks.find(sort.back()) != std::string_view::npos;
  const char end = mark == std::string_view::npos ? '#' : sort[mark];
  ValueWriter(prefix).String(marked ? std::string(sort) : std::string(sort) + end);
  Leftover left{.tie = Leftover::Tie::kBelow, .table = table->name()};
  const Stored::Place place{table};
  stored_.Look(place, *key.Find(table->key().hash.front().name), ValueView(prefix.data()),
               kMostItems, [&](ItemView item) {
                 const auto below = item.Find(table->key().range.front().name);
                 const auto words = WordsOf(below->text().substr(sort.size()));
                 const bool version = words.empty() || words.front() == "v";
                 if (version || SpeaksOfHistory(words) || IsNoneLeft(place, item)) {
                   return true;
                 }
                 left.example = Shown(table->key(), item);
                 return false;
               });
  if (!left.example.empty()) trail.left.push_back(std::move(left));
}

// Under BOARD#b of ORG#1, BOARD#b. Not where that partition has an item of its own, or items that
// name the deleted one's in turn: then the deleted one was a tie between the two. Whether it was
// the only one tells an index by the sort key.
void OrphanSearch::LookAtOwn(const std::shared_ptr<const Table>& table, ItemView key,
                             Trail& trail) {
  const std::string& hash_name = table->key().hash.front().name;
  const std::string& sort_name = table->key().range.front().name;
  const ValueView partition = *key.Find(hash_name);
  const ValueView own = *key.Find(sort_name);
  const bool typed = KindOf(own.text()).size() < own.text().size();
  if (partition.type() != Type::kString || !typed || !IsUnmistakable(own) || !Spend()) return;
  const std::string_view kind = KindOf(partition.text());
  const Stored::Place place{table};
  Leftover left{.tie = Leftover::Tie::kOwn, .table = table->name()};
  bool tied = false;
  stored_.Look(place, own, std::nullopt, kMostItems, [&](ItemView item) {
    const ValueView sort = *item.Find(sort_name);
    const auto words = WordsOfSort(*table, item);
    tied = RootOf(*table, item).has_value() ||
           (sort.type() == Type::kString && sort.text().starts_with(kind));
    if (tied) return false;
    if (SpeaksOfHistory(words) || IsNoneLeft(place, item)) return true;
    if (left.example.empty()) left.example = Shown(table->key(), item);
    return true;
  });
  if (tied || left.example.empty()) return;
  left.on_purpose = true;
  for (const Index& index : table->indexes()) {
    const bool by_sort =
        !index.local && index.key.hash.size() == 1 && index.key.hash.front().name == sort_name;
    if (!by_sort || index.deleting || index.backfilling || !Spend()) continue;
    stored_.Look({table, &index}, own, std::nullopt, 1, [&](ItemView) {
      tied = true;
      return false;
    });
    left.on_purpose = false;
  }
  if (!tied) trail.left.push_back(std::move(left));
}

void OrphanSearch::LookElsewhere(const Parent& parent, Trail& trail) {
  for (const auto& table : tables_) {
    if (table->name_space() != parent.name_space) continue;
    const bool seen = std::any_of(trail.left.begin(), trail.left.end(),
                                  [&](const auto& left) { return left.table == table->name(); });
    if (seen || SpeaksOfHistory(WordsOf(NameOf(*table)))) continue;
    std::optional<Leftover> left;
    if (table.get() != parent.table) left = LookAt(parent, {table});
    for (const Index& index : table->indexes()) {
      if (left) break;
      if (index.local || index.deleting || index.backfilling || index.key.hash.size() != 1)
        continue;
      left = LookAt(parent, {table, &index});
    }
    if (left) trail.left.push_back(*std::move(left));
  }
}

std::optional<Leftover> OrphanSearch::LookAt(const Parent& parent, const Stored::Place& place) {
  const Key& key = place.index == nullptr ? place.table->key() : place.index->key;
  const KeyAttribute& attribute = key.hash.front();
  if (attribute.type != parent.value.type()) return std::nullopt;
  const std::string referred = ReferredTo(attribute.name);
  const bool named = (!parent.entity.empty() && referred == parent.entity) ||
                     (place.table.get() == parent.table && referred == "parent");
  if ((!named && !parent.by_value) || !Spend()) return std::nullopt;
  std::vector<std::string> words = WordsOf(NameOf(*place.table));
  std::erase(words, parent.entity);
  const bool records = SpeaksOfRecords(words);
  Leftover left{.tie = named ? Leftover::Tie::kNamed : Leftover::Tie::kValue,
                .table = place.table->name(),
                .index = place.index == nullptr ? "" : place.index->name,
                .on_purpose = true};
  stored_.Look(place, parent.value, std::nullopt, kMostItems, [&](ItemView item) {
    const std::vector<std::string> of_key = WordsOfKey(place.table->key(), item);
    if (SpeaksOfHistory(of_key) || IsNoneLeft(place, item)) return true;
    left.on_purpose = left.on_purpose && (records || SpeaksOfRecords(of_key));
    if (left.example.empty()) {
      left.example = Shown(key, item);
      if (place.index != nullptr) {
        const std::string own = Shown(place.table->key(), item, &key);
        if (!own.empty()) left.example += ", " + own;
      }
    }
    return true;
  });
  if (left.example.empty()) return std::nullopt;
  // What people made is often kept without them; what lies under their own key is not.
  const bool of_people = place.index != nullptr && SpeaksOfPeople(parent.entity);
  left.on_purpose = left.on_purpose || of_people || parent.passing;
  return left;
}

// Whether a table of the same kind, or an archive, has the item.
bool OrphanSearch::LivesElsewhere(const Parent& parent) {
  for (const auto& table : tables_) {
    if (table->name_space() != parent.name_space || table.get() == parent.table) continue;
    const KeyAttribute& attribute = table->key().hash.front();
    if (attribute.type != parent.value.type()) continue;
    const bool twin = !parent.entity.empty() && EntityOf(NameOf(*table)) == parent.entity;
    if (!twin && !SpeaksOfArchive(WordsOf(NameOf(*table)))) continue;
    if (!Spend()) return true;
    bool found = false;
    stored_.Look({table}, parent.value, std::nullopt, 1, [&](ItemView) {
      found = true;
      return false;
    });
    if (found) return true;
  }
  return false;
}

}  // namespace dynarock::advisor
