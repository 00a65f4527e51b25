// Header fields for tests: any number with one name, in order.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/http/handler.h"

namespace dynarock::protocol {

// Names are given, and asked for, in the same case.
class FieldList : public http::Fields {
 public:
  FieldList() = default;
  FieldList(std::vector<std::pair<std::string, std::string>> fields) : fields_(std::move(fields)) {}

  std::optional<std::string_view> Find(std::string_view name) const override {
    for (const auto& [field, value] : fields_) {
      if (field == name) return value;
    }
    return std::nullopt;
  }
  std::vector<std::string_view> FindAll(std::string_view name) const override {
    std::vector<std::string_view> values;
    for (const auto& [field, value] : fields_) {
      if (field == name) values.push_back(value);
    }
    return values;
  }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

}  // namespace dynarock::protocol
