#include "server/control/metrics.h"

#include <charconv>

#include "server/protocol/reply.h"
#include "server/trace/lane.h"
#include "storage/item/json.h"

namespace dynarock::control {

namespace {

void Describe(std::string_view name, std::string_view type, std::string_view help,
              std::string& out) {
  out.append("# HELP ").append(name).append(" ").append(help).append("\n# TYPE ");
  out.append(name).append(" ").append(type).append("\n");
}

// `text` as a label's value, quotes included. It may come from a request.
std::string Quoted(std::string_view text) {
  const bool utf8 = IsUtf8(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '\n') {
      quoted += "\\n";
    } else if (c == '"' || c == '\\') {
      quoted.append({'\\', c});
    } else {
      quoted += utf8 || static_cast<unsigned char>(c) < 0x80 ? c : '?';
    }
  }
  return quoted + '"';
}

// "0.00025": the shortest text without an exponent.
std::string Seconds(double seconds) {
  char digits[64];
  return {digits,
          std::to_chars(digits, digits + sizeof digits, seconds, std::chars_format::fixed).ptr};
}

void Sample(std::string_view name, std::string_view labels, std::string_view value,
            std::string& out) {
  out.append(name);
  if (!labels.empty()) out.append("{").append(labels).append("}");
  out.append(" ").append(value).append("\n");
}

}  // namespace

Metrics::Metrics(std::span<const protocol::Operation> operations, const Store& store,
                 const Health& health)
    : operations_(operations), store_(store), health_(health) {
  for (Shard& shard : shards_) {
    shard = std::make_unique<Counts<std::atomic<uint64_t>>[]>(operations.size());
  }
}

void Metrics::Observe(const protocol::Observation& observation) {
  const size_t place = static_cast<size_t>(&observation.operation - operations_.data());
  if (place >= operations_.size()) return;
  const auto lane = trace::Lane::OfThread(kShards);
  auto& counts = shards_[lane.number][place];
  const size_t outcome =
      observation.error == nullptr ? 0 : 1 + static_cast<size_t>(observation.error->kind);
  const int64_t spent = observation.spent.count();
  const auto bound = std::lower_bound(kBounds.begin(), kBounds.end(), (spent + 999) / 1000);
  lane.Add(counts.outcomes[outcome], 1);
  lane.Add(counts.latency[static_cast<size_t>(bound - kBounds.begin())], 1);
  lane.Add(counts.nanoseconds, static_cast<uint64_t>(spent));
  lane.Add(counts.bytes_in, observation.request_bytes);
  lane.Add(counts.bytes_out, observation.reply_body.size());
}

Metrics::Counts<uint64_t> Metrics::Sum(size_t operation) const {
  Counts<uint64_t> sum;
  const auto load = [](const auto& number) { return number.load(std::memory_order_relaxed); };
  for (const Shard& shard : shards_) {
    const auto& counts = shard[operation];
    for (size_t i = 0; i < kOutcomes; ++i) sum.outcomes[i] += load(counts.outcomes[i]);
    for (size_t i = 0; i < sum.latency.size(); ++i) sum.latency[i] += load(counts.latency[i]);
    sum.nanoseconds += load(counts.nanoseconds);
    sum.bytes_in += load(counts.bytes_in);
    sum.bytes_out += load(counts.bytes_out);
  }
  return sum;
}

void Metrics::WriteRequests(std::string& out) const {
  constexpr std::string_view kName = "dynarock_requests_total";
  Describe(kName, "counter",
           "Requests that reached an operation, by class of the status and type of the error "
           "(empty: success).",
           out);
  for (size_t i = 0; i < operations_.size(); ++i) {
    const auto counts = Sum(i);
    for (size_t outcome = 0; outcome < kOutcomes; ++outcome) {
      if (counts.outcomes[outcome] == 0) continue;
      const auto kind = static_cast<ErrorKind>(outcome == 0 ? 0 : outcome - 1);
      const std::string_view status = outcome == 0                          ? "2xx"
                                      : kind == ErrorKind::kInternalFailure ? "5xx"
                                                                            : "4xx";
      std::string labels = "operation=" + Quoted(operations_[i].name);
      labels += ",status=" + Quoted(status) +
                ",error=" + Quoted(outcome == 0 ? "" : protocol::ErrorName(kind));
      Sample(kName, labels, std::to_string(counts.outcomes[outcome]), out);
    }
  }
}

