// Items that clients have read and write back, changed: whether two of them start from the same
// state, so that the second undoes what the first has done.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "server/advisor/watch/counts.h"
#include "server/advisor/watch/recent.h"
#include "server/advisor/watch/seen.h"
#include "server/trace/trace.h"
#include "storage/item/encoded.h"

namespace dynarock::advisor {

struct RequestKind;

// A copy is an item that a client has read by its key and may write back.
struct CopyCounts {
  Count written_back;   // puts of the whole copy, with some attributes changed
  Offender copy;        // a put that counts as written_back
  Count same_made;      // writes of a number that another client has made of its copy as well
  Offender same_maker;  // a write that counts as same_made
  Count undoing;        // writes that undid what another client wrote since the copy was read
  Offender undoer;      // a write that counts as undoing
};

// Thread safe.
class Copies {
 public:
  // An item was read by its key: the client of the connection has a copy of it.
  void Read(uint64_t key_hash, uint64_t connection, Moment now);

  // Looks at a write that was done. Here, since most often nobody has a copy of anything.
  void LookAtWritten(RequestKind& kind, const SeenRequest& seen, const trace::Access& access) {
    if (access.key_hash == 0 || !last_.Within(kHeldMs, seen.now)) return;
    CountWritten(kind, seen, access);
  }

 private:
  enum class Written : uint8_t {
    kOther,    // not a copy, as far as can be told
    kBack,     // a whole item: the copy, with some attributes changed
    kSame,     // two clients have made the same number of their copies
    kUndoing,  // it undid a write of another connection since the copy was made
  };
  // A copy is written back at most so long after it was read, or after another copy was.
  static constexpr uint64_t kHeldMs = 1000;
  static constexpr size_t kSlots = 1024;
  static constexpr size_t kWrites = 64;

  // Copies of one item: how many are held, and whether it was read since it was last written.
  struct Held {
    bool fresh = false;
    uint64_t count = 0;
  };
  static Held HeldIn(uint64_t slot, uint64_t key_hash, Moment now);
  static uint64_t SlotOf(uint64_t key_hash, Held held, Moment now);

  void CountWritten(RequestKind& kind, const SeenRequest& seen, const trace::Access& access);
  Written Classify(const trace::Access& access, const RequestKind& kind, uint64_t connection,
                   Moment now);
  // What a write changed in an attribute.
  struct Change {
    std::string name;
    std::string before;  // the value, encoded; empty: there was none
  };
  // The last copy of an item that was written back.
  struct LastWrite {
    uint64_t key_hash = 0;
    uint64_t connection = 0;
    uint64_t ms = 0;
    uint64_t left = 0;            // a hash of the item that it left
    std::vector<Change> changes;  // the first few
  };
  static std::vector<Change> ChangesOf(ItemView before, ItemView after);
  static Written Compare(const std::vector<Change>& changes, const trace::Access& access,
                         const RequestKind& kind);
  static uint64_t ReaderOf(uint64_t key_hash, uint64_t connection) {
    return trace::MixHashes(key_hash, connection | 1);
  }
  bool HasRead(uint64_t key_hash, uint64_t connection, Moment now) const;

  LastTime last_;
  // Who has read what: the upper 40 bits of ReaderOf, and the time.
  std::unique_ptr<std::array<std::atomic<uint64_t>, kSlots>> readers_ =
      std::make_unique<std::array<std::atomic<uint64_t>, kSlots>>();
  std::unique_ptr<std::array<std::atomic<uint64_t>, kSlots>> slots_ =
      std::make_unique<std::array<std::atomic<uint64_t>, kSlots>>();
  std::mutex mutex_;
  std::array<LastWrite, kWrites> writes_;
};

}  // namespace dynarock::advisor
