// What conditions make of items.
#include "expression/condition.h"

#include <gtest/gtest.h>

#include "tests/unit/expression/text_values.h"

namespace dynarock::expression {
namespace {

constexpr std::string_view kItem =
    R"({n: 5, neg: -1.5, s: "hello", hollow: "", b: b"hello", t: true, f: false, nul: null, ss: s<"a", "b">, )"
    R"(ns: n<1, 2.5>, bs: b<"x", "y">, l: [1, "two", [3]], m: {x: 1, y: {z: "deep"}}, wide: "a\u00e9", )"
    R"(uni: "é€😀", n2: 5.0, l2: [1, "two", [3]], m2: {y: {z: "deep"}, x: 1}, big: 1e20})";
constexpr std::string_view kValues =
    R"(:n5=5 :n50=5.0 :n1=1 :n25=2.5 :n9=9 :neg=-2 :s="hello" :he="he" :ell="ell" :es="" :b=b"hello" :bhe=b"he" )"
    R"(:t=true :f=false :nul=null :ss=s<"b", "a"> :ns=n<2.5, 1.0> :bs=b<"y", "x"> :l=[1, "two", [3]] :l1=[1] )"
    R"(:m={x: 1, y: {z: "deep"}} :z=[3] :a="a" :x=b"x" :two="two" :three=3 :four=4 :zero=0 )"
    R"(:S="S" :N="N" :B="B" :BOOL="BOOL" :NULL="NULL" :SS="SS" :NS="NS" :BS="BS" :L="L" :M="M")";

bool Meets(std::string_view text, std::optional<ItemView> item) {
  TestPlaceholders placeholders(kValues);
  const Result<Condition> condition =
      ParseCondition(Language::kCondition, text, placeholders.get());
  if (!condition) {
    ADD_FAILURE() << text << ": " << condition.error().message;
    return false;
  }
  return condition->Matches(item);
}

TEST(Condition, True) {
  const std::string item = Item(kItem);
  for (const std::string_view text : {
           // equality, by type
           "n = :n5",
           "n = :n50",
           "n2 = n",
           "s = :s",
           "b = :b",
           "t = :t",
           "f = :f",
           "nul = :nul",
           "ss = :ss",
           "ns = :ns",
           "bs = :bs",
           "l = :l",
           "m = :m",
           "l = l2",
           "m = m2",
           "hollow = :es",
           // and inequality
           "n <> :n1",
           "n <> :s",
           "s <> :b",
           "t <> f",
           "t <> :n1",
           "nul <> :f",
           "l <> :l1",
           "ss <> :ns",
           // absent operands
           "absent <> :n5",
           ":n5 <> absent",
           "absent <> gone",
           "NOT absent = :n5",
           "NOT absent < :n5",
           "NOT absent IN (:n5)",
           "NOT absent BETWEEN :n1 AND :n5",
           // order
           "n < :n9",
           "n <= :n5",
           "n > :n1",
           "n >= :n50",
           "neg > :neg",
           "neg < :zero",
           ":n1 < n",
           "s > :he",
           "s < :two",
           "b > :bhe",
           "hollow < :a",
           "big > :n9",
           "n BETWEEN :n1 AND :n9",
           "n BETWEEN :n5 AND :n5",
           "s BETWEEN :he AND :two",
           "b BETWEEN :bhe AND :b",
           ":n5 BETWEEN neg AND n",
           // order of types without order
           "NOT t < f",
           "NOT n < s",
           "NOT ss <= ns",
           "NOT l BETWEEN l2 AND m",
           // IN
           "n IN (:s, :n5)",
           "n IN (n2)",
           "m IN (:l, :m)",
           "s IN (absent, :s)",
           // functions
           "attribute_exists(nul)",
           "attribute_exists(m.y.z)",
           "attribute_exists(l[2][0])",
           "attribute_not_exists(absent)",
           "attribute_not_exists(m.q)",
           "attribute_not_exists(l[3])",
           "attribute_not_exists(s.x)",
           "attribute_not_exists(m[0])",
           "attribute_not_exists(l.x)",
           "attribute_not_exists(ss[0])",
           "attribute_type(n, :N)",
           "attribute_type(s, :S)",
           "attribute_type(b, :B)",
           "attribute_type(t, :BOOL)",
           "attribute_type(f, :BOOL)",
           "attribute_type(nul, :NULL)",
           "attribute_type(ss, :SS)",
           "attribute_type(ns, :NS)",
           "attribute_type(bs, :BS)",
           "attribute_type(l, :L)",
           "attribute_type(m, :M)",
           "begins_with(s, :he)",
           "begins_with(s, :es)",
           "begins_with(b, :bhe)",
           "begins_with(:s, hollow)",
           "contains(s, :ell)",
           "contains(s, :es)",
           "contains(b, :bhe)",
           "contains(ss, :a)",
           "contains(ns, :n25)",
           "contains(bs, :x)",
           "contains(l, :n1)",
           "contains(l, :two)",
           "contains(l, :z)",
           "contains(:l, m.x)",
           // size
           "size(s) = :n5",
           "size(b) = :n5",
           "size(hollow) = :zero",
           "size(ss) < :three",
           "size(l) = :three",
           "size(m) = size(ss)",
           "size(uni) = :four",
           "size(:s) = n",
           "size(m.y.z) = :four",
           ":n1 < size(ns)",
           "size(l) BETWEEN :n1 AND :n9",
           "size(l) IN (:n1, :three)",
           "contains(ns, size(m.y))",
           // connectives
           "n = :n5 AND s = :s",
           "n = :n1 OR s = :s",
           "n = :n5 OR s = :b",
           "NOT n = :n1 AND s = :s",
           "n = :n1 AND s = :s OR t = :t",
           "n = :n5 OR s = :b AND t = :f",
           "(n = :n5 OR s = :b) AND t = :t",
           "NOT (n = :n1 OR s = :b)",
           "NOT NOT n = :n5",
           "NOT (n = :n5 AND NOT s = :s)",
       }) {
    EXPECT_TRUE(Meets(text, ItemView(item))) << text;
  }
}

TEST(Condition, False) {
  const std::string item = Item(kItem);
  for (const std::string_view text : {
           "n = :n1",
           "n = :s",
           "s = :b",
           "t = f",
           "nul = :f",
           "l = :l1",
           "m = m.y",
           "ss = :bs",
           "ss = s",
           "l = ss",
           "n <> :n50",
           "ss <> :ss",
           "m <> :m",
           // absent
           "absent = :n5",
           "absent = gone",
           ":n5 = absent",
           "absent < :n5",
           "absent >= gone",
           "absent IN (:n5)",
           "absent IN (gone)",
           "n IN (absent)",
           "absent BETWEEN :n1 AND :n5",
           "n BETWEEN absent AND :n5",
           "n BETWEEN :n1 AND absent",
           "begins_with(absent, :he)",
           "contains(absent, :he)",
           "contains(l, absent)",
           "attribute_type(absent, :S)",
           "size(absent) = :zero",
           "size(absent) <> :zero",
           // order
           "n < :n5",
           "n > :n9",
           "n < s",
           "s < :b",
           "t < f",
           "nul >= nul2",
           "n BETWEEN neg AND s",
           "s BETWEEN :n1 AND :n9",
           "ss < ns",
           "m > m2",
           "l >= l2",
           "t <= t2",
           // functions
           "attribute_exists(absent)",
           "attribute_exists(m.q)",
           "attribute_exists(l[3])",
           "attribute_exists(s.x)",
           "attribute_not_exists(nul)",
           "attribute_type(n, :S)",
           "attribute_type(t, :NULL)",
           "begins_with(s, :ell)",
           "begins_with(s, :bhe)",
           "begins_with(n, :he)",
           "begins_with(l, :two)",
           "begins_with(:he, s)",
           "contains(s, :b)",
           "contains(s, :n1)",
           "contains(n, :n5)",
           "contains(ss, :n1)",
           "contains(ns, :a)",
           "contains(bs, :a)",
           "contains(l, :three)",
           "contains(m, :n1)",
           "contains(nul, :nul)",
           "contains(:he, s)",
           "size(n) = :n1",
           "size(n) <> :n1",
           "size(t) >= :zero",
           "size(nul) <> :zero",
           "size(uni) = :three",
           "size(s) < :n5",
           "n IN (size(nul))",
           // connectives
           "n = :n5 AND s = :b",
           "n = :n1 OR s = :b",
           "NOT n = :n5",
           "NOT (n = :n5 OR s = :b)",
           "n = :n1 AND s = :s AND t = :t",
           "n = :n1 AND (s = :s OR t = :t)",
       }) {
    EXPECT_FALSE(Meets(text, ItemView(item))) << text;
  }
}

TEST(Condition, AbsentItemHasNoAttributes) {
  EXPECT_TRUE(Meets("attribute_not_exists(pk)", std::nullopt));
  EXPECT_FALSE(Meets("attribute_exists(pk)", std::nullopt));
  EXPECT_TRUE(Meets("pk <> :n5", std::nullopt));
  EXPECT_FALSE(Meets("pk = :n5", std::nullopt));
  EXPECT_TRUE(Meets("attribute_not_exists(pk) OR pk = :n5", std::nullopt));
  EXPECT_TRUE(Condition().Matches(std::nullopt)) << "a condition without steps is met";
}

TEST(Condition, EachPlaceholderCountsAsUsed) {
  TestPlaceholders placeholders("#a=a #b=b :v=1 :w=2");
  ASSERT_TRUE(ParseCondition(Language::kFilter, "#a = :v OR #b = :w", placeholders.get()));
  EXPECT_EQ(ErrorOf(placeholders.get().CheckAllUsed()), "(no error)");
}

}  // namespace
}  // namespace dynarock::expression
