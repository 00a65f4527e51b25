#include "server/advisor/watch/error_watch.h"

#include <algorithm>

#include "server/advisor/watch/locks.h"
#include "server/advisor/watch/request_text.h"
#include "server/advisor/watch/terms.h"
#include "server/protocol/named_entries.h"
#include "server/trace/expressions.h"

namespace dynarock::advisor {

namespace {

using protocol::Observation;
using trace::HashBytes;

std::string TableOf(const Observation& observation) {
  const auto accesses = observation.trace.accesses();
  if (!accesses.empty()) return accesses.front().table->name();
  return std::string(protocol::NamedTable(observation.sent));
}

// The table that the i-th action of a transaction, or the only table that a batch, writes to; of
// other requests their table.
std::string TableOfAction(const Observation& observation, size_t action) {
  const auto accesses = observation.trace.accesses();
  const size_t actions = observation.error->reasons.size();
  if (action < actions && accesses.size() == actions) return accesses[action].table->name();
  const auto named = protocol::NamedEntries(observation.input);
  if (action < named.size() && named[action].input != nullptr) {
    const std::string_view table = protocol::NamedTable(*named[action].input);
    if (!table.empty()) return std::string(table);
  }
  if (named.size() == 1 && !named.front().table.empty()) return std::string(named.front().table);
  return TableOf(observation);
}

// Whether it failed a condition that fails by design: of a write that KeepsCountInBounds or
// LooksLikeLock.
bool FailedByDesign(const Observation& observation, std::string_view table) {
  const JsonValue* condition = FindMember(observation.input, "ConditionExpression");
  const JsonValue* update = FindMember(observation.input, "UpdateExpression");
  if (observation.error->kind != ErrorKind::kConditionalCheckFailed || condition == nullptr) {
    return false;
  }
  const std::string_view change = update == nullptr ? std::string_view() : Text(*update);
  const AttributeNames names = trace::NamesOf(observation.input);
  return KeepsCountInBounds(Text(*condition), change, names) ||
         LooksLikeLock(Text(*condition), change, names, table);
}

// What tells a request that failed from others. Of a transaction that met another one: the items
// where they met, since a retry may write its log entry under a new key.
uint64_t HashOfRequest(const Observation& observation) {
  const uint64_t seed = HashBytes(observation.operation.name);
  const auto& reasons = observation.error->reasons;
  const auto accesses = observation.trace.accesses();
  uint64_t conflicts = 0;
  for (size_t i = 0; i < reasons.size() && reasons.size() == accesses.size(); ++i) {
    if (reasons[i].code == "TransactionConflict") conflicts += accesses[i].key_hash;
  }
  if (conflicts != 0) return seed * 31 + conflicts;
  uint64_t sum = seed;
  for (const auto& member : observation.sent.GetObject()) {
    // The SDKs make a new one for each call.
    if (member.name == "ClientRequestToken") continue;
    sum += HashOfContents(member.value, HashBytes(member.name, seed));
  }
  return sum;
}

bool IsTooLarge(Cause cause) {
  return cause == Cause::kItemTooLarge || cause == Cause::kItemToUpdateTooLarge;
}

std::string_view NameOf(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kConditionalCheckFailed:
      return "ConditionalCheckFailedException";
    case ErrorKind::kTransactionCanceled:
      return "TransactionCanceledException";
    case ErrorKind::kTransactionConflict:
      return "TransactionConflictException";
    case ErrorKind::kTransactionInProgress:
      return "TransactionInProgressException";
    case ErrorKind::kResourceNotFound:
      return "ResourceNotFoundException";
    case ErrorKind::kResourceInUse:
      return "ResourceInUseException";
    case ErrorKind::kLimitExceeded:
      return "LimitExceededException";
    case ErrorKind::kInternalFailure:
      return "InternalServerError";
    case ErrorKind::kValidation:
      return "ValidationException";
    default:
      return "an error";
  }
}

}  // namespace

