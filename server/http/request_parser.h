// Beast's request parser, storing into memory that a connection uses again and again.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include "server/http/request_head.h"

namespace dynarock::http {

// For one request: Beast's parsers cannot start over. `head` and `body` must be empty and outlive
// it. `head_limit` holds for the request line and, apart from it, for all header fields.
class RequestParser final : public boost::beast::http::basic_parser<true> {
  using Text = boost::beast::string_view;
  using Code = boost::beast::error_code;

 public:
  RequestParser(RequestHead& head, std::string& body, std::uint32_t head_limit,
                std::uint64_t bytes_limit)
      : head_(head), body_(body), head_limit_(head_limit) {
    // Beast counts both together.
    header_limit(2 * head_limit);
    body_limit(bytes_limit);
    eager(true);
  }

  bool is_http_1_0() const { return version_ == 10; }

 private:
  static std::string_view View(Text text) { return {text.data(), text.size()}; }

  void on_request_impl(boost::beast::http::verb, Text method, Text target, int version,
                       Code& ec) override {
    constexpr std::size_t kAround = std::string_view("  HTTP/1.1\r\n").size();
    if (method.size() + target.size() + kAround > head_limit_) {
      ec = boost::beast::http::error::header_limit;
      return;
    }
    head_.SetLine(View(method), View(target));
    version_ = version;
  }
  void on_response_impl(int, Text, int, Code&) override {}
  void on_field_impl(boost::beast::http::field, Text name, Text value, Code& ec) override {
    // Fields behind a chunked body come too late to mean anything.
    if (in_body_) return;
    constexpr std::size_t kAround = std::string_view(": \r\n").size();
    fields_size_ += name.size() + value.size() + kAround;
    if (fields_size_ > head_limit_) {
      ec = boost::beast::http::error::header_limit;
      return;
    }
    head_.Add(View(name), View(value));
  }
  void on_header_impl(Code&) override { in_body_ = true; }
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, Code&) override {
    // A length is only a promise: memory for a large body is taken as the body comes.
    constexpr std::uint64_t kBelieved = 1 << 20;
    if (length) body_.reserve(static_cast<std::size_t>(std::min(*length, kBelieved)));
  }
  std::size_t on_body_impl(Text bytes, Code&) override {
    body_.append(bytes.data(), bytes.size());
    return bytes.size();
  }
  void on_chunk_header_impl(std::uint64_t, Text, Code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, Text bytes, Code&) override {
    body_.append(bytes.data(), bytes.size());
    return bytes.size();
  }
  void on_finish_impl(Code&) override {}

  RequestHead& head_;
  std::string& body_;
  const std::size_t head_limit_;
  std::size_t fields_size_ = 0;
  int version_ = 0;
  bool in_body_ = false;
};

}  // namespace dynarock::http
