// A store and short words for using it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "storage/clock/settable_clock.h"
#include "storage/table/store.h"
#include "tests/unit/storage/catalog/describe.h"
#include "tests/unit/storage/key/owned_value.h"
#include "tests/unit/storage/table/consistency.h"

namespace dynarock::test {

class StoreTest : public testing::Test {
 protected:
  void Open(const StoreOptions& options) {
    store_.reset();
    auto opened = Store::Open(options);
    ASSERT_TRUE(opened) << opened.error();
    store_ = std::move(*opened);
  }
  void SetUp() override {
    const StoreOptions options;
    Open(options);
  }

  std::shared_ptr<const Table> Create(TableDescription description) {
    auto table = store_->CreateTable("", std::move(description));
    EXPECT_TRUE(table) << table.error().message;
    return *table;
  }
  std::shared_ptr<const Table> Find(const std::string& name) { return store_->Find("", name); }

  Result<WriteOutcome> Put(const std::shared_ptr<const Table>& table, const Attributes& attributes,
                           WriteOptions wants = {}) {
    const std::string item = Item(attributes);
    DYNAROCK_TRY(RowKey key, KeyOfItem(*table, ItemView(item)));
    const auto decide = [&](std::optional<ItemView>) -> Result<Change> {
      return Change::Put(item);
    };
    return store_->Write(WriteAction{table, std::move(key), decide}, wants);
  }
  Result<WriteOutcome> Delete(const std::shared_ptr<const Table>& table, const Attributes& key,
                              WriteOptions wants = {}) {
    const std::string item = Item(key);
    DYNAROCK_TRY(RowKey row, KeyOfKey(*table, ItemView(item)));
    const auto decide = [](std::optional<ItemView>) -> Result<Change> { return Change::Delete(); };
    return store_->Write(WriteAction{table, std::move(row), decide}, wants);
  }
  // The stored item's bytes; empty when there is none.
  std::string Get(const std::shared_ptr<const Table>& table, const Attributes& key,
                  const View& view = {}) {
    const std::string item = Item(key);
    const auto row = KeyOfKey(*table, ItemView(item));
    EXPECT_TRUE(row) << row.error().message;
    Pinned stored;
    return store_->Get(*row, stored, view) ? std::string(stored.bytes()) : std::string();
  }
  // The values of one attribute in the order read; "-" where it is absent.
  std::vector<std::string> Read(const ReadPlan& plan, std::string_view attribute) {
    std::vector<std::string> values;
    Cursor cursor = store_->Read(plan);
    while (const auto item = cursor.Next()) {
      const auto value = item->Find(attribute);
      values.emplace_back(value ? value->text() : "-");
    }
    return values;
  }

  // For StoreOptions::clock. It outlives the store, whose sweeper reads it until the store is gone:
  // a clock of a derived fixture or of a test's body would not.
  SettableClock clock_{1'000};
  std::unique_ptr<Store> store_;
};

using Strings = std::vector<std::string>;

}  // namespace dynarock::test
