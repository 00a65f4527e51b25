// What is the same in texts that differ in the names and values written into them.
#pragma once

#include <string>
#include <string_view>

namespace dynarock::advisor {

// An expression or statement without what may vary: identifiers, placeholders, list indexes, and
// the literals of statements each become one letter; keywords and functions stay.
struct Structure {
  std::string text;
  bool names = false;     // identifiers stand in it, rather than placeholders only
  bool literals = false;  // values stand in it: 'text' or numbers
};
Structure StructureOf(std::string_view expression, bool statement);
// The same with identifiers and literals kept: texts that are equal so differ in the names of
// placeholders only.
std::string WithoutPlaceholders(std::string_view expression, bool statement);
// And without the indexes of list elements, which no placeholder can stand for.
std::string WithoutListIndexes(std::string_view expression, bool statement);

}  // namespace dynarock::advisor
