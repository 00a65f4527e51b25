#include "storage/item/wire_json.h"

#include <chrono>
#include <iostream>

#include <gtest/gtest.h>

#include "storage/item/encoder.h"
#include "storage/item/size.h"

namespace dynarock {
namespace {

const std::string kEmpty =
    "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes";
const std::string kSeveral =
    "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the "
    "supported datatypes";
const std::string kNesting =
    "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels "
    "beyond supported limit";
const std::string kInvalid = "One or more parameter values were invalid: ";
const std::string kNull = kInvalid + "Null attribute value types must have the value of true";
const std::string kNoStrings = kInvalid + "An string set  may not be empty";
const std::string kNoNumbers = kInvalid + "An number set  may not be empty";
const std::string kNoBinaries = kInvalid + "Binary sets should not be empty";
const std::string kNumberTwice = "Input collection contains duplicates";
const std::string kNotANumber = "The parameter cannot be converted to a numeric value: x";

// The encoded value, or the error's message behind "! ".
std::string Encoded(const std::string& json) {
  JsonDocument document;
  EXPECT_TRUE(document.Parse(json)) << json;
  std::string out;
  const auto result = EncodeValue(document.root(), out);
  if (!result) {
    EXPECT_EQ(result.error().kind, ErrorKind::kValidation);
    return "! " + result.error().message;
  }
  return out;
}

// The value or item read and written again.
std::string RoundTrip(const std::string& json) {
  const std::string bytes = Encoded(json);
  if (bytes.starts_with('!')) return bytes;
  std::string out;
  WriteValue(ValueView(bytes.data()), out);
  return out;
}
std::string ItemRoundTrip(const std::string& json) {
  JsonDocument document;
  EXPECT_TRUE(document.Parse(json)) << json;
  std::string bytes;
  if (const auto result = EncodeItem(document.root(), bytes); !result) {
    return "! " + result.error().message;
  }
  EXPECT_TRUE(IsWellFormedItem(bytes)) << json;
  uint64_t size = 0;
  for (const Attribute a : ItemView(bytes).attributes()) size += a.name.size() + ValueSize(a.value);
  EXPECT_EQ(ItemView(bytes).size(), size) << json;
  std::string out;
  WriteItem(ItemView(bytes), out);
  return out;
}

TEST(WireJson, Values) {
  struct Case {
    std::string json;
    std::string written;  // empty: the same text
  };
  const std::vector<Case> cases = {
      {R"({"S":"text"})", ""},
      {R"({"S":""})", ""},
      {R"({"S":"q\"\\\n\u0000"})", ""},
      {R"({"S":"\u00e9"})", "{\"S\":\"\xC3\xA9\"}"},
      {R"({"N":"1"})", ""},
      {R"({"N":"1e3"})", R"({"N":"1000"})"},
      {R"({"N":"-0"})", R"({"N":"0"})"},
      {R"({"B":"AAEC"})", ""},
      {R"({"B":""})", ""},
      {R"({"BOOL":true})", ""},
      {R"({"BOOL":false})", ""},
      {R"({"BOOL":"true"})", R"({"BOOL":true})"},
      {R"({"BOOL":"Yes"})", R"({"BOOL":true})"},
      {R"({"BOOL":"1"})", R"({"BOOL":true})"},
      {R"({"BOOL":"FALSE"})", R"({"BOOL":false})"},
      {R"({"BOOL":"no"})", R"({"BOOL":false})"},
      {R"({"BOOL":"0"})", R"({"BOOL":false})"},
      {R"({"NULL":true})", ""},
      {R"({"NULL":"true"})", R"({"NULL":true})"},
      {R"({"SS":["a"]})", ""},
      {R"({"SS":["b","a","","\u00e9","z"]})", "{\"SS\":[\"\",\"a\",\"b\",\"z\",\"\xC3\xA9\"]}"},
      {R"({"NS":["10","9.0","-1","1e2","0.5"]})", R"({"NS":["-1","0.5","9","10","100"]})"},
      {R"({"BS":["/w==","AA==","fw==",""]})", R"({"BS":["","AA==","fw==","/w=="]})"},
      {R"({"L":[]})", ""},
      {R"({"L":[{"S":"b"},{"N":"1"},{"S":"b"},{"L":[{"BOOL":false}]}]})", ""},
      {R"({"M":{}})", ""},
      {R"({"M":{"b":{"S":"1"},"a":{"M":{"c":{"NULL":true}}}}})",
       R"({"M":{"a":{"M":{"c":{"NULL":true}}},"b":{"S":"1"}}})"},
      {R"({"M":{"S":{"S":"S"}}})", ""},
      // unknown and null members are dropped, the last of equal members counts
      {R"({"X":1,"S":"a","s":[]})", R"({"S":"a"})"},
      {R"({"S":"a","N":null,"L":null})", R"({"S":"a"})"},
      {R"({"S":"a","S":"b"})", R"({"S":"b"})"},
      {R"({"N":"x","N":"5"})", R"({"N":"5"})"},
      {R"({"S":"a","N":"5","S":null})", R"({"N":"5"})"},
      {R"({"M":{"a":{"S":"1"},"b":{"S":"2"},"a":{"S":"3"}}})",
       R"({"M":{"a":{"S":"3"},"b":{"S":"2"}}})"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(RoundTrip(c.json), c.written.empty() ? c.json : c.written) << c.json;
  }
}

TEST(WireJson, EqualValuesHaveEqualBytes) {
  EXPECT_EQ(Encoded(R"({"NS":["1","2"]})"), Encoded(R"({"NS":["2.0","1e0"]})"));
  EXPECT_EQ(Encoded(R"({"SS":["a","b"]})"), Encoded(R"({"SS":["b","a"]})"));
  EXPECT_EQ(Encoded(R"({"M":{"a":{"N":"1"},"b":{"N":"2"}}})"),
            Encoded(R"({"M":{"b":{"N":"02"},"a":{"N":"1.0"}}})"));
}

TEST(WireJson, Faults) {
  struct Case {
    std::string name, json, message;
  };
  const std::vector<Case> cases = {
      {"no member", R"({})", kEmpty},
      {"unknown member", R"({"X":1})", kEmpty},
      {"null member", R"({"S":null})", kEmpty},
      {"null value", R"(null)", kEmpty},
      {"last one null", R"({"S":"a","S":null})", kEmpty},
      {"two types", R"({"S":"a","N":"1"})", kSeveral},
      {"two types, both falsy", R"({"BOOL":false,"S":""})", kSeveral},
      {"NULL and S", R"({"NULL":true,"S":""})", kSeveral},
      {"all types",
       R"({"S":"","N":"1","B":"","SS":["a"],"NS":["1"],"BS":["AA=="],"M":{},"L":[],"NULL":true,)"
       R"("BOOL":true})",
       kSeveral},
      {"NULL false", R"({"NULL":false})", kNull},
      {"NULL no", R"({"NULL":"no"})", kNull},
      {"empty SS", R"({"SS":[]})", kNoStrings},
      {"empty NS", R"({"NS":[]})", kNoNumbers},
      {"empty BS", R"({"BS":[]})", kNoBinaries},
      {"number", R"({"N":"x"})", kNotANumber},
      {"empty number", R"({"N":""})", "The parameter cannot be converted to a numeric value"},
      {"number in set", R"({"NS":["1","x"]})", kNotANumber},
      {"empty number in set", R"({"NS":[""]})",
       "The parameter cannot be converted to a numeric value"},
      {"SS duplicates", R"({"SS":["a","b","a"]})",
       kInvalid + "Input collection [a, b, a] contains duplicates."},
      {"SS empty duplicates", R"({"SS":["",""]})",
       kInvalid + "Input collection [, ] contains duplicates."},
      {"NS duplicates", R"({"NS":["1","2","1"]})", kNumberTwice},
      {"NS duplicates by value", R"({"NS":["1","1.0"]})", kNumberTwice},
      {"NS zeros", R"({"NS":["-0","0e5"]})", kNumberTwice},
      {"BS duplicates", R"({"BS":["YQ==","YQ=="]})",
       kInvalid + "Input collection [YQ==, YQ==]of type BS contains duplicates."},
      {"BS duplicates among others", R"({"BS":["Yg==","YQ==","Yg=="]})",
       kInvalid + "Input collection [Yg==, YQ==, Yg==]of type BS contains duplicates."},
      {"null in SS", R"({"SS":["a",null]})", kEmpty},
      {"null in NS", R"({"NS":[null]})", kEmpty},
      {"null in BS", R"({"BS":[null,null]})", kEmpty},
      {"null in L", R"({"L":[{"S":"a"},null]})", kEmpty},
      {"null in M", R"({"M":{"a":null}})", kEmpty},
      {"empty in L", R"({"L":[{}]})", kEmpty},
      {"empty set in L", R"({"L":[{"SS":[]}]})", kNoStrings},
      {"duplicates in M", R"({"M":{"a":{"NS":["1","1"]}}})", kNumberTwice},
      {"two types in M", R"({"M":{"a":{"S":"a","N":"1"}}})", kSeveral},
      // several faults in one value, in their order
      {"number before NULL", R"({"NULL":false,"N":"x"})", kNotANumber},
      {"empty set before NULL", R"({"SS":[],"NULL":false})", kNoStrings},
      {"empty set before number", R"({"N":"x","SS":[]})", kNoStrings},
      {"NULL before several", R"({"S":"a","NULL":false})", kNull},
      {"SS before NS", R"({"BS":[],"NS":[],"SS":[]})", kNoStrings},
      {"NS before BS", R"({"BS":[],"NS":[]})", kNoNumbers},
      {"empty set before set numbers", R"({"NS":["x"],"BS":[]})", kNoBinaries},
      {"set numbers before duplicates", R"({"SS":["a","a"],"NS":["1","x"]})", kNotANumber},
      {"set numbers before their duplicates", R"({"NS":["1","1","x"]})", kNotANumber},
      {"several before duplicates", R"({"M":{"a":{}},"SS":["a","a"]})", kSeveral},
      {"several before children", R"({"S":"a","L":[{"N":"x"}]})", kSeveral},
      {"an empty name before its value", R"({"M":{"":{"N":"x"}}})", "Empty attribute name"},
      {"number before several", R"({"S":"a","N":"x"})", kNotANumber},
      {"first element of a list", R"({"L":[{"N":"x"},{}]})", kNotANumber},
      {"depth first", R"({"L":[{"L":[{"L":[{"N":"x"}]}]},{}]})", kNotANumber},
  };
  for (const Case& c : cases) EXPECT_EQ(Encoded(c.json), "! " + c.message) << c.name;
}

// Repeats as the newer layer lists them.
TEST(WireJson, RepeatsOfTheNewerLayer) {
  struct Case {
    std::string json, message;
  };
  const std::vector<Case> cases = {
      {R"({"SS":["b","a","b"]})", R"(["a", "b", "b"] contains duplicates.)"},
      {R"({"SS":["d","b","d","A"]})", R"(["b", "d", "d", "A"] contains duplicates.)"},
      {R"({"BS":["/w==","AA==","AA=="]})",
       R"(["AA==","/w==","AA=="]of type BS contains duplicates.)"},
      {R"({"NS":["2","1","2.0"]})", "contains duplicates."},
  };
  for (const Case& c : cases) {
    JsonDocument document;
    ASSERT_TRUE(document.Parse(c.json));
    std::string out;
    const auto encoded = EncodeValue(document.root(), out, {.layer = Layer::kNewer});
    ASSERT_FALSE(encoded) << c.json;
    EXPECT_EQ(encoded.error().message, kInvalid + "Input collection " + c.message) << c.json;
  }
}

std::string Nested(int levels, std::string_view open, std::string_view close,
                   std::string_view inner) {
  std::string json;
  for (int i = 0; i < levels; ++i) json += open;
  json += inner;
  for (int i = 0; i < levels; ++i) json += close;
  return json;
}

TEST(WireJson, Nesting) {
  constexpr std::string_view kScalar = R"({"S":"x"})";
  constexpr std::string_view kList = R"({"L":[)";
  constexpr std::string_view kMap = R"({"M":{"a":)";
  EXPECT_EQ(NestingTooDeep().message, kNesting);
  for (const int levels : {1, 30, 31}) {
    const std::string lists = Nested(levels, kList, "]}", kScalar);
    const std::string maps = Nested(levels, kMap, "}}", kScalar);
    EXPECT_EQ(RoundTrip(lists), lists);
    EXPECT_EQ(RoundTrip(maps), maps);
    EXPECT_EQ(NestingLevels(ValueView(Encoded(lists).data())), levels + 1);
  }
  for (const int levels : {32, 33, 300}) {
    EXPECT_EQ(Encoded(Nested(levels, kList, "]}", kScalar)), "! " + kNesting) << levels;
    EXPECT_EQ(Encoded(Nested(levels, kMap, "}}", kScalar)), "! " + kNesting) << levels;
  }
  // an empty container is as deep as a scalar
  const std::string empty_inside = Nested(31, kList, "]}", R"({"M":{}})");
  EXPECT_EQ(RoundTrip(empty_inside), empty_inside);
  EXPECT_EQ(Encoded(Nested(32, kList, "]}", R"({"M":{}})")), "! " + kNesting);
}

TEST(WireJson, AttributeNames) {
  const std::string longest(kMaxAttributeName, 'n');
  const std::string message = "! Attribute name is too large, must be less than 65536 bytes";
  const auto map = [](const std::string& name) { return R"({"M":{")" + name + R"(":{"S":"x"}}})"; };
  EXPECT_EQ(RoundTrip(map(longest)), map(longest));
  EXPECT_EQ(Encoded(map(longest + "n")), message);
  const auto item = [](const std::string& name) { return "{\"" + name + R"(":{"S":"x"}})"; };
  EXPECT_EQ(ItemRoundTrip(item(longest)), item(longest));
  EXPECT_EQ(ItemRoundTrip(item(longest + "n")), message);
  EXPECT_EQ(ItemRoundTrip(item("")), "! Empty attribute name");
  EXPECT_EQ(Encoded(map("")), "! Empty attribute name");
}

TEST(WireJson, Items) {
  EXPECT_EQ(ItemRoundTrip("{}"), "{}");
  EXPECT_EQ(ItemRoundTrip(R"({"b":{"S":"1"},"a":{"S":"2"}," ":{"S":"3"},"B":{"S":"4"}})"),
            R"({" ":{"S":"3"},"B":{"S":"4"},"a":{"S":"2"},"b":{"S":"1"}})");
  EXPECT_EQ(ItemRoundTrip(R"({"a":{"S":"1"},"b":{"S":"2"},"a":{"S":"3"},"a":{"S":"4"}})"),
            R"({"a":{"S":"4"},"b":{"S":"2"}})");
  EXPECT_EQ(ItemRoundTrip(R"({"a":{"S":"1"},"a":{"S":"2"}})"), R"({"a":{"S":"2"}})");
  EXPECT_EQ(ItemRoundTrip(R"({"a":{"N":"x"},"a":{"N":"2"}})"), R"({"a":{"N":"2"}})");
  EXPECT_EQ(ItemRoundTrip(R"({"q\"\n":{"S":"x"}})"), R"({"q\"\n":{"S":"x"}})");
  EXPECT_EQ(ItemRoundTrip(R"({"a":null})"), "! " + kEmpty);
  EXPECT_EQ(ItemRoundTrip(R"({"a":{"S":"x"},"b":{"NULL":false}})"), "! " + kNull);
}

// The example of docs/disk_format.md, byte by byte.
TEST(WireJson, LiesOnDiskAsDocumented) {
  JsonDocument document;
  ASSERT_TRUE(document.Parse(R"({"pk": {"S": "a"}, "n": {"N": "7"}})"));
  std::string item;
  ASSERT_TRUE(EncodeItem(document.root(), item));
  const std::string documented(
      "\x01"
      "\x06\0\0\0"
      "\x02\0\0\0"
      "\x11\0\0\0"
      "\x16\0\0\0"
      "\x01n\x04\x01\x37"
      "\x02pk\x05\x01"
      "a",
      28);
  EXPECT_EQ(item, documented);
}

TEST(WireJson, ManyAttributes) {
  for (const int count : {23, 24, 25, 200}) {
    std::string given = "{";
    std::string sorted = "{";
    for (int i = count; i-- > 0;) {
      given += "\"a" + std::to_string(1000 + i) + "\":{\"N\":\"" + std::to_string(i) + "\"},";
      given += "\"a" + std::to_string(1000 + i) + "\":{\"N\":\"" + std::to_string(i + 1) + "\"},";
    }
    for (int i = 0; i < count; ++i) {
      sorted += "\"a" + std::to_string(1000 + i) + "\":{\"N\":\"" + std::to_string(i + 1) + "\"},";
    }
    given.back() = '}';
    sorted.back() = '}';
    EXPECT_EQ(ItemRoundTrip(given), sorted);
  }
}

TEST(WireJson, SizeIsTheSumOfTheWalk) {
  // ItemRoundTrip compares the size that was counted while encoding with a walk over the bytes.
  ItemRoundTrip(R"({"s":{"S":"text\u00e9"},"n":{"N":"-12.50"},"b":{"B":"AAEC"},
      "bool":{"BOOL":true},"null":{"NULL":true},"ss":{"SS":["a","b"]},"ns":{"NS":["1","20","-3.5"]},
      "bs":{"BS":["AA==","AAA="]},"l":{"L":[{"S":"x"},{"L":[]},{"M":{"k":{"N":"7"}}}]},
      "m":{"M":{"a":{"S":""},"b":{"L":[{"SS":["q"]}]},"dup":{"S":"long"},"dup":{"S":"s"}}},
      "dup":{"S":"longer"},"dup":{"S":"short"}})");
}

