#include <gtest/gtest.h>

#include "storage/stream/stream.h"

namespace dynarock {
namespace {

TEST(Sequence, TextKeepsNumberAndOrder) {
  std::string before;
  for (const SequenceNumber number :
       {SequenceNumber{0}, SequenceNumber{1}, SequenceNumber{9}, SequenceNumber{10},
        SequenceNumber{1} << 40, ~SequenceNumber{0}}) {
    const std::string text = SequenceText(number);
    EXPECT_EQ(text.size(), 22u);
    EXPECT_LT(before, text);
    EXPECT_EQ(ParseSequence(text), number);
    before = text;
  }
}

TEST(Sequence, RefusesWhatIsNoneOfOurs) {
  for (const char* text :
       {"", "1", "110000000000000000000", "11000000000000000000001", "2100000000000000000001",
        "110000000000000000000x", "1199999999999999999999", "11-000000000000000001x"}) {
    EXPECT_FALSE(ParseSequence(text)) << text;
  }
}

}  // namespace
}  // namespace dynarock
