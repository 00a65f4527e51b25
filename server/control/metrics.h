// GET /_dynarock/metrics: what the server has done, for Prometheus.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "server/control/endpoint.h"
#include "server/control/health.h"
#include "server/http/handler.h"
#include "server/protocol/observation.h"
#include "storage/table/store.h"

namespace dynarock::control {

// Counts requests in memory that threads do not share, or hardly: a request costs a few additions.
class Metrics : public protocol::Observer {
 public:
  // `operations`: those that are observed, by the same address as in Observation. All must outlive
  // it.
  Metrics(std::span<const protocol::Operation> operations, const Store& store,
          const Health& health);

  void Observe(const protocol::Observation& observation) override;

  // The text format of Prometheus, version 0.0.4.
  http::Reply Answer() const;

  // GET /_dynarock/metrics. This outlives them.
  std::vector<Endpoint> Endpoints() const;

 private:
  // Upper bounds of the latency histogram in microseconds; above the last one there is +Inf.
  static constexpr std::array<int64_t, 14> kBounds = {50,      100,     250,     500,      1'000,
                                                      2'500,   5'000,   10'000,  25'000,   50'000,
                                                      100'000, 250'000, 500'000, 1'000'000};
  static constexpr size_t kOutcomes = static_cast<size_t>(ErrorKind::kInternalFailure) + 2;
  static constexpr size_t kShards = 8;

  // Of one operation.
  template <typename Number>
  struct Counts {
    std::array<Number, kOutcomes> outcomes{};  // 0: success; then by ErrorKind
    std::array<Number, kBounds.size() + 1> latency{};
    Number nanoseconds{};
    Number bytes_in{};
    Number bytes_out{};
  };
  using Shard = std::unique_ptr<Counts<std::atomic<uint64_t>>[]>;

  Counts<uint64_t> Sum(size_t operation) const;
  void WriteRequests(std::string& out) const;
  void WriteLatency(std::string& out) const;
  void WriteBytes(std::string& out) const;
  void WriteTables(std::string& out) const;
  void WriteProcess(std::string& out) const;

  const std::span<const protocol::Operation> operations_;
  const Store& store_;
  const Health& health_;
  std::array<Shard, kShards> shards_;
};

}  // namespace dynarock::control
