#include "server/advisor/watch/follow_ups.h"

#include <string_view>
#include <utility>

#include "server/advisor/watch/answer_values.h"
#include "server/advisor/watch/request_kind.h"

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

// One way in which requests go on from a list: what is counted of them, at the list and at the one
// that follows.
struct Way {
  std::atomic<uint32_t> Source::* step;
  Count FollowUpCounts::* runs;
  Count FollowUpCounts::* all;
  Count FollowUpCounts::* of_follower;
};
constexpr Way kFetch{&Source::fetched, &FollowUpCounts::fetch_runs, &FollowUpCounts::fetches,
                     &FollowUpCounts::fetch_gets};
constexpr Way kFollow{&Source::followed, &FollowUpCounts::follow_runs, &FollowUpCounts::follows,
                      &FollowUpCounts::follow_gets};
constexpr Way kQuery{&Source::queried, &FollowUpCounts::query_runs, &FollowUpCounts::queries,
                     &FollowUpCounts::query_gets};

// Adds the n-th request of a run; runs count from their RunLength on.
void AddToRun(uint32_t n, const Source& source, const Way& way, RequestKind& follower) {
  const uint32_t least = RunLength(source);
  if (n < least) return;
  RequestKind& list = *source.kind.load(kRelaxed);
  follower.follow_ups.list.store(&list, kRelaxed);
  const uint64_t more = n == least ? n : 1;
  if (n == least) (list.follow_ups.*way.runs).Add();
  (list.follow_ups.*way.all).Add(more);
  (follower.follow_ups.*way.of_follower).Add(more);
}

void GoOn(Source& source, const Way& way, RequestKind& follower, Moment now) {
  AddToRun(Step(source, source.*way.step, now), source, way, follower);
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

FollowUpCounts::FollowUpCounts(const FollowUpCounts& other)
    : fetch_runs(other.fetch_runs),
      fetches(other.fetches),
      follow_runs(other.follow_runs),
      follows(other.follows),
      query_runs(other.query_runs),
      queries(other.queries),
      rewritten(other.rewritten),
      worked(other.worked),
      fetch_gets(other.fetch_gets),
      follow_gets(other.follow_gets),
      query_gets(other.query_gets),
      short_gets(other.short_gets),
      list(other.list.load(kRelaxed)) {}

void FollowUps::LookAtPage(RequestKind& kind, const SeenRequest& seen, const Access& access) {
  const Moment now = seen.now;
  if (access.kind == trace::AccessKind::kQuery) FollowWithQuery(kind, access, now);
  if (access.result_count < 2) return;
  const uint64_t number = links_.Begin(&kind, access.result_count, now);
  for (const trace::TracedResult& result : seen.observation.trace.results(access)) {
    for (const uint64_t value : seen.observation.trace.values(result)) links_.Add(value, number);
    links_.Add(result.key_hash, number);
  }
}

// The list of which an item has a value that one of the request's key values is made of, such as
// "USER#17ab" of "17ab" or of "MEMBER#17ab"; null: none.
Source* FollowUps::ListOfValue(const Access& access, Moment now) {
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
    Source* source = links_.Take(KeyPartHash(text, number), now, kLinkMs);
    if (source != nullptr) return source;
    // ElectroDB's "$shop#userid_17ab", and ids such as "user_17ab".
    const size_t under = text.rfind('_');
    if (under == std::string_view::npos) continue;
    source = links_.Take(KeyPartHash(text.substr(under + 1), false), now, kLinkMs);
    if (source != nullptr) return source;
  }
  return nullptr;
}

void FollowUps::FollowWithQuery(RequestKind& kind, const Access& access, Moment now) {
  if (access.start_hash != 0) return;
  Source* source = ListOfValue(access, now);
  if (source != nullptr && !IsShort(*source)) GoOn(*source, kQuery, kind, now);
}

void FollowUps::LookAtGet(RequestKind& kind, const SeenRequest& seen, const Access& access) {
  const Moment now = seen.now;
  if (links_.Recent(now, kLinkMs)) FollowWithGet(kind, seen, access);
  if (access.result_count == 0) return;
  // The elements of a list, in this one item.
  const uint64_t number = links_.Begin(&kind, access.result_count, now);
  for (const trace::TracedResult& result : seen.observation.trace.results(access)) {
    for (const uint64_t value : seen.observation.trace.values(result)) links_.Add(value, number);
  }
}

void FollowUps::FollowWithGet(RequestKind& kind, const SeenRequest& seen, const Access& access) {
  const Moment now = seen.now;
  Source* source = links_.Take(access.key_hash, now, kLinkMs);
  const bool own_key = source != nullptr;
  if (source == nullptr && access.sort_hash != 0) {
    source = links_.Take(access.sort_hash, now, kLinkMs);
  }
  if (source == nullptr) source = links_.Take(access.partition_hash, now, kLinkMs);
  if (source == nullptr) source = ListOfValue(access, now);
  if (source == nullptr) return;
  RequestKind& list = *source->kind.load(kRelaxed);
  gets_.Add(access.key_hash, {.kind = &kind, .list = &list, .agent = seen.sender.agent}, now);
  if (!own_key) return GoOn(*source, kFollow, kind, now);
  // An index has no newest state to offer.
  if (access.consistent && !list.index.empty()) return;
  // Tests list the few items that they made, and look at each. An index that lacks attributes is
  // another matter.
  if (!IsShort(*source) || !list.index.empty()) return GoOn(*source, kFetch, kind, now);
  if (Step(*source, source->fetched, now) > 1) kind.follow_ups.short_gets.Add();
}

void FollowUps::LookAtWritten(const SeenRequest& seen, const Access& access) {
  if (const auto read = gets_.Take(access.key_hash, seen.now, kLinkMs);
      read && read->agent == seen.sender.agent) [[unlikely]] {
    read->kind->follow_ups.worked.Add();
    read->list->follow_ups.worked.Add();
  }
  if (Source* source = links_.Take(access.key_hash, seen.now, kLinkMs)) [[unlikely]] {
    source->kind.load(kRelaxed)->follow_ups.rewritten.Add();
  }
}

}  // namespace dynarock::advisor
