// Which values of the items of an answer are noted.
#include "server/advisor/watch/answer_values.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "storage/item/encoder.h"
#include "storage/item/json.h"
#include "storage/item/wire_json.h"

namespace dynarock::advisor {
namespace {

// Single quotes stand for double ones.
std::string ItemOf(std::string text) {
  std::replace(text.begin(), text.end(), '\'', '"');
  JsonDocument document;
  EXPECT_TRUE(document.Parse(std::move(text)));
  std::string item;
  EXPECT_TRUE(EncodeItem(document.root(), item));
  return item;
}

uint64_t HashOf(std::string_view text) {
  std::string value;
  ValueWriter(value).String(text);
  return trace::HashBytes(ValueView(value.data()).bytes());
}

// The values of each result.
std::vector<std::vector<uint64_t>> ValuesOf(const trace::Trace& trace) {
  std::vector<std::vector<uint64_t>> all;
  for (const trace::TracedResult& result : trace.results(trace.accesses().front())) {
    const auto values = trace.values(result);
    all.emplace_back(values.begin(), values.end());
  }
  return all;
}

TEST(AnswerValuesTest, APartOfAKeyIsWhatIsBehindItsLastMark) {
  struct Case {
    std::string_view text;
    bool number;
    std::string_view part;  // empty: none
  };
  for (const Case& c : std::vector<Case>{{"USER#17ab", false, "17ab"},
                                         {"A#b/17ab", false, "17ab"},
                                         {"17ab", false, "17ab"},
                                         {"ab", false, "ab"},
                                         {"a", false, ""},
                                         {"USER#17a", false, ""},
                                         {"1234", true, "1234"},
                                         {"123", true, ""}}) {
    const uint64_t hash = KeyPartHash(c.text, c.number);
    EXPECT_EQ(hash, c.part.empty() ? 0 : KeyPartHash(c.part, false)) << c.text;
    EXPECT_EQ(hash == 0, c.part.empty()) << c.text;
  }
}

TEST(AnswerValuesTest, ValuesNamedAsIdsComeFirst) {
  const std::string item = ItemOf(
      "{'a':{'S':'x'},'userId':{'S':'17ab'},'list':{'L':[{'M':{'sku':{'S':'pear'},"
      "'text':{'S':'left out'}}}]},'flag':{'BOOL':true}}");
  trace::Trace trace;
  trace::Access& access = trace.Add(trace::AccessKind::kQuery);
  trace.BeginResult(access, 1);
  NoteValues(ItemView(item), trace);
  EXPECT_EQ(
      ValuesOf(trace),
      (std::vector<std::vector<uint64_t>>{{HashOf("17ab"), KeyPartHash("17ab", false), HashOf("x"),
                                           HashOf("pear"), KeyPartHash("pear", false)}}));
}

TEST(AnswerValuesTest, OfManyValuesNotAllAreNoted) {
  std::string text = "{";
  for (int i = 0; i < 50; ++i) {
    text += (i > 0 ? ",'a" : "'a") + std::to_string(i) + "':{'S':'" + std::to_string(i) + "'}";
  }
  const std::string item = ItemOf(text + "}");
  trace::Trace trace;
  trace::Access& access = trace.Add(trace::AccessKind::kQuery);
  trace.BeginResult(access, 1);
  NoteValues(ItemView(item), trace);
  const size_t count = ValuesOf(trace).front().size();
  EXPECT_GE(count, trace::Trace::kMostValues);
  EXPECT_LE(count, trace::Trace::kMostValues + 1);
}

TEST(AnswerValuesTest, ElementsAreResultsWhereThereAreMany) {
  const std::string item = ItemOf(
      "{'few':{'SS':['p1','p2','p3','p4']},'many':{'SS':['q1','q2','q3','q4','q5']},"
      "'map':{'M':{'r1':{'N':'1'},'r2':{'N':'1'},'r3':{'N':'1'},'r4':{'N':'1'},"
      "'r5':{'N':'1'}}}}");
  trace::Trace trace;
  trace::Access& access = trace.Add(trace::AccessKind::kGet);
  access.key_hash = 7;
  NoteElements(ItemView(item), access, trace);
  std::vector<std::vector<uint64_t>> expected;
  for (const std::string kind : {"q", "r"}) {
    for (int i = 1; i <= 5; ++i) expected.push_back({KeyPartHash(kind + std::to_string(i), false)});
  }
  auto values = ValuesOf(trace);
  std::sort(values.begin(), values.end());
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(values, expected);
  for (const trace::TracedResult& result : trace.results(trace.accesses().front())) {
    EXPECT_EQ(result.key_hash, 7u);
  }
}

TEST(AnswerValuesTest, LongListsAreCut) {
  std::string text = "{'list':{'L':[";
  for (int i = 0; i < 50; ++i) text += (i > 0 ? ",{'S':'v" : "{'S':'v") + std::to_string(i) + "'}";
  const std::string item = ItemOf(text + "]}}");
  trace::Trace trace;
  trace::Access& access = trace.Add(trace::AccessKind::kGet);
  NoteElements(ItemView(item), access, trace);
  EXPECT_EQ(ValuesOf(trace).size(), trace::Trace::kMostResults);
}

}  // namespace
}  // namespace dynarock::advisor
