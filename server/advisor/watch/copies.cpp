#include "server/advisor/watch/copies.h"

#include <algorithm>

#include "server/advisor/watch/evidence.h"
#include "server/advisor/watch/request_kind.h"
#include "server/advisor/watch/terms.h"

namespace dynarock::advisor {

namespace {

using trace::AccessKind;
using trace::HashBytes;

// A slot: 32 bits of the key's hash, 24 of the time in milliseconds, seven that count copies, and
// whether the item was read since it was last written.
constexpr uint64_t kMostCopies = 127;
constexpr uint64_t kTimeMask = 0xFFFFFF;

constexpr size_t kLongestValue = 2048;  // longer ones are not remembered

uint64_t Elements(ValueView value) {
  const bool has = value.type() == Type::kList || value.type() == Type::kMap || IsSet(value.type());
  return has ? value.count() : 0;
}

// Numbers that two clients may work out from the same one; times and ids are no such numbers.
bool IsSmallNumber(ValueView value) {
  constexpr size_t kLongest = 9;
  return value.type() == Type::kNumber && value.text().size() <= kLongest;
}

// Whether a whole item is another one but for some of its attributes.
bool IsNearly(ItemView item, ItemView other) {
  size_t same = 0;
  for (const auto& [name, value] : item.attributes()) {
    const auto known = other.Find(name);
    if (known && *known == value) ++same;
  }
  return same * 2 >= item.count() && same < item.count();
}

// Whether `ours` is as it was `before`, although `theirs` is not; in maps, one of the entries.
bool IsBack(ValueView before, ValueView theirs, ValueView ours) {
  if (theirs == before) return false;
  if (ours == before) return true;
  if (before.type() != Type::kMap || theirs.type() != Type::kMap || ours.type() != Type::kMap) {
    return false;
  }
  for (const auto& [name, value] : theirs.map()) {
    const auto old = before.map().Find(name);
    const auto kept = ours.map().Find(name);
    if (!old && !kept) return true;
    if (old && kept && IsBack(*old, value, *kept)) return true;
  }
  return false;
}

// Whether a write gives the attribute a value that the client has worked out: SET stock = :n, or a
// whole item.
bool SetsPlainly(const RequestKind& kind, std::string_view attribute) {
  if (kind.access_kind == AccessKind::kPut) return true;
  const std::vector<Term> terms = TermsOf(kind, "UpdateExpression");
  const auto is = [&](const Term& term) { return term.attribute == attribute; };
  return std::count_if(terms.begin(), terms.end(), is) == 1 &&
         std::find_if(terms.begin(), terms.end(), is)->op == "=";
}

}  // namespace

Copies::Held Copies::HeldIn(uint64_t slot, uint64_t key_hash, Moment now) {
  if (slot >> 32 != key_hash >> 32) return {};
  if (((now.ms - (slot >> 8)) & kTimeMask) > kHeldMs) return {};
  return {(slot & 1) != 0, slot >> 1 & kMostCopies};
}

uint64_t Copies::SlotOf(uint64_t key_hash, Held held, Moment now) {
  return key_hash >> 32 << 32 | (now.ms & kTimeMask) << 8 | std::min(held.count, kMostCopies) << 1 |
         (held.fresh ? 1 : 0);
}

void Copies::Read(uint64_t key_hash, uint64_t connection, Moment now) {
  if (key_hash == 0) return;
  std::atomic<uint64_t>& slot = (*slots_)[key_hash % kSlots];
  uint64_t known = slot.load(std::memory_order_relaxed);
  const auto one_more = [&] {
    return SlotOf(key_hash, {.fresh = true, .count = HeldIn(known, key_hash, now).count + 1}, now);
  };
  while (!slot.compare_exchange_weak(known, one_more(), std::memory_order_relaxed)) {
  }
  const uint64_t reader = ReaderOf(key_hash, connection);
  (*readers_)[reader % kSlots].store((reader & ~kTimeMask) | (now.ms & kTimeMask),
                                     std::memory_order_relaxed);
  last_.Note(now);
}

bool Copies::HasRead(uint64_t key_hash, uint64_t connection, Moment now) const {
  const uint64_t reader = ReaderOf(key_hash, connection);
  const uint64_t known = (*readers_)[reader % kSlots].load(std::memory_order_relaxed);
  return ((known ^ reader) & ~kTimeMask) == 0 && ((now.ms - known) & kTimeMask) <= kHeldMs;
}

void Copies::CountWritten(RequestKind& kind, const SeenRequest& seen, const trace::Access& access) {
  const auto count = [&](Count& writes, Offender& offender) {
    writes.Add();
    if (offender.Claim()) {
      offender.Give(ExampleOf(seen.observation, access), seen.observation.user_agent);
    }
  };
  CopyCounts& counts = kind.copies;
  switch (Classify(access, kind, seen.observation.connection, seen.now)) {
    case Written::kOther:
      break;
    case Written::kBack:
      return count(counts.written_back, counts.copy);
    case Written::kSame:
      return count(counts.same_made, counts.same_maker);
    case Written::kUndoing:
      return count(counts.undoing, counts.undoer);
  }
}

Copies::Written Copies::Classify(const trace::Access& access, const RequestKind& kind,
                                 uint64_t connection, Moment now) {
  std::atomic<uint64_t>& slot = (*slots_)[access.key_hash % kSlots];
  const Held held = HeldIn(slot.load(std::memory_order_relaxed), access.key_hash, now);
  if (held.count == 0) return Written::kOther;
  if (kind.conditional || !access.before || !access.after) {
    slot.store(0, std::memory_order_relaxed);
    return Written::kOther;
  }
  slot.store(SlotOf(access.key_hash, {.fresh = false, .count = held.count - 1}, now),
             std::memory_order_relaxed);
  const std::lock_guard lock(mutex_);
  LastWrite& last = writes_[access.key_hash % kWrites];
  // Two writes at once may be seen in the other order than they were done.
  const bool next = last.key_hash == access.key_hash && now.ms <= last.ms + kHeldMs &&
                    last.left == HashBytes(access.before->bytes());
  Written written = Written::kOther;
  if (next && !held.fresh && last.connection != connection &&
      HasRead(access.key_hash, connection, now)) {
    written = Compare(last.changes, access, kind);
  }
  last = {access.key_hash, connection, now.ms, HashBytes(access.after->bytes()),
          ChangesOf(*access.before, *access.after)};
  const bool back = access.kind == AccessKind::kPut && IsNearly(*access.after, *access.before);
  return written == Written::kOther && back ? Written::kBack : written;
}

std::vector<Copies::Change> Copies::ChangesOf(ItemView before, ItemView after) {
  constexpr size_t kMost = 16;
  std::vector<Change> changes;
  for (const auto& [name, value] : after.attributes()) {
    if (changes.size() == kMost) break;
    const auto old = before.Find(name);
    if (old && (*old == value || old->bytes().size() > kLongestValue)) continue;
    changes.push_back({std::string(name), old ? std::string(old->bytes()) : std::string()});
  }
  return changes;
}

// What a write did to the changes that the one before had made, of the same state: it undid some
// when an attribute is as it was, when a list to which the other one added is another one, no
// longer, or when both worked out a number, and not the same.
Copies::Written Copies::Compare(const std::vector<Change>& changes, const trace::Access& access,
                                const RequestKind& kind) {
  Written found = Written::kOther;
  for (const Change& change : changes) {
    const auto theirs = access.before->Find(change.name);
    const auto ours = access.after->Find(change.name);
    if (!theirs) continue;
    if (change.before.empty()) {
      if (!ours) return Written::kUndoing;
      continue;
    }
    if (!ours) continue;
    const ValueView before(change.before.data());
    const bool numbers = IsSmallNumber(*ours) && IsSmallNumber(*theirs) && IsSmallNumber(before);
    if (*ours == *theirs) {
      if (numbers && SetsPlainly(kind, change.name)) found = Written::kSame;
      continue;
    }
    const bool shorter = Elements(*theirs) > Elements(before) && Elements(*ours) > 0 &&
                         Elements(*ours) <= Elements(*theirs);
    const bool overwritten =
        numbers && SetsPlainly(kind, change.name) &&
        (access.kind == AccessKind::kUpdate || IsNearly(*access.after, *access.before));
    if (IsBack(before, *theirs, *ours) || shorter || overwritten) return Written::kUndoing;
  }
  return found;
}

}  // namespace dynarock::advisor
