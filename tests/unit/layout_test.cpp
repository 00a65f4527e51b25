// Holds the #include lines of the source to the rooms' arrows, and the decisions to numbers without
// gaps. The two tables below are the whole rule; docs/decisions and README.md tell the reasons.
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace dynarock {
namespace {

namespace fs = std::filesystem;

// A room and what of ours it may include beside itself: folders (any depth) or single headers.
struct Room {
  std::string_view folder;
  std::vector<std::string_view> may_include;
};

// In reading order: each room sees only rooms above it.
const std::vector<Room> kRooms = {
    {"storage/item", {}},
    {"storage/key", {"storage/item"}},
    {"storage/engine", {"storage/item/error.h", "storage/item/result.h"}},
    {"storage/catalog", {"storage/item", "storage/key", "storage/engine"}},
    {"storage/stream", {"storage/item", "storage/key", "storage/engine", "storage/catalog"}},
    {"storage/table",
     {"storage/item", "storage/key", "storage/engine", "storage/catalog", "storage/stream"}},
    {"expression", {"storage/item"}},
    {"server/crypto", {}},
    {"server/http", {"server/crypto"}},
    {"server/protocol", {"server/http", "server/crypto", "storage/item"}},
    {"server/operations",
     {"server/protocol", "server/http/handler.h", "expression", "storage/table", "storage/stream",
      "storage/catalog", "storage/key", "storage/item"}},
    {"server/schema",
     {"server/findings/report.h", "server/http/content_coding.h", "server/protocol",
      "server/operations", "storage/table", "storage/catalog", "storage/item"}},
    {"server/advisor/cost", {"server/findings/report.h", "server/document/node.h"}},
    {"server/advisor",
     {"server/advisor/cost", "server/protocol", "server/document/node.h", "storage/catalog",
      "storage/item"}},
    {"server/audit",
     {"server/advisor/watch/request_text.h", "server/protocol", "storage/catalog", "storage/item"}},
    {"server/advisor/render", {"server/findings/report.h", "server/advisor/cost", "storage/item"}},
    {"server/report",
     {"server/advisor", "server/document/document.h", "server/document/node.h", "server/http/handler.h",
      "storage/item"}},
    {"server/control",
     {"server/protocol", "server/http/handler.h", "storage/table", "storage/catalog",
      "storage/item"}},
    {"server",
     {"server/crypto", "server/http", "server/protocol", "server/operations", "server/schema",
      "server/advisor", "server/audit", "server/report", "server/control", "storage/table",
      "storage/stream", "storage/catalog", "storage/engine", "storage/item"}},
};

// A library whose headers only one room, or one file, may include.
struct Library {
  std::string_view headers;  // the beginning of its include paths
  std::string_view room;
};

const std::vector<Library> kLibraries = {
    {"rocksdb/", "storage/engine"},
    {"boost/beast", "server/http"},
    {"boost/asio", "server/http"},
    {"rapidjson/", "storage/item/json_reader.h"},
    {"md5.h", "storage/key"},
    {"yaml.h", "server/schema"},
    {"CLI/", "server"},
    {"spdlog/", "server"},
    {"mbedtls/", "server/crypto"},
};

bool Within(std::string_view path, std::string_view folder_or_file) {
  return path == folder_or_file ||
         (path.starts_with(folder_or_file) && path[folder_or_file.size()] == '/');
}

// The room that holds `path`: the one with the longest matching folder; null outside all rooms.
const Room* RoomOf(std::string_view path) {
  const Room* best = nullptr;
  for (const Room& room : kRooms) {
    if (Within(path, room.folder) && (!best || room.folder.size() > best->folder.size())) {
      best = &room;
    }
  }
  return best;
}

bool MayInclude(const Room& room, std::string_view header) {
  if (RoomOf(header) == &room) return true;
  for (std::string_view allowed : room.may_include) {
    if (Within(header, allowed)) return true;
  }
  return false;
}

// What is wrong with the #include lines in `text`, the content of the file at `path`; one sentence
// each.
std::vector<std::string> Violations(const std::string& path, const std::string& text) {
  static const std::regex kInclude(R"re(^\s*#\s*include\s*(["<])([^">]+)[">])re");
  std::vector<std::string> found;
  const Room* room = RoomOf(path);
  if (!room) return {path + " lies in no room"};
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (!std::regex_search(line, match, kInclude)) continue;
    const std::string header = match[2];
    if (match[1] == "\"" && !MayInclude(*room, header)) {
      found.push_back(path + " includes " + header + ", which " + std::string(room->folder) +
                      " must not see");
    }
    for (const Library& library : kLibraries) {
      if (header.starts_with(library.headers) && room->folder != library.room &&
          path != library.room) {
        found.push_back(path + " includes " + header + ", which belongs to " +
                        std::string(library.room));
      }
    }
  }
  return found;
}

