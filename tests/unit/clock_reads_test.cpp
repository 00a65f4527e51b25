// Whoever reads the machine's time past the one clock (storage/clock/clock.h) does not follow when
// somebody sets it. Durations are measured with std::chrono::steady_clock, which is no time of day.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace dynarock {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kRoom = "storage/clock/";

// Whose times are the machine's on purpose; each says why where it reads them.
constexpr std::string_view kMayRead[] = {
    "certificate_files.cpp",  // a certificate's validity
    "crash_line.cpp",         // log lines
    "log.cpp",
};

// The lines of `text`, the content of the file at `path`, that read the time of day.
std::vector<std::string> Reads(const fs::path& path, const std::string& text) {
  static const std::regex kReads(
      R"(\b(system_clock|utc_clock|file_clock|high_resolution_clock|gettimeofday|timespec_get)\b)"
      R"(|\bCLOCK_(REALTIME|TAI)|\btime\s*\(\s*(nullptr|NULL|0)\s*\))");
  std::vector<std::string> found;
  const bool may = std::find(std::begin(kMayRead), std::end(kMayRead), path.filename().string()) !=
                   std::end(kMayRead);
  if (may || path.string().starts_with(kRoom)) return found;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::string code = line.substr(0, line.find("//"));
    if (std::regex_search(code, kReads)) found.push_back(path.string() + ": " + line);
  }
  return found;
}

TEST(ClockReadsTest, EverybodyAsksTheOneClock) {
  const fs::path root = DYNAROCK_SOURCE_DIR;
  int files = 0;
  for (const char* top : {"storage", "expression", "server"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      const std::string extension = entry.path().extension();
      if (extension != ".h" && extension != ".cpp") continue;
      ++files;
      std::ifstream in(entry.path());
      const std::string text(std::istreambuf_iterator<char>(in), {});
      for (const std::string& read : Reads(fs::relative(entry.path(), root), text)) {
        ADD_FAILURE() << read << " (ask the Clock that main gives to everybody)";
      }
    }
  }
  EXPECT_GT(files, 20) << "the source was not found under " << root;
}

TEST(ClockReadsTest, TheCheckSeesEachKindOfRead) {
  struct Case {
    const char* name;
    const char* path;
    const char* line;
    bool found;
  };
  const Case cases[] = {
      {"system_clock", "server/x.cpp", "auto t = std::chrono::system_clock::now();", true},
      {"time", "server/x.cpp", "auto t = std::time(nullptr);", true},
      {"time, in C", "server/x.cpp", "auto t = time( NULL );", true},
      {"clock_gettime", "storage/x.cpp", "clock_gettime(CLOCK_REALTIME_COARSE, &now);", true},
      {"gettimeofday", "storage/x.cpp", "gettimeofday(&now, nullptr);", true},
      {"a duration", "server/x.cpp", "auto t = std::chrono::steady_clock::now();", false},
      {"monotonic", "storage/x.cpp", "clock_gettime(CLOCK_MONOTONIC_COARSE, &now);", false},
      {"a comment", "server/x.cpp", "// unlike system_clock", false},
      {"some other time", "server/x.cpp", "start_time(nullptr);", false},
      {"the clock itself", "storage/clock/clock.cpp", "std::time(nullptr);", false},
      {"log lines", "server/program/log.cpp", "std::chrono::system_clock::to_time_t(t);", false},
  };
  for (const Case& c : cases) EXPECT_EQ(!Reads(c.path, c.line).empty(), c.found) << c.name;
}

}  // namespace
}  // namespace dynarock
