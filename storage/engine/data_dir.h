// The data directory around RocksDB's files: who holds it, and which format it is in.
//
//   DIR/FORMAT  "dynarock <format>\n"; locked while a process has the directory open; empty until
//               the first open is done
//   DIR/db/     RocksDB's files
#pragma once

#include <expected>
#include <string>

namespace dynarock {

// An opened and locked data directory.
class DataDir {
 public:
  // Checks, creates what is missing, and locks. Changes nothing when it fails; the error is
  // Engine::Open's.
  static std::expected<DataDir, std::string> Open(const std::string& path, int format);
  DataDir(DataDir&& other) noexcept;
  DataDir& operator=(DataDir&&) = delete;
  ~DataDir();

  // No open has succeeded before: there is no database yet.
  bool fresh() const { return fresh_; }
  std::string database_path() const { return path_ + "/db"; }
  const std::string& path() const { return path_; }
  // Whether the directory is still the one that was opened, at the same path.
  bool InPlace() const;
  // Writes the format: the database exists now.
  std::expected<void, std::string> Commit(int format);

 private:
  DataDir(std::string path, int file, bool fresh)
      : path_(std::move(path)), file_(file), fresh_(fresh) {}
  std::string path_;
  int file_;  // FORMAT, locked
  bool fresh_;
};

}  // namespace dynarock
