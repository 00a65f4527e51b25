// ReadYaml: libyaml's events, turned into a tree.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <unordered_set>
#include <utility>

#include <yaml.h>

#include "server/document/document.h"
#include "storage/item/text.h"

namespace dynarock::document {

namespace {

constexpr std::string_view kStandardTag = "tag:yaml.org,2002:";

std::string_view View(const yaml_char_t* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

// Decimal whole numbers and fractions; other notations (octal, sexagesimal) stay text, as they are
// written.
bool LooksLikeNumber(std::string_view text) {
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  const size_t dot = text.find('.');
  const std::string_view whole = text.substr(0, dot);
  constexpr std::string_view kDigits = "0123456789";
  if (whole.empty() || whole.find_first_not_of(kDigits) != std::string_view::npos) return false;
  if (whole.size() > 1 && whole[0] == '0') return false;
  if (dot == std::string_view::npos) return true;
  const std::string_view fraction = text.substr(dot + 1);
  return !fraction.empty() && fraction.find_first_not_of(kDigits) == std::string_view::npos;
}

std::optional<bool> Truth(std::string_view text) {
  constexpr std::array<std::string_view, 9> kTrue = {"true", "True", "TRUE", "yes", "Yes",
                                                     "YES",  "on",   "On",   "ON"};
  constexpr std::array<std::string_view, 9> kFalse = {"false", "False", "FALSE", "no", "No",
                                                      "NO",    "off",   "Off",   "OFF"};
  if (std::find(kTrue.begin(), kTrue.end(), text) != kTrue.end()) return true;
  if (std::find(kFalse.begin(), kFalse.end(), text) != kFalse.end()) return false;
  return std::nullopt;
}

bool IsNull(std::string_view text) {
  return text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL";
}

// The name that CloudFormation gives a short tag's long form; empty for tags of YAML itself.
std::string LongForm(std::string_view tag) {
  if (tag.empty() || tag == "!" || tag.starts_with(kStandardTag)) return {};
  if (tag.starts_with('!')) tag.remove_prefix(1);
  if (tag == "Ref" || tag == "Condition") return std::string(tag);
  return "Fn::" + std::string(tag);
}

class Reader {
 public:
  Reader(const SourceFile& file, std::vector<Message>& messages) : file_(file), tree_(messages) {
    yaml_parser_initialize(&parser_);
    std::string_view text = file.text;
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()),
                                 text.size());
  }
  ~Reader() { yaml_parser_delete(&parser_); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  std::expected<Node, Message> Run() {
    for (;;) {
      yaml_event_t event;
      if (yaml_parser_parse(&parser_, &event) == 0) return std::unexpected(ParserFault());
      const std::unique_ptr<yaml_event_t, decltype(&yaml_event_delete)> owner(&event,
                                                                              yaml_event_delete);
      if (event.type == YAML_STREAM_END_EVENT) break;
      if (!Handle(event)) {
        return std::unexpected(Fault(At(event.start_mark), why_.empty() ? tree_.limit() : why_));
      }
    }
    if (!tree_.whole()) {
      return std::unexpected(Fault({.file = file_.path, .line = 1, .column = 1}, "it is empty"));
    }
    return tree_.TakeRoot();
  }

 private:
  // A list, map or tag that is open.
  struct Level {
    std::string anchor;  // empty: none
    bool tag = false;    // one value, then it closes
    bool merge = false;  // the value of `<<`, to be merged into the map around it
  };
  struct Anchored {
    Node node;
    int height = 1;
    size_t size = 1;
  };

  Place At(const yaml_mark_t& mark) const {
    return {.file = file_.path,
            .line = static_cast<int>(mark.line) + 1,
            .column = static_cast<int>(mark.column) + 1};
  }

  static Message Fault(Place place, const std::string& what) {
    return {.severity = Severity::kError,
            .id = "syntax",
            .place = std::move(place),
            .text = "this YAML cannot be read: " + what,
            .hint = {}};
  }

  Message ParserFault() const {
    std::string what = parser_.problem == nullptr ? "unknown" : parser_.problem;
    if (parser_.context != nullptr) what = std::string(parser_.context) + ", " + what;
    if (parser_.error == YAML_READER_ERROR) return Fault(AtOffset(parser_.problem_offset), what);
    Message fault = Fault(At(parser_.problem_mark), what);
    // Where the block began that is broken here: often that is where the indentation is wrong.
    const size_t began = parser_.context == nullptr ? 0 : parser_.context_mark.line;
    if (began > 0 && began < parser_.problem_mark.line) {
      fault.hint = "the block began in line " + std::to_string(began + 1) + ", column " +
                   std::to_string(parser_.context_mark.column + 1);
    }
    return fault;
  }

  // The parser reads ahead of what it has marked, so that only the offset tells where a byte is.
  Place AtOffset(size_t offset) const {
    const std::string_view before = std::string_view(file_.text).substr(0, offset);
    const size_t newline = before.rfind('\n');
    const std::string_view line =
        newline == std::string_view::npos ? before : before.substr(newline + 1);
    return {.file = file_.path,
            .line = static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1,
            .column = static_cast<int>(CountCharacters(line)) + 1};
  }

  bool Refuse(std::string why) {
    why_ = std::move(why);
    return false;
  }

  bool Handle(const yaml_event_t& event) {
    switch (event.type) {
      case YAML_DOCUMENT_START_EVENT:
        return ++documents_ == 1 ||
               Refuse("a second document begins here; one file is one document");
      case YAML_SCALAR_EVENT:
        return Scalar(event);
      case YAML_ALIAS_EVENT:
        return Alias(View(event.data.alias.anchor));
      case YAML_SEQUENCE_START_EVENT:
        return Open(MakeNode(Node::Kind::kList, At(event.start_mark)),
                    View(event.data.sequence_start.anchor), View(event.data.sequence_start.tag));
      case YAML_MAPPING_START_EVENT:
        return Open(MakeNode(Node::Kind::kMap, At(event.start_mark)),
                    View(event.data.mapping_start.anchor), View(event.data.mapping_start.tag));
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT:
        CloseLevel();
        CloseTags();
        return true;
      default:
        return true;
    }
  }

  // A tag that stands for a function becomes a map of one member, open until its value is whole.
  bool OpenTag(std::string_view tag, const Place& place) {
    std::string name = LongForm(tag);
    if (name.empty()) return true;
    if (!tree_.Open(MakeNode(Node::Kind::kMap, place))) return false;
    tree_.Name(place, std::move(name));
    levels_.push_back({.anchor = {}, .tag = true, .merge = false});
    return true;
  }

  bool Open(Node node, std::string_view anchor, std::string_view tag) {
    if (tree_.WantsName()) return Refuse("a list or map cannot be a name");
    if (!OpenTag(tag, node.place)) return false;
    if (!tree_.Open(std::move(node))) return false;
    levels_.push_back({.anchor = std::string(anchor), .tag = false, .merge = false});
    return true;
  }

  void CloseLevel() {
    const Level level = std::move(levels_.back());
    levels_.pop_back();
    tree_.Close();
    if (!level.anchor.empty()) {
      anchors_[level.anchor] = {tree_.closed(), tree_.height(), tree_.size()};
    }
  }

  // After a value: the tags that waited for it.
  void CloseTags() {
    while (!levels_.empty() && levels_.back().tag) CloseLevel();
  }

  bool Scalar(const yaml_event_t& event) {
    const auto& scalar = event.data.scalar;
    const Place place = At(event.start_mark);
    std::string text(reinterpret_cast<const char*>(scalar.value), scalar.length);
    if (tree_.WantsName()) {
      if (scalar.anchor != nullptr) return Refuse("an anchor on a name is not supported");
      tree_.Name(place, std::move(text));
      return true;
    }
    const std::string_view tag = View(scalar.tag);
    if (!OpenTag(tag, place)) return false;
    Node node = Typed(place, std::move(text), tag,
                      scalar.style == YAML_PLAIN_SCALAR_STYLE && scalar.plain_implicit != 0);
    if (scalar.anchor != nullptr) anchors_[std::string(View(scalar.anchor))] = {node, 1, 1};
    if (!tree_.Add(std::move(node))) return false;
    CloseTags();
    return true;
  }

  static Node Typed(const Place& place, std::string text, std::string_view tag, bool plain) {
    const bool short_tag = !LongForm(tag).empty();
    if (tag == std::string(kStandardTag) + "null") return MakeNode(Node::Kind::kNull, place);
    const bool guess = plain || tag == std::string(kStandardTag) + "int" ||
                       tag == std::string(kStandardTag) + "bool" ||
                       tag == std::string(kStandardTag) + "float";
    if (!guess || short_tag) return MakeString(place, std::move(text));
    if (IsNull(text)) return MakeNode(Node::Kind::kNull, place);
    if (const auto truth = Truth(text)) {
      Node node = MakeBool(place, *truth);
      node.text = std::move(text);
      return node;
    }
    if (LooksLikeNumber(text)) {
      if (text.starts_with('+')) text.erase(0, 1);
      return MakeNode(Node::Kind::kNumber, place, std::move(text));
    }
    return MakeString(place, std::move(text));
  }

  bool Alias(std::string_view anchor) {
    if (tree_.WantsName()) return Refuse("an alias cannot be a name here");
    const auto it = anchors_.find(std::string(anchor));
    if (it == anchors_.end()) {
      return Refuse("the alias *" + std::string(anchor) + " has no anchor before it");
    }
    if (!tree_.Add(it->second.node, it->second.height, it->second.size)) return false;
    CloseTags();
    return true;
  }

  const SourceFile& file_;
  TreeBuilder tree_;
  yaml_parser_t parser_;
  std::vector<Level> levels_;
  std::map<std::string, Anchored, std::less<>> anchors_;
  int documents_ = 0;
  std::string why_;
};

// Puts what `<<` names into the maps that name it; members of their own win.
void Merge(Node& node) {
  for (Node& element : node.list) Merge(element);
  for (auto& [name, value] : node.map) Merge(value);
  const auto merge = std::find_if(node.map.begin(), node.map.end(),
                                  [](const auto& member) { return member.first == "<<"; });
  if (merge == node.map.end()) return;
  Node from = std::move(merge->second);
  node.map.erase(merge);
  std::vector<Node> sources;
  if (from.kind == Node::Kind::kMap) {
    sources.push_back(std::move(from));
  } else {
    sources = std::move(from.list);
  }
  std::unordered_set<std::string> names;
  for (const auto& [name, value] : node.map) names.insert(name);
  for (Node& source : sources) {
    for (auto& member : source.map) {
      if (names.insert(member.first).second) node.map.push_back(std::move(member));
    }
  }
}

}  // namespace

std::expected<Document, Message> ReadYaml(const SourceFile& file) {
  Document document;
  auto root = Reader(file, document.messages).Run();
  if (!root) return std::unexpected(std::move(root).error());
  document.root = *std::move(root);
  Merge(document.root);
  return document;
}

}  // namespace dynarock::document
