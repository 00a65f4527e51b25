#include "tests/fuzzers/json_tree.h"

#include <utility>

#include "storage/item/json.h"
#include "storage/item/json_walk.h"

namespace dynarock::fuzzers {

namespace {

JsonTree Make(JsonTree::Kind kind, std::string text = {}) {
  JsonTree tree;
  tree.kind = kind;
  tree.text = std::move(text);
  return tree;
}

// Builds a tree of what a walk tells.
class Builder final : public JsonVisitor {
 public:
  bool Null(size_t) override { return Put(JsonTree{}); }
  bool Bool(size_t, bool value) override { return Put(JsonTree::Bool(value)); }
  bool Number(size_t, std::string_view text) override {
    return Put(JsonTree::Number(std::string(text)));
  }
  bool String(size_t, std::string_view text) override {
    return Put(JsonTree::String(std::string(text)));
  }
  bool StartObject(size_t) override { return Open(JsonTree::Object()); }
  bool StartArray(size_t) override { return Open(JsonTree::Array()); }
  bool Key(size_t, std::string_view name) override {
    names_.back() = name;
    return true;
  }
  bool EndObject() override { return Close(); }
  bool EndArray() override { return Close(); }

  JsonTree TakeRoot() { return std::move(root_); }

 private:
  static constexpr size_t kDeepest = 200;  // what comes of it is walked by recursion

  bool Open(JsonTree tree) {
    if (open_.size() >= kDeepest) return false;
    open_.push_back(std::move(tree));
    names_.emplace_back();
    return true;
  }
  bool Close() {
    JsonTree closed = std::move(open_.back());
    open_.pop_back();
    names_.pop_back();
    return Put(std::move(closed));
  }
  bool Put(JsonTree tree) {
    if (open_.empty()) {
      root_ = std::move(tree);
    } else if (open_.back().kind == JsonTree::Kind::kObject) {
      open_.back().Add(std::move(names_.back()), std::move(tree));
    } else {
      open_.back().Add(std::move(tree));
    }
    return true;
  }

  std::vector<JsonTree> open_;
  std::vector<std::string> names_;  // of the member that follows, one per open value
  JsonTree root_;
};

}  // namespace

JsonTree JsonTree::String(std::string text) {
  return Make(Kind::kString, std::move(text));
}
JsonTree JsonTree::Number(std::string written) {
  return Make(Kind::kNumber, std::move(written));
}
JsonTree JsonTree::Bool(bool value) {
  return Make(Kind::kBool, value ? "true" : "false");
}
JsonTree JsonTree::Array() {
  return Make(Kind::kArray);
}
JsonTree JsonTree::Object() {
  return Make(Kind::kObject);
}

void JsonTree::Add(JsonTree value) {
  children.push_back(std::move(value));
}

void JsonTree::Add(std::string name, JsonTree value) {
  names.push_back(std::move(name));
  children.push_back(std::move(value));
}

void JsonTree::Remove(size_t child) {
  if (kind == Kind::kObject) names.erase(names.begin() + static_cast<std::ptrdiff_t>(child));
  children.erase(children.begin() + static_cast<std::ptrdiff_t>(child));
}

JsonTree* JsonTree::Find(std::string_view name) {
  for (size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return &children[i];
  }
  return nullptr;
}

std::optional<JsonTree> ParseTree(std::string_view text) {
  Builder builder;
  if (WalkJson(text, builder)) return std::nullopt;
  return builder.TakeRoot();
}

void WriteTree(const JsonTree& tree, std::string& out) {
  switch (tree.kind) {
    case JsonTree::Kind::kNull:
      out += "null";
      return;
    case JsonTree::Kind::kString:
      AppendJsonString(tree.text, out);
      return;
    case JsonTree::Kind::kBool:
    case JsonTree::Kind::kNumber:
      out += tree.text;
      return;
    case JsonTree::Kind::kArray:
    case JsonTree::Kind::kObject:
      break;
  }
  const bool object = tree.kind == JsonTree::Kind::kObject;
  out += object ? '{' : '[';
  for (size_t i = 0; i < tree.children.size(); ++i) {
    if (i > 0) out += ',';
    if (object) {
      AppendJsonString(tree.names[i], out);
      out += ':';
    }
    WriteTree(tree.children[i], out);
  }
  out += object ? '}' : ']';
}

std::vector<JsonTree*> AllOf(JsonTree& root) {
  std::vector<JsonTree*> all{&root};
  for (size_t i = 0; i < all.size(); ++i) {
    JsonTree& tree = *all[i];
    for (JsonTree& child : tree.children) all.push_back(&child);
  }
  return all;
}

}  // namespace dynarock::fuzzers
