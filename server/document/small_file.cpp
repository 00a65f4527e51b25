#include "server/document/small_file.h"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace dynarock::document {

namespace {

constexpr size_t kLargest = 1024 * 1024;

std::unexpected<std::string> Wrong(const std::string& what, const std::string& path,
                                   const std::string& why) {
  return std::unexpected("cannot " + what + " " + path + ": " + why);
}

std::string Reason() {
  return std::generic_category().message(errno);
}

}  // namespace

std::expected<std::string, std::string> ReadSmallFile(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return Wrong("read", path, Reason());
  std::string text;
  char buffer[4096];
  ssize_t got = 0;
  while (text.size() <= kLargest && (got = read(file, buffer, sizeof buffer)) > 0) {
    text.append(buffer, static_cast<size_t>(got));
  }
  const std::string reason = got < 0 ? Reason() : "";
  close(file);
  if (got < 0) return Wrong("read", path, reason);
  if (text.size() > kLargest) return Wrong("read", path, "it is larger than 1 MB");
  return text;
}

std::expected<void, std::string> ReplaceFile(const std::string& path, std::string_view text,
                                             FileMode mode) {
  const std::string fresh = path + ".new";
  unlink(fresh.c_str());
  const int file =
      open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, static_cast<mode_t>(mode));
  if (file < 0) return Wrong("write", path, Reason());
  const ssize_t written = write(file, text.data(), text.size());
  const bool good = written == static_cast<ssize_t>(text.size()) && fsync(file) == 0;
  const std::string reason = written < 0 || good ? Reason() : "no space is left";
  close(file);
  if (good && rename(fresh.c_str(), path.c_str()) == 0) return {};
  const std::string why = good ? Reason() : reason;
  unlink(fresh.c_str());
  return Wrong("write", path, why);
}

}  // namespace dynarock::document
