// `dynarock health [URL]`: asks a running server whether it is ready. The image's HEALTHCHECK,
// since there is neither shell nor curl in it.
#pragma once

#include <span>
#include <string>

namespace dynarock::program {

// 0 when the server says that it is ready, 1 when it does not or is not there, 2 when the arguments
// are wrong; one line on stdout or stderr. Without URL and --port the server is the one that the
// environment's options and the command line of the running server speak of: in a container, the
// other process of this program.
int RunHealth(std::span<const std::string> arguments);

}  // namespace dynarock::program
