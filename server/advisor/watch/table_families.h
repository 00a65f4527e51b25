// Tables that tests make anew each time: "orders-3f2a91", "orders-77c01d". They are counted as one,
// or nothing that needs to be seen several times would ever be.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "storage/catalog/table.h"

namespace dynarock::advisor {

// A table's name with * for what looks made up for one run: "orders-*". UUIDs, numbers, hexadecimal
// and other random parts between the marks - _ and ., a number behind "worker" and the like; "v2"
// and words stay. A name that is made up as a whole (a UUID, a timestamp, random text of eight
// characters or more) is "*"; a date stays.
std::string PatternOf(std::string_view table);

// Thread safe.
class TableFamilies {
 public:
  // The name under which a table is counted: that of the first one with the same pattern and the
  // same primary key. Most often its own.
  std::string NameOf(const Table& table);
  // The same of a table that was met before; of all others the name itself.
  std::string NameOf(std::string_view table) const;

  // Those of several tables, by the name of the first.
  struct Family {
    std::string pattern;
    uint64_t tables = 0;
  };
  std::map<std::string, Family, std::less<>> All() const;

 private:
  static constexpr size_t kMostNames = 4096;
  static constexpr size_t kMostFamilies = 1024;
  struct Known {
    std::string first;
    std::vector<size_t> lengths;  // of what stood last in names that have a *
    Family family;
  };
  Known* Find(const std::string& pattern, const std::string& key);

  mutable std::mutex mutex_;
  std::unordered_map<std::string, std::string> names_;  // of a table's name and key: of the first
  std::unordered_map<std::string, std::string> by_name_;
  std::unordered_map<std::string, Known> families_;  // by pattern and key
};

}  // namespace dynarock::advisor
