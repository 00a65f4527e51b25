#include "tests/unit/server/findings/run/temporary_folder.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <stdlib.h>

namespace dynarock::findings::run {

TemporaryFolder::TemporaryFolder() {
  path_ = (std::filesystem::temp_directory_path() / "dynarock-report-XXXXXX").string();
  if (mkdtemp(path_.data()) == nullptr) throw std::runtime_error("no temporary folder");
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryFolder::Write(const std::string& name, const std::string& text) const {
  std::ofstream(Path(name), std::ios::binary) << text;
  return Path(name);
}

std::string TemporaryFolder::Read(const std::string& name) const {
  std::ifstream in(Path(name), std::ios::binary);
  if (!in) return "(missing)";
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace dynarock::findings::run
