#include "server/http/listener.h"

#include <boost/asio/ip/v6_only.hpp>

namespace dynarock::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

std::string Describe(const std::string& address, std::uint16_t port, error_code ec) {
  const bool colons = address.find(':') != std::string::npos;
  std::string line = "cannot listen on " + (colons ? "[" + address + "]" : address) + ":" +
                     std::to_string(port) + ": ";
  if (ec == asio::error::address_in_use) return line + "another program uses this port";
  if (ec == asio::error::access_denied) return line + "ports below 1024 need more rights";
  if (ec == error_code(EADDRNOTAVAIL, boost::system::system_category())) {
    return line + "this machine does not have that address";
  }
  return line + ec.message();
}

error_code Open(tcp::acceptor& acceptor, const tcp::endpoint& endpoint, bool v6_only) {
  error_code ec;
  acceptor.open(endpoint.protocol(), ec);
  if (ec) return ec;
  // Without it, a restart would have to wait for the old connections' last minute.
  acceptor.set_option(tcp::acceptor::reuse_address(true), ec);
  if (!ec && endpoint.protocol() == tcp::v6()) {
    acceptor.set_option(asio::ip::v6_only(v6_only), ec);
  }
  if (!ec) acceptor.bind(endpoint, ec);
  if (!ec) acceptor.listen(tcp::acceptor::max_listen_connections, ec);
  return ec;
}

}  // namespace

std::expected<std::vector<tcp::acceptor>, std::string> OpenListeners(asio::io_context& context,
                                                                     const std::string& address,
                                                                     std::uint16_t port) {
  const bool localhost = address == "localhost";
  error_code ec;
  const auto numeric = asio::ip::make_address(localhost ? "127.0.0.1" : address, ec);
  if (ec) {
    return std::unexpected("cannot listen on \"" + address +
                           "\": an address is numeric or \"localhost\"");
  }
  std::vector<tcp::acceptor> acceptors;
  ec = Open(acceptors.emplace_back(context), {numeric, port}, false);
  if (ec) return std::unexpected(Describe(address, port, ec));
  if (localhost) {
    // Clients may try ::1 first, and whatever else listens there would answer them.
    const std::uint16_t taken = acceptors.front().local_endpoint().port();
    ec = Open(acceptors.emplace_back(context), {asio::ip::address_v6::loopback(), taken}, true);
    if (ec == asio::error::address_in_use && port != 0) {
      return std::unexpected(Describe("::1", port, ec));
    }
    if (ec) acceptors.pop_back();  // no IPv6 here
  }
  return acceptors;
}

}  // namespace dynarock::http
