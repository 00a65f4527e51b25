// dynarock: reads the options, opens the store, serves until it is told to stop. Only wiring.
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
#include "server/findings/run/desk.h"
#include "server/findings/run/settings.h"
#include "server/findings/run/shutdown.h"
#include "server/http/server.h"
#include "server/operations/registry.h"
#include "server/program/announcement.h"
#include "server/program/certificate_files.h"
#include "server/program/config.h"
#include "server/program/crash_line.h"
#include "server/program/log.h"
#include "server/program/room_options.h"
#include "server/program/run_source.h"
#include "server/program/subcommands.h"
#include "server/program/watch.h"
#include "server/protocol/at_work.h"
#include "server/protocol/dispatcher.h"
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

// A file that grew beyond its limit and a reader that has gone are errors of that write only, not
// the end of the program.
void IgnoreSignalsOfWrites() {
  std::signal(SIGXFSZ, SIG_IGN);
  std::signal(SIGPIPE, SIG_IGN);
}

// Makes the tables and items of --schema and --seed. Before anybody is served, so that whoever gets
// an answer finds them.
std::expected<std::vector<schema::WantedTable>, std::string> MakeTables(const Config& config,
                                                                        Store& store) {
  const protocol::AtWork tables(kTables);
  auto started = schema::Start(config.files, schema::LocalCaller(store));
  if (!started) return std::unexpected(std::move(started).error());
  for (const std::string& line : started->log) spdlog::info("{}", line);
  return std::move(started->wanted);
}

int Serve(const Config& config) {
  IgnoreSignalsOfWrites();
  std::optional<protocol::AtWork> start(std::in_place, kStart);
  auto report_settings = findings::run::ReadSettings(config.report);
  if (!report_settings) return Fail(report_settings.error());
  const auto keys = ReadKeys(config);
  if (!keys) return Fail(keys.error());

  const Clock& clock = Clock::System();  // all that follows asks this one
  std::optional<MemoryGauge> gauge;
  if (config.memory_limit > 0) gauge.emplace(config.memory_limit);
  MemoryGauge* const memory = gauge ? &*gauge : nullptr;
  auto store = Store::Open(StoreOptionsOf(config, clock, memory));
  if (!store) return Fail(store.error());
  const auto watch = Watch::Open(config, **store, clock);
  if (!watch) return Fail(watch.error());
  const auto tls = OpenTls(config.tls, config.data_dir);
  if (!tls) return Fail(tls.error());
  auto wanted = MakeTables(config, **store);
  if (!wanted) return Fail(wanted.error());
  schema::DriftObserver drift(*std::move(wanted));

  std::optional<RunSource> source;
  std::optional<findings::run::Desk> desk;
  if (watch->advisor() != nullptr) {
    source.emplace(*watch->advisor(), drift, **store);
    desk.emplace(*source, *std::move(report_settings));
  }
  control::Health health(**store);
  control::Metrics metrics(operations::Operations(), **store, health);
  RequestLog request_log(config.log_format == "json");
  std::vector<protocol::Observer*> observers = watch->observers();
  if (!config.no_control) observers.push_back(&metrics);
  // What it finds is for the report.
  if (desk && !config.files.schemas.empty()) observers.push_back(&drift);
  if (spdlog::should_log(spdlog::level::debug)) observers.push_back(&request_log);
  protocol::Dispatcher dispatcher(DispatcherOptionsOf(config, clock, *keys, std::move(observers)),
                                  **store);

  control::Control control(ControlOptionsOf(config), dispatcher);
  control.Add(health.Endpoints());
  control.Add(metrics.Endpoints());
  if (desk) control.Add(control::ReportEndpoints(*desk));
  if (watch->advisor() != nullptr) control.Add(control::AdvisorEndpoints(*watch->advisor()));

  http::Server server(ServerOptionsOf(config, clock, *tls, !keys->empty(), memory), control);
  if (const auto listening = server.Listen(); !listening) return Fail(listening.error());
  start.reset();
  Announce(config, server.port());
  health.SetReady();
  server.Run();

  const protocol::AtWork end(kEnd);
  std::FILE* const summary = config.log_level == "off" ? nullptr : stderr;
  const int status = desk ? findings::run::EndRun(*desk, summary) : 0;
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
