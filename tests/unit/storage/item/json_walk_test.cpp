// The walk over a JSON text: each token with the offset of its first byte.
#include "storage/item/json_walk.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace dynarock {
namespace {

// Writes down what it is told: "{0 k1 n5=1 }".
class Recorder : public JsonVisitor {
 public:
  explicit Recorder(size_t most = 1000) : left_(most) {}
  bool Null(size_t at) override { return Say("z", at); }
  bool Bool(size_t at, bool value) override { return Say(value ? "t" : "f", at); }
  bool Number(size_t at, std::string_view text) override { return Say("n", at, text); }
  bool String(size_t at, std::string_view text) override { return Say("s", at, text); }
  bool StartObject(size_t at) override { return Say("{", at); }
  bool Key(size_t at, std::string_view name) override { return Say("k", at, name); }
  bool EndObject() override { return Say("}"); }
  bool StartArray(size_t at) override { return Say("[", at); }
  bool EndArray() override { return Say("]"); }
  const std::string& told() const { return told_; }

 private:
  bool Say(const std::string& what) {
    told_ += (told_.empty() ? "" : " ") + what;
    return --left_ > 0;
  }
  bool Say(const std::string& what, size_t at) { return Say(what + std::to_string(at)); }
  bool Say(const std::string& what, size_t at, std::string_view text) {
    return Say(what + std::to_string(at) + "=" + std::string(text));
  }

  size_t left_;
  std::string told_;
};

TEST(JsonWalkTest, TellsTokensWithTheirOffsets) {
  Recorder recorder;
  const auto fault = WalkJson(
      " {\"a\" : [1, -2.50e+3,null ],\n \"b\":{\"\\u0041\":\"x\\n\"}, \"c\":true}", recorder);
  EXPECT_FALSE(fault);
  EXPECT_EQ(recorder.told(),
            "{1 k2=a [8 n9=1 n12=-2.50e+3 z21 ] k30=b {34 k35=A s44=x\n } k52=c t56 }");
}

TEST(JsonWalkTest, TellsWhereAFaultIs) {
  Recorder recorder;
  const auto fault = WalkJson("{\"a\" 1}", recorder);
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->at, 5u);
  EXPECT_FALSE(fault->ended);
  EXPECT_EQ(fault->what, "Missing a colon after a name of object member.");
}

TEST(JsonWalkTest, EndsWhenTheVisitorEndsIt) {
  Recorder recorder(2);
  const auto fault = WalkJson(std::string(1'000'000, '['), recorder);
  ASSERT_TRUE(fault);
  EXPECT_TRUE(fault->ended);
  EXPECT_EQ(recorder.told(), "[0 [1");
}

TEST(JsonWalkTest, NeedsNoZeroAtTheEnd) {
  Recorder recorder;
  EXPECT_FALSE(WalkJson(std::string_view("[1]x").substr(0, 3), recorder));
  EXPECT_EQ(recorder.told(), "[0 n1=1 ]");
}

}  // namespace
}  // namespace dynarock
