// ReadJson: storage/item's walk, with offsets turned into lines and columns.
#include <utility>

#include "server/document/document.h"
#include "storage/item/json.h"
#include "storage/item/json_walk.h"
#include "storage/item/text.h"

namespace dynarock::document {

namespace {

// Places of ascending offsets.
class Places {
 public:
  Places(const std::string& file, std::string_view text) : file_(file), text_(text) {}

  Place At(size_t offset) {
    for (; at_ < offset && at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '\n') {
        ++line_;
        column_ = 1;
      } else if (!ContinuesCharacter(c)) {
        ++column_;
      }
    }
    return {.file = file_, .line = line_, .column = column_};
  }

 private:
  const std::string& file_;
  std::string_view text_;
  size_t at_ = 0;
  int line_ = 1;
  int column_ = 1;
};

class Builder : public JsonVisitor {
 public:
  Builder(Places& places, std::vector<Message>& messages) : places_(places), tree_(messages) {}

  bool Null(size_t at) override { return tree_.Add(MakeNode(Node::Kind::kNull, places_.At(at))); }
  bool Bool(size_t at, bool value) override {
    Node node = MakeBool(places_.At(at), value);
    node.text = value ? "true" : "false";
    return tree_.Add(std::move(node));
  }
  bool Number(size_t at, std::string_view text) override {
    return tree_.Add(MakeNode(Node::Kind::kNumber, places_.At(at), std::string(text)));
  }
  bool String(size_t at, std::string_view text) override {
    return tree_.Add(MakeString(places_.At(at), std::string(text)));
  }
  bool StartObject(size_t at) override {
    return tree_.Open(MakeNode(Node::Kind::kMap, places_.At(at)));
  }
  bool Key(size_t at, std::string_view name) override {
    tree_.Name(places_.At(at), std::string(name));
    return true;
  }
  bool StartArray(size_t at) override {
    return tree_.Open(MakeNode(Node::Kind::kList, places_.At(at)));
  }
  bool EndObject() override { return End(); }
  bool EndArray() override { return End(); }

  TreeBuilder& tree() { return tree_; }

 private:
  bool End() {
    tree_.Close();
    return true;
  }

  Places& places_;
  TreeBuilder tree_;
};

}  // namespace

std::expected<Document, Message> ReadJson(const SourceFile& file) {
  std::string_view text = file.text;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  Document document;
  Places places(file.path, text);
  Builder builder(places, document.messages);
  const auto fault = WalkJson(text, builder);
  if (!fault) {
    document.root = builder.tree().TakeRoot();
    return document;
  }
  Places from_start(file.path, text);
  std::string what = fault->ended ? builder.tree().limit() : fault->what;
  if (fault->at >= text.size())
    what = text.empty() ? "the file is empty" : "the file ends too early";
  if (what.ends_with('.')) what.pop_back();
  if (what.ends_with("must not be followed by other values")) {
    what = "several JSON values; one is expected, or a list of them";
  }
  return std::unexpected(Message{.severity = Severity::kError,
                                 .id = "syntax",
                                 .place = from_start.At(fault->at),
                                 .text = "this is not JSON: " + what,
                                 .hint = {}});
}

}  // namespace dynarock::document
