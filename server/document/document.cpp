#include "server/document/document.h"

#include <algorithm>
#include <utility>

namespace dynarock::document {

void TreeBuilder::Name(const Place& place, std::string name) {
  Level& level = levels_.back();
  level.name = std::move(name);
  level.name_place = place;
  level.named = true;
}

bool TreeBuilder::WantsName() const {
  return !levels_.empty() && levels_.back().node.kind == Node::Kind::kMap && !levels_.back().named;
}

bool TreeBuilder::Refuse(std::string limit) {
  limit_ = std::move(limit);
  return false;
}

Node& TreeBuilder::Attach(Node node, int height, size_t size) {
  if (levels_.empty()) {
    root_ = std::move(node);
    whole_ = true;
    return root_;
  }
  Level& level = levels_.back();
  level.height = std::max(level.height, height);
  level.size += size;
  if (level.node.kind == Node::Kind::kList) return level.node.list.emplace_back(std::move(node));
  level.named = false;
  node.name_line = level.name_place.line;
  node.name_column = level.name_place.column;
  auto& members = level.node.map;
  const auto [seen, fresh] = level.names.emplace(level.name, members.size());
  if (fresh) return members.emplace_back(std::move(level.name), std::move(node)).second;
  messages_.push_back({.severity = Severity::kWarning,
                       .id = "duplicate-name",
                       .place = level.name_place,
                       .text = "the name \"" + level.name + "\" appears here twice",
                       .hint = "the last of the two values counts; remove the other"});
  return members[seen->second].second = std::move(node);
}

bool TreeBuilder::Add(Node node, int height, size_t size) {
  if (static_cast<int>(levels_.size()) + height > kMostDepth) {
    return Refuse("values nest deeper than " + std::to_string(kMostDepth) + " levels");
  }
  if (count_ + size > kMostNodes) {
    return Refuse("the file holds more than " + std::to_string(kMostNodes) + " values");
  }
  count_ += size;
  Attach(std::move(node), height, size);
  return true;
}

bool TreeBuilder::Open(Node node) {
  if (static_cast<int>(levels_.size()) + 1 > kMostDepth) {
    return Refuse("values nest deeper than " + std::to_string(kMostDepth) + " levels");
  }
  if (++count_ > kMostNodes) {
    return Refuse("the file holds more than " + std::to_string(kMostNodes) + " values");
  }
  Level& level = levels_.emplace_back();
  level.node = std::move(node);
  return true;
}

void TreeBuilder::Close() {
  Level level = std::move(levels_.back());
  levels_.pop_back();
  height_ = level.height + 1;
  size_ = level.size;
  closed_ = &Attach(std::move(level.node), height_, size_);
}

}  // namespace dynarock::document