void ErrorWatch::Look(const Observation& observation, const Stored* stored, Moment now,
                      int64_t wall_ms) {
  const std::vector<UndefinedInput> undefined = UndefinedInputs(observation, stored);
  const std::lock_guard lock(mutex_);
  ++failures_;
  LookAtRepeat(observation, now, wall_ms);
  LookAtSize(observation, wall_ms);
  LookAtIndexKey(observation, *observation.error, 0, wall_ms);
  const auto& reasons = observation.error->reasons;
  for (size_t i = 0; i < reasons.size(); ++i) {
    LookAtIndexKey(observation, reasons[i], i, wall_ms);
  }
  for (const UndefinedInput& found : undefined) AddUndefined(observation, found, wall_ms);
}

void ErrorWatch::AddUndefined(const Observation& observation, const UndefinedInput& found,
                              int64_t wall_ms) {
  std::string table = names_.NameOf(found.table.empty() ? TableOf(observation) : found.table);
  if (table.empty()) {
    const auto named = protocol::NamedEntries(observation.input);
    const bool one_action = named.size() == 1 && named.front().input != nullptr;
    if (one_action) table = names_.NameOf(TableOfAction(observation, 0));
  }
  const std::string key = std::string(observation.operation.name) + '\n' + table + '\n' +
                          std::string(found.what) + '\n' + found.attribute;
  if (!undefined_.contains(key) && undefined_.size() >= kMostUndefined) return;
  Undefined& entry = undefined_[key];
  if (!entry.seen.See(wall_ms)) return;
  entry.operation = observation.operation.name;
  entry.table = table;
  entry.what = found.what;
  entry.attribute = found.attribute;
  entry.message = observation.error->message;
  entry.cause = observation.error->cause;
  entry.seen.example = Compact(observation.sent);
  entry.seen.user_agent = observation.user_agent;
}

void ErrorWatch::LookAtSize(const Observation& observation, int64_t wall_ms) {
  const Error& error = *observation.error;
  if (!IsTooLarge(error.cause) &&
      std::none_of(error.reasons.begin(), error.reasons.end(),
                   [](const auto& reason) { return IsTooLarge(reason.cause); })) {
    return;
  }
  const std::string table = names_.NameOf(TableOf(observation));
  const std::string key = std::string(observation.operation.name) + '\n' + table;
  if (!too_large_.contains(key) && too_large_.size() >= kMostTooLarge) return;
  TooLarge& entry = too_large_[key];
  entry.seen.See(wall_ms);
  if (observation.request_bytes <= entry.largest && entry.seen.count > 1) return;
  entry.operation = observation.operation.name;
  entry.table = table;
  entry.largest = observation.request_bytes;
  entry.seen.example = Compact(observation.sent);
  entry.seen.user_agent = observation.user_agent;
}

bool ErrorWatch::OthersSucceeded(const Row& row, Moment now) const {
  const uint64_t others = now.request - std::min(now.request, row.request + 1);
  const uint64_t failed = failures_ - row.failures - 1;
  return others > 2 * failed;
}

template <class Failure>
void ErrorWatch::LookAtIndexKey(const Observation& observation, const Failure& failure,
                                size_t action, int64_t wall_ms) {
  const bool mismatch = failure.cause == Cause::kIndexKeyTypeMismatch;
  const bool empty = failure.cause == Cause::kEmptyIndexKey;
  if (!mismatch && !empty && failure.cause != Cause::kUpdatedIndexKeyTypeMismatch) return;
  // A page token may have the wrong type as well.
  if (observation.operation.name == "Query" || observation.operation.name == "Scan") return;
  const std::string table = names_.NameOf(TableOfAction(observation, action));
  const Facts& facts = failure.facts;
  const std::string& index = facts->index;
  const std::string& attribute = facts->attribute;
  const std::string key = table + '\n' + index + '\n' + attribute;
  if (!refused_keys_.contains(key) && refused_keys_.size() >= kMostRefusedKeys) return;
  RefusedKey& entry = refused_keys_[key];
  entry.values.insert(mismatch ? facts->actual + " instead of " + facts->expected
                      : empty  ? "an empty value"
                               : "another type than the index has");
  if (!entry.seen.See(wall_ms)) return;
  entry.table = table;
  entry.index = index;
  entry.attribute = attribute;
  entry.operation = observation.operation.name;
  entry.message = failure.message;
  entry.seen.example = Compact(observation.sent);
  entry.seen.user_agent = observation.user_agent;
}

