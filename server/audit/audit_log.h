// The audit trail: every request as one line of JSON in a file.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <expected>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "server/audit/line_file.h"
#include "server/protocol/observation.h"

namespace dynarock::audit {

// Requests append to a buffer; a thread of its own writes it to the file, at least every 100 ms. A
// request waits only while 32 MB are unwritten; what the disk refuses is dropped rather than waited
// for (LineFile). Members of a line: docs/audit.md.
class AuditLog final : public protocol::Observer {
 public:
  // Appends to the file. `values`: keys, values and error messages are written as they are;
  // without, keys as hashes (equal keys have equal hashes during one run) and statements without
  // literals. Error: one line, why the file cannot be written.
  static std::expected<std::unique_ptr<AuditLog>, std::string> Open(const std::string& path,
                                                                    bool values);
  // Writes what is left.
  ~AuditLog() override;

  void Observe(const protocol::Observation& observation) override;
  bool WantsTrace() const override { return true; }

 private:
  AuditLog(LineFile file, bool values);
  std::string LineOf(const protocol::Observation& observation) const;
  void WriteAccess(JsonWriter& out, const protocol::Observation& observation,
                   const trace::Access& access) const;
  void WriteRequest(JsonWriter& out, const JsonValue& input) const;
  void WriteNamed(JsonWriter& out, const JsonValue& input) const;
  void WriteExpressions(JsonWriter& out, const JsonValue& input, bool refused) const;
  void WriteValues(JsonWriter& out, const JsonValue& input) const;
  void Run();

  LineFile file_;  // of the thread
  const bool values_;
  const uint64_t salt_;
  std::mutex mutex_;
  std::condition_variable filled_;
  std::condition_variable written_;
  std::string pending_;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace dynarock::audit
