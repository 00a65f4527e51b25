// The line that says where the server listens.
#pragma once

#include <cstdint>

#include "server/program/config.h"

namespace dynarock::program {

// Prints it to stdout, since people and programs wait for it, or to stderr when stdout is kept for a
// report (--report -).
void Announce(const Config& config, uint16_t port);

}  // namespace dynarock::program
