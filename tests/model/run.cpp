#include "tests/model/run.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <thread>

#include "tests/model/reference.h"
#include "tests/model/world.h"

namespace dynarock::model {

namespace {

using Steady = std::chrono::steady_clock;

// What is thrown where the two differ.
class Differs : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

void Expect(bool same, const std::string& what, const std::string& wanted, const std::string& got) {
  if (!same) throw Differs(what + "\n  expected " + wanted + "\n  got      " + got);
}

std::string Show(const std::vector<Item>& items) {
  std::string text = std::to_string(items.size()) + " items";
  for (const Item& item : items) text += "\n           " + ToJson(item);
  return text;
}

std::string Show(const std::optional<Item>& item) {
  return item ? ToJson(*item) : "nothing";
}

std::string Show(const Answer& answer) {
  std::string text = answer.error.empty() ? "success" : answer.error;
  for (const std::string& reason : answer.reasons) text += " " + reason;
  return text + ", attributes: " + Show(answer.attributes);
}

std::string Show(const std::vector<Change>& changes) {
  std::string text;
  for (const Change& change : changes) {
    text += "\n           " + change.event + (change.expired ? " by TTL " : " ") +
            ToJson(change.key) + " from " + Show(change.before) + " to " + Show(change.after);
  }
  return text.empty() ? "nothing" : text;
}

std::vector<Item> Sorted(std::vector<Item> items) {
  std::ranges::sort(items, {}, [](const Item& item) { return ToJson(item); });
  return items;
}

std::optional<Item> ItemIn(const JsonValue& holder, const char* member) {
  const JsonValue* json = FindMember(holder, member);
  return json == nullptr ? std::nullopt : std::optional(ItemOf(*json));
}

class Runner {
 public:
  Runner(const Setup& setup, const std::string& directory, Counts& counts)
      : world_(directory), reference_(setup), counts_(counts) {
    Succeed("CreateTable", CreateTableJson(setup));
    Succeed(
        "UpdateTimeToLive",
        R"({"TableName":"Model","TimeToLiveSpecification":{"Enabled":true,"AttributeName":"at"}})");
  }

  void Do(const Step& step);
  // Everything that is stored, and the whole stream.
  void CompareAll();
  // The ItemCount of the table ("") or of an index.
  void CompareCount(const std::string& index);

 private:
  using Reply = std::unique_ptr<World::Reply>;
  Reply Send(const Request& request) {
    ++counts_.requests;
    return world_.Send(request);
  }
  Reply Succeed(const std::string& operation, const std::string& json, bool streams = false) {
    ++counts_.requests;
    Reply reply = world_.Send(operation, json, streams);
    Expect(reply->status == 200, operation + " " + json, "success", reply->text);
    return reply;
  }
  bool IsThere(const std::string& index) const {
    return index != kAddedIndex || reference_.has_added_index();
  }

  void CompareWrite(const Step& step);
  void CompareGets(const Step& step);
  void CompareRead(const Read& read);
  void CompareOrder(const Read& read, const std::vector<Item>& items);
  // The pages of one Query or of one segment of a Scan, one after the other.
  struct Pages {
    std::vector<Item> items;
    int64_t count = 0;
    int64_t scanned = 0;
  };
  void ReadPages(const Read& read, int segment, Pages& pages);
  void CompareIndexState(const std::string& index);
  int64_t ItemCount(const std::string& index);
  void CompareStream();
  std::vector<Change> ReadStream();
  Change ChangeOf(const JsonValue& record);
  void ChangeIndex(const Step& step);

