// Requests that follow from the answer of another one: the next page, and GetItems and Queries by
// the values of a list's items.
#include "server/advisor/advisor.h"
#include "server/advisor/watch/request_text.h"

namespace dynarock::advisor {

namespace {

using trace::Access;

constexpr auto kRelaxed = std::memory_order_relaxed;

bool IsShort(const Source& source) {
  constexpr uint32_t kFew = 5;
  return source.returned.load(std::memory_order_relaxed) < kFew;
}

// From how many GetItems after one page on it is a loop.
uint32_t RunLength(const Source& source) {
  return IsShort(source) ? 3 : 5;
}

// Counts a request that goes on from a page: the n-th in a row. A loop over the page sends one
// right after the other, with a few requests of the same round in between at most; those of a few
// other users as well while it does not pause.
uint32_t Step(Source& source, std::atomic<uint32_t>& count, Moment now) {
  constexpr uint64_t kBetween = 3;
  constexpr uint64_t kOfOthers = 12;
  constexpr uint64_t kPauseMs = 20;
  const uint64_t before = source.last_request.exchange(now.request, std::memory_order_relaxed);
  const uint64_t before_ms = source.last_ms.exchange(now.ms, std::memory_order_relaxed);
  const uint64_t most = now.ms > before_ms + kPauseMs ? kBetween : kOfOthers;
  if (now.request > before + most) count.store(0, std::memory_order_relaxed);
  return count.fetch_add(1, std::memory_order_relaxed) + 1;
}

// Adds the n-th request of a run; runs count from their RunLength on.
void AddToRun(uint32_t n, uint32_t least, RequestKind& list, Count& runs, Count& all,
              RequestKind& follower, Count& of_get) {
  if (n < least) return;
  follower.list.store(&list, kRelaxed);
  const uint64_t more = n == least ? n : 1;
  if (n == least) runs.Add();
  all.Add(more);
  of_get.Add(more);
}

// The text of an attribute value of a request when it may be (part of) a key; empty: not one.
std::pair<std::string_view, bool> KeyText(const JsonValue& value) {
  if (!value.IsObject() || value.ObjectEmpty()) return {};
  const auto& [type, text] = value.GetObject().front();
  if (!text.IsString()) return {};
  if (type != "S" && type != "N") return {};
  return {Text(text), type == "N"};
}

}  // namespace

void Advisor::LookAtPage(RequestKind& kind, const Seen& seen, const Access& access) {
  const Moment now = seen.now;
  kind.most_items.Raise(access.items_read);
  kind.most_bytes.Raise(access.bytes_read);
  const auto token = [&](uint64_t hash) { return (hash * 0x9E3779B97F4A7C15u) ^ kind.hash; };
  const auto limit = static_cast<uint64_t>(access.limit);
  if (access.start_hash != 0) {
    if (tokens_.Take(token(access.start_hash))) kind.tokens_followed.Add();
  } else {
    kind.first_pages.Add();
    if (limit > 0) kind.limited_pages.Add();
    if (limit > 0) kind.most_limit.Raise(limit);
    if (!access.forward) kind.backward_pages.Add();
    if (access.segmented) kind.segmented_pages.Add();
    if (access.last_hash != 0) {
      kind.more_pages.Add();
      if (limit == 0) kind.more_unlimited.Add();
      if (limit > 0 && access.filtered && access.items_returned < limit) kind.more_short.Add();
    }
  }
  if (access.last_hash != 0) tokens_.Add(token(access.last_hash));
  if (access.kind == trace::AccessKind::kQuery) LookAtQuery(kind, access, now);
  if (access.result_count < 2) return;
  const uint64_t number = links_.Begin(&kind, access.result_count, now);
  for (const trace::TracedResult& result : seen.observation.trace.results(access)) {
    for (const uint64_t value : seen.observation.trace.values(result)) links_.Add(value, number);
    links_.Add(result.key_hash, number);
  }
}

// The list of which an item has a value that one of the request's key values is made of, such as
// "USER#17ab" of "17ab" or of "MEMBER#17ab"; null: none.
Source* Advisor::ListOfValue(const Access& access, Moment now) {
  if (!links_.Recent(now, kLinkMs)) return nullptr;
  const JsonValue* values =
      FindMember(*access.input,
                 access.kind == trace::AccessKind::kQuery ? "ExpressionAttributeValues" : "Key");
  if (values == nullptr) {
    const JsonValue* keys = FindMember(*access.input, "Keys");  // of a BatchGetItem
    if (keys == nullptr || !keys->IsArray() || keys->Size() != 1) return nullptr;
    values = &(*keys)[0];
  }
  if (!values->IsObject()) return nullptr;
  size_t looked_at = 0;
  for (const auto& member : values->GetObject()) {
    constexpr size_t kMost = 8;
    if (looked_at++ == kMost) break;
    const auto [text, number] = KeyText(member.value);
    Source* source = links_.Take(trace::KeyPartHash(text, number), now, kLinkMs);
    if (source != nullptr) return source;
    // ElectroDB's "$shop#userid_17ab", and ids such as "user_17ab".
    const size_t under = text.rfind('_');
    if (under == std::string_view::npos) continue;
    source = links_.Take(trace::KeyPartHash(text.substr(under + 1), false), now, kLinkMs);
    if (source != nullptr) return source;
  }
  return nullptr;
}

void Advisor::LookAtQuery(RequestKind& kind, const Access& access, Moment now) {
  if (access.start_hash != 0) return;
  Source* source = ListOfValue(access, now);
  if (source == nullptr || IsShort(*source)) return;
  RequestKind& origin = *source->kind.load(kRelaxed);
  AddToRun(Step(*source, source->queried, now), RunLength(*source), origin, origin.query_runs,
           origin.queries, kind, kind.query_gets);
}

// Threads wait for each other where they count the steps of a run, so after some thousand GetItems
// of a kind only every eighth round of 256 requests is watched.
bool Advisor::WatchesLoop(const RequestKind& kind, Moment now) {
  constexpr uint64_t kAllOfFirst = 4096;
  constexpr uint64_t kRounds = 0x700;
  const auto lane = trace::Lane::OfThread(RequestKind::kCells);
  return kind.cells[lane.number].entries.load(kRelaxed) < kAllOfFirst ||
         (now.request & kRounds) == 0;
}

void Advisor::LookAtGet(RequestKind& kind, const Seen& seen, const Access& access) {
  const Moment now = seen.now;
  if (WatchesLoop(kind, now)) {
    kind.loop.Step(access.key_hash, now, seen.sender.agent);
    copies_.Read(access.key_hash, seen.sender.connection, now);
  }
  if (links_.Recent(now, kLinkMs)) FollowList(kind, seen, access);
  if (access.result_count == 0) return;
  // The elements of a list, in this one item.
  const uint64_t number = links_.Begin(&kind, access.result_count, now);
  for (const trace::TracedResult& result : seen.observation.trace.results(access)) {
    for (const uint64_t value : seen.observation.trace.values(result)) links_.Add(value, number);
  }
}

void Advisor::FollowList(RequestKind& kind, const Seen& seen, const Access& access) {
  const Moment now = seen.now;
  Source* source = links_.Take(access.key_hash, now, kLinkMs);
  const bool own_key = source != nullptr;
  if (source == nullptr && access.sort_hash != 0) {
    source = links_.Take(access.sort_hash, now, kLinkMs);
  }
  if (source == nullptr) source = links_.Take(access.partition_hash, now, kLinkMs);
  if (source == nullptr) source = ListOfValue(access, now);
  if (source == nullptr) return;
  RequestKind& origin = *source->kind.load(kRelaxed);
  follow_ups_.Add(access.key_hash, {.kind = &kind, .list = &origin, .agent = seen.sender.agent},
                  now);
  if (!own_key) {
    return AddToRun(Step(*source, source->followed, now), RunLength(*source), origin,
                    origin.follow_runs, origin.follows, kind, kind.follow_gets);
  }
  // An index has no newest state to offer.
  if (access.consistent && !origin.index.empty()) return;
  const uint32_t n = Step(*source, source->fetched, now);
  // Tests list the few items that they made, and look at each. An index that lacks attributes is
  // another matter.
  if (IsShort(*source) && origin.index.empty()) {
    if (n > 1) kind.short_gets.Add();
  } else {
    AddToRun(n, RunLength(*source), origin, origin.fetch_runs, origin.fetches, kind,
             kind.fetch_gets);
  }
}

}  // namespace dynarock::advisor
