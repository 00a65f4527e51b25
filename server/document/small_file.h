// Reading and writing the few small files beside the data: keys, certificates.
#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace dynarock::document {

// All of a file of at most 1 MB; more is a device or a log given by mistake. The error is one line
// with the path: "cannot read /x: No such file or directory".
std::expected<std::string, std::string> ReadSmallFile(const std::string& path);

enum class FileMode { kPublic = 0644, kPrivate = 0600 };

// Whoever reads the file meanwhile sees the old text or the new one. Makes `path`.new on the way.
// The error is one line with the path.
std::expected<void, std::string> ReplaceFile(const std::string& path, std::string_view text,
                                             FileMode mode);

}  // namespace dynarock::document
