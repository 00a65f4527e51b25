// `dynarock check FILE...`: reviews the tables that files define.
#pragma once

#include <span>
#include <string>

namespace dynarock::program {

// `args` follow the word "check". Returns the exit status: 0 nothing wrong, 1 errors in the files,
// 2 arguments that cannot be used.
int RunCheck(std::span<const std::string> args);

}  // namespace dynarock::program
