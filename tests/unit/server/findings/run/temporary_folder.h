// A folder for one test, gone after it.
#pragma once

#include <string>

namespace dynarock::findings::run {

class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string Path(const std::string& name) const { return path_ + "/" + name; }
  // Writes a file; its path.
  std::string Write(const std::string& name, const std::string& text) const;
  // A file's text; "(missing)" when there is none.
  std::string Read(const std::string& name) const;

 private:
  std::string path_;
};

}  // namespace dynarock::findings::run
