#include "server/program/config.h"

#include <cstdlib>
#include <sstream>

#include <gtest/gtest.h>

namespace dynarock::program {
namespace {

using Words = std::vector<std::string>;

// Sets an environment variable for one scope.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) { ::setenv(name, value, 1); }
  ~Variable() { ::unsetenv(name_); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
};

TEST(ConfigTest, DefaultsAreSafe) {
  const auto config = ReadConfig(Words{});
  ASSERT_TRUE(config);
  EXPECT_EQ(config->host, "127.0.0.1");
  EXPECT_EQ(config->port, 8000);
  EXPECT_EQ(config->data_dir, "");
  EXPECT_FALSE(config->isolate);
  EXPECT_FALSE(config->local_health);
  EXPECT_FALSE(config->no_control);
  EXPECT_FALSE(config->local);
  EXPECT_EQ(config->cors, std::vector<std::string>{"*"});
  EXPECT_EQ(config->log_format, "text");
}

TEST(ConfigTest, EnvironmentAndCommandLine) {
  const Variable port("DYNAROCK_PORT", "1234");
  const Variable dir("DYNAROCK_DATA_DIR", "/from/env");
  const Variable isolate("DYNAROCK_ISOLATE", "true");
  const Variable health("DYNAROCK_LOCAL_HEALTH", "1");
  const Variable cors("DYNAROCK_CORS", "http://a,http://b:8080");
  const Variable token("DYNAROCK_CONTROL_TOKEN", "secret");
  const Variable hosts("DYNAROCK_CONTROL_HOST", "db.example,db2.example");
  const Variable index("DYNAROCK_TRANSIENT_INDEX_MS", "7");
  const Variable format("DYNAROCK_LOG_FORMAT", "json");
  const Variable telemetry("DDB_LOCAL_TELEMETRY", "0");
  auto config = ReadConfig(Words{"--port", "99"});
  ASSERT_TRUE(config) << config.error().text;
  EXPECT_EQ(config->port, 99);
  EXPECT_EQ(config->data_dir, "/from/env");
  EXPECT_TRUE(config->isolate);
  EXPECT_TRUE(config->local_health);
  EXPECT_EQ(config->cors, (Words{"http://a", "http://b:8080"}));
  EXPECT_EQ(config->control_token, "secret");
  EXPECT_EQ(config->control_hosts, (Words{"db.example", "db2.example"}));
  EXPECT_EQ(config->transient_index_ms, 7);
  EXPECT_EQ(config->log_format, "json");

  // DynamoDB Local's arguments win over the environment; what they do not speak of stays.
  config = ReadConfig(Words{"-inMemory", "-sharedDb"});
  ASSERT_TRUE(config) << config.error().text;
  EXPECT_EQ(config->data_dir, "");
  EXPECT_FALSE(config->isolate);
  EXPECT_EQ(config->port, 1234);
  config = ReadConfig(Words{"-sharedDb"});
  ASSERT_TRUE(config) << config.error().text;
  EXPECT_EQ(config->data_dir, "/from/env");
}

TEST(ConfigTest, WrongLinesAreRefusedInOneLine) {
  struct Case {
    Words words;
    std::string part;
  };
  const std::vector<Case> cases = {
      {{"--no-such-option"}, "--no-such-option"},
      {{"serve"}, "serve"},
      {{"--port"}, "--port"},
      {{"--port", "x"}, "--port"},
      {{"--port", "70000"}, "--port"},
      {{"--log-level", "loud"}, "--log-level"},
      {{"--log-format", "xml"}, "--log-format"},
      {{"--transient-index-ms", "-1"}, "--transient-index-ms"},
      {{"--fsync"}, "--fsync needs --data-dir DIR"},
      {{"--compact"}, "--compact needs --data-dir DIR"},
      {{"--cors", ""}, "--cors: \"\" is not an origin"},
      {{"--cors", "http://a,"}, "--cors: \"\" is not an origin"},
      {{"--cors", "http://a/path"}, "--cors: \"http://a/path\" is not an origin"},
      {{"--cors", "http://*.a"}, "--cors: \"http://*.a\" is not an origin"},
      {{"--no-control", "--control-token", "t"}, "--no-control and --control-token cannot"},
      {{"--stream-shards", "0"}, "--stream-shards: 0 is not"},
  };
  for (const Case& c : cases) {
    const auto config = ReadConfig(c.words);
    ASSERT_FALSE(config) << c.part;
    EXPECT_EQ(config.error().status, 2) << c.part;
    const std::string& text = config.error().text;
    EXPECT_TRUE(text.starts_with("dynarock: ")) << text;
    EXPECT_NE(text.find(c.part), std::string::npos) << text;
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1) << text;
  }
}

TEST(ConfigTest, HelpFitsTheScreen) {
  for (const Words& words :
       {Words{"--help"}, Words{"-h"}, Words{"-help"}, Words{"--help", "--nope"},
        Words{"-jar", "x.jar", "-help", "-port", "none"}}) {
    const auto config = ReadConfig(words, "  dynarock [OPTIONS]\n");
    ASSERT_FALSE(config);
    EXPECT_EQ(config.error().status, 0);
    std::istringstream lines(config.error().text);
    int count = 0;
    for (std::string line; std::getline(lines, line); ++count) EXPECT_LE(line.size(), 80u) << line;
    EXPECT_LE(count, 40);
    EXPECT_GE(count, 24);
    EXPECT_NE(config.error().text.find("--port N"), std::string::npos);
    EXPECT_EQ(config.error().text.find("--shard-ms"), std::string::npos);
  }
  const auto all = ReadConfig(Words{"--help-all"});
  ASSERT_FALSE(all);
  EXPECT_EQ(all.error().status, 0);
  EXPECT_NE(all.error().text.find("--shard-ms"), std::string::npos);
}

TEST(ConfigTest, Version) {
  for (const Words& words : {Words{"--version"}, Words{"-version"}}) {
    const auto config = ReadConfig(words);
    ASSERT_FALSE(config);
    EXPECT_EQ(config.error().status, 0);
    EXPECT_EQ(config.error().text, "dynarock " DYNAROCK_VERSION "\n");
  }
}

}  // namespace
}  // namespace dynarock::program
