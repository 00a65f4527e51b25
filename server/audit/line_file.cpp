#include "server/audit/line_file.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace dynarock::audit {

namespace {

// 0: everything is written; else the error. `done` counts what is.
int WriteAll(int file, std::string_view text, size_t& done) {
  done = 0;
  while (done < text.size()) {
    const ssize_t written = write(file, text.data() + done, text.size() - done);
    if (written >= 0) {
      done += static_cast<size_t>(written);
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

}  // namespace

std::expected<LineFile, std::string> LineFile::Open(const std::string& path) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (file < 0) return std::unexpected(std::strerror(errno));
  return LineFile(file, path);
}

LineFile::LineFile(LineFile&& other) noexcept
    : file_(std::exchange(other.file_, -1)),
      path_(other.path_),
      torn_(other.torn_),
      dropped_(other.dropped_),
      again_(other.again_) {}

LineFile::~LineFile() {
  if (file_ >= 0) close(file_);
}

void LineFile::Append(std::string_view lines) {
  const auto now = std::chrono::steady_clock::now();
  const size_t written = dropped_ > 0 && now < again_ ? 0 : Write(lines);
  if (dropped_ > 0 && written == lines.size()) {
    std::fprintf(stderr, "dynarock: --audit %s: lines are written again; %zu are missing\n",
                 path_.c_str(), dropped_);
    dropped_ = 0;
  }
  const std::string_view rest = lines.substr(written);
  dropped_ += static_cast<size_t>(std::count(rest.begin(), rest.end(), '\n'));
}

size_t LineFile::Write(std::string_view text) {
  size_t done = 0;
  int error = torn_ ? WriteAll(file_, "\n", done) : 0;
  if (error == 0) {
    torn_ = false;
    error = WriteAll(file_, text, done);
    if (error == 0) return done;
  }
  if (dropped_ == 0) {
    std::fprintf(stderr, "dynarock: --audit %s: %s; some lines are missing\n", path_.c_str(),
                 std::strerror(error));
  }
  again_ = std::chrono::steady_clock::now() + std::chrono::seconds(1);
  if (torn_) return 0;
  const size_t end = text.substr(0, done).rfind('\n');
  const size_t whole = end == std::string_view::npos ? 0 : end + 1;
  if (whole < done) Mend(done - whole);
  return whole;
}

void LineFile::Mend(size_t torn) {
  const off_t end = lseek(file_, 0, SEEK_END);
  // A pipe has no end to cut off: the next line begins with one of its own.
  torn_ = end < 0 || ftruncate(file_, end - static_cast<off_t>(torn)) != 0;
}

}  // namespace dynarock::audit
