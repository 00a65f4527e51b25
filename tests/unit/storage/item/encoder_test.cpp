#include "storage/item/encoder.h"

#include <random>

#include <gtest/gtest.h>

#include "storage/item/size.h"
#include "storage/item/value.h"
#include "storage/item/wire_json.h"

namespace dynarock {
namespace {

std::string Item(std::string json) {
  JsonDocument document;
  EXPECT_TRUE(document.Parse(std::move(json)));
  std::string out;
  EXPECT_TRUE(EncodeItem(document.root(), out));
  return out;
}

std::string Json(std::string_view item) {
  std::string out;
  WriteItem(ItemView(item), out);
  return out;
}

// One of each type, and texts long enough for lengths of two bytes.
std::string AllTypes() {
  return Item(R"({"s":{"S":"text"},"n":{"N":"-12.5"},"b":{"B":"AAEC"},"bool":{"BOOL":true},
      "null":{"NULL":true},"ss":{"SS":["a","b"]},"ns":{"NS":["1","20"]},"bs":{"BS":["AA=="]},
      "l":{"L":[{"S":"x"},{"L":[]},{"M":{"k":{"N":"7"}}}]},"m":{"M":{"a":{"S":""},"b":{"L":[]}}},
      "long":{"S":")" +
              std::string(300, 'y') + R"("}})");
}

TEST(ItemBuilder, SortsAndKeepsTheLast) {
  const std::string source = Item(R"({"a":{"N":"1"},"b":{"S":"x"},"c":{"NULL":true}})");
  const ItemView view(source);
  ItemBuilder builder;
  EXPECT_TRUE(builder.empty());
  builder.Add("z", *view.Find("a"));
  builder.Add("m", *view.Find("a"));
  builder.Add("a", *view.Find("c"));
  builder.Add("m", *view.Find("c"));
  builder.Add("m", *view.Find("b"));
  EXPECT_FALSE(builder.empty());
  const std::string item = builder.Encode();
  EXPECT_EQ(Json(item), R"({"a":{"NULL":true},"m":{"S":"x"},"z":{"N":"1"}})");
  EXPECT_EQ(item, Item(R"({"z":{"N":"1"},"a":{"NULL":true},"m":{"S":"x"}})"));
  EXPECT_EQ(ItemView(item).size(), 1 + 2 + 1 + 1 + 1 + 1U);
}

TEST(ItemBuilder, Empty) {
  const std::string item = ItemBuilder().Encode();
  EXPECT_EQ(item.size(), ItemView::kHeader);
  EXPECT_EQ(ItemView(item).count(), 0U);
  EXPECT_EQ(ItemView(item).size(), 0U);
  EXPECT_TRUE(IsWellFormedItem(item));
  EXPECT_EQ(Json(item), "{}");
}

TEST(ItemWriter, MeasuresWhatItWrites) {
  const std::string item = AllTypes();
  std::string copy;
  ItemWriter writer(copy, ItemView(item).count());
  for (const Attribute attribute : ItemView(item).attributes()) {
    writer.Add(attribute.name, attribute.value);
  }
  writer.Finish();
  EXPECT_EQ(copy, item);
}

TEST(IsWellFormedItem, TakesWholeItemsOnly) {
  const std::string item = AllTypes();
  EXPECT_TRUE(IsWellFormedItem(item));
  for (size_t length = 0; length < item.size(); ++length) {
    // A heap copy of its own, so that a read past the end is seen by the address sanitizer.
    const std::vector<char> part(item.begin(), item.begin() + static_cast<long>(length));
    EXPECT_FALSE(IsWellFormedItem({part.data(), part.size()})) << length;
  }
  EXPECT_FALSE(IsWellFormedItem(item + "x"));
  std::string other_version = item;
  other_version[0] = 2;
  EXPECT_FALSE(IsWellFormedItem(other_version));
}

TEST(IsWellFormedItem, RefusesWhatNoWriterMakes) {
  const auto with = [](std::string_view value) {
    std::string out;
    ItemWriter writer(out, 1);
    writer.Name("a");
    out += value;
    return out;
  };
  EXPECT_TRUE(
      IsWellFormedItem(with(std::string("\x04\x01"
                                        "7"))));
  EXPECT_FALSE(IsWellFormedItem(with(std::string("\x04\x00", 2))));  // a number without digits
  EXPECT_FALSE(
      IsWellFormedItem(with("\x04\x01"
                            "x")));
  EXPECT_FALSE(
      IsWellFormedItem(with("\x04\x02"
                            "07")));
  EXPECT_FALSE(IsWellFormedItem(with("\x0C")));  // no such tag
  EXPECT_FALSE(IsWellFormedItem(with(std::string("\0", 1))));
  EXPECT_FALSE(IsWellFormedItem(with(std::string("\x05\x80\x00", 3))));  // a longer spelling of 0
  EXPECT_FALSE(IsWellFormedItem(with("\x05\xFF\xFF\xFF\xFF\xFF\xFF")));
  EXPECT_FALSE(IsWellFormedItem(with("\x05\xFF\xFF\xFF\xFF\x0F")));
  std::string nested;
  for (int i = 0; i < kMaxNesting; ++i) {
    std::string list;
    ValueWriter writer(list);
    const size_t mark = writer.Begin(Type::kList, nested.empty() ? 0 : 1);
    list += nested;
    writer.End(mark);
    nested = list;
  }
  EXPECT_TRUE(IsWellFormedItem(with(nested)));
  std::string deeper;
  ValueWriter writer(deeper);
  const size_t mark = writer.Begin(Type::kList, 1);
  deeper += nested;
  writer.End(mark);
  EXPECT_FALSE(IsWellFormedItem(with(deeper)));
}

// Whatever the check lets through can be walked without leaving the bytes.
TEST(IsWellFormedItem, IsSafeOnDamagedBytes) {
  const std::string item = AllTypes();
  std::mt19937 random(4711);
  size_t passed = 0;
  const auto try_bytes = [&](const std::string& damaged) {
    const std::vector<char> bytes(damaged.begin(), damaged.end());
    const std::string_view view(bytes.data(), bytes.size());
    if (!IsWellFormedItem(view)) return;
    ++passed;
    const ItemView seen(view);
    std::string out;
    WriteItem(seen, out);
    for (const Attribute attribute : seen.attributes()) {
      ValueSize(attribute.value);
      std::string again;
      Encode(Decode(attribute.value), again);
      seen.Find(attribute.name);
    }
  };
  for (size_t at = 0; at < item.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string damaged = item;
      damaged[at] = static_cast<char>(damaged[at] ^ (1 << bit));
      try_bytes(damaged);
    }
  }
  EXPECT_GT(passed, 0U);
  for (int round = 0; round < 20000; ++round) {
    std::string damaged = item;
    for (int edits = static_cast<int>(random() % 4); edits >= 0; --edits) {
      const size_t at = random() % damaged.size();
      switch (random() % 4) {
        case 0:
          damaged[at] = static_cast<char>(random());
          break;
        case 1:
          damaged.erase(at, 1 + random() % 8);
          break;
        case 2:
          damaged.insert(at, 1 + random() % 8, static_cast<char>(random()));
          break;
        default:
          damaged[at] = static_cast<char>(random() % 2 != 0 ? 0xFF : 0x00);
      }
      if (damaged.empty()) damaged = "x";
    }
    try_bytes(damaged);
  }
  for (int round = 0; round < 20000; ++round) {
    std::string noise(random() % 80, '\0');
    for (char& c : noise) c = static_cast<char>(random() % 16);
    if (!noise.empty()) noise[0] = static_cast<char>(kFormatVersion);
    try_bytes(noise);
  }
}

}  // namespace
}  // namespace dynarock
