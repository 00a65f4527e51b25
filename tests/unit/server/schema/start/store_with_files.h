// A store in memory, and files in a directory of their own, for tests of what happens at start.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "server/operations/request/table_lookup.h"
#include "server/schema/start/local_caller.h"
#include "server/schema/start/start.h"
#include "storage/table/store.h"

namespace dynarock::schema {

class StoreWithFiles {
 public:
  // `clock` must outlive it.
  explicit StoreWithFiles(const Clock& clock = Clock::System());
  ~StoreWithFiles();
  StoreWithFiles(const StoreWithFiles&) = delete;
  StoreWithFiles& operator=(const StoreWithFiles&) = delete;

  // Writes a file below the directory; returns its path.
  std::string Write(const std::string& name, const std::string& text) const;
  std::string directory() const { return directory_.string(); }

  // What Start logs, or "error: " and its lines, the directory's name left out.
  std::vector<std::string> Run(const StartFiles& files);

  // An operation's answer, or its error's message. Single quotes stand for double ones.
  std::string Call(const protocol::Operation& operation, std::string json);

  Store& store() { return *store_; }
  const std::vector<WantedTable>& wanted() const { return wanted_; }

 private:
  std::filesystem::path directory_;
  std::unique_ptr<Store> store_;
  std::vector<WantedTable> wanted_;
};

}  // namespace dynarock::schema
