// Expressions that differ only in names and literals written into them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "server/protocol/observation.h"
#include "server/trace/trace.h"

namespace dynarock::advisor {

struct Structure;

struct TextFamily {
  static constexpr size_t kMostTexts = 200;
  std::string structure;
  std::string member;  // the expression's name
  std::string operation;
  std::string table;
  std::vector<std::string> texts;  // the first few
  std::unordered_map<uint64_t, bool> distinct;
  uint64_t distinct_texts = 0;
  std::unordered_map<uint64_t, bool> forms;  // those that differ in more than list indexes
  // Not all of the texts were told apart: there are more forms.
  bool full() const { return distinct.size() >= kMostTexts; }
  bool literals = false;  // PartiQL: values stand in the text
  std::string example;
  std::string user_agent;
  int64_t first_ms = 0;
  int64_t last_ms = 0;
};

// The texts of one request, or of one entry of a batch.
struct RequestTexts {
  std::vector<std::pair<std::string, std::string>> expressions;  // as RequestKind::expressions
  uint64_t place = 0;       // a hash of the table and the operation
  uint64_t structures = 0;  // a hash of the place and of what all texts have in common
  // A hash of a statement without its literals or its table's number, and of the place; 0: there is
  // nothing that it lacks.
  uint64_t masked = 0;
  bool crowded = false;  // one of them is of a family with many members
};

class TextFamilies {
 public:
  // Adds the texts of a kind of request that was not met before. `table`: the name under which the
  // table is counted. In the texts that are returned, statements have lost their literals.
  RequestTexts Add(const protocol::Observation& observation, const trace::Access& access,
                   const std::string& table, int64_t wall_ms);
  std::vector<TextFamily> All() const;

 private:
  // From here on a family is crowded.
  static constexpr size_t kMostOfFamily = 50;
  static constexpr size_t kMostFamilies = 500;

  // Null when there are too many families.
  TextFamily* FamilyOf(uint64_t key);
  static void AddText(TextFamily& family, std::string_view text, const Structure& structure,
                      bool statement);

  std::unordered_map<uint64_t, TextFamily> families_;
};

}  // namespace dynarock::advisor
