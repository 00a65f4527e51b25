#include "server/control/control.h"

#include <gtest/gtest.h>

#include "tests/unit/server/control/field_map.h"

namespace dynarock::control {
namespace {

class Api : public http::Handler {
 public:
  bool TakesLong(const http::Request&) const override { return false; }
  http::Reply Handle(http::Request&) override {
    http::Reply reply;
    reply.body = "api";
    return reply;
  }
};

Endpoint Says(std::string_view method, std::string_view path, std::string text, bool token = true) {
  return {.method = method,
          .path = path,
          .summary = "says something",
          .answer =
              [text](const http::Request&) {
                http::Reply reply;
                reply.body = text;
                return reply;
              },
          .needs_token = token,
          .takes_long = path == "/_dynarock/long"};
}

struct Case {
  const char* name;
  std::string_view method;
  std::string_view target;
  FieldMap fields;
  unsigned status;
  std::string body;  // the whole, or for errors a part of it
};

void ExpectAll(Control& control, const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    http::Request request;
    request.method = c.method;
    request.target = c.target;
    request.fields = &c.fields;
    const http::Reply reply = control.Handle(request);
    EXPECT_EQ(reply.status, c.status) << c.name;
    EXPECT_NE(reply.body.find(c.body), std::string::npos) << c.name << ": " << reply.body;
  }
}

void AddAll(Control& control) {
  control.Add(Says("GET", "/_dynarock/open", "open", false));
  control.Add(Says("GET", "/_dynarock/thing", "thing"));
  control.Add(Says("POST", "/_dynarock/thing", "made"));
  control.Add(Says("GET", "/_dynarock/things/", "below"));
  control.Add(Says("GET", "/_dynarock/things/one", "one"));
  control.Add(Says("GET", "/_dynarock/long", "long"));
}

TEST(ControlTest, FindsEndpoints) {
  Api api;
  Control control({}, api);
  AddAll(control);
  ExpectAll(control,
            {
                {"the API's", "GET", "/", {}, 200, "api"},
                {"the API's too", "POST", "/_dynarockery", {}, 200, "api"},
                {"exact", "GET", "/_dynarock/thing", {}, 200, "thing"},
                {"with a query", "GET", "/_dynarock/thing?a=/_dynarock/open", {}, 200, "thing"},
                {"by method", "POST", "/_dynarock/thing", {}, 200, "made"},
                {"HEAD", "HEAD", "/_dynarock/open", {}, 200, "open"},
                {"below", "GET", "/_dynarock/things/two", {}, 200, "below"},
                {"exact wins", "GET", "/_dynarock/things/one", {}, 200, "one"},
                {"wrong method", "DELETE", "/_dynarock/thing", {}, 405, "GET, HEAD, POST"},
                {"unknown", "GET", "/_dynarock/nothing", {}, 404, "/_dynarock/things/one"},
                {"the root", "GET", "/_dynarock", {}, 404, "\"endpoints\":["},
                {"not UTF-8", "GET", "/_dynarock/\xff", {}, 404, "/_dynarock/?"},
                {"a page's",
                 "GET",
                 "/_dynarock/open",
                 {{"Host", "localhost"}, {"Origin", "http://evil"}},
                 403,
                 "another origin"},
                {"a page's preflight",
                 "OPTIONS",
                 "/_dynarock/open",
                 {{"Host", "localhost"}, {"Origin", "http://evil"}},
                 403,
                 "another origin"},
            });
}

TEST(ControlTest, Token) {
  Api api;
  Control control({.enabled = true, .guard = {.token = "t", .hosts = {}}}, api);
  AddAll(control);
  const FieldMap token{{"x-dynarock-token", "t"}};
  ExpectAll(control, {
                         {"open", "GET", "/_dynarock/open", {}, 200, "open"},
                         {"without", "GET", "/_dynarock/thing", {}, 401, "--control-token"},
                         {"unknown, without", "GET", "/_dynarock/x", {}, 401, "--control-token"},
                         {"with", "GET", "/_dynarock/thing", token, 200, "thing"},
                         {"unknown, with", "GET", "/_dynarock/x", token, 404, "endpoints"},
                         {"the API's", "GET", "/", {}, 200, "api"},
                     });
}

TEST(ControlTest, SwitchedOff) {
  Api api;
  Control control({.enabled = false, .guard = {}}, api);
  AddAll(control);
  ExpectAll(control, {
                         {"known", "GET", "/_dynarock/open", {}, 404, "--no-control"},
                         {"unknown", "GET", "/_dynarock/x", {}, 404, "--no-control"},
                         {"the API's", "POST", "/", {}, 200, "api"},
                     });
}

TEST(ControlTest, TakesLong) {
  Api api;
  Control control({}, api);
  AddAll(control);
  http::Request request;
  request.method = "GET";
  request.target = "/_dynarock/long?x";
  EXPECT_TRUE(control.TakesLong(request));
  request.target = "/_dynarock/open";
  EXPECT_FALSE(control.TakesLong(request));
  request.target = "/";
  EXPECT_FALSE(control.TakesLong(request));
}

}  // namespace
}  // namespace dynarock::control
