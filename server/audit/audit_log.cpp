#include "server/audit/audit_log.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <random>
#include <vector>

#include "expression/loose_text.h"
#include "server/protocol/named_entries.h"
#include "server/protocol/reply.h"
#include "server/trace/expressions.h"
#include "storage/catalog/table.h"
#include "storage/clock/iso_time.h"
#include "storage/item/json_text.h"

namespace dynarock::audit {

namespace {

using protocol::Observation;
using trace::Access;

constexpr size_t kMostPending = 32u << 20;
constexpr size_t kEnough = 256u << 10;
constexpr auto kEvery = std::chrono::milliseconds(100);

std::string Hex(uint64_t number) {
  std::array<char, 20> text;
  const int length =
      std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(number));
  return {text.data(), static_cast<size_t>(length)};
}

constexpr std::array<std::string_view, 5> kNamesOfTable = {"TableName", "ResourceArn", "TableArn",
                                                           "StreamArn", "TargetTableName"};

// The table's name of a name or of an ARN: that of the table, or of an index or stream of it.
std::string_view TableOf(std::string_view name) {
  constexpr std::string_view kMark = ":table/";
  const size_t at = name.starts_with("arn:") ? name.find(kMark) : std::string_view::npos;
  if (at == std::string_view::npos) return name;
  name.remove_prefix(at + kMark.size());
  return name.substr(0, name.find('/'));
}

void WriteMember(JsonWriter& out, const JsonValue& input, std::string_view member,
                 std::string_view name) {
  const JsonValue* value = FindMember(input, member);
  if (value == nullptr) return;
  out.Key(name);
  AppendJson(*value, out.Slot());
}

}  // namespace

std::expected<std::unique_ptr<AuditLog>, std::string> AuditLog::Open(const std::string& path,
                                                                     bool values) {
  auto file = LineFile::Open(path);
  if (!file) return std::unexpected("--audit " + path + ": " + file.error());
  return std::unique_ptr<AuditLog>(new AuditLog(*std::move(file), values));
}

AuditLog::AuditLog(LineFile file, bool values)
    : file_(std::move(file)),
      values_(values),
      salt_((uint64_t{std::random_device()()} << 32) | std::random_device()()),
      thread_([this] { Run(); }) {}

AuditLog::~AuditLog() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  filled_.notify_all();
  thread_.join();
}

void AuditLog::Run() {
  std::unique_lock lock(mutex_);
  std::string writing;
  while (!stop_ || !pending_.empty()) {
    filled_.wait_for(lock, kEvery, [&] { return stop_ || pending_.size() >= kEnough; });
    if (pending_.empty()) continue;
    writing.swap(pending_);
    lock.unlock();
    file_.Append(writing);
    writing.clear();
    lock.lock();
    written_.notify_all();
  }
}

void AuditLog::WriteAccess(JsonWriter& out, const Observation& observation,
                           const Access& access) const {
  if (observation.trace.accesses().size() > 1) out.Member("kind", trace::AccessName(access.kind));
  out.Member("table", access.table->name());
  if (access.index != nullptr) out.Member("index", access.index->name);
  if (access.key_hash != 0 && !values_) {
    // Of the key's values; the run's salt keeps them from being looked up in a table of guesses.
    const uint64_t parts[] = {access.key_hash, salt_};
    out.Member("keyHash",
               Hex(trace::HashBytes({reinterpret_cast<const char*>(parts), sizeof parts}, salt_)));
  }
  WriteExpressions(out, *access.input, false);
  WriteValues(out, *access.input);
  const bool read = trace::IsRead(access.kind);
  out.MemberDouble(read ? "readUnits" : "writeUnits", access.units());
  if (!read) return;
  out.Member("itemsRead", static_cast<int64_t>(access.items_read));
  out.Member("itemsReturned", static_cast<int64_t>(access.items_returned));
}

void AuditLog::WriteExpressions(JsonWriter& out, const JsonValue& input, bool refused) const {
  const auto expressions = trace::ExpressionsOf(input);
  if (expressions.empty()) return;
  out.Key("expressions");
  out.BeginObject();
  for (const auto& [name, text] : expressions) {
    // What was refused may have values where none belong.
    const bool literals = (name == "Statement" || refused) && !values_;
    out.Member(name, literals ? expression::WithoutLiterals(text) : text);
  }
  out.EndObject();
}

void AuditLog::WriteValues(JsonWriter& out, const JsonValue& input) const {
  if (!values_) return;
  WriteMember(out, input, "Key", "key");
  WriteMember(out, input, "Item", "item");
  WriteMember(out, input, "ExpressionAttributeValues", "values");
  WriteMember(out, input, "Parameters", "parameters");
}

// What a request, or an entry of one, says of itself.
void AuditLog::WriteNamed(JsonWriter& out, const JsonValue& input) const {
  for (const std::string_view member : kNamesOfTable) {
    const JsonValue* name = FindMember(input, member);
    if (name == nullptr || !name->IsString()) continue;
    out.Member("table", TableOf(Text(*name)));
    break;
  }
  const JsonValue* index = FindMember(input, "IndexName");
  if (index != nullptr && index->IsString()) out.Member("index", Text(*index));
  WriteExpressions(out, input, true);
  WriteValues(out, input);
}

// A request that did nothing to tables or items: it was refused, or only asks about tables.
void AuditLog::WriteRequest(JsonWriter& out, const JsonValue& input) const {
  if (!input.IsObject()) return;
  WriteNamed(out, input);
  const auto entries = protocol::NamedEntries(input);
  if (entries.empty()) return;
  out.Key("entries");
  out.BeginArray();
  for (const protocol::NamedEntry& entry : entries) {
    out.BeginObject();
    if (!entry.table.empty()) out.Member("table", TableOf(entry.table));
    if (entry.input != nullptr && entry.input->IsObject()) WriteNamed(out, *entry.input);
    out.EndObject();
  }
  out.EndArray();
}

std::string AuditLog::LineOf(const Observation& observation) const {
  std::string line;
  JsonWriter out(line);
  out.BeginObject();
  out.Member("time", IsoTime(observation.now_ms));
  out.Member("requestId", observation.request_id);
  out.Member("operation", observation.operation.name);
  const auto accesses = observation.trace.accesses();
  if (accesses.size() == 1) {
    WriteAccess(out, observation, accesses.front());
  } else if (!accesses.empty()) {
    out.Key("entries");
    out.BeginArray();
    for (const Access& access : accesses) {
      out.BeginObject();
      WriteAccess(out, observation, access);
      out.EndObject();
    }
    out.EndArray();
  } else if (const auto changes = observation.trace.table_changes(); !changes.empty()) {
    out.Member("table", changes.front().table().name());
  } else {
    WriteRequest(out, observation.sent);
  }
  out.Member("status", static_cast<int64_t>(observation.status));
  if (observation.error != nullptr) {
    out.Member("error", protocol::ErrorName(observation.error->kind));
    if (values_) out.Member("message", observation.error->message);
  }
  const std::chrono::duration<double, std::milli> latency = observation.spent;
  out.MemberDouble("latencyMs", latency.count());
  if (IsUtf8(observation.user_agent) && !observation.user_agent.empty()) {
    out.Member("userAgent", observation.user_agent);
  }
  out.EndObject();
  line += '\n';
  return line;
}

void AuditLog::Observe(const Observation& observation) {
  const std::string line = LineOf(observation);
  std::unique_lock lock(mutex_);
  written_.wait(lock, [&] { return pending_.size() < kMostPending; });
  pending_ += line;
  if (pending_.size() >= kEnough) filled_.notify_one();
}

}  // namespace dynarock::audit
