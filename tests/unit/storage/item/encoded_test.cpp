#include "storage/item/encoded.h"

#include <gtest/gtest.h>

#include "storage/item/encoder.h"

namespace dynarock {
namespace {

std::string Scalar(Type type, std::string_view text) {
  std::string out;
  ValueWriter(out).Scalar(type, text);
  return out;
}
std::string String(std::string_view text) {
  return Scalar(Type::kString, text);
}
std::string Number(std::string_view text) {
  return Scalar(Type::kNumber, text);
}

std::string Of(Type type, const std::vector<std::string>& elements) {
  std::string out;
  ValueWriter writer(out);
  const size_t mark = writer.Begin(type, static_cast<uint32_t>(elements.size()));
  for (const std::string& element : elements) {
    if (IsSet(type)) {
      writer.Text(element);
    } else {
      out += element;
    }
  }
  writer.End(mark);
  return out;
}

std::string Map(const std::vector<std::pair<std::string, std::string>>& entries) {
  std::string out;
  ValueWriter writer(out);
  const size_t mark = writer.Begin(Type::kMap, static_cast<uint32_t>(entries.size()));
  for (const auto& [name, value] : entries) {
    writer.Text(name);
    out += value;
  }
  writer.End(mark);
  return out;
}

ValueView View(const std::string& bytes) {
  return ValueView(bytes.data());
}

TEST(Type, Names) {
  EXPECT_EQ(TypeName(Type::kNull), "NULL");
  EXPECT_EQ(TypeName(Type::kFalse), "BOOL");
  EXPECT_EQ(TypeName(Type::kTrue), "BOOL");
  EXPECT_EQ(TypeName(Type::kNumber), "N");
  EXPECT_EQ(TypeName(Type::kString), "S");
  EXPECT_EQ(TypeName(Type::kBinary), "B");
  EXPECT_EQ(TypeName(Type::kNumberSet), "NS");
  EXPECT_EQ(TypeName(Type::kStringSet), "SS");
  EXPECT_EQ(TypeName(Type::kBinarySet), "BS");
  EXPECT_EQ(TypeName(Type::kList), "L");
  EXPECT_EQ(TypeName(Type::kMap), "M");
  EXPECT_TRUE(SameType(Type::kFalse, Type::kTrue));
  EXPECT_FALSE(SameType(Type::kNull, Type::kTrue));
  EXPECT_EQ(ElementType(Type::kNumberSet), Type::kNumber);
  EXPECT_EQ(ElementType(Type::kStringSet), Type::kString);
  EXPECT_EQ(ElementType(Type::kBinarySet), Type::kBinary);
}

TEST(ValueView, ScalarsOfEveryLength) {
  for (const size_t length : {0UL, 1UL, 127UL, 128UL, 16383UL, 16384UL, 400000UL, 2097152UL}) {
    const std::string text(length, 'x');
    const std::string bytes = String(text) + "tail";
    EXPECT_EQ(View(bytes).type(), Type::kString);
    EXPECT_EQ(View(bytes).text(), text);
    EXPECT_EQ(View(bytes).end(), bytes.data() + bytes.size() - 4);
  }
}

TEST(ValueView, Constants) {
  std::string bytes;
  ValueWriter writer(bytes);
  writer.Null();
  writer.Bool(true);
  writer.Bool(false);
  EXPECT_EQ(bytes, "\x01\x03\x02");
  EXPECT_EQ(View(bytes).type(), Type::kNull);
  EXPECT_EQ(View(bytes).bytes().size(), 1U);
  EXPECT_TRUE(ValueView(bytes.data() + 1).boolean());
  EXPECT_FALSE(ValueView(bytes.data() + 2).boolean());
}

TEST(ValueView, ListsAndMaps) {
  const std::string inner = Of(Type::kList, {Number("1"), String("")});
  const std::string map = Map({{"", String("empty name")}, {"a", inner}, {"b", Number("2")}});
  const std::string bytes = Of(Type::kList, {map, String("x"), inner, Of(Type::kList, {})});
  const ListView list = View(bytes).list();
  EXPECT_EQ(list.size(), 4U);
  EXPECT_EQ(list.At(0)->bytes(), map);
  EXPECT_EQ(list.At(1)->text(), "x");
  EXPECT_EQ(list.At(2)->list().At(0)->text(), "1");
  EXPECT_EQ(list.At(3)->count(), 0U);
  EXPECT_EQ(list.At(4), std::nullopt);
  EXPECT_EQ(list.At(uint64_t{1} << 40), std::nullopt);
  EXPECT_EQ(list.At(3)->list().At(0), std::nullopt);
  const MapView entries = list.At(0)->map();
  EXPECT_EQ(entries.Find("")->text(), "empty name");
  EXPECT_EQ(entries.Find("a")->bytes(), inner);
  EXPECT_EQ(entries.Find("b")->text(), "2");
  for (const std::string absent : {"A", "aa", "c", "ab"}) {
    EXPECT_EQ(entries.Find(absent), std::nullopt) << absent;
  }
  std::string names;
  for (const Attribute entry : entries) names += "[" + std::string(entry.name) + "]";
  EXPECT_EQ(names, "[][a][b]");
  size_t count = 0;
  for ([[maybe_unused]] const ValueView element : list) ++count;
  EXPECT_EQ(count, 4U);
}

TEST(ValueView, Sets) {
  const std::string bytes = Of(Type::kStringSet, {"", "a", std::string(200, 'b')});
  std::vector<std::string> elements;
  for (const std::string_view element : View(bytes).set()) elements.emplace_back(element);
  EXPECT_EQ(elements, (std::vector<std::string>{"", "a", std::string(200, 'b')}));
  EXPECT_EQ(View(bytes).set().size(), 3U);
  EXPECT_EQ(View(bytes).bytes(), bytes);
}

TEST(ValueView, Equality) {
  const std::string a = Map({{"x", Number("1")}});
  const std::string b = Map({{"x", Number("1")}});
  const std::string c = Map({{"x", String("1")}});
  EXPECT_TRUE(View(a) == View(b));
  EXPECT_FALSE(View(a) == View(c));
  EXPECT_FALSE(View(String("")) == View(Scalar(Type::kBinary, "")));
}

TEST(Compare, ScalarsOfOneTypeOnly) {
  using Order = std::strong_ordering;
  const auto compare = [](const std::string& a, const std::string& b) {
    return Compare(View(a), View(b));
  };
  EXPECT_EQ(compare(String("a"), String("b")), Order::less);
  EXPECT_EQ(compare(String("a"), String("a")), Order::equal);
  EXPECT_EQ(compare(String("ab"), String("a")), Order::greater);
  EXPECT_EQ(compare(String("z"), String("\xC3\xA9")), Order::less);  // bytes are unsigned
  EXPECT_EQ(compare(Scalar(Type::kBinary, "\x7F"), Scalar(Type::kBinary, "\x80")), Order::less);
  EXPECT_EQ(compare(Number("9"), Number("10")), Order::less);
  EXPECT_EQ(compare(Number("-9"), Number("-10")), Order::greater);
  EXPECT_EQ(compare(Number("1"), String("1")), std::nullopt);
  EXPECT_EQ(compare(String("1"), Scalar(Type::kBinary, "1")), std::nullopt);
  EXPECT_EQ(compare(Of(Type::kList, {}), Of(Type::kList, {})), std::nullopt);
  EXPECT_EQ(compare("\x03", "\x03"), std::nullopt);
  EXPECT_EQ(compare("\x01", "\x01"), std::nullopt);
}

// Names of two letters in order, every second one left out.
std::string Name(uint32_t i) {
  return {static_cast<char>('a' + i / 12), static_cast<char>('a' + i % 12 * 2)};
}

TEST(ItemView, FindsEveryAttribute) {
  for (const uint32_t count : {0U, 1U, 2U, 3U, 7U, 8U, 9U, 100U}) {
    std::string bytes = "before";
    ItemWriter writer(bytes, count);
    for (uint32_t i = 0; i < count; ++i) {
      writer.Name(Name(i));
      writer.value().Number(std::to_string(i));
    }
    writer.Finish();
    const ItemView item(std::string_view(bytes).substr(6));
    EXPECT_TRUE(IsWellFormedItem(item.bytes()));
    EXPECT_EQ(item.count(), count);
    for (uint32_t i = 0; i < count; ++i) {
      std::string name = Name(i);
      ASSERT_TRUE(item.Find(name)) << name;
      EXPECT_EQ(item.Find(name)->text(), std::to_string(i));
      EXPECT_EQ(item.At(i).name, name);
      ++name[1];
      EXPECT_EQ(item.Find(name), std::nullopt) << name;
    }
    for (const std::string absent : {"", "a", "zz", "A"}) {
      EXPECT_EQ(item.Find(absent), std::nullopt) << absent;
    }
    uint32_t seen = 0;
    for (const Attribute attribute : item.attributes()) {
      EXPECT_EQ(attribute.value.text(), std::to_string(seen++));
    }
    EXPECT_EQ(seen, count);
  }
}

}  // namespace
}  // namespace dynarock
