// GET /_dynarock/health: whether the server is ready for its users.
#pragma once

#include <atomic>
#include <chrono>
#include <vector>

#include "server/control/endpoint.h"
#include "server/http/handler.h"
#include "storage/table/store.h"

namespace dynarock::control {

class Health {
 public:
  // `store` must outlive it.
  explicit Health(const Store& store) : store_(store) {}

  // What has to be there before anybody is told "ready": schema, seed data. Until then the status
  // is "starting". Call once, from any thread.
  void SetReady() { ready_.store(true, std::memory_order_release); }
  bool ready() const { return ready_.load(std::memory_order_acquire); }
  // Seconds since this object was made.
  double uptime() const;

  // {"status":"ready","version":"0.1.0","uptime":12.345,"tables":3}: `uptime` in seconds, `tables`
  // of all namespaces. Status 200, and 503 with "starting" before SetReady.
  http::Reply Answer() const;

  // GET /_dynarock/health, which needs no token. This outlives them.
  std::vector<Endpoint> Endpoints() const;

 private:
  const Store& store_;
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::atomic<bool> ready_ = false;
};

}  // namespace dynarock::control
