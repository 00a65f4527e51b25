#include "server/schema/start/seed.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

#include "server/document/document.h"
#include "server/document/file.h"
#include "server/document/node_path.h"
#include "server/http/content_coding.h"
#include "server/operations/request/operation_list.h"
#include "server/schema/start/seed_text.h"
#include "storage/item/json.h"
#include "storage/item/json_text.h"
#include "storage/table/store.h"

namespace dynarock::schema {

namespace {

namespace fs = std::filesystem;

constexpr size_t kMostFileBytes = size_t{2} << 30;  // unpacked
constexpr size_t kMostFaults = 10;
constexpr int kDeepestDirectory = 6;
constexpr auto kLongestWait = std::chrono::seconds(60);  // for a table that is being created
constexpr std::array<std::string_view, 4> kExtensions = {".json", ".jsonl", ".ndjson", ".json.gz"};
constexpr std::array<std::string_view, 2> kPackedExtensions = {".jsonl.gz", ".ndjson.gz"};

// The extension of a file that holds items; empty: it holds none.
std::string_view SeedExtension(std::string_view name) {
  for (const std::string_view extension : kPackedExtensions) {
    if (name.ends_with(extension)) return extension;
  }
  std::string_view longest;
  for (const std::string_view extension : kExtensions) {
    if (name.ends_with(extension) && extension.size() > longest.size()) longest = extension;
  }
  return longest;
}

std::expected<std::string, std::string> Load(const fs::path& path) {
  auto text = document::ReadWholeFile(path, kMostFileBytes);
  if (!text) return std::unexpected(path.string() + ": " + text.error());
  const bool packed = text->starts_with("\x1F\x8B");
  if (packed && http::DecodeBody("gzip", kMostFileBytes, *text) != http::DecodeResult::kDecoded) {
    return std::unexpected(path.string() + ": the gzip data is broken, or larger than 2 GB");
  }
  return text;
}

class Seeder {
 public:
  Seeder(std::span<const WantedTable> wanted, const LocalCaller& caller)
      : wanted_(wanted), caller_(caller) {}

  void Path(const std::string& path) {
    std::error_code error;
    if (fs::is_directory(path, error)) {
      const size_t before = seeded_.tables.size() + faults_;
      Directory(path, {}, 0);
      if (seeded_.tables.size() + faults_ == before) Fault(path + ": no file in it holds items");
      return;
    }
    File(path, TableOfFile(path));
  }

  std::expected<Seeded, std::string> Finish() {
    if (faults_ == 0) return std::move(seeded_);
    TakeBack();
    if (faults_ > kMostFaults) {
      lines_ += "\nand " + std::to_string(faults_ - kMostFaults) + " more";
    }
    return std::unexpected(std::move(lines_));
  }

 private:
  // A table that is fed: found, and empty when it was met first.
  struct Target {
    std::shared_ptr<const Table> table;  // null: there is none of that name
    size_t report = 0;                   // where in seeded_.tables
    bool fed = false;
  };

  void Fault(std::string line) {
    if (++faults_ > kMostFaults) return;
    if (!lines_.empty()) lines_ += '\n';
    lines_ += line;
  }

  // Tables go by their name or by their address in the files; one that several have names none.
  std::shared_ptr<const Table> Find(const std::string& name) const {
    const Store& store = caller_.store();
    if (auto table = store.Find({}, name)) return table;
    const auto named = [&](const WantedTable& wanted) { return wanted.address == name; };
    const auto found = std::ranges::find_if(wanted_, named);
    if (found == wanted_.end() || std::ranges::count_if(wanted_, named) > 1) return nullptr;
    return store.Find({}, found->table.name);
  }

  static std::string TableOfFile(const fs::path& path) {
    const std::string name = path.filename();
    return name.substr(0, name.size() - SeedExtension(name).size());
  }