TEST(WireJson, AppendsAndKeepsWhatIsThere) {
  JsonDocument document;
  ASSERT_TRUE(document.Parse(R"({"a":{"L":[{"S":"x"}]}})"));
  std::string alone;
  ASSERT_TRUE(EncodeItem(document.root(), alone));
  std::string behind = "prefix";
  ASSERT_TRUE(EncodeItem(document.root(), behind));
  EXPECT_EQ(behind, "prefix" + alone);
}

TEST(WireJson, ErrorsSayWhere) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"id":{"S":"x"},"title":{}})", "title"},
      {R"({"a":{"M":{"b":{"L":[{"N":"1"},{"M":{"c":{"N":"one"}}}]}}}})", "a.b[1].c"},
      {R"({"a":{"L":[{"L":[{}]}]}})", "a[0][0]"},
  };
  for (const auto& [json, where] : cases) {
    JsonDocument document;
    ASSERT_TRUE(document.Parse(json));
    std::string out;
    const auto result = EncodeItem(document.root(), out);
    ASSERT_FALSE(result) << json;
    EXPECT_EQ(result.error().where, where);
  }
}

// Not a test of anything: prints how long the hot path takes, for those who change it.
TEST(WireJson, PrintsTimes) {
  std::string item = R"({"pk":{"S":"user#4711"},"sk":{"S":"order#2026-01-01T00:00:00Z"},)"
                     R"("count":{"N":"12345"},"price":{"N":"19.99"},"active":{"BOOL":true},)"
                     R"("tags":{"SS":["new","sale","winter"]},)"
                     R"("address":{"M":{"street":{"S":"Main Street 1"},"city":{"S":"Springfield"},)"
                     R"("zip":{"S":"12345"}}},"scores":{"L":[{"N":"1"},{"N":"2"},{"N":"3"}]},)"
                     R"("blob":{"B":"AAECAwQFBgcICQoLDA0ODw=="},"text":{"S":")";
  item += std::string(700, 'x') + "\"}}";
  const std::string body = R"({"TableName":"orders","Item":)" + item + "}";
  constexpr int kRounds = 20000;
  using Clock = std::chrono::steady_clock;
  constexpr auto kLong = std::chrono::nanoseconds(std::chrono::hours(1));
  std::chrono::nanoseconds parsing = kLong, encoding = kLong, writing = kLong;
  size_t bytes = 0;
  for (int round = 0; round < kRounds; ++round) {
    std::string text = body;
    const auto t0 = Clock::now();
    JsonDocument document;
    ASSERT_TRUE(document.Parse(std::move(text)));
    const auto t1 = Clock::now();
    std::string encoded;
    ASSERT_TRUE(EncodeItem(*FindMember(document.root(), "Item"), encoded));
    const auto t2 = Clock::now();
    std::string out;
    WriteItem(ItemView(encoded), out);
    const auto t3 = Clock::now();
    bytes += out.size();
    parsing = std::min<std::chrono::nanoseconds>(parsing, t1 - t0);
    encoding = std::min<std::chrono::nanoseconds>(encoding, t2 - t1);
    writing = std::min<std::chrono::nanoseconds>(writing, t3 - t2);
  }
  std::cout << body.size() << " bytes, best of " << kRounds << ": parse " << parsing.count()
            << " ns, EncodeItem " << encoding.count() << " ns, WriteItem " << writing.count()
            << " ns\n";
  EXPECT_GT(bytes, 0U);
}

}  // namespace
}  // namespace dynarock
