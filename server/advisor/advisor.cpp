#include "server/advisor/advisor.h"

#include <algorithm>

#include "server/advisor/watch/evidence.h"
#include "server/advisor/watch/request_text.h"
#include "server/advisor/words/entity_names.h"

namespace dynarock::advisor {

namespace {

using protocol::Observation;
using trace::Access;
using trace::AccessKind;
using trace::HashBytes;

constexpr uint64_t kNeededMs = 5'000;    // a consistent read so long after a write has a reason
constexpr uint64_t kHazardRequests = 8;  // "right after": so few requests in between

std::atomic<uint64_t> advisors{0};

// What the calling thread met last.
struct Remembered {
  uint64_t advisor = 0;
  StorageId table = 0;  // never comes again, other than names
  TableWatch* watch = nullptr;
};
thread_local constinit std::array<Remembered, 16> remembered;

struct LastAgent {
  std::array<char, 256> text;
  size_t size = 0;
  uint64_t hash = 0;
};
thread_local constinit LastAgent last_agent{};

// Of the client's user agent: long, and nearly always the one of the thread's last request.
uint64_t HashOfAgent(std::string_view agent) {
  LastAgent& last = last_agent;
  if (last.hash != 0 && agent == std::string_view(last.text.data(), last.size)) [[likely]] {
    return last.hash;
  }
  const uint64_t hash = HashBytes(agent);
  if (agent.size() > last.text.size()) return hash;
  std::copy(agent.begin(), agent.end(), last.text.begin());
  last.size = agent.size();
  return last.hash = hash;
}

uint64_t Halves(double units) {
  return static_cast<uint64_t>(static_cast<int64_t>(units * 2 + 0.5));
}

// Whether an item has lost something that nobody takes away on purpose.
bool HasLost(const Table& table, ItemView before, ItemView after) {
  for (const auto& [name, value] : before.attributes()) {
    if (after.Find(name)) continue;
    const bool key =
        std::any_of(table.indexes().begin(), table.indexes().end(),
                    [&](const Index& index) { return index.key.Find(name) != nullptr; });
    if (key || StaysForGood(name)) return true;
  }
  return false;
}

// Whether an item has no attributes other than those of another one.
bool HasNoOthers(ItemView item, ItemView than) {
  for (const auto& [name, value] : item.attributes()) {
    if (!than.Find(name)) return false;
  }
  return true;
}

}  // namespace

// What a batch or a transaction came to, by kind of entry: it may have several.
class Advisor::RequestSums {
 public:
  RequestSums() { sums_.clear(); }
  ~RequestSums() {
    for (const Sum& sum : sums_) sum.most->Raise(sum.halves);
  }
  RequestSums(const RequestSums&) = delete;
  RequestSums& operator=(const RequestSums&) = delete;

  // Adds the units of an entry, in halves, to what the kind may have cost most. True for the first
  // entry of the kind.
  bool Add(const RequestKind& kind, Count& most, uint64_t halves) {
    for (Sum& sum : sums_) {
      if (sum.most != &most) continue;
      sum.halves += halves;
      return false;
    }
    sums_.push_back({&kind, &most, halves});
    return true;
  }
  // Whether another kind came before, and whether one of the same table and index did.
  bool AnyBefore(const RequestKind& kind) const {
    return !sums_.empty() && sums_.front().kind != &kind;
  }
  bool AnyBeforeInTable(const RequestKind& kind) const {
    return std::any_of(sums_.begin(), sums_.end(), [&](const Sum& sum) {
      return sum.kind != &kind && sum.kind->table == kind.table && sum.kind->index == kind.index;
    });
  }

