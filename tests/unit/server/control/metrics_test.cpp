#include "server/control/metrics.h"

#include <thread>

#include <gtest/gtest.h>

#include "server/operations/registry.h"

namespace dynarock::control {
namespace {

class MetricsTest : public testing::Test {
 protected:
  MetricsTest()
      : store_(*Store::Open({})),
        health_(*store_),
        metrics_(operations::Operations(), *store_, health_) {}

  void Observe(std::string_view operation, const Error* error, std::chrono::nanoseconds spent) {
    const auto all = operations::Operations();
    const auto it = std::find_if(all.begin(), all.end(),
                                 [&](const auto& one) { return one.name == operation; });
    ASSERT_NE(it, all.end());
    const protocol::Caller caller;
    const JsonValue input{};
    const trace::Trace nothing{};
    metrics_.Observe({.operation = *it,
                      .caller = caller,
                      .input = input,
                      .sent = input,
                      .request_id = "id",
                      .user_agent = {},
                      .error = error,
                      .status = error == nullptr ? 200u : 400u,
                      .request_bytes = 10,
                      .reply_body = "12345",
                      .spent = spent,
                      .finished = {},
                      .trace = nothing});
  }

  void ExpectLine(const std::string& line) {
    const std::string text = metrics_.Answer().body;
    EXPECT_NE(("\n" + text).find("\n" + line + "\n"), std::string::npos) << line << "\n" << text;
  }

  std::unique_ptr<Store> store_;
  Health health_;
  Metrics metrics_;
};

TEST_F(MetricsTest, CountsByOperationAndOutcome) {
  using std::chrono::microseconds;
  const Error validation = Validation("wrong");
  const Error internal = Internal("bug");
  Observe("GetItem", nullptr, microseconds(50));
  Observe("GetItem", nullptr, microseconds(51));
  Observe("GetItem", &validation, std::chrono::seconds(2));
  Observe("PutItem", &internal, microseconds(1));
  ExpectLine("dynarock_requests_total{operation=\"GetItem\",status=\"2xx\",error=\"\"} 2");
  ExpectLine(
      "dynarock_requests_total{operation=\"GetItem\",status=\"4xx\",error=\"ValidationException\"} "
      "1");
  ExpectLine(
      "dynarock_requests_total{operation=\"PutItem\",status=\"5xx\",error=\"InternalServerError\"} "
      "1");
  const std::string bucket = "dynarock_request_duration_seconds_bucket{operation=\"GetItem\",le=";
  ExpectLine(bucket + "\"0.00005\"} 1");
  ExpectLine(bucket + "\"0.0001\"} 2");
  ExpectLine(bucket + "\"1\"} 2");
  ExpectLine(bucket + "\"+Inf\"} 3");
  ExpectLine("dynarock_request_duration_seconds_sum{operation=\"GetItem\"} 2.000101");
  ExpectLine("dynarock_request_duration_seconds_count{operation=\"GetItem\"} 3");
  ExpectLine("dynarock_request_bytes_total{operation=\"GetItem\"} 30");
  ExpectLine("dynarock_response_bytes_total{operation=\"GetItem\"} 15");
}

TEST_F(MetricsTest, LosesNothingBetweenThreads) {
  std::vector<std::jthread> threads;
  for (int i = 0; i < 12; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 1000; ++n) Observe("Query", nullptr, std::chrono::microseconds(1));
    });
  }
  threads.clear();
  ExpectLine("dynarock_requests_total{operation=\"Query\",status=\"2xx\",error=\"\"} 12000");
}

TEST_F(MetricsTest, HealthBecomesReady) {
  EXPECT_EQ(health_.Answer().status, 503u);
  EXPECT_NE(health_.Answer().body.find("\"status\":\"starting\""), std::string::npos);
  ExpectLine("dynarock_ready 0");
  health_.SetReady();
  EXPECT_EQ(health_.Answer().status, 200u);
  EXPECT_NE(health_.Answer().body.find("\"status\":\"ready\""), std::string::npos);
  ExpectLine("dynarock_ready 1");
  ExpectLine("dynarock_tables 0");
}

}  // namespace
}  // namespace dynarock::control
