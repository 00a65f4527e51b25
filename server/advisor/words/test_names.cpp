#include "server/advisor/words/test_names.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "server/advisor/words/entity_names.h"

namespace dynarock::advisor {

namespace {

template <size_t n>
bool Among(const std::array<std::string_view, n>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Nothing of a business is called so.
constexpr std::array<std::string_view, 12> kMadeUp = {"test",  "testing", "foo",   "bar",
                                                      "baz",   "qux",     "quux",  "foobar",
                                                      "hello", "lorem",   "dummy", "asdf"};
// What a value or an attribute is to a program; made up where a number follows.
constexpr std::array<std::string_view, 12> kNumbered = {"key",      "attr",   "attribute", "prop",
                                                        "property", "field",  "value",     "val",
                                                        "string",   "number", "str",       "num"};
// These say nothing beside the others.
constexpr std::array<std::string_view, 14> kSayNothing = {
    "my", "some", "the",   "a",     "item", "id",   "pk",
    "sk", "hash", "range", "world", "name", "data", "example"};
constexpr std::array<std::string_view, 9> kEnvironments = {
    "test", "tests", "testing", "dev", "local", "ci", "integration", "e2e", "it"};

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

// The parts between marks, without those that are random.
std::vector<std::string_view> PartsOf(std::string_view name) {
  std::vector<std::string_view> parts;
  while (!name.empty()) {
    const size_t end = std::min(name.find_first_of("-_.*"), name.size());
    if (end > 0) parts.push_back(name.substr(0, end));
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  return parts;
}

}  // namespace

bool IsMadeUp(std::string_view text) {
  const std::vector<std::string> words = WordsOf(text);
  if (words.empty()) return false;
  bool any = false;
  bool numbered = IsDigit(text.back());
  for (const std::string& word : words) {
    const bool may_have_number = Among(kNumbered, word);
    numbered = numbered && may_have_number;
    const bool made_up = Among(kMadeUp, word);
    any = any || made_up;
    if (!made_up && !may_have_number && !Among(kSayNothing, word)) return false;
  }
  return any || numbered;
}

bool IsMadeUpTable(std::string_view pattern) {
  std::vector<std::string_view> parts = PartsOf(pattern);
  while (parts.size() > 1 && Among(kEnvironments, parts.back())) parts.pop_back();
  while (parts.size() > 1 && Among(kEnvironments, parts.front())) parts.erase(parts.begin());
  static constexpr std::array<std::string_view, 5> kTable = {"table", "tbl", "db", "dynamodb",
                                                             "my"};
  bool tells = false;  // what is in it
  for (const std::string_view part : parts) {
    for (const std::string& word : WordsOf(part)) {
      if (Among(kMadeUp, word)) return true;
      tells = tells || !Among(kTable, word);
    }
  }
  return !tells;
}

}  // namespace dynarock::advisor
