#include "tests/fuzzers/request_mutator.h"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/operations/registry.h"
#include "server/protocol/operation.h"
#include "tests/fuzzers/json_tree.h"
#include "tests/fuzzers/request_script.h"
#include "tests/fuzzers/request_values.h"
#include "tests/fuzzers/require.h"

extern "C" size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t max_size);

namespace dynarock::fuzzers {

namespace {

using protocol::Kind;
using protocol::Member;
using protocol::Operation;
using protocol::Shape;

// The members of a shape and of all that lie in it, each once.
void Collect(const Shape& shape, std::vector<const Member*>& members) {
  for (const Member& member : shape.members) {
    if (std::ranges::find(members, &member) != members.end()) continue;
    members.push_back(&member);
    const Shape* inner = member.shape;
    while (inner->element != nullptr && (inner->kind == Kind::kList || inner->kind == Kind::kMap)) {
      inner = inner->element;
    }
    Collect(*inner, members);
  }
}

// Every member that some operation has, those that lie in others too.
const std::vector<const Member*>& AllMembers() {
  static const std::vector<const Member*> all = [] {
    std::vector<const Member*> members;
    for (const Operation& operation : operations::Operations()) Collect(*operation.input, members);
    return members;
  }();
  return all;
}

// The members that requests have at the top; of one name there may be several.
const std::vector<const Member*>& TopMembers() {
  static const std::vector<const Member*> all = [] {
    std::vector<const Member*> members;
    for (const Operation& operation : operations::Operations()) {
      for (const Member& member : operation.input->members) members.push_back(&member);
    }
    return members;
  }();
  return all;
}

class Mutator {
 public:
  explicit Mutator(unsigned int seed) : random_(seed), values_(random_) {}

  void Mutate(std::vector<ScriptedRequest>& requests) {
    if (requests.empty() || (requests.size() < kMostRequests && values_.OneIn(12))) {
      requests.insert(
          requests.begin() + static_cast<std::ptrdiff_t>(values_.Below(requests.size() + 1)),
          NewRequest());
      return;
    }
    const size_t at = values_.Below(requests.size());
    if (requests.size() > 1 && values_.OneIn(20)) {
      requests.erase(requests.begin() + static_cast<std::ptrdiff_t>(at));
    } else if (requests.size() < kMostRequests && values_.OneIn(25)) {
      requests.push_back(requests[at]);
    } else if (values_.OneIn(25)) {
      requests[at].operation = AnyOperation().name;
    } else {
      MutateBody(requests[at]);
    }
  }

 private:
  const Operation& AnyOperation() {
    const auto all = operations::Operations();
    return all[values_.Below(all.size())];
  }

  ScriptedRequest NewRequest() {
    const Operation& operation = AnyOperation();
    ScriptedRequest request{std::string(operation.name), {}};
    WriteTree(values_.Body(*operation.input), request.body);
    return request;
  }

  void MutateBody(ScriptedRequest& request) {
    std::optional<JsonTree> body = ParseTree(request.body);
    if (!body) {
      request = NewRequest();
      return;
    }
    for (size_t i = 1 + values_.Below(3); i > 0; --i) MutateTree(*body);
    request.body.clear();
    WriteTree(*body, request.body);
  }

  JsonTree& AnyOf(JsonTree& root) {
    const std::vector<JsonTree*> all = AllOf(root);
    return *all[values_.Below(all.size())];
  }

  void MutateTree(JsonTree& root) {
    switch (values_.Below(10)) {
      case 0:  // a member of any operation, at the top or anywhere
      case 1: {
        const auto& members = values_.OneIn(3) ? AllMembers() : TopMembers();
        const Member& member = *members[values_.Below(members.size())];
        JsonTree& target = values_.OneIn(2) ? root : AnyOf(root);
        JsonTree value = values_.OneIn(2) ? values_.Odd() : values_.OfMember(member);
        if (target.kind == JsonTree::Kind::kObject) {
          target.Add(std::string(member.name), std::move(value));
        } else {
          target = std::move(value);
        }
        return;
      }
      case 2:  // another type
        AnyOf(root) = values_.Odd();
        return;
      case 3:
        return Exchange(root);
      case 4:
        return Repeat(root);
      case 5:
        return Drop(root);
      case 6:
        AnyOf(root) = values_.Attribute();
        return;
      case 7:
        return Reword(root);
      default:
        return MutateText(root);
    }
  }

