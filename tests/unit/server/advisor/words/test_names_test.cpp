#include "server/advisor/words/test_names.h"

#include <gtest/gtest.h>

namespace dynarock::advisor {
namespace {

TEST(TestNamesTest, WhatIsMadeUp) {
  for (const char* text : {"test", "tests", "testKey1", "test-1", "foo", "foo#bar", "my-test-item",
                           "key1", "value_2", "attr10", "stringProp2", "hello world"}) {
    EXPECT_TRUE(IsMadeUp(text)) << text;
  }
  for (const char* text : {"", "1", "id", "pk", "gsi1pk", "name", "key", "value", "test-user",
                           "test@example.com", "USER#1", "order-1", "address1", "item1", "barrel",
                           "0f2c1d7e-1f2a-4c0e-9a3e-7d1b2c3d4e5f"}) {
    EXPECT_FALSE(IsMadeUp(text)) << text;
  }
}

TEST(TestNamesTest, TablesThatNoApplicationNamesSo) {
  for (const char* pattern : {"TestDB", "TestDB-*", "test", "test-table", "foo", "my-table", "*",
                              "rangeTest", "PaginationTestTable", "test_foo_*"}) {
    EXPECT_TRUE(IsMadeUpTable(pattern)) << pattern;
  }
  for (const char* pattern :
       {"orders", "orders-test", "test-orders", "test_*_orders", "orders-*", "app-it-users", "Data",
        "sessions-test", "dev-tasks", "my-shop", "Contestants"}) {
    EXPECT_FALSE(IsMadeUpTable(pattern)) << pattern;
  }
}

}  // namespace
}  // namespace dynarock::advisor
