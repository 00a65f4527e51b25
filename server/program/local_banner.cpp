#include "server/program/local_banner.h"

namespace dynarock::program {

std::string LocalBanner(const Config& config, uint16_t port) {
  const auto word = [](bool value) { return value ? "true" : "false"; };
  std::string cors;
  for (const std::string& origin : config.cors) cors += (cors.empty() ? "" : ",") + origin;
  std::string text = "Initializing DynamoDB Local with the following configuration:\n";
  const auto add = [&](const char* name, const std::string& value) {
    text.append(name).append(":\t").append(value) += '\n';
  };
  add("Port", std::to_string(port));
  add("InMemory", word(config.data_dir.empty()));
  add("Version", DYNAROCK_VERSION);
  add("DbPath", config.local && config.local->db_path ? *config.local->db_path : "null");
  add("SharedDb", word(!config.isolate));
  add("shouldDelayTransientStatuses", word(config.transient_index_ms.value_or(0) > 0));
  add("CorsParams", cors);
  return text;
}

}  // namespace dynarock::program