  void Directory(const fs::path& directory, const std::string& table, int depth) {
    if (depth > kDeepestDirectory) return;
    if (fs::exists(directory / "manifest-files.json")) return Export(directory, table);
    std::vector<fs::path> entries;
    std::error_code error;
    for (fs::directory_iterator it(directory, error), end; !error && it != end;
         it.increment(error)) {
      if (!it->path().filename().string().starts_with('.')) entries.push_back(it->path());
    }
    if (error) return Fault(directory.string() + ": " + error.message());
    std::sort(entries.begin(), entries.end());
    for (const fs::path& entry : entries) {
      const std::string name = entry.filename();
      if (fs::is_directory(entry, error)) {
        const bool names = table.empty() && Find(name) != nullptr;
        Directory(entry, names ? name : table, depth + 1);
      } else if (!SeedExtension(name).empty() && !name.starts_with("manifest")) {
        File(entry, table.empty() ? TableOfFile(entry) : table);
      }
    }
  }

  // DynamoDB's export to S3, as it is laid out there: <id>/manifest-summary.json,
  // manifest-files.json and data/*.json.gz.
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html
  void Export(const fs::path& directory, std::string table) {
    const fs::path summary_path = directory / "manifest-summary.json";
    const auto summary_text = Load(summary_path);
    if (!summary_text) return Fault(summary_text.error());
    const auto summary = document::ReadJson({.path = summary_path, .text = *summary_text});
    if (!summary) return Fault(summary_path.string() + ": " + summary.error().text);
    const std::string_view format = document::TextOf(summary->root, "outputFormat");
    if (format != "DYNAMODB_JSON") {
      return Fault(summary_path.string() + ": the format " + std::string(format) +
                   " is not supported; export as DYNAMODB_JSON");
    }
    if (table.empty()) {
      const std::string_view arn = document::TextOf(summary->root, "tableArn");
      table = arn.substr(arn.rfind('/') + 1);
    }
    const fs::path list_path = directory / "manifest-files.json";
    const auto list = Load(list_path);
    if (!list) return Fault(list.error());
    std::string_view lines = *list;
    for (size_t number = 1; !lines.empty(); ++number) {
      const size_t end = lines.find('\n');
      const std::string_view line = lines.substr(0, end);
      lines = end == std::string_view::npos ? std::string_view() : lines.substr(end + 1);
      if (line.empty()) continue;
      const auto entry = document::ReadJson({.path = list_path, .text = std::string(line)});
      const std::string key(entry ? document::TextOf(entry->root, "dataFileS3Key")
                                  : std::string_view());
      if (key.empty()) {
        Fault(list_path.string() + ":" + std::to_string(number) + ": no dataFileS3Key here");
        continue;
      }
      File(directory / "data" / fs::path(key).filename(), table);
    }
  }

  void File(const fs::path& path, const std::string& table) {
    const auto text = Load(path);
    if (!text) return Fault(text.error());
    const std::string file = path.string();
    const auto put = [&](const SeedItem& item) {
      Put(item.table.empty() ? table : item.table, item, file);
      return faults_ <= kMostFaults;
    };
    if (const auto fault = ReadSeedText(*text, put)) {
      Fault(file + ":" + std::to_string(fault->line) + ": " + fault->text);
    }
    // A file without items names its table all the same.
    if (!targets_.contains(table) && Find(table) != nullptr) TargetOf(table);
  }

  Target& TargetOf(const std::string& name) {
    const auto known = targets_.find(name);
    if (known != targets_.end()) return known->second;
    Target& target = targets_[name];
    target.table = Find(name);
    if (target.table == nullptr) return target;
    const std::string& real = target.table->name();
    const auto same = std::find_if(seeded_.tables.begin(), seeded_.tables.end(),
                                   [&](const Seeded::Table& t) { return t.name == real; });
    if (same != seeded_.tables.end()) {  // met under its other name
      target.report = static_cast<size_t>(same - seeded_.tables.begin());
      target.fed = !same->left_alone;
      return target;
    }
    WaitUntilUsable(*target.table);
    target.fed = !HoldsItems(real);
    target.report = seeded_.tables.size();
    seeded_.tables.push_back({.name = real, .items = 0, .left_alone = !target.fed});
    return target;
  }

