#include "server/control/guard.h"

#include <gtest/gtest.h>

#include "tests/unit/server/control/field_map.h"

namespace dynarock::control {
namespace {

TEST(GuardTest, NoWebPageOfAnotherOrigin) {
  struct Case {
    const char* name;
    FieldMap fields;
    bool passes;
  };
  const std::vector<Case> cases = {
      {"no fields", {}, true},
      {"numeric", {{"Host", "127.0.0.1:8000"}}, true},
      {"numeric, no port", {{"Host", "10.0.0.1"}}, true},
      {"IPv6", {{"Host", "[::1]:8000"}}, true},
      {"localhost", {{"Host", "LocalHost:8000"}}, true},
      {"below localhost", {{"Host", "db.localhost:8000"}}, true},
      {"compose's service name", {{"Host", "dynamodb:8000"}}, true},
      {"Docker's host", {{"Host", "host.docker.internal:8000"}}, true},
      {"configured", {{"Host", "db.example:8000"}}, true},
      {"configured, final dot", {{"Host", "db.example.:8000"}}, true},
      {"rebinding", {{"Host", "evil.example:8000"}}, false},
      {"rebinding, own origin",
       {{"Host", "evil.example"}, {"Origin", "http://evil.example"}},
       false},
      {"localhost inside", {{"Host", "localhost.evil.example"}}, false},
      {"127.0.0.1 inside", {{"Host", "127.0.0.1.evil.example"}}, false},
      {"below the configured", {{"Host", "x.db.example"}}, false},
      {"own origin", {{"Host", "localhost:8000"}, {"Origin", "http://localhost:8000"}}, true},
      {"own origin, TLS", {{"Host", "localhost:8000"}, {"Origin", "https://localhost:8000"}}, true},
      {"another port", {{"Host", "localhost:8000"}, {"Origin", "http://localhost:3000"}}, false},
      {"no port", {{"Host", "localhost:8000"}, {"Origin", "http://localhost"}}, false},
      {"another page", {{"Host", "localhost:8000"}, {"Origin", "https://evil.example"}}, false},
      {"null", {{"Host", "localhost:8000"}, {"Origin", "null"}}, false},
      {"empty", {{"Host", "localhost:8000"}, {"Origin", ""}}, false},
      {"Origin without Host", {{"Origin", "http://"}}, false},
      {"typed by hand", {{"Host", "localhost"}, {"Sec-Fetch-Site", "none"}}, true},
      {"own page", {{"Host", "localhost"}, {"Sec-Fetch-Site", "same-origin"}}, true},
      {"another port of localhost",
       {{"Host", "localhost"}, {"Sec-Fetch-Site", "same-site"}},
       false},
      {"an image of another site",
       {{"Host", "localhost"}, {"Sec-Fetch-Site", "cross-site"}},
       false},
  };
  const Guard guard({.token = {}, .hosts = {"DB.example"}});
  for (const Case& c : cases) {
    const auto refused = guard.CheckPage(c.fields);
    EXPECT_EQ(!refused, c.passes) << c.name << ": " << refused.value_or("");
  }
}

TEST(GuardTest, Token) {
  struct Case {
    const char* name;
    FieldMap fields;
    bool passes;
  };
  const std::vector<Case> cases = {
      {"none", {}, false},
      {"bearer", {{"Authorization", "Bearer s3cret"}}, true},
      {"bearer in lower case", {{"Authorization", "bearer s3cret"}}, true},
      {"own field", {{"x-dynarock-token", "s3cret"}}, true},
      {"wrong", {{"Authorization", "Bearer s3creT"}}, false},
      {"too short", {{"Authorization", "Bearer s3cre"}}, false},
      {"too long", {{"x-dynarock-token", "s3cret "}}, false},
      {"another scheme", {{"Authorization", "Basic s3cret"}}, false},
      {"only the scheme", {{"Authorization", "Bearer"}}, false},
      {"own field wins", {{"x-dynarock-token", "x"}, {"Authorization", "Bearer s3cret"}}, false},
  };
  const Guard guard({.token = "s3cret", .hosts = {}});
  for (const Case& c : cases) EXPECT_EQ(guard.HasToken(c.fields), c.passes) << c.name;
  EXPECT_TRUE(Guard({}).HasToken(FieldMap{}));
}

}  // namespace
}  // namespace dynarock::control
