#include "tests/unit/server/schema/start/store_with_files.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <utility>

#include <unistd.h>

namespace dynarock::schema {

namespace fs = std::filesystem;

namespace {

std::unique_ptr<Store> OpenStore(const Clock& clock) {
  StoreOptions options;
  options.clock = &clock;
  return *Store::Open(options);
}

}  // namespace

StoreWithFiles::StoreWithFiles(const Clock& clock)
    : directory_(fs::temp_directory_path() /
                 ("dynarock-schema-test-" + std::to_string(::getpid()))),
      store_(OpenStore(clock)) {
  fs::remove_all(directory_);
  fs::create_directories(directory_);
}

StoreWithFiles::~StoreWithFiles() {
  store_->Close();
  fs::remove_all(directory_);
}

std::string StoreWithFiles::Write(const std::string& name, const std::string& text) const {
  const fs::path path = directory_ / name;
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

std::vector<std::string> StoreWithFiles::Run(const StartFiles& files) {
  auto started = Start(files, LocalCaller(*store_));
  std::vector<std::string> lines;
  if (started) {
    wanted_ = std::move(started->wanted);
    lines = std::move(started->log);
  } else {
    std::istringstream in("error: " + started.error());
    for (std::string line; std::getline(in, line);) lines.push_back(line);
  }
  const std::string prefix = directory_.string() + "/";
  for (std::string& line : lines) {
    for (size_t at = line.find(prefix); at != std::string::npos; at = line.find(prefix)) {
      line.erase(at, prefix.size());
    }
  }
  return lines;
}

std::string StoreWithFiles::Call(const protocol::Operation& operation, std::string json) {
  std::replace(json.begin(), json.end(), '\'', '"');
  auto reply = LocalCaller(*store_).Perform(operation, std::move(json));
  return reply ? *reply : reply.error().message;
}

}  // namespace dynarock::schema