 private:
  struct Sum {
    const RequestKind* kind;
    Count* most;
    uint64_t halves;
  };
  // The thread's memory, used again by each request.
  static thread_local std::vector<Sum> sums_;
};
thread_local std::vector<Advisor::RequestSums::Sum> Advisor::RequestSums::sums_;

Advisor::Advisor(Settings settings, const Stored* stored, const Clock& clock)
    : settings_(std::move(settings)),
      stored_(stored),
      clock_(clock),
      number_(++advisors),
      start_(std::chrono::steady_clock::now()),
      start_wall_ms_(clock.now_ms()) {}

TableWatch* Advisor::WatchOf(const Access& access, int64_t wall_ms) {
  const Table* table = access.table;
  const StorageId id = table->storage_id();
  Remembered& slot = remembered[id % remembered.size()];
  if (slot.advisor == number_ && slot.table == id) [[likely]] {
    return slot.watch;
  }
  TableWatch* watch = FindWatch(*table, wall_ms);
  if (watch != nullptr) slot = {number_, id, watch};
  return watch;
}

TableWatch* Advisor::FindWatch(const Table& table, int64_t wall_ms) {
  constexpr size_t kMostTables = 256;
  const std::string name = names_.NameOf(table);
  const std::lock_guard lock(tables_mutex_);
  TableWatch*& watch = tables_by_name_[name];
  if (watch == nullptr) {
    if (tables_.size() >= kMostTables) {
      tables_by_name_.erase(name);
      return nullptr;
    }
    watch = &tables_.emplace_back(name, wall_ms);
  }
  return watch;
}

// Notes the indexes that an UpdateTable made.
void Advisor::LookAtUpdate(const Observation& observation) {
  constexpr size_t kMostAdded = 1000;
  if (observation.error != nullptr || observation.operation.name != "UpdateTable") return;
  const JsonValue* name = FindMember(observation.input, "TableName");
  const JsonValue* updates = FindMember(observation.input, "GlobalSecondaryIndexUpdates");
  if (name == nullptr || !name->IsString() || updates == nullptr || !updates->IsArray()) return;
  const std::string_view given = Text(*name);  // or an ARN
  const std::string table = names_.NameOf(given.substr(given.rfind('/') + 1));
  for (const JsonValue& update : updates->GetArray()) {
    const JsonValue* create = update.IsObject() ? FindMember(update, "Create") : nullptr;
    const JsonValue* index =
        create != nullptr && create->IsObject() ? FindMember(*create, "IndexName") : nullptr;
    if (index == nullptr || !index->IsString()) continue;
    const std::lock_guard lock(tables_mutex_);
    if (added_.size() < kMostAdded) added_.emplace(table, Text(*index));
  }
}

void Advisor::BeforeDrop() {
  if (stored_ == nullptr) return;
  const auto deletions = deletions_.All();
  if (deletions.empty()) return;
  const std::lock_guard lock(trails_mutex_);
  trails_ = OrphanSearch(*stored_, clock_.now_ms()).FollowAll(deletions, trails_);
}

void Advisor::Pause() {
  const std::lock_guard lock(pause_mutex_);
  if (paused()) return;
  paused_since_ = std::chrono::steady_clock::now();
  SetPaused(true);
}

void Advisor::Resume() {
  const std::lock_guard lock(pause_mutex_);
  if (!paused()) return;
  paused_for_ += std::chrono::steady_clock::now() - paused_since_;
  SetPaused(false);
}

void Advisor::Observe(const Observation& observation) {
  const auto accesses = observation.trace.accesses();
  const auto since = observation.finished - start_;
  Seen seen{.observation = observation, .now = {}, .sender = {}, .wall_ms = 0};
  seen.now.ms = static_cast<uint64_t>(
      std::max<int64_t>(0, std::chrono::duration_cast<std::chrono::milliseconds>(since).count()));
  if (!accesses.empty() && (!trace::IsRead(accesses.front().kind) ||
                            writes_.Recent(seen.now, settings_.thresholds.hazard_ms))) {
    // Nobody has touched it of late, so it takes its time to come.
    writes_.Prefetch(accesses.front().key_hash);
  }
  seen.sender = {HashOfAgent(observation.user_agent), observation.connection, observation.number};
  seen.now.request = requests_.Next(seen.now.ms);
  seen.wall_ms = observation.now_ms;
  if (observation.error != nullptr) [[unlikely]] {
    errors_.Look(observation, stored_, seen.now, seen.wall_ms);
  }
  unprocessed_.Look(observation, seen.now, seen.wall_ms);
  if (accesses.size() == 1) [[likely]] {
    return LookAt(seen, accesses.front(), nullptr);
  }
  if (accesses.empty()) LookAtUpdate(observation);
  RequestSums sums;
  for (const Access& access : accesses) LookAt(seen, access, &sums);
}

void Advisor::LookAt(const Seen& seen, const Access& access, RequestSums* sums) {
  RequestKind& kind = kinds_.Find(seen.observation, access, seen.wall_ms);
  const uint64_t number = CountAccess(kind, sums, seen, access);
  if (access.unprocessed) [[unlikely]] {
    return;
  }
  if (access.transactional && sums == nullptr) [[unlikely]] {
    kind.single.Add();
  }
  const bool reads = trace::IsRead(access.kind);
  const uint64_t weight = TableWatch::WeightOfAccess(number);
  TableWatch* watch = reads && weight == 0 ? nullptr : WatchOf(access, seen.wall_ms);
  if (watch != nullptr) {
    watch->Look(seen.observation, access, weight, seen.now.ms / 1000, seen.wall_ms);
  }
  if (!reads) return LookAtWrite(kind, seen, access, watch);
  if (access.kind != AccessKind::kGet) {
    LookAtPage(kind, seen, access);
  } else if (kind.single_get && sums == nullptr) {
    LookAtGet(kind, seen, access);
  }
  LookAtStaleness(kind, seen, access);
}

uint64_t Advisor::CountAccess(RequestKind& kind, RequestSums* sums, const Seen& seen,
                              const Access& access) {
  const auto lane = trace::Lane::OfThread(RequestKind::kCells);
  RequestKind::Cell& cell = kind.cells[lane.number];
  const bool read = trace::IsRead(access.kind);
  // Writes: what they cost in indexes is counted there.
  const uint64_t halves = Halves(read ? access.units() : access.table_units);
  const auto add_to_most = [&](Count& most, uint64_t more) {
    if (sums != nullptr) return sums->Add(kind, most, more);
    most.Raise(more);
    return true;
  };
  if (add_to_most(kind.most_halves, halves)) {
    lane.Add(cell.requests, 1);
    if (sums != nullptr) [[unlikely]] {
      if (sums->AnyBefore(kind)) kind.requests_of_others.Add();
      if (sums->AnyBeforeInTable(kind)) kind.requests_of_others_here.Add();
    }
  }
  const uint64_t number = cell.entries.load(std::memory_order_relaxed);
  lane.Add(cell.entries, 1);
  cell.last_ms.store(seen.wall_ms, std::memory_order_relaxed);
  if (read) {
    lane.Add(cell.read_halves, halves);
    if (access.items_read == 0) return number;
    lane.Add(cell.items_read, access.items_read);
    lane.Add(cell.items_returned, access.items_returned);
    lane.Add(cell.bytes_read, access.bytes_read);
    return number;
  }
  lane.Add(cell.write_halves, halves);
  for (const trace::TracedArm& traced : seen.observation.trace.arms(access)) {
    RequestKind::Arm* arm = kind.ArmOf(traced.index);
    if (arm == nullptr) continue;
    arm->writes.Add();
    arm->halves.Add(Halves(traced.units));
    add_to_most(arm->most_halves, Halves(traced.units));
  }
  return number;
}

void Advisor::LookAtStaleness(RequestKind& kind, const Seen& seen, const Access& access) {
  const Moment now = seen.now;
  if (access.transactional) return;
  const auto written = [&](uint64_t key_hash) { return writes_.Find(key_hash, now); };
  if (access.consistent) {
    kind.Add(&RequestKind::Cell::consistent_reads);
    const auto needed = [&](uint64_t key_hash) {
      const auto moment = written(key_hash);
      return moment && now.ms - moment->ms <= kNeededMs;
    };
    bool any = access.key_hash != 0 && needed(access.key_hash);
    for (const auto& result : seen.observation.trace.results(access))
      any = any || needed(result.key_hash);
    if (any) {
      kind.consistent_needed.Add();
    } else {
      // Of a page the first item stands for all.
      const auto results = seen.observation.trace.results(access);
      consistent_reads_.Add(
          access.key_hash != 0 || results.empty() ? access.key_hash : results.front().key_hash,
          {.kind = &kind, .agent = seen.sender.agent}, now);
    }
    return;
  }
  kind.Add(&RequestKind::Cell::eventual_reads);
  if (!writes_.Recent(now, settings_.thresholds.hazard_ms)) return;
  const auto risky = [&](uint64_t key_hash) {
    const auto moment = written(key_hash);
    return moment && now.ms - moment->ms <= settings_.thresholds.hazard_ms &&
           now.request - moment->request <= kHazardRequests && writes_.Claim(*moment);
  };
  uint64_t met = 0;  // the first item that was written moments before
  bool direct = false;
  bool created = false;
  const auto look = [&](uint64_t key_hash) {
    if (key_hash == 0 || !risky(key_hash)) return;
    if (met == 0) met = key_hash;
    const auto moment = written(key_hash);
    if (!moment || !RecentWrites::IsNext(*moment, seen.sender, now)) return;
    direct = true;
    created = created || moment->created;
  };
  look(access.key_hash);
  for (const auto& result : seen.observation.trace.results(access)) look(result.key_hash);
  if (met == 0) return;
  kind.hazards.Add();
  if (direct) kind.direct_hazards.Add();
  if (created) kind.created_hazards.Add();
  hazards_.Add(met, {.kind = &kind, .agent = seen.sender.agent, .created = created}, now);
}

// Of a write that may have been refused.
void Advisor::LookAtWrite(RequestKind& kind, const Seen& seen, const Access& access,
                          const TableWatch* watch) {
  if (const auto read = consistent_reads_.Take(access.key_hash, seen.now, kNeededMs)) [[unlikely]] {
    read->kind->consistent_needed.Add();
  }
  const Error* error = seen.observation.error;
  if (error == nullptr) [[likely]] {
    return LookAtWritten(kind, seen, access, watch);
  }
  const auto accesses = seen.observation.trace.accesses();
  const auto place = static_cast<size_t>(&access - accesses.data());
  if (error->kind == ErrorKind::kConditionalCheckFailed ||
      (place < error->reasons.size() && error->reasons[place].code == "ConditionalCheckFailed")) {
    kind.condition_failed.Add();
    kind.failed_keys.Add(access.key_hash);
    if (kind.failed.Claim())
      kind.failed.Give(Compact(seen.observation.input), seen.observation.user_agent);
  }
}

void Advisor::LookAtWritten(RequestKind& kind, const Seen& seen, const Access& access,
                            const TableWatch* watch) {
  constexpr auto kRelaxed = std::memory_order_relaxed;
  const Moment now = seen.now;
  if (access.kind == AccessKind::kCheck) return;
  writes_.Add(access.key_hash, now, seen.sender, !access.before);
  if (access.kind == AccessKind::kDelete) {
    const auto read = hazards_.Take(access.key_hash, now, kNeededMs);
    if (read && read->agent == seen.sender.agent &&
        now.request <= read->request + kHazardRequests) {
      read->kind->deleted_hazards.Add();
      if (read->created) read->kind->created_hazards.Subtract();
    }
  }
  if (const auto read = follow_ups_.Take(access.key_hash, now, kLinkMs);
      read && read->agent == seen.sender.agent) [[unlikely]] {
    read->kind->worked.Add();
    read->list->worked.Add();
  }
  if (Source* source = links_.Take(access.key_hash, now, kLinkMs)) [[unlikely]] {
    source->kind.load(kRelaxed)->rewritten.Add();
  }
  LookAtReplacement(kind, seen, access, watch);
  if (access.kind == AccessKind::kDelete && access.before && !access.after && stored_ != nullptr) {
    return deletions_.Add(seen.observation, access, seen.wall_ms);
  }
  if (access.kind != AccessKind::kUpdate || !access.after) return;
  if (access.before) return kind.Add(&RequestKind::Cell::updated);
  kind.created.Add();
  if (watch == nullptr || !watch->IsSmallPart(*access.table, *access.after)) return;
  kind.created_small.Add();
  if (kind.small.Claim()) kind.small.Give(Compact(*access.input), seen.observation.user_agent);
}

// What a write did to an item that was there.
void Advisor::LookAtReplacement(RequestKind& kind, const Seen& seen, const Access& access,
                                const TableWatch* watch) {
  const Observation& observation = seen.observation;
  const auto count = [&](Count& writes, Offender& offender) {
    writes.Add();
    if (offender.Claim()) offender.Give(ExampleOf(observation, access), observation.user_agent);
  };
  const auto written = copies_.Write(access, kind, observation.connection, seen.now);
  if (written == Copies::Written::kBack) count(kind.written_back, kind.copy);
  if (written == Copies::Written::kSame) count(kind.same_made, kind.same_maker);
  if (written == Copies::Written::kUndoing) count(kind.undoing, kind.undoer);
  if (access.kind != AccessKind::kPut || kind.conditional || !access.before || !access.after ||
      watch == nullptr || access.after->count() >= access.before->count()) {
    return;
  }
  if (HasNoOthers(*access.after, *access.before) &&
      watch->IsSmallPart(*access.table, *access.after)) {
    count(kind.put_dropping, kind.dropper);
    if (HasLost(*access.table, *access.before, *access.after)) kind.put_losing.Add();
  }
}

}  // namespace dynarock::advisor
