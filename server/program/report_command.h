// `dynarock report`: shows the report of a running server.
#pragma once

#include <span>
#include <string>

namespace dynarock::program {

// `args`: what follows the subcommand. The status to end with: 0; 3 when --fail-on asks for it; 1
// when the server could not be asked; 2 for a bad command line. The report goes to stdout.
int RunReport(std::span<const std::string> args);

}  // namespace dynarock::program