void ErrorWatch::LookAtRepeat(const Observation& observation, Moment now, int64_t wall_ms) {
  if (rows_.size() >= kMostRows) {
    std::erase_if(rows_, [&](const auto& row) { return row.second.last_ms + 1000 < now.ms; });
    if (rows_.size() >= kMostRows) rows_.clear();
  }
  // Of one connection: who retries waits for the answer and then uses it again. Clients that race
  // for one item, each of them once, have their own.
  Row& row = rows_[HashOfRequest(observation) ^ observation.connection * 0x9E3779B97F4A7C15u];
  // What was under way before the answer came is another client's request.
  const bool after_answer = observation.finished - observation.spent >= row.answered;
  row.answered = std::max(row.answered, observation.finished);
  if (row.attempts > 0 && !after_answer) return;
  const uint64_t gap = now.ms - std::min(row.last_ms, now.ms);
  if (row.attempts == 0 || gap > kTightMs || OthersSucceeded(row, now)) {
    row.attempts = 1;
    row.longest_gap_ms = 0;
  } else {
    ++row.attempts;
    row.longest_gap_ms = std::max(row.longest_gap_ms, gap);
  }
  row.last_ms = now.ms;
  row.request = now.request;
  row.failures = failures_;
  constexpr uint64_t kWorthKeeping = 4;
  if (row.attempts < kWorthKeeping) return;
  const std::string table = names_.NameOf(TableOf(observation));
  const bool by_design = FailedByDesign(observation, table);
  const std::string key = std::string(observation.operation.name) + '\n' + table + '\n' +
                          std::string(NameOf(observation.error->kind)) +
                          (by_design ? "\nby design" : "");
  if (!repeats_.contains(key) && repeats_.size() >= kMostRepeats) return;
  Repeat& repeat = repeats_[key];
  if (repeat.seen.See(wall_ms)) {
    repeat.operation = observation.operation.name;
    repeat.table = table;
    repeat.error = NameOf(observation.error->kind);
    repeat.by_design = by_design;
    repeat.seen.example = Compact(observation.sent);
    repeat.seen.user_agent = observation.user_agent;
  }
  if (row.attempts > repeat.attempts) {
    repeat.attempts = row.attempts;
    repeat.longest_gap_ms = row.longest_gap_ms;
  }
}

std::vector<ErrorWatch::Undefined> ErrorWatch::undefined() const {
  const std::lock_guard lock(mutex_);
  std::vector<Undefined> all;
  for (const auto& [key, entry] : undefined_) all.push_back(entry);
  return all;
}

std::vector<ErrorWatch::TooLarge> ErrorWatch::too_large() const {
  const std::lock_guard lock(mutex_);
  std::vector<TooLarge> all;
  for (const auto& [key, entry] : too_large_) all.push_back(entry);
  return all;
}

std::vector<ErrorWatch::RefusedKey> ErrorWatch::refused_keys() const {
  const std::lock_guard lock(mutex_);
  std::vector<RefusedKey> all;
  for (const auto& [key, entry] : refused_keys_) all.push_back(entry);
  return all;
}

std::vector<ErrorWatch::Repeat> ErrorWatch::repeats() const {
  const std::lock_guard lock(mutex_);
  std::vector<Repeat> all;
  for (const auto& [key, entry] : repeats_) all.push_back(entry);
  return all;
}

}  // namespace dynarock::advisor
