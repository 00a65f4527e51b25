// What DynamoDB Local prints when it has started; programs wait for its first line.
#pragma once

#include <cstdint>
#include <string>

#include "server/program/config.h"

namespace dynarock::program {

// The banner, with the same names and order, a tab between name and value, and a line end behind
// each line. `port`: the one taken.
std::string LocalBanner(const Config& config, uint16_t port);

}  // namespace dynarock::program
