#include "server/schema/cloudformation/for_each.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "server/document/document.h"
#include "server/document/node_path.h"
#include "server/schema/cloudformation/template.h"

namespace dynarock::schema {

namespace {

using Kind = Node::Kind;

constexpr std::string_view kLoop = "Fn::ForEach::";
constexpr size_t kMostMadeBytes = size_t{256} << 20;

bool IsLoop(std::string_view name) {
  return name.starts_with(kLoop);
}

bool HasLoops(const Node& node) {
  return std::ranges::any_of(node.list, HasLoops) ||
         std::ranges::any_of(node.map, [](const auto& member) {
           return IsLoop(member.first) || HasLoops(member.second);
         });
}

bool NamesTransform(const Node& root) {
  constexpr std::string_view kTransform = "AWS::LanguageExtensions";
  const Node* transform = root.Find("Transform");
  if (transform == nullptr) return false;
  return transform->text == kTransform ||
         std::ranges::any_of(transform->list,
                             [&](const Node& element) { return element.text == kTransform; });
}

class Writer {
 public:
  Writer(const Node& root, const ReadOptions& options, std::vector<Message>& messages)
      : template_(root, options, said_by_template_), messages_(messages) {}

  Node Write(const Node& root) {
    Node written = root;
    for (auto& [name, section] : written.map) {
      if (name == "Resources" || name == "Conditions") section = Copy(section, {});
    }
    return written;
  }

 private:
  // What the identifiers of the loops around stand for.
  using Values = std::map<std::string, std::string, std::less<>>;

  void Say(Severity severity, const Node& at, std::string text, std::string hint) {
    messages_.push_back({.severity = severity,
                         .id = severity == Severity::kNote ? "unresolved" : "template",
                         .place = NamePlace(at),
                         .text = std::move(text),
                         .hint = std::move(hint)});
  }

  bool Full() const { return copied_ > document::kMostNodes || made_bytes_ > kMostMadeBytes; }

  // ${Identifier}, and &{Identifier}, which takes letters and digits only.
  std::string Fill(std::string text, const Values& values) {
    for (const auto& [name, value] : values) {
      std::string plain;
      std::ranges::copy_if(value, std::back_inserter(plain),
                           [](unsigned char c) { return std::isalnum(c) != 0; });
      for (const auto& [sign, filling] : {std::pair{"${", value}, std::pair{"&{", plain}}) {
        const std::string wanted = sign + name + "}";
        for (size_t at = text.find(wanted); at != std::string::npos && !Full();
             at = text.find(wanted, at + filling.size())) {
          text.replace(at, wanted.size(), filling);
          made_bytes_ += text.size();
        }
      }
    }
    return text;
  }

  Node Copy(const Node& node, const Values& values) {
    ++copied_;
    if (Full()) return MakeUnresolved(node.place, {}, "the loops make too much");
    if (node.kind == Kind::kMap && node.map.size() == 1 && node.map[0].first == "Ref") {
      const auto bound = values.find(node.map[0].second.text);
      if (bound != values.end()) {
        Node value = MakeString(node.place, bound->second);
        value.TakeName(node);
        return value;
      }
    }
    Node copy = node;
    if (node.kind == Kind::kString) copy.text = Fill(node.text, values);
    for (Node& element : copy.list) element = Copy(element, values);
    if (node.kind != Kind::kMap) return copy;
    copy.map.clear();
    for (const auto& [name, value] : node.map) AddMember(name, value, values, copy);
    return copy;
  }

  void AddMember(const std::string& name, const Node& value, const Values& values, Node& out) {
    if (IsLoop(name)) return Repeat(name, value, values, out);
    std::string filled = Fill(name, values);
    if (!values.empty() && filled == name && out.Find(name) != nullptr) {
      return Say(Severity::kError, value,
                 "Fn::ForEach makes " + name + " more than once: its identifier is not in the name",
                 "write ${" + values.rbegin()->first + "} into the name of what is repeated");
    }
    out.map.emplace_back(std::move(filled), Copy(value, values));
  }

  // [identifier, collection, {name: what is repeated}]
  void Repeat(const std::string& name, const Node& loop, const Values& values, Node& out) {
    if (loop.list.size() != 3 || loop.list[0].kind != Kind::kString ||
        loop.list[2].kind != Kind::kMap) {
      return Say(Severity::kError, loop,
                 name +
                     " is malformed: a list of an identifier, a collection and an object is "
                     "expected",
                 {});
    }
    const Node collection = template_.Resolve(Copy(loop.list[1], values));
    const bool known = collection.kind == Kind::kList &&
                       std::ranges::all_of(collection.list,
                                           [](const Node& e) { return ScalarText(e).has_value(); });
    if (!known) {
      return Say(Severity::kNote, loop,
                 name + " is not expanded, since " + Written(loop.list[1]) +
                     " is known only when it is deployed: tables that it makes are not checked",
                 "--set gives a parameter a value; or check the template after the transform: aws "
                 "cloudformation get-template --template-stage Processed");
    }
    for (const Node& element : collection.list) {
      if (Full()) {
        return Say(Severity::kError, loop, name + " makes more than can be read here", {});
      }
      Values inner = values;
      inner[loop.list[0].text] = *ScalarText(element);
      for (const auto& [key, value] : loop.list[2].map) AddMember(key, value, inner, out);
    }
  }

  // What is wrong outside of the loops' collections is said when the template is read.
  std::vector<Message> said_by_template_;
  Template template_;
  std::vector<Message>& messages_;
  size_t copied_ = 0;  // values
  size_t made_bytes_ = 0;
};

}  // namespace

std::optional<Node> WithoutLoops(const Node& root, const ReadOptions& options,
                                 std::vector<Message>& messages) {
  const Node* resources = root.Find("Resources");
  if (resources == nullptr || !HasLoops(*resources) || !NamesTransform(root)) return std::nullopt;
  return Writer(root, options, messages).Write(root);
}

}  // namespace dynarock::schema