  World world_;
  Reference reference_;
  Counts& counts_;
  Steady::time_point killed_{};  // last
};

void Runner::Do(const Step& step) {
  ++counts_.steps;
  switch (step.kind) {
    case Step::Kind::kWrite:
    case Step::Kind::kBatchWrite:
    case Step::Kind::kTransactWrite:
      return CompareWrite(step);
    case Step::Kind::kGet:
    case Step::Kind::kBatchGet:
    case Step::Kind::kTransactGet:
      return CompareGets(step);
    case Step::Kind::kRead:
      if (IsThere(step.read.index)) CompareRead(step.read);
      return;
    case Step::Kind::kAdvance:
      world_.Advance(step.seconds);
      reference_.Expire(world_.now());
      return;
    case Step::Kind::kRestart:
      if (!world_.on_disk()) return;
      ++counts_.restarts;
      if (!step.clean) killed_ = Steady::now();
      world_.Restart(step.clean);
      reference_.Expire(world_.now());
      return CompareAll();
    case Step::Kind::kAddIndex:
    case Step::Kind::kDropIndex:
      return ChangeIndex(step);
  }
}

void Runner::CompareWrite(const Step& step) {
  const Answer expected = reference_.Apply(step);
  const Reply reply = Send(RequestOf(step));
  Answer answer{.error = reply->error()};
  if (answer.error.empty()) {
    answer.attributes = ItemIn(reply->json.root(), "Attributes");
  } else if (const JsonValue* reasons = FindMember(reply->json.root(), "CancellationReasons")) {
    for (const JsonValue& reason : reasons->GetArray()) {
      answer.reasons.emplace_back(Text(reason["Code"]));
    }
  }
  Expect(answer == expected, "the answer", Show(expected),
         Show(answer) + "  (" + reply->text + ")");
  // What the write left behind, at once.
  for (const Write& write : step.writes) {
    const Item key = Reference::KeyOf(write.item);
    const Reply got = Send(RequestOf({.kind = Step::Kind::kGet, .keys = {key}}));
    const Item* stored = reference_.Find(key);
    const auto found = ItemIn(got->json.root(), "Item");
    Expect(got->status == 200 && (stored == nullptr ? !found : found == *stored),
           "the item behind it", stored == nullptr ? "nothing" : ToJson(*stored), got->text);
  }
}

void Runner::CompareGets(const Step& step) {
  const Reply reply = Send(RequestOf(step));
  Expect(reply->status == 200, "a read", "success", reply->text);
  std::vector<Item> expected;
  std::vector<Item> got;
  for (const Item& key : step.keys) {
    if (const Item* item = reference_.Find(key)) expected.push_back(*item);
  }
  const JsonValue& root = reply->json.root();
  if (step.kind == Step::Kind::kGet) {
    if (auto item = ItemIn(root, "Item")) got.push_back(*std::move(item));
  } else if (step.kind == Step::Kind::kBatchGet) {
    for (const JsonValue& item : root["Responses"][kTable].GetArray()) got.push_back(ItemOf(item));
    expected = Sorted(std::move(expected));
    got = Sorted(std::move(got));
  } else {
    for (const JsonValue& response : root["Responses"].GetArray()) {
      if (auto item = ItemIn(response, "Item")) got.push_back(*std::move(item));
    }
  }
  Expect(got == expected, "what was read", Show(expected), Show(got));
}

void Runner::ReadPages(const Read& read, int segment, Pages& pages) {
  constexpr int kMostPages = 2000;
  std::string start;
  for (int page = 0; page < kMostPages; ++page) {
    const Reply reply = Send(RequestOf({.kind = Step::Kind::kRead, .read = read}, start, segment));
    Expect(reply->status == 200, "a page", "success", reply->text);
    const JsonValue& root = reply->json.root();
    const int64_t scanned = root["ScannedCount"].GetInt64();
    Expect(read.limit == 0 || scanned <= read.limit, "what a page read",
           "at most " + std::to_string(read.limit), std::to_string(scanned));
    pages.scanned += scanned;
    pages.count += root["Count"].GetInt64();
    if (const JsonValue* items = FindMember(root, "Items")) {
      for (const JsonValue& item : items->GetArray()) pages.items.push_back(ItemOf(item));
    }
    const JsonValue* last = FindMember(root, "LastEvaluatedKey");
    if (last == nullptr) return;
    start = ToJson(ItemOf(*last));
  }
  throw Differs("pages without an end");
}

void Runner::CompareOrder(const Read& read, const std::vector<Item>& items) {
  const std::string sort = Reference::SortAttribute(read.index);
  if (!read.partition || sort.empty()) return;
  for (size_t i = 1; i < items.size(); ++i) {
    const int order = Order(items[i - 1].at(sort), items[i].at(sort));
    Expect(read.forward ? order <= 0 : order >= 0, "the order", "that of " + sort, Show(items));
  }
}

void Runner::CompareRead(const Read& read) {
  Pages pages;
  for (int segment = 0; segment < read.segments; ++segment) ReadPages(read, segment, pages);
  std::vector<Item> expected = reference_.InRange(read);
  const auto scanned = static_cast<int64_t>(expected.size());
  if (read.filter) {
    std::erase_if(expected, [&](const Item& item) { return !Holds(*read.filter, &item); });
  }
  Expect(pages.scanned == scanned, "ScannedCount", std::to_string(scanned),
         std::to_string(pages.scanned));
  Expect(pages.count == static_cast<int64_t>(expected.size()), "Count", Show(expected),
         std::to_string(pages.count) + ", " + Show(pages.items));
  if (read.count_only) {
    Expect(pages.items.empty(), "Select COUNT", "no items", Show(pages.items));
    return;
  }
  CompareOrder(read, pages.items);
  expected = Sorted(std::move(expected));
  const std::vector<Item> got = Sorted(pages.items);
  Expect(got == expected, "what was read", Show(expected), Show(got));
}

void Runner::ChangeIndex(const Step& step) {
  const bool add = step.kind == Step::Kind::kAddIndex;
  if (add == reference_.has_added_index()) return;
  const Request request = RequestOf(step);
  Succeed(request.operation, request.json());
  const auto end = Steady::now() + std::chrono::seconds(20);
  for (;;) {
    const Reply reply = Succeed("DescribeTable", R"({"TableName":"Model"})");
    bool there = false;
    bool active = false;
    for (const JsonValue& index :
         reply->json.root()["Table"]["GlobalSecondaryIndexes"].GetArray()) {
      if (Text(index["IndexName"]) != kAddedIndex) continue;
      there = true;
      active = Text(index["IndexStatus"]) == "ACTIVE";
    }
    if (add ? active : !there) break;
    Expect(Steady::now() < end, "an index", add ? "ACTIVE" : "gone", reply->text);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  reference_.SetAddedIndex(add);
  if (add) CompareIndexState(kAddedIndex);
}

int64_t Runner::ItemCount(const std::string& index) {
  const Reply reply = Succeed("DescribeTable", R"({"TableName":"Model"})");
  const JsonValue& table = reply->json.root()["Table"];
  if (index.empty()) return table["ItemCount"].GetInt64();
  for (const char* list : {"LocalSecondaryIndexes", "GlobalSecondaryIndexes"}) {
    for (const JsonValue& one : table[list].GetArray()) {
      if (Text(one["IndexName"]) == index) return one["ItemCount"].GetInt64();
    }
  }
  return -1;
}

void Runner::CompareIndexState(const std::string& index) {
  CompareRead({.index = index});
  CompareCount(index);
}

void Runner::CompareCount(const std::string& index) {
  const auto expected = static_cast<int64_t>(reference_.Entries(index).size());
  int64_t count = ItemCount(index);
  // After a kill, items are counted again in the background.
  for (const auto end = killed_ + std::chrono::seconds(10);
       count != expected && Steady::now() < end; count = ItemCount(index)) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  Expect(count == expected, "ItemCount of " + (index.empty() ? "the table" : index),
         std::to_string(expected), std::to_string(count));
}

Change Runner::ChangeOf(const JsonValue& record) {
  const JsonValue& of = record["dynamodb"];
  Change change{.event = std::string(Text(record["eventName"])),
                .key = ItemOf(of["Keys"]),
                .before = ItemIn(of, "OldImage"),
                .after = ItemIn(of, "NewImage")};
  if (const JsonValue* identity = FindMember(record, "userIdentity")) {
    change.expired = Text((*identity)["Type"]) == "Service" &&
                     Text((*identity)["PrincipalId"]) == "dynamodb.amazonaws.com";
  }
  return change;
}

std::vector<Change> Runner::ReadStream() {
  const auto quoted = [](std::string_view text) {
    std::string out;
    AppendJsonString(text, out);
    return out;
  };
  const Reply table = Succeed("DescribeTable", R"({"TableName":"Model"})");
  const std::string arn = quoted(Text(table->json.root()["Table"]["LatestStreamArn"]));
  const Reply described = Succeed("DescribeStream", R"({"StreamArn":)" + arn + "}", true);
  std::vector<Change> changes;
  for (const JsonValue& shard : described->json.root()["StreamDescription"]["Shards"].GetArray()) {
    const Reply first =
        Succeed("GetShardIterator",
                R"({"StreamArn":)" + arn + R"(,"ShardIteratorType":"TRIM_HORIZON","ShardId":)" +
                    quoted(Text(shard["ShardId"])) + "}",
                true);
    std::string iterator = quoted(Text(first->json.root()["ShardIterator"]));
    for (;;) {
      const Reply page = Succeed("GetRecords", R"({"ShardIterator":)" + iterator + "}", true);
      const auto records = page->json.root()["Records"].GetArray();
      for (const JsonValue& record : records) changes.push_back(ChangeOf(record));
      const JsonValue* next = FindMember(page->json.root(), "NextShardIterator");
      if (next == nullptr || records.empty()) break;
      iterator = quoted(Text(*next));
    }
  }
  return changes;
}

// Changes of one item come in order; those of different items need not.
void Runner::CompareStream() {
  const auto by_key = [](const std::vector<Change>& changes) {
    std::map<std::string, std::vector<Change>> found;
    for (const Change& change : changes) found[ToJson(change.key)].push_back(change);
    return found;
  };
  const std::vector<Change> all = ReadStream();
  counts_.records += all.size();
  const auto got = by_key(all);
  const auto expected = by_key(reference_.changes());
  for (const auto& [key, changes] : expected) {
    const auto found = got.find(key);
    const std::vector<Change> other = found == got.end() ? std::vector<Change>{} : found->second;
    Expect(other == changes, "the stream's records of " + key, Show(changes), Show(other));
  }
  Expect(got.size() == expected.size(), "items in the stream", std::to_string(expected.size()),
         std::to_string(got.size()));
}

void Runner::CompareAll() {
  CompareIndexState("");
  CompareIndexState(kLocalIndex);
  CompareIndexState(kGlobalIndex);
  if (reference_.has_added_index()) CompareIndexState(kAddedIndex);
  CompareStream();
}

}  // namespace

std::optional<Disagreement> Run(const Setup& setup, const std::vector<Step>& steps,
                                const std::string& directory, Counts& counts) {
  constexpr size_t kStepsBetween = 25;
  if (!directory.empty()) {
    std::filesystem::remove_all(directory);
    std::filesystem::create_directories(directory);
  }
  size_t i = 0;
  try {
    Runner runner(setup, directory, counts);
    for (; i < steps.size(); ++i) {
      runner.Do(steps[i]);
      runner.CompareCount("");
      if ((i + 1) % kStepsBetween == 0 || i + 1 == steps.size()) runner.CompareAll();
    }
  } catch (const std::exception& difference) {
    return Disagreement{.step = i, .what = difference.what()};
  }
  return std::nullopt;
}

}  // namespace dynarock::model
