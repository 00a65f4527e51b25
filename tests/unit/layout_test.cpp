// Holds the #include lines of the source to the rooms' arrows, and the decisions to numbers without
// gaps. The two tables below are the whole rule; docs/decisions and README.md tell the reasons.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace dynarock {
namespace {

namespace fs = std::filesystem;

// A room is a folder without those of its folders that are rooms of their own. What of ours it may
// include beside itself: rooms, or single headers.
struct Room {
  std::string_view folder;
  std::vector<std::string_view> may_include;
};

// In reading order: each room sees only rooms above it, which a test below holds the table to.
const std::vector<Room> kRooms = {
    {"storage/item", {}},
    {"storage/clock", {}},
    {"storage/key", {"storage/item"}},
    {"storage/engine", {"storage/item/error.h"}},
    {"storage/catalog", {"storage/item", "storage/key", "storage/engine", "storage/clock"}},
    {"storage/stream",
     {"storage/item", "storage/key", "storage/engine", "storage/catalog", "storage/clock"}},
    {"storage/table",
     {"storage/item", "storage/clock", "storage/key", "storage/engine", "storage/catalog",
      "storage/stream"}},
    {"expression", {"storage/item"}},
    {"expression/partiql", {"expression", "storage/item"}},
    {"server/crypto", {}},
    {"server/http", {"server/crypto", "storage/clock", "storage/item/text.h"}},
    {"server/document", {"storage/item"}},
    {"server/findings", {"server/document"}},
    {"server/findings/cost", {"server/findings", "server/document"}},
    {"server/findings/render",
     {"server/findings", "server/findings/cost", "storage/item", "storage/clock"}},
    {"server/findings/run",
     {"server/findings", "server/findings/cost", "server/findings/render", "server/document"}},
    {"server/trace", {"storage/item"}},
    {"server/protocol",
     {"server/http", "server/crypto", "server/trace", "storage/item", "storage/clock",
      "storage/engine/view.h"}},
    {"server/operations/request",
     {"server/protocol", "server/trace", "expression", "storage/table", "storage/catalog",
      "storage/item"}},
    {"server/operations/items",
     {"server/operations/request", "server/protocol", "expression", "storage/item"}},
    {"server/operations/tables",
     {"server/operations/request", "server/protocol", "storage/table", "storage/catalog",
      "storage/clock", "storage/item"}},
    {"server/operations/streams",
     {"server/operations/request", "server/protocol", "storage/stream", "storage/item",
      "storage/key"}},
    {"server/operations/transactions",
     {"server/operations/request", "server/protocol", "storage/table", "storage/item"}},
    {"server/operations/partiql",
     {"server/operations/request", "server/operations/transactions", "server/trace", "expression",
      "storage/table", "storage/item", "storage/key", "expression/partiql"}},
    {"server/operations", {"server/operations/request", "server/protocol"}},
    {"server/schema/table", {"server/document", "storage/item"}},
    {"server/schema/hcl", {"server/document", "storage/item"}},
    {"server/schema/terraform", {"server/schema/hcl", "server/schema/table", "server/document"}},
    {"server/schema/cloudformation", {"server/schema/table", "server/document", "storage/item"}},
    {"server/schema/reader",
     {"server/schema/terraform", "server/schema/cloudformation", "server/schema/table",
      "server/document", "storage/item"}},
    {"server/schema/review",
     {"server/schema/table", "server/findings", "server/document", "server/operations/tables",
      "server/operations/request", "server/protocol", "storage/item"}},
    {"server/schema/start",
     {"server/schema/reader", "server/schema/review", "server/schema/table", "server/findings",
      "server/document", "server/operations/tables", "server/operations/request", "server/protocol",
      "server/trace", "server/http/content_coding.h", "storage/table", "storage/catalog",
      "storage/item"}},
    {"server/advisor/words", {"storage/item", "storage/catalog"}},
    {"server/advisor/watch",
     {"server/advisor/words", "server/protocol", "server/trace", "expression", "storage/catalog",
      "storage/item"}},
    {"server/advisor/rules",
     {"server/advisor/watch", "server/advisor/words", "server/findings", "server/findings/cost",
      "server/document", "storage/item"}},
    {"server/advisor",
     {"server/advisor/rules", "server/advisor/watch", "server/findings", "server/protocol",
      "storage/clock"}},
    {"server/audit",
     {"server/protocol", "server/trace", "expression", "storage/catalog", "storage/item",
      "storage/clock"}},
    {"server/control",
     {"server/findings/run", "server/findings/render", "server/advisor", "server/protocol",
      "server/trace", "server/http/handler.h", "storage/table", "storage/item"}},
    {"server/program",
     {"server/crypto",          "server/http",          "server/document",     "server/findings",
      "server/findings/render", "server/findings/run",  "server/protocol",     "server/operations",
      "server/schema/reader",   "server/schema/review", "server/schema/start", "server/advisor",
      "server/advisor/watch",   "server/audit",         "server/control",      "storage/table",
      "storage/stream",         "storage/engine",       "storage/item",        "storage/clock"}},
};

// The namespace of each room, where it is not `dynarock` alone (storage).
struct Namespace {
  std::string_view name;
  std::string_view folder;
};
const std::vector<Namespace> kNamespaces = {
    {"expression", "expression"},    {"crypto", "server/crypto"},
    {"http", "server/http"},         {"document", "server/document"},
    {"findings", "server/findings"}, {"trace", "server/trace"},
    {"protocol", "server/protocol"}, {"operations", "server/operations"},
    {"schema", "server/schema"},     {"advisor", "server/advisor"},
    {"audit", "server/audit"},       {"control", "server/control"},
    {"program", "server/program"},
};

// A library whose headers only one room, or one file, may include.
struct Library {
  std::string_view headers;  // the beginning of its include paths
  std::string_view room;
};

const std::vector<Library> kLibraries = {
    {"rocksdb/", "storage/engine"}, {"boost/beast", "server/http"},
    {"boost/asio", "server/http"},  {"rapidjson/", "storage/item/json_reader.h"},
    {"md5.h", "storage/key"},       {"yaml.h", "server/document"},
    {"CLI/", "server/program"},     {"spdlog/", "server/program"},
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
  const Room* other = RoomOf(header);
  if (other == &room) return true;
  for (std::string_view allowed : room.may_include) {
    if (header == allowed || (other && other->folder == allowed)) return true;
  }
  return false;
}

// Whether the room may name what is declared in a namespace (without `dynarock::`).
bool MayName(const Room& room, std::string_view name) {
  name = name.substr(0, name.find(':'));
  const auto known = std::ranges::find(kNamespaces, name, &Namespace::name);
  if (known == kNamespaces.end()) return true;
  if (Within(room.folder, known->folder)) return true;
  return std::ranges::any_of(room.may_include,
                             [&](std::string_view seen) { return Within(seen, known->folder); });
}

// What is wrong with the #include lines and forward declarations in `text`, the content of the file
// at `path`; one sentence each.
std::vector<std::string> Violations(const std::string& path, const std::string& text) {
  static const std::regex kInclude(R"re(^\s*#\s*include\s*(["<])([^">]+)[">])re");
  std::vector<std::string> found;
  const Room* room = RoomOf(path);
  if (!room) return {path + " lies in no room"};
  static const std::regex kNamespace(R"re(^namespace dynarock(?:::([a-z_:]+))? \{)re");
  static const std::regex kDeclaration(R"re(^\s*(?:class|struct|enum class) (\w+)[^{]*;)re");
  std::istringstream lines(text);
  std::string in_namespace;
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (std::regex_search(line, match, kNamespace)) in_namespace = match[1];
    if (std::regex_search(line, match, kDeclaration) && !MayName(*room, in_namespace)) {
      found.push_back(path + " declares " + in_namespace + "::" + match[1].str() + ", which " +
                      std::string(room->folder) + " must not see");
    }
    if (!std::regex_search(line, match, kInclude)) continue;
    const std::string header = match[2];
    if (match[1] == "\"" && !MayInclude(*room, header)) {
      found.push_back(path + " includes " + header + ", which " + std::string(room->folder) +
                      " must not see");
    }
    for (const Library& library : kLibraries) {
      if (header.starts_with(library.headers) && !Within(room->folder, library.room) &&
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
      const Room* room = RoomOf(path);
      if (!room) continue;
      EXPECT_EQ(fs::path(path).parent_path(), room->folder) << "the folder needs a row";
    }
  }
  EXPECT_GT(files, 20) << "the source was not found under " << root;
}

