// dynarock: reads the options, opens the store, serves until it is told to stop. Only wiring.
#include <cstdio>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "server/advisor/advisor.h"
#include "server/check.h"
#include "server/config.h"
#include "server/http/server.h"
#include "server/operations/registry.h"
#include "server/operations/services.h"
#include "server/protocol/dispatcher.h"
#include "server/report/desk.h"
#include "server/report/settings.h"
#include "server/report/shutdown.h"
#include "storage/table/store.h"

namespace {

using namespace dynarock;

void SetUpLog(const Config& config) {
  // Lines for people go to stderr; stdout has only the line that says where the server listens.
  auto log = spdlog::stderr_logger_mt("dynarock");
  log->set_pattern("%Y-%m-%dT%H:%M:%S.%e %l %v");
  log->set_level(spdlog::level::from_str(config.log_level));
  log->flush_on(spdlog::level::warn);
  spdlog::set_default_logger(std::move(log));
}

int Fail(const std::string& line) {
  std::fprintf(stderr, "dynarock: %s\n", line.c_str());
  return 1;
}

int Serve(const Config& config) {
  StoreOptions store_options;
  store_options.engine.data_dir = config.data_dir;
  store_options.engine.fsync = config.fsync;
  store_options.transient_ms = config.transient_ms;
  store_options.transaction_hold_ms = config.transaction_hold_ms;
  store_options.ttl_interval_ms = config.ttl_interval_ms;
  store_options.streams = config.streams;
  auto store = Store::Open(store_options);
  if (!store) return Fail(store.error());

  operations::Services services{.store = **store, .isolate = config.isolate};
  protocol::Dispatcher::Options options;
  options.operations = operations::Operations();
  options.unimplemented = operations::UnimplementedOperations();
  options.hints = config.hints;
  options.newer_form = config.newer_form;
  if (spdlog::should_log(spdlog::level::debug)) {
    options.log = [](std::string_view line) { spdlog::debug("{}", line); };
  }
  std::optional<advisor::Advisor> watch;
  if (config.advisor) options.observers.push_back(&watch.emplace());
  options.warn = [](std::string_view line) { spdlog::error("{}", line); };
  protocol::Dispatcher dispatcher(std::move(options), services);

  http::ServerOptions server_options;
  server_options.address = config.host;
  server_options.port = config.port;
  server_options.io_threads = config.threads;
  server_options.stop_on_signals = true;
  server_options.log = [](std::string_view line) { spdlog::warn("{}", line); };
  http::Server server(std::move(server_options), dispatcher);
  if (const auto listening = server.Listen(); !listening) return Fail(listening.error());

  const std::string host =
      config.host.find(':') == std::string::npos ? config.host : "[" + config.host + "]";
  std::printf("dynarock %s listens on http://%s:%d (%s)\n", DYNAROCK_VERSION, host.c_str(),
              static_cast<int>(server.port()),
              config.data_dir.empty() ? "in memory" : config.data_dir.c_str());
  std::fflush(stdout);
  server.Run();
  int status = 0;
  if (watch) {
    report::Options wanted;
    wanted.files = config.report_files;
    const auto settings = report::ReadSettings(wanted);
    if (!settings) return Fail(settings.error());
    status = report::EndRun(report::Desk(*watch, *settings), stderr);
  }
  (*store)->Close();
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && std::string_view(argv[1]) == "check") {
    return RunCheck(std::vector<std::string>(argv + 2, argv + argc));
  }
  const auto config = ReadConfig(argc, argv);
  if (!config) {
    std::fputs(config.error().text.c_str(), config.error().status == 0 ? stdout : stderr);
    return config.error().status;
  }
  SetUpLog(*config);
  try {
    return Serve(*config);
  } catch (const std::exception& error) {
    return Fail(error.what());
  }
}
