// Values for the members of requests: such as a shape asks for, at its limits and one beyond, and
// such as it does not ask for.
#pragma once

#include <random>
#include <string>
#include <string_view>

#include "server/protocol/shape.h"
#include "tests/fuzzers/json_tree.h"

namespace dynarock::fuzzers {

class RequestValues {
 public:
  using Random = std::minstd_rand;
  explicit RequestValues(Random& random) : random_(random) {}

  // A number below `limit`, which is not 0.
  size_t Below(size_t limit) { return random_() % limit; }
  bool OneIn(size_t n) { return Below(n) == 0; }

  // A body for an operation: required members mostly, others now and then.
  JsonTree Body(const protocol::Shape& shape) { return OfShape(shape, {}, {}, 0); }
  // A value for a member; of another type now and then.
  JsonTree OfMember(const protocol::Member& member, int depth = 0) {
    return OfShape(*member.shape, member.name, member.rule, depth);
  }
  // Some JSON, whatever is wanted.
  JsonTree Odd();
  // An AttributeValue.
  JsonTree Attribute(int depth = 0);
  // Text for a member or for an attribute's value; names of what the tables have, expressions.
  std::string Word(std::string_view member);

 private:
  JsonTree OfShape(const protocol::Shape& shape, std::string_view name, const protocol::Rule& rule,
                   int depth);
  JsonTree Text(std::string_view name, const protocol::Rule& rule);
  JsonTree Integer(const protocol::Rule& rule);
  JsonTree List(const protocol::Shape& shape, std::string_view name, const protocol::Rule& rule,
                int depth);
  JsonTree Map(const protocol::Shape& shape, std::string_view name, int depth);
  JsonTree Structure(const protocol::Shape& shape, int depth);
  JsonTree Nested();
  std::string KeyOfMap(std::string_view name);

  Random& random_;
};

}  // namespace dynarock::fuzzers
