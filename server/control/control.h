// The endpoints under /_dynarock/, in front of the API: which there are, and who may reach them.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/control/endpoint.h"
#include "server/control/guard.h"
#include "server/http/handler.h"

namespace dynarock::control {

// Passes every request outside /_dynarock/ on to the API. Endpoints are added before the server
// runs.
class Control : public http::Handler {
 public:
  struct Options {
    // False: everything under /_dynarock/ is 404, without a word about what there would be.
    bool enabled = true;
    Guard::Options guard;
  };
  // `api` must outlive it.
  Control(Options options, http::Handler& api);

  void Add(Endpoint endpoint) { endpoints_.push_back(std::move(endpoint)); }
  void Add(std::vector<Endpoint> endpoints) {
    for (Endpoint& endpoint : endpoints) Add(std::move(endpoint));
  }

  bool TakesLong(const http::Request& request) const override;
  http::Reply Handle(http::Request& request) override;

 private:
  const Endpoint* Find(std::string_view method, std::string_view path) const;
  http::Reply Answer(const http::Request& request, std::string_view path) const;
  http::Reply Unknown(std::string_view path) const;
  http::Reply WrongMethod(std::string_view method, std::string_view path) const;

  const bool enabled_;
  const Guard guard_;
  http::Handler& api_;
  std::vector<Endpoint> endpoints_;
};

}  // namespace dynarock::control
