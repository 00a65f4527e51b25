// A file that has whole lines, whatever the disk does.
#pragma once

#include <chrono>
#include <cstddef>
#include <expected>
#include <string>
#include <string_view>

namespace dynarock::audit {

// One thread.
class LineFile {
 public:
  // Appends to the file, which is made where it is missing. Error: why it cannot be.
  static std::expected<LineFile, std::string> Open(const std::string& path);
  LineFile(LineFile&& other) noexcept;
  LineFile& operator=(LineFile&&) = delete;
  ~LineFile();

  // Appends lines, each with its end. What the disk does not take is dropped, by whole lines, and
  // for a second after that it is not asked again. When lines begin to be dropped, and when they
  // are written again, a line on stderr says so.
  void Append(std::string_view lines);

 private:
  using Time = std::chrono::steady_clock::time_point;
  LineFile(int file, std::string path) : file_(file), path_(std::move(path)) {}
  // How much of the text is in the file now, in whole lines.
  size_t Write(std::string_view text);
  // Takes a torn line at the file's end away again.
  void Mend(size_t torn);

  int file_;
  const std::string path_;
  bool torn_ = false;   // the file ends in a piece of a line
  size_t dropped_ = 0;  // lines, since they began to be
  Time again_{};
};

}  // namespace dynarock::audit
