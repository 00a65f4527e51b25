// NextToken: where a SELECT goes on. Opaque to clients and kept nowhere: it holds the last key of
// each of the statement's queries, bound to the statement by a checksum.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/item/result.h"

namespace dynarock::operations {

// Of one query: not begun, stopped behind an item, or done.
struct ReadProgress {
  bool done = false;
  std::string last_key;  // encoded; empty: not begun
};

// `binding`: of statement, parameters and what is read.
std::string EncodePageToken(uint64_t binding, const std::vector<ReadProgress>& queries);
// Errors (Validation): "Invalid NextToken"; "NextToken does not match request".
Result<std::vector<ReadProgress>> DecodePageToken(std::string_view token, uint64_t binding,
                                                  size_t queries);

}  // namespace dynarock::operations
