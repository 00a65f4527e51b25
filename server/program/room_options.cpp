#include "server/program/room_options.h"

#include <string_view>
#include <utility>

#include <spdlog/spdlog.h>

#include "server/document/file.h"
#include "server/operations/registry.h"
#include "server/protocol/reply.h"

namespace dynarock::program {

namespace {

// To a body or with an answer for which there is no memory at this moment: worth another try.
http::Reply NoRoomReply(const Config& config) {
  http::Reply reply = protocol::ErrorReply(
      Internal("There is not enough memory for this request at the moment"), protocol::kAmzJson);
  if (config.hints) {
    reply.fields.emplace_back("x-dynarock-hint",
                              "large requests and answers in flight hold what --memory-limit (" +
                                  std::to_string(config.memory_limit >> 20) +
                                  " MB) leaves beside the data: send it again, or smaller ones");
  }
  return reply;
}

}  // namespace

std::expected<protocol::KeyRing, std::string> ReadKeys(const Config& config) {
  protocol::KeyRing keys;
  for (const std::string& pair : config.auth) {
    if (auto added = keys.Add(pair); !added) return std::unexpected("--auth: " + added.error());
  }
  if (!config.auth_file.empty()) {
    const auto text = document::ReadSmallFile(config.auth_file);
    if (!text) return std::unexpected("--auth-file: " + text.error());
    if (auto added = keys.AddProfiles(*text); !added) {
      return std::unexpected("--auth-file " + config.auth_file + ": " + added.error());
    }
  }
  return keys;
}

StoreOptions StoreOptionsOf(const Config& config, const Clock& clock, MemoryGauge* memory) {
  StoreOptions options;
  options.clock = &clock;
  options.memory = memory;
  options.engine.memory_limit = config.memory_limit;
  options.engine.data_dir = config.data_dir;
  options.engine.fsync = config.fsync;
  options.engine.compact = config.compact;
  options.engine.tell = [](std::string_view line) { spdlog::warn("{}", line); };
  options.transient_ms = config.transient_ms;
  options.transient_index_ms = config.transient_index_ms;
  options.ttl_interval_ms = config.ttl_interval_ms;
  options.streams = config.streams;
  return options;
}

protocol::Dispatcher::Options DispatcherOptionsOf(const Config& config, const Clock& clock,
                                                  const protocol::KeyRing& keys,
                                                  std::vector<protocol::Observer*> observers) {
  protocol::Dispatcher::Options options;
  options.operations = operations::Operations();
  options.unimplemented = operations::UnimplementedOperations();
  options.clock = &clock;
  options.isolate = config.isolate;
  options.transaction_hold_ms = config.transaction_hold_ms;
  options.hints = config.hints;
  options.validation = config.validation;
  options.origins = config.cors;
  options.local_health = config.local_health;
  options.keys = keys.empty() ? nullptr : &keys;
  options.observers = std::move(observers);
  if (spdlog::should_log(spdlog::level::debug)) {
    options.log = [](std::string_view line) { spdlog::debug("{}", line); };
  }
  options.warn = [](std::string_view line) { spdlog::error("{}", line); };
  return options;
}

control::Control::Options ControlOptionsOf(const Config& config) {
  return {.enabled = !config.no_control,
          .guard = {.token = config.control_token, .hosts = config.control_hosts}};
}

http::ServerOptions ServerOptionsOf(const Config& config, const Clock& clock,
                                    std::shared_ptr<const crypto::TlsContext> tls,
                                    bool keep_received, MemoryGauge* memory) {
  http::ServerOptions options;
  options.address = config.host;
  options.port = config.port;
  options.io_threads = config.threads;
  options.clock = &clock;
  options.stop_on_signals = true;
  options.tls = std::move(tls);
  options.keep_received = keep_received;
  options.log = [](std::string_view line) { spdlog::warn("{}", line); };
  if (memory) {
    // A body and what is made of it.
    options.hold = [memory](int64_t bytes) { return memory->Hold(2 * bytes); };
    options.no_room = [&config] { return NoRoomReply(config); };
  }
  return options;
}

}  // namespace dynarock::program
