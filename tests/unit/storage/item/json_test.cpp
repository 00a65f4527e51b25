#include "storage/item/json.h"

#include <chrono>
#include <cmath>
#include <limits>
#include <thread>

#include <gtest/gtest.h>

namespace dynarock {
namespace {

bool Parses(std::string text) {
  return JsonDocument().Parse(std::move(text));
}

std::string Repeat(std::string_view text, size_t n) {
  std::string out;
  for (size_t i = 0; i < n; ++i) out += text;
  return out;
}

TEST(JsonDocument, AcceptsJsonAlone) {
  struct Case {
    std::string text;
    bool good;
  };
  const std::vector<Case> cases = {
      {"{}", true},
      {"[]", true},
      {"null", true},
      {"true", true},
      {"\"x\"", true},
      {"1", true},
      {" \t\r\n{ \"a\" : [ 1 , 2 ] } \n", true},
      {"", false},
      {" ", false},
      {"{", false},
      {"}", false},
      {"{\"a\"}", false},
      {"{\"a\":}", false},
      {"{\"a\":1,}", false},
      {"[1,]", false},
      {"[,1]", false},
      {"{a:1}", false},
      {"{'a':1}", false},
      {"{\"a\":1}}", false},
      {"{} x", false},
      {"{}{}", false},
      {"{}null", false},
      {"nul", false},
      {"True", false},
      {"NaN", false},
      {"Infinity", false},
      {"-", false},
      {"+1", false},
      {"01", false},
      {"-01", false},
      {".5", false},
      {"5.", false},
      {"1.e5", false},
      {"1e", false},
      {"1e+", false},
      {"0x10", false},
      {"00000", false},
      {"\"x", false},
      {"\"\\x\"", false},
      {"\"\\u12\"", false},
      {"\"\\u12G4\"", false},
      {"\"a\nb\"", false},
      {"\"a\x01"
       "b\"",
       false},
      {"// c\n{}", false},
      {"\xEF\xBB\xBF{}", false},
      {std::string("{}\0", 3), false},
      {std::string("{}\0x", 4), false},
      {std::string("\"a\0b\"", 5), false},
      {std::string("\0{}", 3), false},
  };
  for (const Case& c : cases) EXPECT_EQ(Parses(c.text), c.good) << c.text;
}

TEST(JsonDocument, Numbers) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  struct Case {
    std::string text;
    std::optional<int64_t> integer;
    double real;
  };
  const std::vector<Case> cases = {
      {"0", 0, 0},
      {"-0", 0, 0},
      {"1", 1, 1},
      {"-1", -1, -1},
      {"2147483647", 2147483647, 2147483647},
      {"2147483648", 2147483648, 2147483648},
      {"-2147483649", -2147483649, -2147483649},
      {"9223372036854775807", std::numeric_limits<int64_t>::max(), 9223372036854775807.0},
      {"-9223372036854775808", std::numeric_limits<int64_t>::min(), -9223372036854775808.0},
      {"9223372036854775808", {}, 9223372036854775808.0},
      {"-9223372036854775809", {}, -9223372036854775808.0},
      {"18446744073709551616", {}, 18446744073709551616.0},
      {"1.0", {}, 1},
      {"1.5", {}, 1.5},
      {"-0.25", {}, -0.25},
      {"0.1", {}, 0.1},
      {"1e3", {}, 1000},
      {"1E+3", {}, 1000},
      {"25e-1", {}, 2.5},
      {"123456789012345678901234567890", {}, 123456789012345678901234567890.0},
      {"1e999", {}, kInfinity},
      {"-1e999", {}, -kInfinity},
      {"1.5E+999", {}, kInfinity},
      {"1e99999999999999999999", {}, kInfinity},
      {"1" + std::string(400, '0'), {}, kInfinity},
      {"-1" + std::string(400, '0') + ".5", {}, -kInfinity},
      {"1e-999", {}, 0},
      {"-1e-999", {}, 0},
      {"1e-99999999999999999999", {}, 0},
      {"0e999", {}, 0},
      {"0.0e99999", {}, 0},
      {"0." + std::string(400, '0') + "1", {}, 0},
      {"0." + std::string(400, '0') + "1e401", {}, 1},
      {"1" + std::string(200, '0') + "e-200", {}, 1},
  };
  for (const Case& c : cases) {
    for (const std::string& text : {"[" + c.text + ",7]", "[\"\\u0041\\n\", " + c.text + " , 7]"}) {
      JsonDocument document;
      ASSERT_TRUE(document.Parse(text)) << text;
      const auto& array = document.root();
      const JsonValue& number = array[array.Size() - 2];
      ASSERT_TRUE(number.IsNumber()) << text;
      EXPECT_EQ(number.IsInt64(), c.integer.has_value()) << text;
      if (number.IsInt64() && c.integer) {
        EXPECT_EQ(number.GetInt64(), *c.integer);
      }
      EXPECT_EQ(number.GetDouble(), c.real) << text;
      EXPECT_EQ(array[array.Size() - 1].GetInt64(), 7) << text;
      if (array.Size() == 3) {
        EXPECT_EQ(Text(array[0]), "A\n");
      }
    }
  }
}

TEST(JsonDocument, HugeNumbersLeaveTheRestAlone) {
  JsonDocument document;
  ASSERT_TRUE(document.Parse(
      R"({"a":"1e999","b":1e999,"c":"x\"1e999\\","d":10,"e":[1.25,2e400],"f":"\u00e91e999"})"));
  EXPECT_EQ(Text(*FindMember(document.root(), "a")), "1e999");
  EXPECT_TRUE(std::isinf(FindMember(document.root(), "b")->GetDouble()));
  EXPECT_EQ(Text(*FindMember(document.root(), "c")), "x\"1e999\\");
  EXPECT_EQ(FindMember(document.root(), "d")->GetInt64(), 10);
  EXPECT_EQ((*FindMember(document.root(), "e"))[0].GetDouble(), 1.25);
  EXPECT_TRUE(std::isinf((*FindMember(document.root(), "e"))[1].GetDouble()));
  EXPECT_EQ(Text(*FindMember(document.root(), "f")),
            "\xC3\xA9"
            "1e999");
  for (const std::string bad : {"[1e999", "[1e999,01e999]", "[1e999,00000]", "[1e999,1.e999]",
                                "[1e999 1]", "[1e999] x", "[1e999,1e999e9]", "[1e999-]"}) {
    EXPECT_FALSE(Parses(bad)) << bad;
  }
}

TEST(JsonDocument, ManyHugeNumbersAreQuick) {
  const auto start = std::chrono::steady_clock::now();
  EXPECT_TRUE(Parses("[" + Repeat("1e999,", 1'000'000) + "1]"));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST(JsonDocument, Strings) {
  struct Case {
    std::string text;
    std::string value;
  };
  const std::vector<Case> cases = {
      {R"("")", ""},
      {R"("abc")", "abc"},
      {R"("\"\\\/\b\f\n\r\t")", "\"\\/\b\f\n\r\t"},
      {R"("a\u0000b")", std::string("a\0b", 3)},
      {R"("\u0041")", "A"},
      {R"("\u00e9")", "\xC3\xA9"},
      {R"("\u20AC")", "\xE2\x82\xAC"},
      {R"("\ud83d\ude00")", "\xF0\x9F\x98\x80"},
      {R"("\uD834\uDD1E")", "\xF0\x9D\x84\x9E"},
      {R"("\uFFFF")", "\xEF\xBF\xBF"},
      {R"("\\uD800")", "\\uD800"},
      {R"("\\\\uD800")", "\\\\uD800"},
      {"\"\xF0\x9F\x98\x80\x7F\"", "\xF0\x9F\x98\x80\x7F"},
      {"\"" + std::string(100'000, 'x') + "\"", std::string(100'000, 'x')},
  };
  for (const Case& c : cases) {
    JsonDocument document;
    ASSERT_TRUE(document.Parse(c.text)) << c.text;
    EXPECT_EQ(Text(document.root()), c.value);
  }
}

TEST(JsonDocument, RefusesHalfSurrogatePairs) {
  for (const std::string text :
       {R"("\ud800")", R"("\udbff x")", R"("\udc00")", R"("\udfff")", R"("\ude00\ud83d")",
        R"("\ud83d\ud83d")", R"("\ud83d\u0041")", R"("\ud83dx")", R"("\ud83d\n")",
        R"("\ud83d\ude00\ude00")", R"({"\udc00":1})", R"("\\\udc00")"}) {
    EXPECT_FALSE(Parses(text)) << text;
  }
}

TEST(JsonDocument, Members) {
  JsonDocument document;
  ASSERT_TRUE(document.Parse(
      R"({"a":1,"b":2,"a":3,"c":null,"d":1,"d":null,"e":null,"e":5,"":6,"n\u0000":7})"));
  const JsonValue& root = document.root();
  EXPECT_EQ(FindMember(root, "a")->GetInt64(), 3);
  EXPECT_EQ(FindMember(root, "b")->GetInt64(), 2);
  EXPECT_EQ(FindMember(root, "c"), nullptr);
  EXPECT_EQ(FindMember(root, "d"), nullptr);
  EXPECT_EQ(FindMember(root, "e")->GetInt64(), 5);
  EXPECT_EQ(FindMember(root, "")->GetInt64(), 6);
  EXPECT_EQ(FindMember(root, "n"), nullptr);
  EXPECT_EQ(FindMember(root, std::string_view("n\0", 2))->GetInt64(), 7);
  EXPECT_EQ(FindMember(root, "absent"), nullptr);
}

TEST(JsonDocument, KnowsWhetherANumberWasWrittenWhole) {
  const std::string digits(400, '7');
  const std::pair<std::string, bool> cases[] = {
      {"0", true},      {"-0", true},           {"12", true},     {"9223372036854775808", true},
      {"1.0", false},   {"1e2", false},         {"1E2", false},   {"0.5", false},
      {digits, true},   {"-" + digits, true},   {"1e999", false}, {"-1E+999", false},
      {"9E307", false}, {digits + ".5", false}, {"true", false},  {"null", false},
  };
  for (const auto& [text, whole] : cases) {
    JsonDocument document;
    // The second number makes the parser start over for some, and not for others.
    for (const std::string other : {"1", "1e999"}) {
      ASSERT_TRUE(document.Parse("[" + text + "," + other + "]")) << text;
      EXPECT_EQ(document.root()[0].IsWhole(), whole) << text << " beside " << other;
    }
  }
}

TEST(JsonValue, CutsNumbersToARange) {
  const std::tuple<std::string, int64_t, int64_t> cases[] = {
      // written, in 32 bits, in 64
      {"2.9", 2, 2},
      {"-3.5", -3, -3},
      {"-0.9", 0, 0},
      {"4294967296", 2147483647, 4294967296},
      {"-4294967296.7", -2147483648, -4294967296},
      {"2147483647.9", 2147483647, 2147483647},
      {"9223372036854775808", 2147483647, INT64_MAX},
      {"-9223372036854775809", -2147483648, INT64_MIN},
      {"1e999", 2147483647, INT64_MAX},
      {"-1e999", -2147483648, INT64_MIN},
  };
  for (const auto& [text, narrow, wide] : cases) {
    JsonDocument document;
    ASSERT_TRUE(document.Parse("[" + text + "]")) << text;
    const JsonValue& number = document.root()[0];
    EXPECT_EQ(number.GetCut(INT32_MIN, INT32_MAX), narrow) << text;
    EXPECT_EQ(number.GetCut(INT64_MIN, INT64_MAX), wide) << text;
  }
}

TEST(JsonDocument, Depth) {
  constexpr size_t kMost = JsonDocument::kMaxDepth;
  EXPECT_TRUE(Parses(Repeat("[", kMost) + Repeat("]", kMost)));
  EXPECT_FALSE(Parses(Repeat("[", kMost + 1) + Repeat("]", kMost + 1)));
  EXPECT_TRUE(Parses(Repeat("{\"a\":", kMost - 1) + "{}" + Repeat("}", kMost - 1)));
  EXPECT_FALSE(Parses(Repeat("{\"a\":", kMost) + "{}" + Repeat("}", kMost)));
  // depth, not count
  EXPECT_TRUE(Parses("[" + Repeat("[],", 5000) + "[]]"));
  EXPECT_TRUE(Parses("[" + Repeat("{},", 5000) + "{}]"));
}

TEST(JsonDocument, EightMillionBrackets) {
  const auto start = std::chrono::steady_clock::now();
  EXPECT_FALSE(Parses(std::string(8'000'000, '[')));
  EXPECT_FALSE(Parses(Repeat("{\"a\":", 1'600'000)));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST(JsonDocument, SeveralAlive) {
  JsonDocument first;
  ASSERT_TRUE(first.Parse(R"({"a":"first","n":[1,2,3]})"));
  {
    JsonDocument second;
    ASSERT_TRUE(second.Parse(R"({"a":"second","n":[)" + Repeat("1,", 20000) + "1]}"));
    JsonDocument third;
    ASSERT_TRUE(third.Parse(R"({"a":"third"})"));
    EXPECT_EQ(Text(*FindMember(second.root(), "a")), "second");
    EXPECT_EQ(Text(*FindMember(third.root(), "a")), "third");
    EXPECT_EQ(Text(*FindMember(first.root(), "a")), "first");
  }
  JsonDocument fourth;
  ASSERT_TRUE(fourth.Parse(R"({"a":"fourth","n":[7]})"));
  EXPECT_EQ(Text(*FindMember(first.root(), "a")), "first");
  EXPECT_EQ((*FindMember(first.root(), "n"))[2].GetInt64(), 3);
  EXPECT_EQ((*FindMember(fourth.root(), "n"))[0].GetInt64(), 7);
}

TEST(JsonDocument, EndsOnAnotherThread) {
  auto document = std::make_unique<JsonDocument>();
  ASSERT_TRUE(document->Parse(R"(["here"])"));
  std::thread([moved = std::move(document)]() mutable {
    JsonDocument own;
    ASSERT_TRUE(own.Parse(R"(["own"])"));
    EXPECT_EQ(Text(moved->root()[0]), "here");
    moved.reset();
    JsonDocument next;  // must not share memory with `own`
    ASSERT_TRUE(next.Parse(R"(["next"])"));
    EXPECT_EQ(Text(own.root()[0]), "own");
  }).join();
  std::unique_ptr<JsonDocument> orphan;
  std::thread([&] {
    orphan = std::make_unique<JsonDocument>();
    ASSERT_TRUE(orphan->Parse(R"(["orphan"])"));
  }).join();
  EXPECT_EQ(Text(orphan->root()[0]), "orphan");
}

TEST(Utf8, EveryLeadAndContinuation) {
  // The well-formed sequences of the Unicode standard, table 3-7, as ranges per byte.
  struct Row {
    int from, to;
    std::vector<std::pair<int, int>> rest;
  };
  const std::vector<Row> rows = {
      {0x00, 0x7F, {}},
      {0xC2, 0xDF, {{0x80, 0xBF}}},
      {0xE0, 0xE0, {{0xA0, 0xBF}, {0x80, 0xBF}}},
      {0xE1, 0xEC, {{0x80, 0xBF}, {0x80, 0xBF}}},
      {0xED, 0xED, {{0x80, 0x9F}, {0x80, 0xBF}}},
      {0xEE, 0xEF, {{0x80, 0xBF}, {0x80, 0xBF}}},
      {0xF0, 0xF0, {{0x90, 0xBF}, {0x80, 0xBF}, {0x80, 0xBF}}},
      {0xF1, 0xF3, {{0x80, 0xBF}, {0x80, 0xBF}, {0x80, 0xBF}}},
      {0xF4, 0xF4, {{0x80, 0x8F}, {0x80, 0xBF}, {0x80, 0xBF}}},
  };
  const auto well_formed = [&](const std::vector<int>& bytes) {
    for (size_t at = 0; at < bytes.size();) {
      const auto row = std::find_if(rows.begin(), rows.end(), [&](const Row& r) {
        return bytes[at] >= r.from && bytes[at] <= r.to;
      });
      if (row == rows.end() || at + row->rest.size() >= bytes.size()) return false;
      for (size_t i = 0; i < row->rest.size(); ++i) {
        const int byte = bytes[at + 1 + i];
        if (byte < row->rest[i].first || byte > row->rest[i].second) return false;
      }
      at += 1 + row->rest.size();
    }
    return true;
  };
  const std::vector<int> edges = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0,
                                  0xBF, 0xC0, 0xC2, 0xE0, 0xED, 0xF0, 0xF4, 0xFF};
  const auto check = [&](const std::vector<int>& bytes) {
    std::string text;
    for (const int byte : bytes) text += static_cast<char>(byte);
    // At the start, in the eight-byte stride and at the end.
    ASSERT_EQ(IsUtf8(text), well_formed(bytes)) << testing::PrintToString(bytes);
    ASSERT_EQ(IsUtf8("12345" + text + "123456789"), well_formed(bytes));
    ASSERT_EQ(IsUtf8("12345678" + text), well_formed(bytes));
  };
  check({});
  for (int lead = 0; lead < 256; ++lead) {
    check({lead});
    for (const int second : edges) {
      check({lead, second});
      for (const int third : edges) {
        check({lead, second, third});
        for (const int fourth : {0x41, 0x7F, 0x80, 0xBF, 0xC0}) {
          check({lead, second, third, fourth});
        }
      }
    }
  }
}

TEST(JsonDocument, RefusesOtherThanUtf8Anywhere) {
  for (const std::string bad : {"\x80", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF"}) {
    EXPECT_FALSE(Parses("{\"" + bad + "\":1}"));
    EXPECT_FALSE(Parses("{\"a\":\"" + bad + "\"}"));
    EXPECT_FALSE(Parses("{}" + bad));
    EXPECT_FALSE(Parses(bad + "{}"));
  }
}

TEST(JsonWriter, Writes) {
  std::string out;
  JsonWriter writer(out);
  writer.BeginObject();
  writer.Member("s", "x");
  writer.Member("i", int64_t{-5});
  writer.MemberBool("t", true);
  writer.MemberBool("f", false);
  writer.MemberDouble("d", 0.5);
  writer.Key("a");
  writer.BeginArray();
  writer.Int(1);
  writer.BeginObject();
  writer.EndObject();
  writer.BeginArray();
  writer.EndArray();
  writer.String("q\"");
  writer.Raw("{\"r\":1}");
  writer.Bool(true);
  writer.EndArray();
  writer.Key("o");
  writer.BeginObject();
  writer.Member("k\n", "v");
  writer.EndObject();
  writer.EndObject();
  EXPECT_EQ(out, R"({"s":"x","i":-5,"t":true,"f":false,"d":0.5,"a":[1,{},[],"q\"",{"r":1},true],)"
                 R"("o":{"k\n":"v"}})");
}

