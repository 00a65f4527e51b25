#include "server/schema/hcl/json_body.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "server/schema/hcl/parser.h"
#include "storage/item/json_walk.h"

namespace dynarock::schema::hcl {
namespace {

using Kind = Expression::Kind;

struct RootBlock {
  std::string_view type;
  size_t labels;
};
constexpr std::array kRootBlocks = std::to_array<RootBlock>({{"check", 1},
                                                             {"data", 2},
                                                             {"ephemeral", 2},
                                                             {"import", 0},
                                                             {"locals", 0},
                                                             {"module", 1},
                                                             {"moved", 0},
                                                             {"output", 1},
                                                             {"provider", 1},
                                                             {"removed", 0},
                                                             {"resource", 2},
                                                             {"terraform", 0},
                                                             {"variable", 1}});
// Blocks of any resource.
constexpr std::array kMetaBlocks =
    std::to_array<std::string_view>({"connection", "lifecycle", "provisioner", "timeouts"});

bool IsObject(const Expression& value) {
  return value.kind == Kind::kObject;
}
bool IsObjectOrObjects(const Expression& value) {
  return IsObject(value) || (value.kind == Kind::kTuple && !value.parts.empty() &&
                             std::ranges::all_of(value.parts, [](const ExpressionPtr& element) {
                               return IsObject(*element);
                             }));
}
bool IsText(const Expression& value) {
  return value.kind == Kind::kLiteral && value.literal.kind == Node::Kind::kString;
}

bool IsMetaBlock(std::string_view name) {
  return std::ranges::find(kMetaBlocks, name) != kMetaBlocks.end();
}

// Turns the tree of a JSON text into bodies. Whether a member is a block or an argument is not
// written in it: that is known of the root and of the resources that the provider describes; elsewhere all
// are arguments.
class JsonBody {
 public:
  JsonBody(std::deque<Source>& texts, const Provider& provider)
      : texts_(texts), provider_(provider) {}

  std::expected<Body, Problem> Root(Expression& root, bool assignments) {
    Body body;
    if (!IsObjectOrObjects(root)) {
      return std::unexpected(Problem{root.place(), "The file should hold an object"});
    }
    const bool done =
        assignments ? Arguments(root, body)
                    : EachObject(root, [&](Expression& one) { return RootObject(one, body); });
    if (!done) return std::unexpected(*problem_);
    return body;
  }

 private:
  bool Fail(const Place& place, std::string message) {
    if (!problem_) problem_ = Problem{place, std::move(message)};
    return false;
  }

  // Calls `use` with the object, or with each of a list of them. Null: none.
  template <class Use>
  bool EachObject(Expression& value, Use use) {
    if (IsObject(value)) return use(value);
    if (value.kind == Kind::kLiteral && value.literal.kind == Node::Kind::kNull) return true;
    if (!IsObjectOrObjects(value) && value.kind != Kind::kTuple) {
      return Fail(value.place(), "Expected an object here, or a list of objects");
    }
    return std::ranges::all_of(value.parts, [&](ExpressionPtr& element) {
      return IsObject(*element) ? use(*element) : Fail(element->place(), "Expected an object here");
    });
  }

  // Calls `use` with the name and value of each member, comments ("//") left out.
  template <class Use>
  bool EachMember(Expression& object, Use use) {
    for (size_t i = 0; i + 1 < object.parts.size(); i += 2) {
      const std::string& name = object.parts[i]->literal.text;
      if (name == "//") continue;
      if (!use(name, object.parts[i]->place(), object.parts[i + 1])) return false;
    }
    return true;
  }

  bool RootObject(Expression& object, Body& body) {
    return EachMember(object,
                      [&](const std::string& name, const Place& place, ExpressionPtr& value) {
                        const auto root = std::ranges::find(kRootBlocks, name, &RootBlock::type);
                        if (root == kRootBlocks.end()) return AddArgument(name, place, value, body);
                        return AddBlocks({.type = name, .labels = {}, .place = place, .body = {}},
                                         root->labels, *value, body);
                      });
  }

