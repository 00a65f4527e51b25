#include "server/document/file.h"

#include <cstdio>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

namespace dynarock::document {
namespace {

namespace fs = std::filesystem;

class FileTest : public ::testing::Test {
 protected:
  FileTest() {
    folder_ = fs::temp_directory_path() / ("dynarock-file-test-" + std::to_string(getpid()));
    fs::create_directories(folder_);
  }
  ~FileTest() override { fs::remove_all(folder_); }

  std::string Path(const std::string& name) const { return (folder_ / name).string(); }
  std::string Made(const std::string& name, const std::string& text) const {
    std::FILE* out = std::fopen(Path(name).c_str(), "wb");
    std::fwrite(text.data(), 1, text.size(), out);
    std::fclose(out);
    return Path(name);
  }

  fs::path folder_;
};

TEST_F(FileTest, ReadsUpToALimit) {
  const size_t kMegabyte = size_t{1} << 20;
  const std::string text(2 * kMegabyte, 'x');
  const std::string path = Made("large", text);
  EXPECT_EQ(ReadWholeFile(path, text.size()), text);
  EXPECT_EQ(ReadWholeFile(Made("empty", ""), 0), "");
  EXPECT_EQ(ReadWholeFile(path, kMegabyte).error(), "larger than 1 MB");
  EXPECT_EQ(ReadSmallFile(path).error(), "cannot read " + path + ": larger than 1 MB");
  // It says nothing of its size before it is read.
  EXPECT_EQ(ReadWholeFile("/dev/zero", size_t{1} << 30 >> 8).error(), "larger than 4 MB");
}

TEST_F(FileTest, SaysWhyItCannotRead) {
  EXPECT_EQ(ReadWholeFile(Path("absent"), 1).error(), "No such file or directory");
  EXPECT_EQ(ReadWholeFile(folder_.string(), 1).error(), "Is a directory");
}

TEST_F(FileTest, ReplacesAsAWhole) {
  const std::string path = Made("kept", "old");
  ASSERT_TRUE(ReplaceFile(path, "new", FileMode::kPrivate));
  EXPECT_EQ(ReadSmallFile(path), "new");
  EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_FALSE(fs::exists(path + ".new"));
  const std::string nowhere = Path("absent/file");
  EXPECT_EQ(ReplaceFile(nowhere, "x", FileMode::kPublic).error(),
            "cannot write " + nowhere + ": No such file or directory");
}

}  // namespace
}  // namespace dynarock::document