TEST(JsonWriter, Numbers) {
  const auto real = [](double value) {
    std::string out;
    JsonWriter(out).Double(value);
    return out;
  };
  EXPECT_EQ(real(0), "0.0");
  EXPECT_EQ(real(1), "1.0");
  EXPECT_EQ(real(-2), "-2.0");
  EXPECT_EQ(real(0.5), "0.5");
  EXPECT_EQ(real(0.1), "0.1");
  EXPECT_EQ(real(1363801528.686), "1363801528.686");
  EXPECT_EQ(real(1e300), "1e+300");
  const auto integer = [](int64_t value) {
    std::string out;
    JsonWriter(out).Int(value);
    return out;
  };
  EXPECT_EQ(integer(0), "0");
  EXPECT_EQ(integer(std::numeric_limits<int64_t>::max()), "9223372036854775807");
  EXPECT_EQ(integer(std::numeric_limits<int64_t>::min()), "-9223372036854775808");
  const auto epoch = [](int64_t value) {
    std::string out;
    JsonWriter(out).EpochMillis(value);
    return out;
  };
  EXPECT_EQ(epoch(1363801528686), "1363801528.686");
  EXPECT_EQ(epoch(1363801528006), "1363801528.006");
  EXPECT_EQ(epoch(1363801528000), "1363801528.000");
  EXPECT_EQ(epoch(0), "0.000");
  EXPECT_EQ(epoch(-1500), "-1.500");
  EXPECT_EQ(epoch(-5), "-0.005");
}