TEST(LayoutTest, NoArrowPointsUp) {
  std::set<std::string_view> above;
  size_t arrows = 0;
  for (const Room& room : kRooms) {
    for (std::string_view seen : room.may_include) {
      const Room* other = RoomOf(seen);
      ASSERT_NE(other, nullptr) << seen;
      EXPECT_TRUE(above.contains(other->folder))
          << room.folder << " sees " << seen << ", which is not above it";
      ++arrows;
    }
    above.insert(room.folder);
  }
  std::printf("%zu rooms, %zu arrows, none of them upward\n", kRooms.size(), arrows);
}

// A row or an arrow that nothing needs would let in what nobody decided.
TEST(LayoutTest, EveryArrowIsUsed) {
  const fs::path root = DYNAROCK_SOURCE_DIR;
  static const std::regex kInclude(R"re(#include "([^"]+)")re");
  std::set<std::pair<std::string_view, std::string_view>> used;
  for (const char* top : {"storage", "expression", "server"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      const Room* room = RoomOf(fs::relative(entry.path(), root).string());
      if (!entry.is_regular_file() || !room) continue;
      const std::string text = ReadFile(entry.path());
      for (std::sregex_iterator it(text.begin(), text.end(), kInclude), end; it != end; ++it) {
        const std::string header = (*it)[1];
        const Room* other = RoomOf(header);
        for (std::string_view seen : room->may_include) {
          if (header == seen || (other && other->folder == seen)) used.insert({room->folder, seen});
        }
      }
    }
  }
  for (const Room& room : kRooms) {
    for (std::string_view seen : room.may_include) {
      EXPECT_TRUE(used.contains({room.folder, seen})) << room.folder << " never includes " << seen;
    }
  }
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
      {"single header", "storage/engine/engine.h", R"(#include "storage/item/error.h")", ""},
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
      {"a folder of a room it sees", "server/advisor/rules/x.cpp",
       R"(#include "server/findings/run/desk.h")",
       "server/advisor/rules/x.cpp includes server/findings/run/desk.h, which "
       "server/advisor/rules must not see"},
      {"forward declaration upward", "server/protocol/x.h",
       "namespace dynarock::operations {\nstruct Services;\n}",
       "server/protocol/x.h declares operations::Services, which server/protocol must not see"},
      {"forward declaration of what it sees", "server/protocol/x.h",
       "namespace dynarock::trace {\nclass Trace;\n}", ""},
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
