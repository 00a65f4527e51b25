#include "server/protocol/key_ring.h"

#include <gtest/gtest.h>

namespace dynarock::protocol {
namespace {

TEST(KeyRingTest, TakesPairs) {
  struct Case {
    const char* pair;
    const char* key_id;
    const char* secret;  // null: refused
    const char* error;
  };
  const Case cases[] = {
      {"id:secret", "id", "secret", ""},
      {"id:se:cr=et/+", "id", "se:cr=et/+", ""},
      {"id", "id", nullptr, "a key is given as KEY_ID:SECRET"},
      {":secret", "", nullptr, "a key is given as KEY_ID:SECRET"},
      {"id:", "id", nullptr, "a key is given as KEY_ID:SECRET"},
      {"", "", nullptr, "a key is given as KEY_ID:SECRET"},
      {"a/b:secret", "a/b", nullptr, "the key id a/b holds a slash, a comma or a space"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.pair);
    KeyRing keys;
    const auto added = keys.Add(c.pair);
    if (c.secret == nullptr) {
      ASSERT_FALSE(added);
      EXPECT_EQ(added.error(), c.error);
      EXPECT_TRUE(keys.empty());
    } else {
      ASSERT_TRUE(added);
      ASSERT_NE(keys.Find(c.key_id), nullptr);
      EXPECT_EQ(keys.Find(c.key_id)->secret, c.secret);
    }
  }
}

TEST(KeyRingTest, TakesAKeyOnce) {
  KeyRing keys;
  EXPECT_TRUE(keys.Add("id:secret"));
  EXPECT_TRUE(keys.Add("id:secret"));
  EXPECT_EQ(keys.Add("id:other").error(), "the key id id is given twice");
  EXPECT_EQ(keys.Find("id")->secret, "secret");
  EXPECT_EQ(keys.Find("other"), nullptr);
}

TEST(KeyRingTest, ReadsCredentialsFiles) {
  KeyRing keys;
  const auto added = keys.AddProfiles(
      "# a comment\r\n"
      "[default]\r\n"
      "aws_access_key_id = AKID1\r\n"
      "aws_secret_access_key = abc/+=\r\n"
      "region = eu-west-1\r\n"
      "\r\n"
      "[empty]\n"
      "sso_session = x\n"
      "[ session ]\n"
      "aws_secret_access_key=def\n"
      "aws_session_token=IQoJ=\n"
      "aws_access_key_id=ASIA2");
  ASSERT_TRUE(added) << added.error();
  EXPECT_EQ(keys.Find("AKID1")->secret, "abc/+=");
  EXPECT_EQ(keys.Find("AKID1")->token, "");
  EXPECT_EQ(keys.Find("ASIA2")->secret, "def");
  EXPECT_EQ(keys.Find("ASIA2")->token, "IQoJ=");
}

TEST(KeyRingTest, RefusesOtherFiles) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "no profile in it has keys"},
      {"[default]\nregion = x\n", "no profile in it has keys"},
      {"hello there", "it is not a credentials file: a line is neither [profile] nor name = value"},
      {"[dev]\naws_access_key_id = A\n[b]\n", "profile dev has a key id without a secret"},
      {"[dev]\naws_secret_access_key = A\n", "profile dev has a secret without a key id"},
      {"[a]\naws_access_key_id=A\naws_secret_access_key=1\n"
       "[b]\naws_access_key_id=A\naws_secret_access_key=2\n",
       "the key id A is given twice"},
  };
  for (const auto& [text, error] : cases) {
    KeyRing keys;
    const auto added = keys.AddProfiles(text);
    ASSERT_FALSE(added) << text;
    EXPECT_EQ(added.error(), error);
  }
}

}  // namespace
}  // namespace dynarock::protocol
