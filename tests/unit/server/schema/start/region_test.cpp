// Which of several tables of one name a server makes.
#include "server/schema/start/region.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace dynarock::schema {
namespace {

struct Given {
  std::string address;
  std::string name;
  Home home;
  std::vector<std::string> replicas = {};
};

Reading ReadingOf(const std::vector<Given>& tables) {
  Reading reading;
  for (const Given& given : tables) {
    TableSource table;
    table.address = given.address;
    table.home = given.home;
    table.replica_regions = given.replicas;
    table.request = MakeNode(Node::Kind::kMap, {});
    table.request.map.emplace_back("TableName", MakeString({}, given.name));
    reading.tables.push_back(std::move(table));
  }
  return reading;
}

TEST(RegionTest, KeepRegion) {
  const Home nowhere;
  const Home east{.account = {}, .region = "us-east-1", .provider = {}};
  const Home west{.account = {}, .region = "us-west-2", .provider = {}};
  const Home other{.account = "210987654321", .region = "us-east-1", .provider = {}};
  const Home alias{.account = {}, .region = {}, .provider = "aws.dr"};
  struct Case {
    std::vector<Given> tables;
    std::string region;
    std::vector<std::string> kept;
    std::vector<std::string> lines;
    std::string error = {};
  };
  const Case cases[] = {
      {{{"a", "orders", nowhere}, {"b", "carts", east}}, "", {"a", "b"}, {}},
      {{{"a", "orders", east}, {"b", "orders", west}},
       "",
       {"a"},
       {"b is left out: it is in us-west-2, and orders of us-east-1 is made "
        "(--schema-region chooses)"}},
      {{{"a", "orders", east}, {"b", "orders", west}},
       "us-west-2",
       {"b"},
       {"a is left out: it is in us-east-1"}},
      {{{"a", "orders", east}, {"b", "orders", other}},
       "us-east-1",
       {"a"},
       {"b is left out: it is in us-east-1, account 210987654321, and orders of us-east-1 is made "
        "(--schema-region chooses)"}},
      {{{"a", "orders", alias}, {"b", "orders", nowhere}},
       "",
       {"b"},
       {"a is left out: it is in provider aws.dr, and orders of the default region is made "
        "(--schema-region chooses)"}},
      {{{"a", "orders", east, {"us-west-2"}}, {"b", "carts", nowhere}},
       "us-west-2",
       {"a", "b"},
       {}},
      // Equal homes are for others to compare.
      {{{"a", "orders", east}, {"b", "orders", east}}, "", {"a", "b"}, {}},
      {{{"a", "orders", east}, {"b", "orders", west}},
       "eu-west-1",
       {"a", "b"},
       {},
       "--schema-region eu-west-1: the tables of the files are in us-east-1, us-west-2"},
  };
  for (const Case& c : cases) {
    Reading reading = ReadingOf(c.tables);
    const auto lines = KeepRegion(c.region, reading);
    EXPECT_EQ(lines ? "" : lines.error(), c.error);
    EXPECT_EQ(lines.value_or(std::vector<std::string>()), c.lines);
    std::vector<std::string> kept;
    for (const TableSource& table : reading.tables) kept.push_back(table.address);
    EXPECT_EQ(kept, c.kept) << c.region;
  }
}

}  // namespace
}  // namespace dynarock::schema
