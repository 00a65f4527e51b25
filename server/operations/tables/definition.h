// What a request says about keys and indexes, and the rules they must keep. CreateTable and
// UpdateTable share them. Texts as recorded by dynalite and captured on the service.
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/catalog/description.h"
#include "storage/item/json.h"
#include "storage/item/result.h"

namespace dynarock::operations {

using Definitions = std::vector<AttributeDefinition>;

inline constexpr size_t kMostLocalIndexes = 5;
inline constexpr size_t kMostGlobalIndexes = 20;

// Readers of members that passed their shapes; an absent list (nullptr) reads as empty.
Definitions ReadDefinitions(const JsonValue* list);
KeySchema ReadKeySchema(const JsonValue& list);

// A table's own keys. With `only_keys` the table has no indexes, so that no definition may be left
// over.
Result<void> CheckTableKeys(const KeySchema& key, const Definitions& definitions, bool only_keys);

// Reads a local or global index: name, keys and projection, which are checked.
Result<IndexDescription> ReadLocalIndex(const JsonValue& input, const KeySchema& table_key,
                                        const Definitions& definitions);
Result<IndexDescription> ReadGlobalIndex(const JsonValue& input, const Definitions& definitions);

// Index names of one table; two of the same name are refused.
class IndexNames {
 public:
  Result<void> Add(const std::string& name);

 private:
  std::set<std::string, std::less<>> names_;
};

// Names of all keys in use: the table's and those of indexes that are not on their way out. Sorted.
std::set<std::string, std::less<>> KeysUsed(const TableDescription& table);

// What holds for the indexes of a table together: at most 20 global ones, at most 100 projected
// attributes.
Result<void> CheckIndexTotals(const TableDescription& table);

// No attribute defined twice.
Result<void> CheckDefinedOnce(const Definitions& definitions);
// Every definition is the key of something.
Result<void> CheckAllUsed(const TableDescription& table);

// `[a, b, c]`
std::string Bracketed(std::span<const std::string> names);

}  // namespace dynarock::operations
