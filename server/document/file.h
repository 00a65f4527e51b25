// Reading and writing whole files.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>

namespace dynarock::document {

// All of a file of at most `most` bytes. The error is the reason, without the path: "No such file or
// directory", "larger than 32 MB". What has no size of its own, such as a pipe, is read until it
// ends or passes the limit.
std::expected<std::string, std::string> ReadWholeFile(const std::string& path, size_t most);
std::expected<std::string, std::string> ReadStandardInput(size_t most);

// The few small files beside the data (keys, certificates, settings): at most 1 MB, since more is a
// device or a log given by mistake. The error is one line with the path: "cannot read /x: No such
// file or directory".
std::expected<std::string, std::string> ReadSmallFile(const std::string& path);

enum class FileMode { kPublic = 0644, kPrivate = 0600 };

// Whoever reads the file meanwhile sees the old text or the new one. Makes `path`.new on the way.
// The error is one line with the path.
std::expected<void, std::string> ReplaceFile(const std::string& path, std::string_view text,
                                             FileMode mode);

}  // namespace dynarock::document