  void WaitUntilUsable(const Table& table) const {
    const Store& store = caller_.store();
    const auto end = std::chrono::steady_clock::now() + kLongestWait;
    while (!table.UsableAt(store.now_ms()) && std::chrono::steady_clock::now() < end) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }

  bool HoldsItems(const std::string& table) const {
    std::string json;
    JsonWriter out(json);
    out.BeginObject();
    out.Member("TableName", table);
    out.Member("Limit", int64_t{1});
    out.Member("Select", "COUNT");
    out.EndObject();
    const auto reply = caller_.Perform(operations::kScan, json);
    return reply && reply->find("\"Count\":0") == std::string::npos;
  }

  // Takes out what was loaded: a table that keeps a part of its items is no longer empty, and the
  // next start would leave it as it is.
  void TakeBack() const {
    for (const Seeded::Table& seeded : seeded_.tables) {
      const auto table = caller_.store().Find({}, seeded.name);
      if (table == nullptr || seeded.items == 0) continue;
      while (DeletePage(*table)) {
      }
    }
  }

  // Deletes the items of one page; false when there are none left, or one cannot be deleted.
  bool DeletePage(const Table& table) const {
    std::string names;
    std::string expression;
    for (const KeyElement& element : table.description().key) {
      const std::string name = "#" + std::to_string(expression.size());
      expression += (expression.empty() ? "" : ",") + name;
      names += (names.empty() ? "{\"" : ",\"") + name + "\":";
      AppendJsonString(element.attribute, names);
    }
    std::string scan;
    JsonWriter out(scan);
    out.BeginObject();
    out.Member("TableName", table.name());
    out.Member("ProjectionExpression", expression);
    out.Key("ExpressionAttributeNames");
    out.Raw(names + "}");
    out.EndObject();
    auto page = caller_.Perform(operations::kScan, std::move(scan));
    JsonDocument document;
    if (!page || !document.Parse(*std::move(page))) return false;
    const JsonValue* keys = FindMember(document.root(), "Items");
    if (keys == nullptr || keys->Empty()) return false;
    return std::ranges::all_of(keys->GetArray(), [&](const JsonValue& key) {
      std::string json;
      JsonWriter request(json);
      request.BeginObject();
      request.Member("TableName", table.name());
      request.Key("Key");
      std::string text;
      dynarock::AppendJson(key, text);
      request.Raw(text);
      request.EndObject();
      return caller_.Perform(operations::kDeleteItem, std::move(json)).has_value();
    });
  }

  void Put(const std::string& name, const SeedItem& item, const std::string& file) {
    const std::string place = file + ":" + std::to_string(item.line) + ": ";
    Target& target = TargetOf(name);
    if (target.table == nullptr) {
      if (missing_.insert(name).second) Fault(place + "there is no table " + name);
      return;
    }
    if (!target.fed) return;
    std::string json;
    JsonWriter out(json);
    out.BeginObject();
    out.Member("TableName", target.table->name());
    out.Key("Item");
    out.Raw(item.item);
    out.EndObject();
    const auto done = caller_.Perform(operations::kPutItem, std::move(json));
    if (!done) return Fault(place + done.error().message);
    ++seeded_.tables[target.report].items;
  }

  std::span<const WantedTable> wanted_;
  const LocalCaller& caller_;
  std::map<std::string, Target, std::less<>> targets_;
  std::set<std::string> missing_;
  Seeded seeded_;
  std::string lines_;
  size_t faults_ = 0;
};

}  // namespace

std::expected<Seeded, std::string> Seed(std::span<const std::string> paths,
                                        std::span<const WantedTable> wanted,
                                        const LocalCaller& caller) {
  Seeder seeder(wanted, caller);
  for (const std::string& path : paths) seeder.Path(path);
  return seeder.Finish();
}

}  // namespace dynarock::schema
