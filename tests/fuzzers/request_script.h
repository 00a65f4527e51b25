// One input of the request fuzzer: requests one after the other, each an operation's name on a line
// and a body behind it, with a line of three hyphens between them:
//
//   GetItem
//   {"TableName": "tab", "Key": {"pk": {"S": "a"}, "sk": {"N": "1"}}}
//   ---
//   ListTables
//   {}
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dynarock::fuzzers {

struct ScriptedRequest {
  std::string operation;
  std::string body;
};

inline constexpr size_t kMostRequests = 12;

// The requests of an input, kMostRequests at most.
inline std::vector<ScriptedRequest> ReadScript(std::string_view text) {
  constexpr std::string_view kBetween = "\n---\n";
  std::vector<ScriptedRequest> requests;
  while (!text.empty() && requests.size() < kMostRequests) {
    std::string_view one = text.substr(0, text.find(kBetween));
    text.remove_prefix(one.size() == text.size() ? one.size() : one.size() + kBetween.size());
    const std::string_view operation = one.substr(0, one.find('\n'));
    one.remove_prefix(operation.size() == one.size() ? one.size() : operation.size() + 1);
    requests.push_back({std::string(operation), std::string(one)});
  }
  return requests;
}

inline std::string WriteScript(const std::vector<ScriptedRequest>& requests) {
  std::string text;
  for (const ScriptedRequest& request : requests) {
    if (!text.empty()) text += "\n---\n";
    text += request.operation + "\n" + request.body;
  }
  return text;
}

}  // namespace dynarock::fuzzers