  // A copy of one value takes the place of another.
  void Exchange(JsonTree& root) {
    JsonTree copy = AnyOf(root);
    AnyOf(root) = std::move(copy);
  }

  // A member or element twice; of a member, the second may have another value.
  void Repeat(JsonTree& root) {
    JsonTree& target = AnyOf(root);
    if (target.children.empty()) return;
    const size_t at = values_.Below(target.children.size());
    JsonTree copy = values_.OneIn(3) ? values_.Odd() : target.children[at];
    if (target.kind == JsonTree::Kind::kArray) {
      target.Add(std::move(copy));
    } else {
      target.Add(std::string(target.names[at]), std::move(copy));
    }
  }

  void Drop(JsonTree& root) {
    JsonTree& target = AnyOf(root);
    if (!target.children.empty()) target.Remove(values_.Below(target.children.size()));
  }

  // A word that its member may have.
  void Reword(JsonTree& root) {
    JsonTree& target = AnyOf(root);
    if (target.kind != JsonTree::Kind::kObject || target.names.empty()) return;
    const size_t at = values_.Below(target.names.size());
    if (target.children[at].kind == JsonTree::Kind::kString) {
      target.children[at].text = values_.Word(target.names[at]);
    } else {
      target.names[at] = values_.Word("AttributeName");
    }
  }

  // The text of a string, or a member's name, by libFuzzer's own means.
  void MutateText(JsonTree& root) {
    std::vector<std::string*> texts;
    for (JsonTree* tree : AllOf(root)) {
      if (tree->kind == JsonTree::Kind::kString) texts.push_back(&tree->text);
      if (values_.OneIn(4)) {
        for (std::string& name : tree->names) texts.push_back(&name);
      }
    }
    if (texts.empty()) return;
    std::string& text = *texts[values_.Below(texts.size())];
    constexpr size_t kMore = 64;
    const size_t size = text.size();
    text.resize(size + kMore);
    text.resize(LLVMFuzzerMutate(reinterpret_cast<uint8_t*>(text.data()), size, size + kMore));
  }

  RequestValues::Random random_;
  RequestValues values_;
};

}  // namespace

size_t MutateScript(uint8_t* data, size_t size, size_t max_size, unsigned int seed) {
  constexpr unsigned int kBytesAtRandom = 16;  // one in so many
  if (seed % kBytesAtRandom == 0) return LLVMFuzzerMutate(data, size, max_size);
  std::vector<ScriptedRequest> requests = ReadScript(Bytes(data, size));
  Mutator(seed).Mutate(requests);
  std::string script = WriteScript(requests);
  while (script.size() > max_size && requests.size() > 1) {
    requests.pop_back();
    script = WriteScript(requests);
  }
  if (script.empty() || script.size() > max_size) return LLVMFuzzerMutate(data, size, max_size);
  std::memcpy(data, script.data(), script.size());
  return script.size();
}

size_t CrossScripts(std::string_view first, std::string_view second, uint8_t* out, size_t max_size,
                    unsigned int seed) {
  RequestValues::Random random(seed);
  RequestValues values(random);
  std::vector<ScriptedRequest> requests = ReadScript(first);
  requests.resize(values.Below(requests.size() + 1));
  std::vector<ScriptedRequest> more = ReadScript(second);
  const size_t from = values.Below(more.size() + 1);
  std::move(more.begin() + static_cast<std::ptrdiff_t>(from), more.end(),
            std::back_inserter(requests));
  if (requests.size() > kMostRequests) requests.resize(kMostRequests);
  const std::string script = WriteScript(requests).substr(0, max_size);
  std::memcpy(out, script.data(), script.size());
  return script.size();
}

}  // namespace dynarock::fuzzers
