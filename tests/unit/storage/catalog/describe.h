// Table descriptions for tests.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "storage/catalog/description.h"

namespace dynarock::test {

using KeyNames = std::vector<std::string>;

inline KeySchema Schema(const KeyNames& hash, const KeyNames& range = {}) {
  KeySchema schema;
  for (const std::string& name : hash) schema.push_back({name, KeyRole::kHash});
  for (const std::string& name : range) schema.push_back({name, KeyRole::kRange});
  return schema;
}

inline IndexDescription DescribeIndex(std::string name, const KeyNames& hash,
                                      const KeyNames& range = {},
                                      ProjectionType projection = ProjectionType::kAll,
                                      std::vector<std::string> included = {}) {
  IndexDescription index;
  index.name = std::move(name);
  index.key = Schema(hash, range);
  index.projection = {projection, std::move(included)};
  return index;
}

// Key attributes pk (S) and sk (N); also defined: a, b (S), n (N), bin (B).
inline TableDescription Describe(std::string name, bool with_range = true) {
  TableDescription table;
  table.name = std::move(name);
  table.region = "us-east-1";
  table.account = "000000000000";
  table.attributes = {{"pk", Type::kString}, {"sk", Type::kNumber}, {"a", Type::kString},
                      {"b", Type::kString},  {"n", Type::kNumber},  {"bin", Type::kBinary}};
  table.key = with_range ? Schema({"pk"}, {"sk"}) : Schema({"pk"});
  return table;
}

}  // namespace dynarock::test
