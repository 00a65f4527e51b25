// dynarock: reads the options, opens the store, serves until it is told to stop. Only wiring.
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <exception>
#include <optional>
#include <string>
#include <vector>

#include <spdlog/spdlog.h>

#include "server/control/control.h"
#include "server/control/health.h"
#include "server/control/metrics.h"
#include "server/control/pause.h"
#include "server/control/report.h"
#include "server/document/small_file.h"
#include "server/findings/run/desk.h"
#include "server/findings/run/settings.h"
#include "server/findings/run/shutdown.h"
#include "server/http/server.h"
#include "server/operations/registry.h"
#include "server/program/certificate_files.h"
#include "server/program/config.h"
#include "server/program/crash_line.h"
#include "server/program/local_banner.h"
#include "server/program/log.h"
#include "server/program/run_source.h"
#include "server/program/stored_items.h"
#include "server/program/subcommands.h"
#include "server/program/watch.h"
#include "server/protocol/at_work.h"
#include "server/protocol/dispatcher.h"
#include "server/protocol/key_ring.h"
#include "server/protocol/reply.h"
#include "server/schema/start/drift.h"
#include "server/schema/start/start.h"
#include "storage/clock/clock.h"
#include "storage/engine/memory_gauge.h"
#include "storage/table/store.h"

