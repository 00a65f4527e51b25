// A JSON or YAML file as a tree of values with their places.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <unordered_map>
#include <vector>

#include "server/document/message.h"
#include "server/document/node.h"
#include "server/document/source_file.h"

namespace dynarock::document {

struct Document {
  Node root;
  std::vector<Message> messages;  // about names given twice and the like
};

// Error: the one thing that keeps the file from being read ("syntax"), with its place. Files larger
// than kMostFileBytes, deeper than kMostDepth or of more than kMostNodes values are refused.
std::expected<Document, Message> ReadJson(const SourceFile& file);

// YAML as CloudFormation and Serverless read it: anchors, aliases and merge keys; CloudFormation's
// short tags become their long forms (!Ref a: {Ref: a}, !Sub a: {Fn::Sub: a}). One document.
std::expected<Document, Message> ReadYaml(const SourceFile& file);

inline constexpr size_t kMostFileBytes = 32 * 1024 * 1024;
inline constexpr int kMostDepth = 150;
inline constexpr size_t kMostNodes = 500'000;

// Builds a tree from a stream of values: keeps depth and count in bounds, and names once (of two
// values of one name the last counts, and a message says so).
class TreeBuilder {
 public:
  explicit TreeBuilder(std::vector<Message>& messages) : messages_(messages) {}

  // The name of the value that follows; only while a map is open and waits for one.
  void Name(const Place& place, std::string name);
  bool WantsName() const;

  // A whole value. `height` and `size` (levels and values) are those of a tree from elsewhere.
  // False, here and below: it would pass a limit.
  bool Add(Node node, int height = 1, size_t size = 1);
  // An empty list or map, whose values follow until Close.
  bool Open(Node node);
  void Close();
  // What was closed last: the tree, its levels, its values.
  const Node& closed() const { return *closed_; }
  int height() const { return height_; }
  size_t size() const { return size_; }

  size_t depth() const { return levels_.size(); }
  bool whole() const { return whole_; }  // the root is there and closed
  Node TakeRoot() { return std::move(root_); }
  // Why the last call was refused.
  const std::string& limit() const { return limit_; }

 private:
  struct Level {
    Node node;
    std::unordered_map<std::string, size_t> names;  // of a map: where in node.map
    std::string name;                               // of the value that follows
    Place name_place;
    bool named = false;
    int height = 0;  // of the values so far
    size_t size = 1;
  };
  Node& Attach(Node node, int height, size_t size);
  bool Refuse(std::string limit);

  std::vector<Message>& messages_;
  std::vector<Level> levels_;
  Node root_;
  const Node* closed_ = nullptr;
  bool whole_ = false;
  int height_ = 0;
  size_t size_ = 0;
  size_t count_ = 0;
  std::string limit_;
};

}  // namespace dynarock::document
