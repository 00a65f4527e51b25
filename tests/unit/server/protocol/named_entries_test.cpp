// What requests name that touched nothing.
#include "server/protocol/named_entries.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace dynarock::protocol {
namespace {

struct Case {
  const char* name;
  std::string request;  // single quotes stand for double ones
  std::string table;
  std::vector<std::string> entries;  // of each the table that it names
};

const std::vector<Case> kCases = {
    {"one table", "{'TableName':'t','Key':{}}", "t", {}},
    {"no table", "{}", "", {}},
    {"no text", "{'TableName':5}", "", {}},
    {"a batch", "{'RequestItems':{'t':[],'u':{}}}", "", {"t", "u"}},
    {"a transaction",
     "{'TransactItems':[{'Put':{'TableName':'t'}},{'Delete':{'TableName':'u'}}]}",
     "",
     {"t", "u"}},
    {"statements", "{'Statements':[{'Statement':'x'}]}", "", {""}},
    {"a transaction of statements", "{'TransactStatements':[{},{}]}", "", {"", ""}},
    {"no batch", "{'RequestItems':[],'TransactItems':{},'Statements':1}", "", {}},
    {"entries that are none", "{'TransactItems':[1,{'Put':2}],'Statements':['x']}", "", {"", ""}},
};

TEST(NamedEntriesTest, NamesWhatTheRequestSays) {
  for (const Case& c : kCases) {
    SCOPED_TRACE(c.name);
    std::string text = c.request;
    std::replace(text.begin(), text.end(), '\'', '"');
    JsonDocument document;
    ASSERT_TRUE(document.Parse(std::move(text)));
    EXPECT_EQ(NamedTable(document.root()), c.table);
    std::vector<std::string> entries;
    for (const NamedEntry& entry : NamedEntries(document.root())) {
      entries.emplace_back(entry.input == nullptr ? entry.table : NamedTable(*entry.input));
    }
    EXPECT_EQ(entries, c.entries);
  }
}

}  // namespace
}  // namespace dynarock::protocol
