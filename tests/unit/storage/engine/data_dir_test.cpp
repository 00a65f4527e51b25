#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "storage/engine/engine.h"
#include "tests/unit/storage/engine/temp_dir.h"

namespace dynarock {
namespace {

namespace fs = std::filesystem;

// Every file below `path` with its content.
std::map<std::string, std::string> Contents(const std::string& path) {
  std::map<std::string, std::string> all;
  for (const auto& entry : fs::recursive_directory_iterator(path)) {
    std::string content;
    if (entry.is_regular_file()) {
      std::ifstream file(entry.path(), std::ios::binary);
      content.assign(std::istreambuf_iterator<char>(file), {});
    }
    all[entry.path().string()] = content;
  }
  return all;
}

void WriteFile(const std::string& path, std::string_view text) {
  std::ofstream(path, std::ios::binary) << text;
}

class DataDirTest : public testing::Test {
 protected:
  std::string Refusal(const std::string& path) {
    EngineOptions options;
    options.data_dir = path;
    const auto before = Contents(dir_.path());
    auto opened = Engine::Open(options);
    EXPECT_FALSE(opened);
    EXPECT_EQ(Contents(dir_.path()), before) << "the directory has changed";
    return opened ? "" : opened.error();
  }
  void Create(const std::string& path) {
    EngineOptions options;
    options.data_dir = path;
    auto opened = Engine::Open(options);
    ASSERT_TRUE(opened) << opened.error();
    Batch batch;
    batch.Put("a", "1");
    (*opened)->Write(batch);
    (*opened)->Close();
  }
  std::string Head(const std::string& path) { return "cannot use data directory " + path + ": "; }
  test::TempDir dir_;
};

TEST_F(DataDirTest, CreatesMissingFolders) {
  Create(dir_.path() + "/a/b/c");
}

TEST_F(DataDirTest, TakesAVolumesEmptyDirectory) {
  fs::create_directory(dir_.path() + "/lost+found");
  Create(dir_.path());
}

TEST_F(DataDirTest, RefusesAFileInTheWay) {
  const std::string path = dir_.path() + "/file";
  WriteFile(path, "x");
  EXPECT_EQ(Refusal(path), Head(path) + "it is a file, not a directory");
  EXPECT_EQ(Refusal(path + "/below"), Head(path + "/below") + "Not a directory");
}

TEST_F(DataDirTest, RefusesAStrangersDirectory) {
  WriteFile(dir_.path() + "/letter.txt", "dear");
  EXPECT_EQ(Refusal(dir_.path()),
            Head(dir_.path()) + "it holds files that are not dynarock's; name an empty directory");
}

TEST_F(DataDirTest, RefusesANewerFormat) {
  Create(dir_.path());
  WriteFile(dir_.path() + "/FORMAT", "dynarock 2\n");
  EXPECT_EQ(Refusal(dir_.path()),
            Head(dir_.path()) + "a newer dynarock wrote it (format 2; this one knows up to 1)");
}

TEST_F(DataDirTest, RefusesAnUnreadableFormat) {
  Create(dir_.path());
  WriteFile(dir_.path() + "/FORMAT", "something else");
  EXPECT_EQ(Refusal(dir_.path()), Head(dir_.path()) + "damaged: its FORMAT file is unreadable");
}

TEST_F(DataDirTest, RefusesALostDatabase) {
  Create(dir_.path());
  fs::remove(dir_.path() + "/db/CURRENT");
  EngineOptions options;
  options.data_dir = dir_.path();
  auto opened = Engine::Open(options);
  ASSERT_FALSE(opened);
  EXPECT_TRUE(opened.error().starts_with(Head(dir_.path()) + "damaged: ")) << opened.error();
}

TEST_F(DataDirTest, RefusesADirectoryItMayNotWrite) {
  if (geteuid() == 0) {
    // Root may write anywhere but on a read-only file system.
    EXPECT_TRUE(
        Refusal("/proc/dynarock").starts_with(Head("/proc/dynarock") + "cannot create it: "));
    return;
  }
  fs::permissions(dir_.path(), fs::perms::owner_read | fs::perms::owner_exec);
  EXPECT_EQ(Refusal(dir_.path()), Head(dir_.path()) + "not writable: Permission denied");
  fs::permissions(dir_.path(), fs::perms::owner_all);
}

TEST_F(DataDirTest, RefusesASecondOpener) {
  EngineOptions options;
  options.data_dir = dir_.path();
  auto first = Engine::Open(options);
  ASSERT_TRUE(first);
  EXPECT_EQ(Refusal(dir_.path()), Head(dir_.path()) + "another process has it open");
  (*first)->Close();
  first->reset();
  Create(dir_.path());
}

TEST_F(DataDirTest, RefusesWhatAnotherProcessHasOpen) {
  int ready[2];
  int done[2];
  ASSERT_EQ(pipe(ready), 0);
  ASSERT_EQ(pipe(done), 0);
  const pid_t child = fork();
  if (child == 0) {
    EngineOptions options;
    options.data_dir = dir_.path();
    auto engine = Engine::Open(options);
    char c = engine ? 'y' : 'n';
    if (write(ready[1], &c, 1) != 1 || read(done[0], &c, 1) != 1) _exit(1);
    _exit(0);
  }
  char c = 0;
  ASSERT_EQ(read(ready[0], &c, 1), 1);
  EXPECT_EQ(c, 'y');
  EXPECT_EQ(Refusal(dir_.path()), Head(dir_.path()) + "another process has it open");
  ASSERT_EQ(write(done[1], &c, 1), 1);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  Create(dir_.path());
}

TEST_F(DataDirTest, CompactGivesSpaceBackAtOpen) {
  EngineOptions options;
  options.data_dir = dir_.path() + "/data";
  const auto bytes = [&] {
    size_t sum = 0;
    for (const auto& [path, content] : Contents(options.data_dir)) sum += content.size();
    return sum;
  };
  {
    auto opened = Engine::Open(options);
    ASSERT_TRUE(opened) << opened.error();
    // Values that do not compress.
    std::string value(100'000, '\0');
    uint32_t state = 1;
    for (int i = 0; i < 20; ++i) {
      for (char& c : value) c = static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
      Batch batch;
      batch.Put("key" + std::to_string(i), value);
      (*opened)->Write(batch);
    }
    (*opened)->Flush();
    for (int i = 0; i < 20; ++i) {
      Batch batch;
      batch.Delete("key" + std::to_string(i));
      (*opened)->Write(batch);
    }
    Batch batch;
    batch.Put("kept", "1");
    (*opened)->Write(batch);
    (*opened)->Close();
  }
  EXPECT_GT(bytes(), 1'500'000u);
  options.compact = true;
  auto opened = Engine::Open(options);
  ASSERT_TRUE(opened) << opened.error();
  std::string value;
  EXPECT_TRUE((*opened)->Get("kept", value));
  EXPECT_FALSE((*opened)->Get("key1", value));
  (*opened)->Close();
  EXPECT_LT(bytes(), 1'000'000u);
}

}  // namespace
}  // namespace dynarock
