#include "server/program/log.h"

#include <spdlog/sinks/stdout_sinks.h>

#include "server/protocol/hint.h"
#include "server/protocol/reply.h"
#include "storage/clock/iso_time.h"
#include "storage/item/json.h"

namespace dynarock::program {

namespace {

// The logger whose messages are members of a JSON object already.
constexpr const char* kRequestLogger = "dynarock.request";

// Text of unknown origin, for JSON.
std::string Utf8(std::string_view text) {
  if (IsUtf8(text)) return std::string(text);
  std::string replaced;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x80) {
      replaced += c;
    } else {
      replaced += "\xEF\xBF\xBD";  // U+FFFD
    }
  }
  return replaced;
}

// The machine's time, whatever the server's clock says: a log is read beside those of others.
std::string Timestamp(spdlog::log_clock::time_point time) {
  return IsoTime(std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch()).count());
}

std::string_view View(spdlog::string_view_t text) {
  return {text.data(), text.size()};
}

class JsonFormatter final : public spdlog::formatter {
 public:
  void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& out) override {
    std::string line = "{\"time\":\"" + Timestamp(message.time) + "\",\"level\":\"";
    line.append(View(spdlog::level::to_string_view(message.level))) += "\",";
    if (View(message.logger_name) == kRequestLogger) {
      line.append(View(message.payload));
    } else {
      line += "\"message\":";
      AppendJsonString(Utf8(View(message.payload)), line);
    }
    line += "}\n";
    out.append(line.data(), line.data() + line.size());
  }
  std::unique_ptr<spdlog::formatter> clone() const override {
    return std::make_unique<JsonFormatter>();
  }
};

std::string TextOf(const protocol::Observation& observation, const std::string& hint) {
  std::string line(observation.operation.name);
  if (observation.error == nullptr) return line + " ok";
  line.append(" ").append(protocol::ErrorName(observation.error->kind));
  line.append(": ").append(observation.error->message);
  if (!hint.empty()) line.append(" (hint: ").append(hint) += ')';
  return line;
}

// The object without its braces.
std::string JsonOf(const protocol::Observation& observation, const std::string& hint) {
  std::string object;
  JsonWriter writer(object);
  writer.BeginObject();
  const Error* const error = observation.error;
  writer.Member("message", error == nullptr ? "ok" : Utf8(error->message));
  writer.Member("operation", observation.operation.name);
  writer.Member("status", static_cast<int64_t>(observation.status));
  writer.Key("error");
  if (error == nullptr) {
    writer.Raw("null");
  } else {
    writer.String(protocol::ErrorName(error->kind));
  }
  writer.Member("request_id", observation.request_id);
  writer.Key("latency_ms");
  writer.Raw(fmt::format("{:.3f}", static_cast<double>(observation.spent.count()) / 1e6));
  if (!hint.empty()) writer.Member("hint", Utf8(hint));
  writer.EndObject();
  return object.substr(1, object.size() - 2);
}

}  // namespace

void SetUpLog(const std::string& level, bool json) {
  // Lines for people go to stderr; stdout has only the lines that say where the server listens.
  auto log = spdlog::stderr_logger_mt("dynarock");
  if (json) {
    log->set_formatter(std::make_unique<JsonFormatter>());
  } else {
    log->set_pattern("%Y-%m-%dT%H:%M:%S.%e %l %v");
  }
  log->set_level(spdlog::level::from_str(level));
  log->flush_on(spdlog::level::warn);
  spdlog::set_default_logger(std::move(log));
}

RequestLog::RequestLog(bool json)
    : json_(json), logger_(spdlog::default_logger()->clone(kRequestLogger)) {}

void RequestLog::Observe(const protocol::Observation& observation) {
  const std::string hint =
      observation.error == nullptr ? std::string() : protocol::HintOf(*observation.error);
  logger_->debug("{}", json_ ? JsonOf(observation, hint) : TextOf(observation, hint));
}

}  // namespace dynarock::program
