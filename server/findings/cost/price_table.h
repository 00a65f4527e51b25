// The file of prices.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "server/findings/report.h"
#include "server/document/node.h"

namespace dynarock::advisor {

// The prices that come with dynarock, as the YAML text of prices.yaml.
extern const std::string_view kPricesYaml;

// Prices out of a file of that form. Error: one line with its place.
std::expected<Prices, std::string> ReadPrices(const schema::Node& root);

}  // namespace dynarock::advisor
