// Files made wrong at random: whatever they hold, reading and reviewing them ends, without a crash.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/schema/reader/reader.h"
#include "server/schema/review/review.h"
#include "server/schema/start/apply.h"
#include "server/schema/start/seed_text.h"

namespace dynarock::schema {
namespace {

namespace fs = std::filesystem;

std::vector<SourceFile> Seeds() {
  std::vector<SourceFile> files;
  const fs::path root = fs::path(DYNAROCK_SOURCE_DIR) / "tests" / "cases" / "schema";
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const bool malformed = entry.path().string().find("malformed") != std::string::npos;
    if (!entry.is_regular_file() || malformed) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    SourceFile& file = files.emplace_back();
    file.path = entry.path();
    file.text.assign(std::istreambuf_iterator<char>(in), {});
  }
  return files;
}

// Pieces that mean something to one of the readers.
const std::vector<std::string> kWords = {"!Ref ",
                                         "!If [",
                                         "Fn::Sub",
                                         "${self:",
                                         "${opt:a, ",
                                         "&a ",
                                         "*a",
                                         "<<: *a",
                                         "null",
                                         "{",
                                         "}",
                                         "[",
                                         "]",
                                         "\"",
                                         "'",
                                         ":",
                                         "- ",
                                         "\t",
                                         "\xC3",
                                         "\xFF",
                                         "1e999",
                                         "KeySchema",
                                         "Properties",
                                         "true",
                                         "!Select [1, ",
                                         "Fn::FindInMap",
                                         "AttributeDefinitions",
                                         "GlobalSecondaryIndexes"};

void Mutate(std::mt19937& random, const std::vector<SourceFile>& seeds, std::string& text) {
  const auto below = [&](size_t n) { return n == 0 ? 0 : random() % n; };
  const size_t changes = 1 + below(3);
  for (size_t i = 0; i < changes; ++i) {
    const size_t at = below(text.size() + 1);
    switch (below(5)) {
      case 0:
        text.insert(at, kWords[below(kWords.size())]);
        break;
      case 1:
        text.erase(at, below(40));
        break;
      case 2:
        if (at < text.size()) text[at] = static_cast<char>(random());
        break;
      case 3:
        text.insert(at, text.substr(below(text.size() + 1), below(200)));
        break;
      default: {
        const std::string& other = seeds[below(seeds.size())].text;
        text.insert(at, other.substr(below(other.size() + 1), below(300)));
      }
    }
  }
}

TEST(ReaderFuzzTest, MutatedFilesNeverCrash) {
  const std::vector<SourceFile> seeds = Seeds();
  ASSERT_GE(seeds.size(), 10u);
  std::mt19937 random(20261125);
  size_t tables = 0;
  for (int i = 0; i < 20000; ++i) {
    SourceFile file = seeds[random() % seeds.size()];
    Mutate(random, seeds, file.text);
    const Reading reading = ReadFile(file, {});
    tables += reading.tables.size();
    for (const findings::Finding& finding : Review(reading)) {
      ASSERT_FALSE(finding.title.empty());
      ASSERT_GT(finding.line, 0) << finding.title << "\n" << file.text;
    }
    static_cast<void>(WantAll(reading));
    ReadSeedText(file.text, [](const SeedItem&) { return true; });
  }
  EXPECT_GT(tables, 1000u) << "most mutations made no table at all";
}

}  // namespace
}  // namespace dynarock::schema
