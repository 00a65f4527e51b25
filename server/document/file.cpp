#include "server/document/file.h"

#include <array>
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

std::string Size(size_t bytes) {
  return bytes >> 30 > 0 ? std::to_string(bytes >> 30) + " GB"
                         : std::to_string(bytes >> 20) + " MB";
}

std::expected<std::string, std::string> ReadAll(int file, size_t most) {
  std::string text;
  struct stat status{};
  if (fstat(file, &status) == 0 && S_ISREG(status.st_mode)) {
    if (static_cast<size_t>(status.st_size) > most) {
      return std::unexpected("larger than " + Size(most));
    }
    text.reserve(static_cast<size_t>(status.st_size));
  }
  std::array<char, size_t{1} << 16> block;
  while (true) {
    const ssize_t got = read(file, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::unexpected(Reason());
    if (got == 0) return text;
    text.append(block.data(), static_cast<size_t>(got));
    if (text.size() > most) return std::unexpected("larger than " + Size(most));
  }
}

}  // namespace

std::expected<std::string, std::string> ReadWholeFile(const std::string& path, size_t most) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return std::unexpected(Reason());
  auto text = ReadAll(file, most);
  close(file);
  return text;
}

std::expected<std::string, std::string> ReadStandardInput(size_t most) {
  return ReadAll(STDIN_FILENO, most);
}

std::expected<std::string, std::string> ReadSmallFile(const std::string& path) {
  auto text = ReadWholeFile(path, kLargest);
  if (!text) return Wrong("read", path, text.error());
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
