#include "tests/bench/target.h"

#include <charconv>
#include <stdexcept>
#include <thread>

namespace dynarock::bench {
namespace {

void WaitUntilItAnswers(const Endpoint& endpoint, const std::string& name) {
  std::string last = "no answer";
  for (int i = 0; i < 1000; ++i) {
    try {
      std::string body;
      const unsigned status =
          BlockingClient(endpoint).Ask("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", body);
      // DynamoDB Local answers 400 to a GET, which also says that it is there.
      if (status == 200 || status == 400) return;
      last = "status " + std::to_string(status);
    } catch (const std::runtime_error& e) {
      last = e.what();
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  throw std::runtime_error(name + " does not answer: " + last);
}

Target Start(const std::string& program, const std::vector<std::string>& arguments,
             std::uint16_t port) {
  Target target;
  target.endpoint.port = port;
  target.child = std::make_unique<ChildProcess>(program, arguments);
  target.pid = target.child->pid();
  WaitUntilItAnswers(target.endpoint, program);
  return target;
}

}  // namespace

Target StartServer(const std::string& program, const std::vector<std::string>& options) {
  const std::uint16_t port = FreePort();
  std::vector<std::string> arguments = {"--port", std::to_string(port)};
  arguments.insert(arguments.end(), options.begin(), options.end());
  Target target = Start(program, arguments, port);
  target.name = "dynarock";
  return target;
}

Target StartCeiling(const std::string& program) {
  const std::uint16_t port = FreePort();
  Target target = Start(program, {std::to_string(port)}, port);
  target.name = "bare Beast";
  target.is_ceiling = true;
  return target;
}

Target AttachTo(const std::string& url) {
  constexpr std::string_view kScheme = "http://";
  std::string_view rest = url;
  if (rest.starts_with(kScheme)) rest.remove_prefix(kScheme.size());
  rest = rest.substr(0, rest.find('/'));
  const std::size_t colon = rest.rfind(':');
  Target target;
  target.name = url;
  target.endpoint.address = rest.substr(0, colon);
  target.endpoint.port = 80;
  if (colon != std::string_view::npos) {
    const auto [end, error] =
        std::from_chars(rest.data() + colon + 1, rest.data() + rest.size(), target.endpoint.port);
    if (error != std::errc{} || end != rest.data() + rest.size()) {
      throw std::runtime_error("not a URL such as http://127.0.0.1:8000: " + url);
    }
  }
  if (target.endpoint.address == "localhost") target.endpoint.address = "127.0.0.1";
  WaitUntilItAnswers(target.endpoint, url);
  target.pid = FindListener(target.endpoint.port);
  return target;
}

}  // namespace dynarock::bench
