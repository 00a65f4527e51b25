// The file of prices.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "server/document/node.h"
#include "server/findings/report.h"

namespace dynarock::findings {

// The prices that come with dynarock, as the YAML text of prices.yaml.
extern const std::string_view kPricesYaml;

// Prices out of a file of that form. Error: one line with its place.
std::expected<Prices, std::string> ReadPrices(const document::Node& root);

}  // namespace dynarock::findings