TEST(AppendJsonString, Escapes) {
  struct Case {
    std::string text, json;
  };
  const std::vector<Case> cases = {
      {"", R"("")"},
      {"abc", R"("abc")"},
      {"\"", R"("\"")"},
      {"\\", R"("\\")"},
      {"/", R"("/")"},
      {"\n\r\t", R"("\n\r\t")"},
      {"\b\f", R"("\u0008\u000c")"},
      {std::string("\0", 1), R"("\u0000")"},
      {"\x01\x1F", R"("\u0001\u001f")"},
      {"\x7F", "\"\x7F\""},
      {"\xE2\x80\xA8\xE2\x80\xA9", "\"\xE2\x80\xA8\xE2\x80\xA9\""},  // U+2028, U+2029
      {"\xF0\x9F\x98\x80", "\"\xF0\x9F\x98\x80\""},
      {"a\"b\\c\nd", R"("a\"b\\c\nd")"},
  };
  for (const Case& c : cases) {
    std::string out = "=";
    AppendJsonString(c.text, out);
    EXPECT_EQ(out, "=" + c.json);
  }
}

TEST(AppendJsonString, EveryByteAtEveryPlaceReadsBack) {
  for (size_t length = 1; length < 40; ++length) {
    for (size_t at = 0; at < length; ++at) {
      for (int byte = 0; byte < 0x80; ++byte) {
        std::string text(length, 'x');
        text[at] = static_cast<char>(byte);
        std::string json;
        AppendJsonString(text, json);
        JsonDocument document;
        ASSERT_TRUE(document.Parse(json)) << json;
        ASSERT_EQ(Text(document.root()), text);
      }
    }
  }
}

}  // namespace
}  // namespace dynarock
