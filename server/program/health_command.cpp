#include "server/program/health_command.h"

#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>
#include <vector>

#include <sys/stat.h>
#include <unistd.h>

#include "server/http/client.h"
#include "server/program/config.h"
#include "server/program/subcommands.h"
#include "storage/item/json.h"

namespace dynarock::program {

namespace {

constexpr const char* kUsage =
    "usage: dynarock health [--host ADDRESS] [--port N] [URL]\n\n"
    "Exits with 0 when the server at URL is ready: its schema and seed data are loaded.\n"
    "Without URL and --port it is the server whose process runs beside this one, or else\n"
    "the one that DYNAROCK_HOST and DYNAROCK_PORT name (http://127.0.0.1:8000).\n";

int Say(std::FILE* out, const std::string& line, int status) {
  std::fprintf(out, "%s%s\n", out == stderr ? "dynarock: " : "", line.c_str());
  return status;
}

// The words of the other process that runs this very program as a server; nothing when there is
// none, several, or none that may be looked at.
std::optional<std::vector<std::string>> RunningServer() {
  namespace fs = std::filesystem;
  struct stat own{};
  if (::stat("/proc/self/exe", &own) != 0) return std::nullopt;
  std::optional<std::vector<std::string>> found;
  std::error_code ec;
  for (fs::directory_iterator it("/proc", ec), end; !ec && it != end; it.increment(ec)) {
    const std::string name = it->path().filename();
    int pid = 0;
    const auto read = std::from_chars(name.data(), name.data() + name.size(), pid);
    if (read.ec != std::errc() || pid == ::getpid()) continue;
    struct stat other{};
    if (::stat((it->path() / "exe").c_str(), &other) != 0) continue;
    if (other.st_ino != own.st_ino || other.st_dev != own.st_dev) continue;
    std::ifstream file(it->path() / "cmdline");
    std::vector<std::string> words;
    for (std::string word; std::getline(file, word, '\0');) words.push_back(word);
    if (words.empty() || (words.size() > 1 && FindSubcommand(words[1]) != nullptr)) continue;
    if (found) return std::nullopt;
    words.erase(words.begin());
    found = std::move(words);
  }
  return found;
}

// Where a server with that configuration can be reached from here.
std::string UrlOf(const Config& config) {
  std::string host = config.host;
  if (host == "0.0.0.0" || host == "::") host = "127.0.0.1";
  if (host.find(':') != std::string::npos) host = "[" + host + "]";
  return (config.tls.enabled ? "https://" : "http://") + host + ":" + std::to_string(config.port);
}

// The error is a line for the user.
std::expected<std::string, std::string> FindUrl(std::span<const std::string> arguments) {
  if (arguments.size() == 1 && !arguments[0].starts_with('-')) return arguments[0];
  const auto told = ReadConfig(arguments);
  if (!told) {
    std::string line = told.error().text;
    if (line.starts_with("dynarock: ")) line.erase(0, 10);
    if (line.ends_with('\n')) line.pop_back();
    return std::unexpected(std::move(line));
  }
  if (!arguments.empty()) return UrlOf(*told);
  const auto words = RunningServer();
  const auto running = words ? ReadConfig(*words) : std::unexpected(Leave{});
  return UrlOf(running && running->port != 0 ? *running : *told);
}

}  // namespace

int RunHealth(std::span<const std::string> arguments) {
  for (const std::string& argument : arguments) {
    if (argument != "--help" && argument != "-h") continue;
    std::fputs(kUsage, stdout);
    return 0;
  }
  auto url = FindUrl(arguments);
  if (!url) return Say(stderr, url.error(), 2);
  if (url->ends_with('/')) url->pop_back();
  const auto answer =
      http::Fetch("GET", *url + "/_dynarock/health", {}, {}, std::chrono::seconds(3));
  if (!answer) return Say(stderr, answer.error(), 1);
  if (answer->status == 404) {
    return Say(stderr, *url + " has no health endpoint (--no-control?)", 1);
  }
  JsonDocument document;
  const bool read = document.Parse(answer->body) && document.root().IsObject();
  const JsonValue* status = read ? FindMember(document.root(), "status") : nullptr;
  if (status == nullptr || !status->IsString()) {
    const std::string code = std::to_string(answer->status);
    return Say(stderr, *url + " does not look like a dynarock server (HTTP status " + code + ")",
               1);
  }
  const std::string word(Text(*status));
  const bool ready = answer->status == 200 && word == "ready";
  if (ready) return Say(stdout, *url + " is ready", 0);
  return Say(stderr, *url + " is not ready: " + word, 1);
}

}  // namespace dynarock::program
