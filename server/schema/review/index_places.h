// Which index of a table a place in a file belongs to.
#pragma once

#include <map>
#include <string>
#include <tuple>

#include "server/findings/report.h"
#include "server/schema/table/table_source.h"

namespace dynarock::schema {

class IndexPlaces {
 public:
  // Of all tables and their branches.
  explicit IndexPlaces(const Reading& reading);

  // Names the index, and the table where it is not named yet, if the finding's place lies within
  // the definition of an index.
  void Name(findings::Finding& finding) const;

 private:
  struct Owner {
    std::string table;
    std::string index;
  };
  using Key = std::tuple<std::string, int, int>;

  void AddIndexes(const TableSource& table);
  void Add(const Node& node, const Owner& owner);

  std::map<Key, Owner> owners_;
};

}  // namespace dynarock::schema
