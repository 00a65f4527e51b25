#include "server/program/local_arguments.h"

#include <gtest/gtest.h>

#include "server/program/config.h"
#include "server/program/local_banner.h"

namespace dynarock::program {
namespace {

using Words = std::vector<std::string>;

TEST(LocalArgumentsTest, StyleIsSeenByASingleDash) {
  struct Case {
    Words words;
    bool local;
  };
  const std::vector<Case> cases = {
      {{}, false},           {{"--port", "1"}, false},
      {{"-h"}, false},       {{"--data-dir", "-"}, false},
      {{"-inMemory"}, true}, {{"-jar", "DynamoDBLocal.jar"}, true},
      {{"-Xmx256m"}, true},  {{"--log-level", "debug", "-sharedDb"}, true},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(IsLocalStyle(c.words), c.local) << (c.words.empty() ? "" : c.words.back());
  }
}

TEST(LocalArgumentsTest, CommandLinesOfWrappersMeanTheSame) {
  struct Case {
    Words words;
    uint16_t port;
    bool in_memory;
    bool isolate;
    bool delayed = false;
    bool compact = false;
    std::vector<std::string> cors = {"*"};
  };
  const std::vector<Case> cases = {
      {{"-jar", "DynamoDBLocal.jar", "-inMemory"}, 8000, true, true},
      {{"-inMemory", "-sharedDb"}, 8000, true, false},
      {{"-Xrs", "-Djava.library.path=./DynamoDBLocal_lib", "-jar", "DynamoDBLocal.jar", "-port",
        "8123", "-sharedDb", "-inMemory"},
       8123,
       true,
       false},
      {{"-Xmx256m", "-javaagent:agent.jar", "-jar", "/a/b/DynamoDBLocal.jar", "-port", "1",
        "-inMemory", "-delayTransientStatuses"},
       1,
       true,
       true,
       true},
      {{"-jar", "DynamoDBLocal.jar", "-dbPath", ".", "-optimizeDbBeforeStartup"},
       8000,
       false,
       true,
       false,
       true},
      {{"-jar", "DynamoDBLocal.jar", "-sharedDb"}, 8000, false, false},
      {{"-disableTelemetry", "-inMemory", "-cors", "http://localhost:3000,HTTPS://App.Example/"},
       8000,
       true,
       true,
       false,
       false,
       {"http://localhost:3000", "https://app.example"}},
      {{"--port", "9", "-inMemory"}, 9, true, true},
  };
  for (const Case& c : cases) {
    std::string line;
    for (const std::string& word : c.words) line += word + ' ';
    const auto config = ReadConfig(c.words);
    ASSERT_TRUE(config) << line << config.error().text;
    EXPECT_EQ(config->port, c.port) << line;
    EXPECT_EQ(config->data_dir, c.in_memory ? "" : "./dynarock-data") << line;
    EXPECT_EQ(config->isolate, c.isolate) << line;
    EXPECT_EQ(config->transient_ms, 0) << line;
    EXPECT_EQ(config->transient_index_ms.value_or(0), c.delayed ? 1000 : 0) << line;
    EXPECT_EQ(config->compact, c.compact) << line;
    EXPECT_EQ(config->cors, c.cors) << line;
    EXPECT_EQ(config->host, "localhost") << line;
    EXPECT_TRUE(config->local_health) << line;
  }
}

TEST(LocalArgumentsTest, WrongOnesAreRefusedInOneLine) {
  struct Case {
    Words words;
    std::string line;
  };
  const std::vector<Case> cases = {
      {{"-inMemory", "-dbPath", "."}, "-inMemory and -dbPath cannot be used together"},
      {{"-optimizeDbBeforeStartup"}, "-optimizeDbBeforeStartup needs -dbPath DIR"},
      {{"-optimizeDbBeforeStartup", "-inMemory"}, "-optimizeDbBeforeStartup needs -dbPath DIR"},
      {{"-inMemory", "-port", "0"}, "-port: 0 is not a port from 1 to 65535"},
      {{"-inMemory", "-port", "65536"}, "-port: 65536 is not a port from 1 to 65535"},
      {{"-inMemory", "-port", "80a"}, "-port: 80a is not a port from 1 to 65535"},
      {{"-port"}, "-port needs a value"},
      {{"-port", "-inMemory"}, "-port needs a value"},
      {{"-port", "1", "-port", "2"}, "-port is given twice"},
      {{"-jar"}, "-jar needs a file"},
      {{"-inmemory"}, "-inmemory is neither an option of dynarock nor of DynamoDB Local"},
      {{"-dbPath", "/no/such/dir"}, "-dbPath: there is no directory /no/such/dir"},
      {{"-inMemory", "-cors", "example.com"},
       "-cors: \"example.com\" is not an origin (such as http://localhost:3000) or *"},
      {{"-inMemory", "--data-dir", "x"}, "-inMemory and --data-dir cannot be used together"},
      {{"-dbPath", ".", "--data-dir=x"}, "-dbPath and --data-dir cannot be used together"},
      {{"-inMemory", "-port", "1", "--port", "2"}, "-port and --port cannot be used together"},
      {{"-inMemory", "-cors", "*", "--cors", "*"}, "-cors and --cors cannot be used together"},
      {{"-inMemory", "--fsync"}, "--fsync needs --data-dir DIR"},
  };
  for (const Case& c : cases) {
    const auto config = ReadConfig(c.words);
    ASSERT_FALSE(config) << c.line;
    EXPECT_EQ(config.error().status, 2) << c.line;
    EXPECT_EQ(config.error().text, "dynarock: " + c.line + " (try --help)\n");
  }
}

TEST(LocalArgumentsTest, BannerHasTheNamesAndTabs) {
  const auto config = ReadConfig(Words{"-inMemory", "-sharedDb", "-cors", "http://a:1,http://b"});
  ASSERT_TRUE(config);
  EXPECT_EQ(LocalBanner(*config, 4711),
            "Initializing DynamoDB Local with the following configuration:\n"
            "Port:\t4711\n"
            "InMemory:\ttrue\n"
            "Version:\t" DYNAROCK_VERSION
            "\n"
            "DbPath:\tnull\n"
            "SharedDb:\ttrue\n"
            "shouldDelayTransientStatuses:\tfalse\n"
            "CorsParams:\thttp://a:1,http://b\n");
}

}  // namespace
}  // namespace dynarock::program
