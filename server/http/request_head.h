// Method, target and header fields of one request.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/http/handler.h"

namespace dynarock::http {

// Copies what it is given into one piece of memory that the next request of the connection uses
// again.
class RequestHead final : public Fields {
 public:
  void Clear();
  void SetLine(std::string_view method, std::string_view target);
  void Add(std::string_view name, std::string_view value);

  // The views hold until Clear, SetLine or Add.
  std::string_view method() const { return View(method_); }
  std::string_view target() const { return View(target_); }
  // Of several fields with the name the first.
  std::optional<std::string_view> Find(std::string_view name) const override;
  std::vector<std::string_view> FindAll(std::string_view name) const override;

 private:
  // An offset, since the text may move while it grows.
  struct Span {
    std::uint32_t at = 0;
    std::uint32_t size = 0;
  };
  struct Field {
    Span name;
    Span value;
  };

  Span Append(std::string_view text);
  std::string_view View(Span span) const { return {text_.data() + span.at, span.size}; }

  std::string text_;
  Span method_;
  Span target_;
  std::vector<Field> fields_;
};

}  // namespace dynarock::http
