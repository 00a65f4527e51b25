// Formats status line and header fields of replies.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/http/content_coding.h"
#include "server/http/handler.h"

namespace dynarock::http {

// What the reply's head needs beside the Reply itself.
struct HeadFacts {
  std::string_view date;
  std::size_t content_length = 0;
  std::optional<std::uint32_t> crc32;  // of the bytes sent
  Coding coding = Coding::kIdentity;
  bool keep_alive = true;
};

// Appends everything up to and including the empty line.
void AppendHead(const Reply& reply, const HeadFacts& facts, std::string& out);

}  // namespace dynarock::http