void Metrics::WriteLatency(std::string& out) const {
  constexpr std::string_view kName = "dynarock_request_duration_seconds";
  Describe(kName, "histogram", "Time from the parsed body to the written answer, by operation.",
           out);
  for (size_t i = 0; i < operations_.size(); ++i) {
    const auto counts = Sum(i);
    const std::string operation = "operation=" + Quoted(operations_[i].name);
    uint64_t below = 0;
    for (const uint64_t count : counts.latency) below += count;
    const uint64_t all = below;
    if (all == 0) continue;
    below = 0;
    for (size_t bucket = 0; bucket < counts.latency.size(); ++bucket) {
      below += counts.latency[bucket];
      const std::string bound =
          bucket == kBounds.size() ? "+Inf" : Seconds(static_cast<double>(kBounds[bucket]) / 1e6);
      Sample("dynarock_request_duration_seconds_bucket", operation + ",le=" + Quoted(bound),
             std::to_string(below), out);
    }
    Sample("dynarock_request_duration_seconds_sum", operation,
           Seconds(static_cast<double>(counts.nanoseconds) / 1e9), out);
    Sample("dynarock_request_duration_seconds_count", operation, std::to_string(all), out);
  }
}

void Metrics::WriteBytes(std::string& out) const {
  const auto write = [&](std::string_view name, std::string_view help,
                         uint64_t Counts<uint64_t>::* member) {
    Describe(name, "counter", help, out);
    for (size_t i = 0; i < operations_.size(); ++i) {
      const uint64_t bytes = Sum(i).*member;
      if (bytes == 0) continue;
      Sample(name, "operation=" + Quoted(operations_[i].name), std::to_string(bytes), out);
    }
  };
  write("dynarock_request_bytes_total", "Bytes of request bodies, decoded.",
        &Counts<uint64_t>::bytes_in);
  write("dynarock_response_bytes_total", "Bytes of answers' bodies, before compression.",
        &Counts<uint64_t>::bytes_out);
}

void Metrics::WriteTables(std::string& out) const {
  struct Row {
    std::string labels;
    int64_t items;
    int64_t bytes;
  };
  std::vector<Row> rows;
  size_t tables = 0;
  const int64_t now = store_.now_ms();
  for (const auto& table : store_.All()) {
    if (table->GoneAt(now)) continue;
    ++tables;
    const std::string labels =
        "namespace=" + Quoted(table->name_space()) + ",table=" + Quoted(table->name());
    const auto add = [&](std::string_view index, const Counters& counters) {
      rows.push_back(
          {labels + ",index=" + Quoted(index), counters.items.load(), counters.bytes.load()});
    };
    add("", table->state().counters);
    for (const Index& index : table->indexes()) {
      if (!index.deleting && index.counters) add(index.name, *index.counters);
    }
  }
  Describe("dynarock_tables", "gauge", "Tables of all namespaces.", out);
  Sample("dynarock_tables", "", std::to_string(tables), out);
  Describe("dynarock_table_items", "gauge", "Items of a table (index is empty) or an index.", out);
  for (const Row& row : rows) {
    Sample("dynarock_table_items", row.labels, std::to_string(row.items), out);
  }
  Describe("dynarock_table_size_bytes", "gauge", "Bytes of these items, as DynamoDB counts them.",
           out);
  for (const Row& row : rows) {
    Sample("dynarock_table_size_bytes", row.labels, std::to_string(row.bytes), out);
  }
}

void Metrics::WriteProcess(std::string& out) const {
  Describe("dynarock_build_info", "gauge", "The server's version, as a label.", out);
  Sample("dynarock_build_info", "version=" + Quoted(DYNAROCK_VERSION), "1", out);
  Describe("dynarock_ready", "gauge", "1 once schema and seed data are loaded.", out);
  Sample("dynarock_ready", "", health_.ready() ? "1" : "0", out);
  Describe("dynarock_uptime_seconds", "gauge", "Time since the start.", out);
  Sample("dynarock_uptime_seconds", "", Seconds(health_.uptime()), out);
  Describe("process_resident_memory_bytes", "gauge", "Resident memory size in bytes.", out);
  Sample("process_resident_memory_bytes", "", std::to_string(MemoryGauge::Resident()), out);
  const MemoryGauge* memory = store_.memory();
  if (memory == nullptr) return;
  Describe("dynarock_memory_limit_bytes", "gauge", "What --memory-limit says.", out);
  Sample("dynarock_memory_limit_bytes", "", std::to_string(memory->limit()), out);
  Describe("dynarock_memory_data_limit_bytes", "gauge",
           "Resident memory above which writes that grow data are refused.", out);
  Sample("dynarock_memory_data_limit_bytes", "", std::to_string(memory->data_limit()), out);
  Describe("dynarock_memory_refusals_total", "counter",
           "Writes, bodies and answers refused for it.", out);
  Sample("dynarock_memory_refusals_total", "", std::to_string(memory->refusals()), out);
}

http::Reply Metrics::Answer() const {
  http::Reply reply;
  reply.content_type = "text/plain; version=0.0.4; charset=utf-8";
  WriteRequests(reply.body);
  WriteLatency(reply.body);
  WriteBytes(reply.body);
  WriteTables(reply.body);
  WriteProcess(reply.body);
  return reply;
}

std::vector<Endpoint> Metrics::Endpoints() const {
  return {{.method = "GET",
           .path = "/_dynarock/metrics",
           .summary = "counters and gauges for Prometheus",
           .answer = [this](const http::Request&) { return Answer(); },
           .takes_long = true}};
}

}  // namespace dynarock::control
