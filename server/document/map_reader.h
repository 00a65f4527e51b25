// Reads settings out of a file's values: members by name, each asked for once, all others refused.
#pragma once

#include <expected>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "server/document/node.h"

namespace dynarock::document {

// "budget.yaml:3:5: " and what is wrong there; one line.
std::string Complaint(const document::Place& place, std::string_view what);

// Reads the members of a map. The first thing that is wrong is kept and everything after it
// answers with defaults, so that a reader asks for all it wants and looks at the error once.
class MapReader {
 public:
  // `what` the map is, for messages: "a budget". Members beyond `known` are errors that list what
  // is known.
  MapReader(const document::Node& node, std::string_view what,
            std::initializer_list<std::string_view> known);

  // A member that is a string (or a number, as written); nullopt when it is not there.
  std::optional<std::string> String(std::string_view name);
  // A member that is a number of at least 0.
  std::optional<double> Number(std::string_view name);
  // The same, where the member has to be there.
  std::string RequiredString(std::string_view name);
  double RequiredNumber(std::string_view name);
  // Null when it is not there, or after an error.
  const document::Node* Find(std::string_view name);
  // A map or list; an error and null when it is not there.
  const document::Node* Required(std::string_view name);

  void Complain(const document::Place& place, std::string_view what);
  // Empty: all was well.
  const std::string& error() const { return error_; }

 private:
  const document::Node& node_;
  std::string what_;
  std::string error_;
};

}  // namespace dynarock::document
