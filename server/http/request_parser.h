// Beast's request parser, storing into memory that a connection uses again and again.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include <boost/beast/http/basic_parser.hpp>

#include "server/http/request_head.h"

namespace dynarock::http {

// For one request: Beast's parsers cannot start over. `head` and `body` must be empty and outlive
// it.
class RequestParser final : public boost::beast::http::basic_parser<true> {
  using Text = boost::beast::string_view;
  using Code = boost::beast::error_code;

 public:
  RequestParser(RequestHead& head, std::string& body, std::uint32_t head_limit,
                std::uint64_t bytes_limit)
      : head_(head), body_(body) {
    header_limit(head_limit);
    body_limit(bytes_limit);
    eager(true);
  }

  bool is_http_1_0() const { return version_ == 10; }

 private:
  static std::string_view View(Text text) { return {text.data(), text.size()}; }

  void on_request_impl(boost::beast::http::verb, Text method, Text target, int version,
                       Code&) override {
    head_.SetLine(View(method), View(target));
    version_ = version;
  }
  void on_response_impl(int, Text, int, Code&) override {}
  void on_field_impl(boost::beast::http::field, Text name, Text value, Code&) override {
    // Fields behind a chunked body come too late to mean anything.
    if (!in_body_) head_.Add(View(name), View(value));
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
  int version_ = 0;
  bool in_body_ = false;
};

}  // namespace dynarock::http