std::string ReadFile(const fs::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(LayoutTest, IncludesFollowTheArrows) {
  const fs::path root = DYNAROCK_SOURCE_DIR;
  int files = 0;
  for (const char* top : {"storage", "expression", "server"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      const std::string extension = entry.path().extension();
      if (extension != ".h" && extension != ".cpp") continue;
      ++files;
      const std::string path = fs::relative(entry.path(), root);
      for (const std::string& violation : Violations(path, ReadFile(entry.path()))) {
        ADD_FAILURE() << violation;
      }
    }
  }
  EXPECT_GT(files, 20) << "the source was not found under " << root;
}

TEST(LayoutTest, TheCheckSeesEachKindOfViolation) {
  struct Case {
    const char* name;
    const char* path;
    const char* line;
    std::string expected;  // empty: allowed
  };
  const std::vector<Case> cases = {
      {"own room", "storage/item/number.cpp", R"(#include "storage/item/number.h")", ""},
      {"room above", "expression/path.h", R"(#include "storage/item/view.h")", ""},
      {"single header", "storage/engine/engine.h", R"(#include "storage/item/result.h")", ""},
      {"own library", "storage/engine/engine.cpp", "#include <rocksdb/db.h>", ""},
      {"storage sees no expression", "storage/table/write.cpp", R"(#include "expression/ast.h")",
       "storage/table/write.cpp includes expression/ast.h, which storage/table must not see"},
      {"not beyond the single header", "storage/engine/engine.h",
       R"(#  include "storage/item/view.h")",
       "storage/engine/engine.h includes storage/item/view.h, which storage/engine must not see"},
      {"path not from the root", "storage/item/number.cpp", R"(#include "number.h")",
       "storage/item/number.cpp includes number.h, which storage/item must not see"},
      {"foreign library", "server/operations/items/scan.cpp", "#include <rocksdb/db.h>",
       "server/operations/items/scan.cpp includes rocksdb/db.h, which belongs to storage/engine"},
      {"no room", "storage/new/x.h", "", "storage/new/x.h lies in no room"},
  };
  for (const Case& c : cases) {
    const std::vector<std::string> found = Violations(c.path, c.line);
    if (c.expected.empty()) {
      EXPECT_TRUE(found.empty()) << c.name << ": " << found.front();
    } else {
      EXPECT_EQ(found, std::vector<std::string>{c.expected}) << c.name;
    }
  }
}

TEST(LayoutTest, DecisionsAreNumberedWithoutGaps) {
  static const std::regex kName(R"(^(\d{4})-[a-z0-9-]+\.md$)");
  std::map<std::string, std::string> by_number;
  for (const auto& entry :
       fs::directory_iterator(fs::path(DYNAROCK_SOURCE_DIR) / "docs" / "decisions")) {
    const std::string name = entry.path().filename();
    std::smatch match;
    ASSERT_TRUE(std::regex_match(name, match, kName)) << name << " is not named NNNN-title.md";
    const auto [other, fresh] = by_number.emplace(match[1], name);
    EXPECT_TRUE(fresh) << name << " has the number of " << other->second;
  }
  ASSERT_GE(by_number.size(), 7u);
  EXPECT_EQ(std::stoul(by_number.rbegin()->first), by_number.size());
}

}  // namespace
}  // namespace dynarock
