#include "server/operations/request/key_paths.h"

namespace dynarock::operations {

namespace {

Result<void> CheckAgainst(const Key& key, std::span<const expression::Path> paths,
                          std::string_view label) {
  for (const expression::Path path : paths) {
    if (path.size() < 2 || key.Find(path.front().name) == nullptr) continue;
    return Fail(
        Validation("Key attributes must be scalars; list random access '[]' and map lookup '.' "
                   "are not allowed: " +
                   std::string(label) + ": " + std::string(path.front().name)));
  }
  return {};
}

}  // namespace

Result<void> CheckKeyPaths(const Table& table, std::span<const expression::Path> paths) {
  DYNAROCK_CHECK(CheckAgainst(table.key(), paths, "Key"));
  for (const Index& index : table.indexes()) {
    DYNAROCK_CHECK(CheckAgainst(index.key, paths, "IndexKey"));
  }
  return {};
}

}  // namespace dynarock::operations
