#include "server/advisor/copies.h"

#include <algorithm>

namespace dynarock::advisor {

namespace {

using protocol::AccessKind;
using protocol::HashBytes;

// A slot: 32 bits of the key's hash, 24 of the time in milliseconds, seven that count copies, and
// whether the item was read since it was last written.
constexpr uint64_t kMostCopies = 127;
constexpr uint64_t kTimeMask = 0xFFFFFF;

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

void Copies::Read(uint64_t key_hash, Moment now) {
  if (key_hash == 0) return;
  std::atomic<uint64_t>& slot = (*slots_)[key_hash % kSlots];
  uint64_t known = slot.load(std::memory_order_relaxed);
  const auto one_more = [&] {
    return SlotOf(key_hash, {.fresh = true, .count = HeldIn(known, key_hash, now).count + 1}, now);
  };
  while (!slot.compare_exchange_weak(known, one_more(), std::memory_order_relaxed)) {
  }
  last_.Note(now);
}

Copies::Written Copies::Write(const protocol::Access& access, bool conditional, uint64_t connection,
                              Moment now) {
  if (access.key_hash == 0 || !last_.Within(kHeldMs, now)) return Written::kOther;
  std::atomic<uint64_t>& slot = (*slots_)[access.key_hash % kSlots];
  const Held held = HeldIn(slot.load(std::memory_order_relaxed), access.key_hash, now);
  if (held.count == 0) return Written::kOther;
  if (conditional || !access.before || !access.after) {
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
  const bool undoing = !held.fresh && next && last.connection != connection &&
                       Undoes(last.changes, *access.before, *access.after);
  last = {access.key_hash, connection, now.ms, HashBytes(access.after->bytes()),
          ChangesOf(*access.before, *access.after)};
  if (undoing) return Written::kUndoing;
  return access.kind == AccessKind::kPut && IsNearly(*access.after, *access.before)
             ? Written::kBack
             : Written::kOther;
}

std::vector<Copies::Change> Copies::ChangesOf(ItemView before, ItemView after) {
  constexpr size_t kMost = 16;
  std::vector<Change> changes;
  for (const auto& [name, value] : after.attributes()) {
    if (changes.size() == kMost) break;
    const auto old = before.Find(name);
    if (old && *old == value) continue;
    changes.push_back(
        {std::string(name), old ? HashBytes(old->bytes()) : 0, old ? Elements(*old) : 0});
  }
  return changes;
}

// Whether a write that left `after` of `before` has undone some of the changes that led to
// `before`: what was changed is as it was, a number is what the other write had made of it already,
// or the list to which the other one had added is another one, no longer.
bool Copies::Undoes(const std::vector<Change>& changes, ItemView before, ItemView after) {
  return std::any_of(changes.begin(), changes.end(), [&](const Change& change) {
    const auto theirs = before.Find(change.name);
    const auto ours = after.Find(change.name);
    if (!theirs) return false;
    if (!ours) return change.before == 0;
    if (change.before == 0) return false;
    if (*ours == *theirs) return IsSmallNumber(*ours);
    if (HashBytes(ours->bytes()) == change.before) return true;
    return Elements(*theirs) > change.elements && Elements(*ours) > 0 &&
           Elements(*ours) <= Elements(*theirs);
  });
}

}  // namespace dynarock::advisor
