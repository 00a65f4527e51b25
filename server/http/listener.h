// Takes the port.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace dynarock::http {

// Opens the listening sockets for `address` (see ServerOptions::address) and `port`; all have the
// same port. The error is one line for the user.
std::expected<std::vector<boost::asio::ip::tcp::acceptor>, std::string> OpenListeners(
    boost::asio::io_context& context, const std::string& address, std::uint16_t port);

}  // namespace dynarock::http