  // Blocks whose last `labels` labels are names of objects below.
  bool AddBlocks(const Block& head, size_t labels, Expression& value, Body& body) {
    return EachObject(value, [&](Expression& object) {
      if (labels == 0) return AddBlock(head, object, body);
      return EachMember(
          object, [&](const std::string& label, const Place& place, ExpressionPtr& inner) {
            Block next{.type = head.type, .labels = head.labels, .place = place, .body = {}};
            next.labels.push_back(label);
            return AddBlocks(next, labels - 1, *inner, body);
          });
    });
  }

  bool AddBlock(const Block& head, Expression& object, Body& body) {
    Block block{.type = head.type, .labels = head.labels, .place = head.place, .body = {}};
    const BlockShape* shape =
        block.type == "resource" ? provider_.resource(block.labels[0]) : nullptr;
    const bool done = block.type == "variable"
                          ? Variable(object, block.body)
                          : Contents(shape ? *shape : kNoShape, object, block.body);
    if (!done) return false;
    body.blocks.push_back(std::move(block));
    return true;
  }

  bool Contents(const BlockShape& shape, Expression& object, Body& body) {
    return EachMember(object, [&](const std::string& name, const Place& place,
                                  ExpressionPtr& value) {
      const auto block = std::ranges::find(shape.blocks, name, &BlockShape::name);
      if (block != shape.blocks.end() && IsObjectOrObjects(*value)) {
        return EachObject(*value, [&](Expression& one) {
          Block made{.type = name, .labels = {}, .place = one.place(), .body = {}};
          if (!Contents(*block, one, made.body)) return false;
          body.blocks.push_back(std::move(made));
          return true;
        });
      }
      if (block != shape.blocks.end() && value->kind == Kind::kTuple && value->parts.empty()) {
        return true;  // no blocks
      }
      if (name == "dynamic" && !shape.blocks.empty()) return Dynamic(shape, *value, body);
      if (IsMetaBlock(name) && IsObjectOrObjects(*value)) {
        return AddBlocks({.type = name, .labels = {}, .place = place, .body = {}}, 0, *value, body);
      }
      return AddArgument(name, place, value, body);
    });
  }

  // {"dynamic": {"replica": {"for_each": ..., "content": {...}}}}
  bool Dynamic(const BlockShape& shape, Expression& value, Body& body) {
    return EachObject(value, [&](Expression& types) {
      return EachMember(
          types, [&](const std::string& type, const Place& place, ExpressionPtr& blocks) {
            const auto found = std::ranges::find(shape.blocks, type, &BlockShape::name);
            const BlockShape& inner = found == shape.blocks.end() ? kNoShape : *found;
            return EachObject(*blocks, [&](Expression& one) {
              Block made{.type = "dynamic", .labels = {type}, .place = place, .body = {}};
              if (!DynamicContents(inner, one, made.body)) return false;
              body.blocks.push_back(std::move(made));
              return true;
            });
          });
    });
  }

  bool DynamicContents(const BlockShape& shape, Expression& object, Body& body) {
    return EachMember(object,
                      [&](const std::string& name, const Place& place, ExpressionPtr& value) {
                        if (name == "iterator") return AddBareArgument(name, place, value, body);
                        if (name != "content") return AddArgument(name, place, value, body);
                        return EachObject(*value, [&](Expression& one) {
                          Block made{.type = name, .labels = {}, .place = place, .body = {}};
                          if (!Contents(shape, one, made.body)) return false;
                          body.blocks.push_back(std::move(made));
                          return true;
                        });
                      });
  }

  // A default is taken as it is written: it holds no templates.
  bool Variable(Expression& object, Body& body) {
    return EachMember(object, [&](const std::string& name, const Place& place,
                                  ExpressionPtr& value) {
      if (name == "default") return SetOnce(name, place, std::move(value), body);
      if (name == "type") return AddBareArgument(name, place, value, body);
      if (name != "validation") return AddArgument(name, place, value, body);
      return AddBlocks({.type = name, .labels = {}, .place = place, .body = {}}, 0, *value, body);
    });
  }

  // name = value of a .tfvars.json file: no templates either.
  bool Arguments(Expression& object, Body& body) {
    return EachMember(object,
                      [&](const std::string& name, const Place& place, ExpressionPtr& value) {
                        return SetOnce(name, place, std::move(value), body);
                      });
  }

  bool AddArgument(const std::string& name, const Place& place, ExpressionPtr& value, Body& body) {
    return ReadTemplates(value) && SetOnce(name, place, std::move(value), body);
  }

