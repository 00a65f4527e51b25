// Files of environment variables beside serverless.yml: .env, .env.dev.
// https://www.serverless.com/framework/docs/environment-variables
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace dynarock::schema {

using Environment = std::map<std::string, std::string, std::less<>>;

// The variables of a file's text, as the package dotenv reads it: NAME=VALUE lines with or without
// "export", values in quotes of three kinds or bare, comments after #. Lines that are none of this
// are passed over. ${NAME} and $NAME in values without single quotes are replaced: by the process's
// environment, `before`, or a variable of the text.
Environment ReadDotenv(std::string_view text, const Environment& before);

}  // namespace dynarock::schema