namespace {

using namespace dynarock;
using namespace dynarock::program;

// What the program is at work on beside requests, for the line that a fatal signal writes.
constexpr std::string_view kStart = "the start";
constexpr std::string_view kTables = "the start (schema and seed files)";
constexpr std::string_view kEnd = "the end of the run (report, closing)";

int Fail(const std::string& line) {
  std::fprintf(stderr, "dynarock: %s\n", line.c_str());
  return 1;
}

// The keys that requests have to be signed with; none: any will do.
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

// Says on stdout where the server listens, which is what people and programs wait for; on stderr
// when stdout is kept for a report (--report -).
void Announce(const Config& config, uint16_t port) {
  const auto& files = config.report.files;
  std::FILE* out = std::find(files.begin(), files.end(), "-") != files.end() ? stderr : stdout;
  const std::string host =
      config.host.find(':') == std::string::npos ? config.host : "[" + config.host + "]";
  if (config.local) std::fputs(LocalBanner(config, port).c_str(), out);
  std::fprintf(out, "dynarock %s listens on %s://%s:%d (%s)\n", DYNAROCK_VERSION,
               config.tls.enabled ? "https" : "http", host.c_str(), static_cast<int>(port),
               config.data_dir.empty() ? "in memory" : config.data_dir.c_str());
  std::fflush(out);
}

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

// GET /_dynarock/report.
control::Endpoint ReportEndpoint(const findings::run::Desk& desk) {
  return {
      .method = "GET",
      .path = "/_dynarock/report",
      .summary = "what the advisor has to say: ?format=html, json, text, junit, sarif, github",
      .answer =
          [&desk](const http::Request& request) { return control::AnswerReport(desk, request); },
      .takes_long = true};
}

// A file that grew beyond its limit and a reader that has gone are errors of that write only, not
// the end of the program.
void IgnoreSignalsOfWrites() {
  std::signal(SIGXFSZ, SIG_IGN);
  std::signal(SIGPIPE, SIG_IGN);
}

int Serve(const Config& config) {
  IgnoreSignalsOfWrites();
  std::optional<protocol::AtWork> start(std::in_place, kStart);
  auto report_settings = findings::run::ReadSettings(config.report);
  if (!report_settings) return Fail(report_settings.error());
  const auto keys = ReadKeys(config);
  if (!keys) return Fail(keys.error());
  const Clock& clock = Clock::System();  // all that follows asks this one
  const bool json = config.log_format == "json";
  std::optional<MemoryGauge> memory;
  if (config.memory_limit > 0) memory.emplace(config.memory_limit);
  auto store = Store::Open(StoreOptionsOf(config, clock, memory ? &*memory : nullptr));
  if (!store) return Fail(store.error());
  const StoredItems stored(**store);
  const auto watch = Watch::Open(config, stored, clock);
  if (!watch) return Fail(watch.error());
  auto tls = OpenTls(config.tls, config.data_dir);
  if (!tls) return Fail(tls.error());

  // Before anybody is served, so that whoever gets an answer finds the tables and items.
  auto started = [&] {
    const protocol::AtWork tables(kTables);
    return schema::Start(config.files, schema::LocalCaller(**store));
  }();
  if (!started) return Fail(started.error());
  for (const std::string& line : started->log) spdlog::info("{}", line);
  schema::DriftObserver drift(std::move(started->wanted));
  std::optional<RunSource> source;
  std::optional<findings::run::Desk> desk;
  if (watch->advisor() != nullptr) {
    source.emplace(*watch->advisor(), drift, **store);
    desk.emplace(*source, *std::move(report_settings));
  }
  control::Health health(**store);
  control::Metrics metrics(operations::Operations(), **store, health);
  RequestLog request_log(json);
  protocol::Dispatcher::Options options;
  options.operations = operations::Operations();
  options.unimplemented = operations::UnimplementedOperations();
  options.clock = &clock;
  options.isolate = config.isolate;
  options.transaction_hold_ms = config.transaction_hold_ms;
  options.hints = config.hints;
  options.newer_form = config.newer_form;
  options.origins = config.cors;
  options.local_health = config.local_health;
  if (!config.no_control) options.observers.push_back(&metrics);
  if (!config.files.schemas.empty()) options.observers.push_back(&drift);
  for (protocol::Observer* observer : watch->observers()) options.observers.push_back(observer);
  options.keys = keys->empty() ? nullptr : &*keys;
  if (spdlog::should_log(spdlog::level::debug)) {
    options.observers.push_back(&request_log);
    options.log = [](std::string_view line) { spdlog::debug("{}", line); };
  }
  options.warn = [](std::string_view line) { spdlog::error("{}", line); };
  protocol::Dispatcher dispatcher(std::move(options), **store);

  control::Control control(
      {.enabled = !config.no_control,
       .guard = {.token = config.control_token, .hosts = config.control_hosts}},
      dispatcher);
  control.Add({.method = "GET",
               .path = "/_dynarock/health",
               .summary = "whether the server is ready",
               .answer = [&](const http::Request&) { return health.Answer(); },
               .needs_token = false});
  control.Add({.method = "GET",
               .path = "/_dynarock/metrics",
               .summary = "counters and gauges for Prometheus",
               .answer = [&](const http::Request&) { return metrics.Answer(); },
               .takes_long = true});
  if (desk) control.Add(ReportEndpoint(*desk));
  if (advisor::Advisor* advisor = watch->advisor()) {
    control.Add({.method = "POST",
                 .path = "/_dynarock/advisor/pause",
                 .summary = "requests are left out of the report from here on",
                 .answer = [=](const http::Request&) { return control::AnswerPause(*advisor); }});
    control.Add({.method = "POST",
                 .path = "/_dynarock/advisor/resume",
                 .summary = "requests are in the report again",
                 .answer = [=](const http::Request&) { return control::AnswerResume(*advisor); }});
  }

  http::ServerOptions server_options;
  server_options.address = config.host;
  server_options.port = config.port;
  server_options.io_threads = config.threads;
  server_options.clock = &clock;
  server_options.stop_on_signals = true;
  server_options.tls = *tls;
  server_options.keep_received = !keys->empty();
  server_options.log = [](std::string_view line) { spdlog::warn("{}", line); };
  if (memory) {
    // A body and what is made of it.
    server_options.hold = [&](int64_t bytes) { return memory->Hold(2 * bytes); };
    server_options.no_room = [&] { return NoRoomReply(config); };
  }
  http::Server server(std::move(server_options), control);
  if (const auto listening = server.Listen(); !listening) return Fail(listening.error());

  start.reset();
  Announce(config, server.port());
  health.SetReady();
  server.Run();
  const protocol::AtWork end(kEnd);
  const int status =
      desk ? findings::run::EndRun(*desk, config.log_level == "off" ? nullptr : stderr) : 0;
  (*store)->Close();
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  InstallCrashLine(/*json=*/false);
  try {
    if (!arguments.empty()) {
      if (const Subcommand* subcommand = FindSubcommand(arguments.front())) {
        const protocol::AtWork work(subcommand->name);
        return subcommand->run(std::span(arguments).subspan(1));
      }
    }
    const auto config = ReadConfig(arguments, SubcommandHelp());
    if (!config) {
      std::fputs(config.error().text.c_str(), config.error().status == 0 ? stdout : stderr);
      return config.error().status;
    }
    SetUpLog(config->log_level, config->log_format == "json");
    InstallCrashLine(config->log_format == "json");
    return Serve(*config);
  } catch (const std::exception& error) {
    return Fail(error.what());
  }
}
