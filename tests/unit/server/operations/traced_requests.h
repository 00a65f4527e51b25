// Requests through the Dispatcher, and an observer that keeps what was noted of them.
#pragma once

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "server/operations/registry.h"
#include "server/protocol/dispatcher.h"
#include "server/trace/trace.h"
#include "storage/catalog/table.h"
#include "storage/clock/settable_clock.h"
#include "storage/table/store.h"
#include "tests/unit/server/protocol/field_list.h"

namespace dynarock::operations {

// "Query tab (global) consistent 1/2": 1 of 2 items read is in the answer. "Put tab b a": there is
// an item before and one after.
inline std::string TextOf(const trace::Access& access) {
  std::string text(trace::AccessName(access.kind));
  text += " " + access.table->name();
  if (access.index != nullptr) text += " (" + access.index->name + ")";
  const auto flag = [&](bool set, std::string_view name) {
    if (set) text.append(" ").append(name);
  };
  flag(access.consistent, "consistent");
  flag(access.transactional, "transactional");
  flag(access.partiql, "partiql");
  flag(access.unprocessed, "unprocessed");
  flag(access.failed, "failed");
  flag(access.filtered, "filtered");
  if (trace::IsRead(access.kind)) {
    text += " " + std::to_string(access.items_returned) + "/" + std::to_string(access.items_read);
  }
  flag(access.before.has_value(), "b");
  flag(access.after.has_value(), "a");
  return text;
}

inline std::string TextOf(const trace::TableChange& change) {
  const std::string& name = change.table().name();
  if (change.created()) return "makes " + name;
  if (change.deleted()) return "deletes " + name;
  return "changes " + name;
}

// Keeps the facts of the last request, and what its witness is shown.
class Watcher final : public protocol::Observer, public trace::Witness {
 public:
  void Observe(const protocol::Observation& observation) override {
    facts.clear();
    const trace::Trace& trace = observation.trace;
    for (const trace::Access& access : trace.accesses()) {
      facts.push_back(TextOf(access));
      for (const trace::TracedResult& result : trace.results(access)) {
        for (const uint64_t value : trace.values(result)) values.push_back(value);
      }
    }
    if (trace.asked() != nullptr) facts.push_back("asks for " + trace.asked()->name);
    for (const trace::TableChange& change : trace.table_changes()) facts.push_back(TextOf(change));
    if (on_change != nullptr && !trace.table_changes().empty()) {
      on_change(trace.table_changes().front());
    }
  }
  bool WantsTrace() const override { return true; }
  trace::Witness* witness() override { return this; }

  bool WantsPage() override { return wants_pages; }
  void SeePageItem(ItemView item, trace::Trace& trace) override {
    ++page_items;
    trace.AddValue(item.count());
  }
  void SeeItem(ItemView item, trace::Access& access, trace::Trace& trace) override {
    ++items;
    trace.BeginResult(access, access.key_hash);
    trace.AddValue(item.count());
  }
  void BeforeDelete(const Table& table) override {
    to_go.push_back(table.name());
    if (fails) throw std::runtime_error("it cannot look");
  }
  void Pause() { SetPaused(true); }

  std::vector<std::string> facts;
  void (*on_change)(const trace::TableChange& change) = nullptr;
  bool wants_pages = true;
  bool fails = false;
  int page_items = 0;
  int items = 0;
  std::vector<uint64_t> values;
  std::vector<std::string> to_go;
};

class TraceTest : public testing::Test {
 protected:
  TraceTest() { Open({}); }

  void Open(StoreOptions options) {
    dispatcher_.reset();
    options.clock = &clock_;
    store_ = *Store::Open(options);
    protocol::Dispatcher::Options dispatching;
    dispatching.operations = Operations();
    dispatching.clock = &clock_;
    dispatching.observers = {&watcher_};
    dispatching.warn = [this](std::string_view line) { log_.emplace_back(line); };
    dispatcher_ = std::make_unique<protocol::Dispatcher>(std::move(dispatching), *store_);
  }

  // Single quotes stand for double ones.
  http::Reply Ask(const std::string& operation, std::string request) {
    std::replace(request.begin(), request.end(), '\'', '"');
    const protocol::FieldList fields({
        {"X-Amz-Target", "DynamoDB_20120810." + operation},
        {"Content-Type", "application/x-amz-json-1.0"},
        {"x-amz-date", "20260101T000000Z"},
        {"authorization",
         "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request, "
         "SignedHeaders=host, Signature=x"},
    });
    http::Request asked;
    asked.method = "POST";
    asked.fields = &fields;
    asked.body = std::move(request);
    return dispatcher_->Handle(asked);
  }

  void MakeTable(const std::string& name) {
    Ask("CreateTable",
        "{'TableName':'" + name +
            "','BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':["
            "{'AttributeName':'pk','AttributeType':'S'},{'AttributeName':'g','AttributeType':'S'}],"
            "'KeySchema':[{'AttributeName':'pk','KeyType':'HASH'}],'GlobalSecondaryIndexes':["
            "{'IndexName':'global','KeySchema':[{'AttributeName':'g','KeyType':'HASH'}],"
            "'Projection':{'ProjectionType':'ALL'}}]}");
  }
  // Table tab with the items a and b, both under the key g of its index; table two without items.
  void Fill() {
    MakeTable("tab");
    MakeTable("two");
    for (const std::string pk : {"a", "b"}) {
      Ask("PutItem",
          "{'TableName':'tab','Item':{'pk':{'S':'" + pk + "'},'g':{'S':'g'},'n':{'N':'1'}}}");
    }
  }

  SettableClock clock_{1'800'000'000'000};
  Watcher watcher_;
  std::vector<std::string> log_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<protocol::Dispatcher> dispatcher_;
};

}  // namespace dynarock::operations
