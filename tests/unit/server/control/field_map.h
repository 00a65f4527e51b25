// Header fields for tests.
#pragma once

#include <map>
#include <string>

#include "server/http/handler.h"

namespace dynarock::control {

class FieldMap : public http::Fields {
 public:
  FieldMap() = default;
  FieldMap(std::initializer_list<std::pair<const std::string, std::string>> fields)
      : fields_(fields) {}
  std::optional<std::string_view> Find(std::string_view name) const override {
    const auto it = fields_.find(std::string(name));
    if (it == fields_.end()) return std::nullopt;
    return it->second;
  }

 private:
  std::map<std::string, std::string> fields_;
};

}  // namespace dynarock::control
