#include "storage/engine/data_dir.h"

#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace dynarock {

namespace {

namespace fs = std::filesystem;
constexpr std::string_view kMark = "dynarock ";

std::unexpected<std::string> Refuse(const std::string& path, std::string_view what) {
  return std::unexpected("cannot use data directory " + path + ": " + std::string(what));
}
std::string Reason(int error) {
  return std::generic_category().message(error);
}

// What a new data directory may hold already: a volume's own folder.
bool IsEmpty(const fs::path& path, std::error_code& error) {
  for (fs::directory_iterator it(path, error), end; !error && it != end; it.increment(error)) {
    if (it->path().filename() != "lost+found") return false;
  }
  return true;
}

// The number in FORMAT; 0 for an empty file, -1 for anything else.
int ReadFormat(int file) {
  char text[64];
  const ssize_t length = pread(file, text, sizeof text, 0);
  if (length == 0) return 0;
  if (length < 0) return -1;
  std::string_view rest(text, static_cast<size_t>(length));
  if (!rest.starts_with(kMark)) return -1;
  rest.remove_prefix(kMark.size());
  int format = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), format);
  if (error != std::errc() || format < 1 || std::string_view(end, rest.end()) != "\n") return -1;
  return format;
}

}  // namespace

std::expected<DataDir, std::string> DataDir::Open(const std::string& path, int format) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (fs::exists(status)) {
    if (!fs::is_directory(status)) return Refuse(path, "it is a file, not a directory");
    if (access(path.c_str(), R_OK | W_OK | X_OK) != 0) {
      return Refuse(path, "not writable: " + Reason(errno));
    }
  } else {
    if (error && error != std::errc::no_such_file_or_directory) {
      return Refuse(path, error.message());
    }
    fs::create_directories(path, error);
    if (error) return Refuse(path, "cannot create it: " + error.message());
  }

  const std::string format_path = path + "/FORMAT";
  int file = open(format_path.c_str(), O_RDWR | O_CLOEXEC);
  if (file < 0 && errno == ENOENT) {
    const bool empty = IsEmpty(path, error);
    if (error) return Refuse(path, error.message());
    if (!empty) {
      return Refuse(path, "it holds files that are not dynarock's; name an empty directory");
    }
    file = open(format_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  }
  if (file < 0) return Refuse(path, "not writable: " + Reason(errno));
  const auto refuse = [&](std::string_view what) {
    close(file);
    return Refuse(path, what);
  };
  if (flock(file, LOCK_EX | LOCK_NB) != 0) {
    return refuse(errno == EWOULDBLOCK ? "another process has it open" : Reason(errno));
  }
  const int found = ReadFormat(file);
  if (found < 0) return refuse("damaged: its FORMAT file is unreadable");
  if (found > format) {
    return refuse("a newer dynarock wrote it (format " + std::to_string(found) +
                  "; this one knows up to " + std::to_string(format) + ")");
  }
  return DataDir(path, file, found == 0);
}

DataDir::DataDir(DataDir&& other) noexcept
    : path_(std::move(other.path_)), file_(std::exchange(other.file_, -1)), fresh_(other.fresh_) {}

DataDir::~DataDir() {
  if (file_ >= 0) close(file_);
}

bool DataDir::InPlace() const {
  struct stat opened{};
  struct stat found{};
  if (fstat(file_, &opened) != 0 || stat((path_ + "/FORMAT").c_str(), &found) != 0) return false;
  return opened.st_dev == found.st_dev && opened.st_ino == found.st_ino &&
         access((database_path() + "/CURRENT").c_str(), F_OK) == 0;
}

std::expected<void, std::string> DataDir::Commit(int format) {
  const std::string text = std::string(kMark) + std::to_string(format) + "\n";
  if (pwrite(file_, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size()) ||
      fsync(file_) != 0) {
    return Refuse(path_, "not writable: " + Reason(errno));
  }
  fresh_ = false;
  return {};
}

}  // namespace dynarock
