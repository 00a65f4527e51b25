#include "server/program/announcement.h"

#include <algorithm>
#include <cstdio>
#include <string>

#include "server/program/local_banner.h"

namespace dynarock::program {

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

}  // namespace dynarock::program