  // An argument that is written as in the native syntax, but in quotes.
  bool AddBareArgument(const std::string& name, const Place& place, ExpressionPtr& value,
                       Body& body) {
    if (!IsText(*value)) return Fail(value->place(), "Expected an expression in quotes here");
    const bool read = Replace(value, [](Parser& parser) { return parser.ParseWholeExpression(); });
    return read && SetOnce(name, place, std::move(value), body);
  }

  bool SetOnce(const std::string& name, const Place& place, ExpressionPtr value, Body& body) {
    if (const Attribute* first = body.FindAttribute(name)) {
      return Fail(place, "The argument \"" + name + "\" was already set at line " +
                             std::to_string(first->place.line) +
                             ". Each argument may be set only once");
    }
    body.attributes.push_back({.name = name, .place = place, .value = std::move(value)});
    return true;
  }

  // The text of a string as a source of its own, at whose beginning its place is.
  template <class Parse>
  bool Replace(ExpressionPtr& text, Parse parse) {
    const Source& source = texts_.emplace_back(text->source->file, text->literal.text);
    Parser parser(source, false);
    parser.StartAt(text->line, text->column + 1);
    ExpressionPtr made = parse(parser);
    if (!made) return Fail(parser.problem().place, parser.problem().message);
    text = std::move(made);
    return true;
  }

  // Strings are templates, names of members too.
  bool ReadTemplates(ExpressionPtr& value) {
    if (IsText(*value)) {
      const std::string& text = value->literal.text;
      if (text.find("${") == text.npos && text.find("%{") == text.npos) return true;
      return Replace(value, [](Parser& parser) { return parser.ParseWholeTemplate(); });
    }
    for (ExpressionPtr& part : value->parts) {
      if (!ReadTemplates(part)) return false;
      value->depth = std::max(value->depth, part->depth + 1);
    }
    return value->depth <= kMostNesting ||
           Fail(value->place(),
                "This expression nests more than 120 levels deep, which is more than is read here");
  }

  static constexpr BlockShape kNoShape{};

  std::deque<Source>& texts_;
  const Provider& provider_;
  std::optional<Problem> problem_;
};

// Wants nothing of a text but that it is JSON.
class Whatever : public JsonVisitor {
 public:
  bool Null(size_t) override { return true; }
  bool Bool(size_t, bool) override { return true; }
  bool Number(size_t, std::string_view) override { return true; }
  bool String(size_t, std::string_view) override { return true; }
  bool StartObject(size_t) override { return true; }
  bool Key(size_t, std::string_view) override { return true; }
  bool EndObject() override { return true; }
  bool StartArray(size_t) override { return true; }
  bool EndArray() override { return true; }
};

// The parser of expressions lets more pass (comments, line ends for commas) than JSON is.
std::optional<Problem> FindJsonFault(const Source& source) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  const size_t mark = source.text.starts_with(kMark) ? kMark.size() : 0;
  const std::string_view text = std::string_view(source.text).substr(mark);
  Whatever visitor;
  const auto fault = WalkJson(text, visitor);
  if (!fault) return std::nullopt;
  Scanner scanner(source);
  if (mark > 0) scanner.Take(kMark);
  while (scanner.offset() < mark + fault->at && !scanner.AtEnd()) scanner.Advance();
  std::string what = fault->what;
  if (what.ends_with('.')) what.pop_back();
  if (scanner.AtEnd()) what = text.empty() ? "the file is empty" : "the file ends too early";
  return Problem{scanner.place(), "This is not JSON: " + what};
}

}  // namespace

bool IsJsonSyntax(std::string_view file) {
  return file.ends_with(".json");
}

std::expected<Body, Problem> ParseFile(const Source& source, std::deque<Source>& texts,
                                       const Provider& provider) {
  if (!IsJsonSyntax(source.file)) return ParseBody(source);
  if (auto fault = FindJsonFault(source)) return std::unexpected(*std::move(fault));
  auto tree = ParseJson(source);
  if (!tree) return std::unexpected(std::move(tree).error());
  return JsonBody(texts, provider).Root(**tree, source.file.ends_with(".tfvars.json"));
}

}  // namespace dynarock::schema::hcl
