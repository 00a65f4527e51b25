#include "server/schema/start/seed_text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "storage/item/json.h"
#include "storage/item/json_walk.h"

namespace dynarock::schema {

namespace {

// Cuts a text into its JSON values: those that stand one after the other, or the elements of an
// array. Looks at brackets and quotes only; each value is parsed by itself later.
class Pieces {
 public:
  explicit Pieces(std::string_view text) : text_(text) {
    if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
    SkipSpace();
    if (at_ < text_.size() && text_[at_] == '[') {
      array_ = true;
      ++at_;
    }
  }

  // The next value; nullopt at the end, or where there is a fault.
  std::optional<std::string_view> Next() {
    SkipSpace();
    if (array_ && !EnterElement()) return std::nullopt;
    if (at_ >= text_.size()) return std::nullopt;
    line_of_piece_ = line_;
    const size_t begin = at_;
    if (!SkipValue()) return std::nullopt;
    ++count_;
    return text_.substr(begin, at_ - begin);
  }

  size_t line() const { return line_of_piece_; }
  const std::optional<SeedFault>& fault() const { return fault_; }

 private:
  void SkipSpace() {
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '\n') {
        ++line_;
      } else if (c != ' ' && c != '\t' && c != '\r') {
        return;
      }
    }
  }

  bool Fail(std::string what) {
    fault_ = SeedFault{.line = line_, .text = "this is not JSON: " + std::move(what)};
    return false;
  }

  // Past a comma to an element; false at the end of the array.
  bool EnterElement() {
    if (closed_) return false;
    if (at_ < text_.size() && text_[at_] == ']') {
      closed_ = true;
      ++at_;
      SkipSpace();
      if (at_ < text_.size()) return Fail("something follows the array");
      return false;
    }
    if (count_ > 0) {
      if (at_ >= text_.size() || text_[at_] != ',') return Fail("a comma or ] is missing here");
      ++at_;
      SkipSpace();
    }
    if (at_ >= text_.size()) return Fail("the array is not closed");
    return true;
  }

  bool SkipValue() {
    if (text_[at_] != '{' && text_[at_] != '[') return Fail("expected an object here");
    size_t depth = 0;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '"') {
        for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
          if (text_[at_] == '\\') ++at_;
        }
      } else if (c == '\n') {
        ++line_;
      } else if (c == '{' || c == '[') {
        ++depth;
      } else if ((c == '}' || c == ']') && --depth == 0) {
        ++at_;
        return true;
      }
    }
    line_ = line_of_piece_;
    return Fail("a value that begins here does not end");
  }

  std::string_view text_;
  size_t at_ = 0;
  size_t line_ = 1;
  size_t line_of_piece_ = 1;
  size_t count_ = 0;
  bool array_ = false;
  bool closed_ = false;
  std::optional<SeedFault> fault_;
};

constexpr std::array<std::string_view, 10> kTags = {"S",  "N", "B", "SS",   "NS",
                                                    "BS", "M", "L", "NULL", "BOOL"};

// Whether every member is {"S": ...} or the like.
bool IsDynamoJson(const JsonValue& object) {
  return std::ranges::all_of(object.GetObject(), [](const auto& member) {
    const JsonValue& value = member.value;
    if (!value.IsObject() || value.MemberCount() != 1) return false;
    const std::string_view tag = value.GetObject().front().name;
    return std::find(kTags.begin(), kTags.end(), tag) != kTags.end();
  });
}

// Writes plain JSON as DynamoDB JSON.
class PlainToDynamo : public JsonVisitor {
 public:
  bool Null(size_t) override { return Scalar("{\"NULL\":true}"); }
  bool Bool(size_t, bool value) override {
    return Scalar(value ? "{\"BOOL\":true}" : "{\"BOOL\":false}");
  }
  bool Number(size_t, std::string_view text) override {
    return Scalar("{\"N\":\"" + std::string(text) + "\"}");
  }
  bool String(size_t, std::string_view text) override {
    std::string value = "{\"S\":";
    AppendJsonString(text, value);
    return Scalar(value + "}");
  }
  bool StartObject(size_t) override {
    // The item itself has no type tag.
    return Begin(depth_ == 0 ? "{" : "{\"M\":{");
  }
  bool Key(size_t, std::string_view name) override {
    Comma();
    AppendJsonString(name, out_);
    out_ += ':';
    comma_ = false;
    return true;
  }
  bool EndObject() override { return End(depth_ == 1 ? "}" : "}}"); }
  bool StartArray(size_t) override { return Begin("{\"L\":["); }
  bool EndArray() override { return End("]}"); }

  std::string TakeOut() { return std::move(out_); }

 private:
  void Comma() {
    if (comma_) out_ += ',';
  }
  bool Scalar(std::string_view text) {
    Comma();
    out_ += text;
    comma_ = true;
    return true;
  }
  bool Begin(std::string_view text) {
    Comma();
    out_ += text;
    ++depth_;
    comma_ = false;
    return true;
  }
  bool End(std::string_view text) {
    out_ += text;
    --depth_;
    comma_ = true;
    return true;
  }

  std::string out_;
  size_t depth_ = 0;
  bool comma_ = false;
};

const JsonValue* ObjectMember(const JsonValue& object, std::string_view name) {
  const JsonValue* member = FindMember(object, name);
  return member != nullptr && member->IsObject() ? member : nullptr;
}

// Where in the text an object of a value stands.
struct ObjectPlace {
  size_t line = 0;
  size_t begin = 0;
  size_t end = 0;  // past its closing brace
};

// The places of the objects that may be items or hold them. The parsed value forgets places, and
// its numbers are doubles; but its objects are in the order of the text.
class ObjectPlaces {
 public:
  // `line`: of the piece, the text of `root`.
  ObjectPlaces(std::string_view piece, const JsonValue& root, size_t line)
      : piece_(piece), root_(root), whole_{.line = line, .begin = 0, .end = piece.size()} {}

  size_t LineOf(const JsonValue& value) {
    const ObjectPlace* place = Find(value);
    return place == nullptr ? whole_.line : place->line;
  }

  // As it is written; nullopt for an object that lies deeper than items do.
  std::optional<std::string_view> TextOf(const JsonValue& value) {
    const ObjectPlace* place = Find(value);
    if (place == nullptr) return std::nullopt;
    return piece_.substr(place->begin, place->end - place->begin);
  }

 private:
  static constexpr int kDeepestItem = 8;  // {"RequestItems":{"t":[{"PutRequest":{"Item":{ is 5

  const ObjectPlace* Find(const JsonValue& value) {
    if (&value == &root_) return &whole_;
    if (!walked_) {
      walked_ = true;
      const std::vector<ObjectPlace> places = Walk();
      size_t next = 0;
      Note(root_, 0, places, next);
    }
    const auto known = places_.find(&value);
    return known == places_.end() ? nullptr : &known->second;
  }

  // Of all objects, in the order in which they begin.
  std::vector<ObjectPlace> Walk() const {
    std::vector<ObjectPlace> places;
    std::vector<size_t> open;
    size_t line = whole_.line;
    for (size_t at = 0; at < piece_.size(); ++at) {
      const char c = piece_[at];
      if (c == '"') {
        for (++at; at < piece_.size() && piece_[at] != '"'; ++at) {
          if (piece_[at] == '\\') ++at;
        }
      } else if (c == '\n') {
        ++line;
      } else if (c == '{') {
        open.push_back(places.size());
        places.push_back({.line = line, .begin = at, .end = piece_.size()});
      } else if (c == '}' && !open.empty()) {
        places[open.back()].end = at + 1;
        open.pop_back();
      }
    }
    return places;
  }

  void Note(const JsonValue& value, int depth, const std::vector<ObjectPlace>& places,
            size_t& next) {
    if (value.IsObject()) {
      if (next < places.size() && depth < kDeepestItem) places_.emplace(&value, places[next]);
      ++next;
      for (const auto& member : value.GetObject()) Note(member.value, depth + 1, places, next);
    } else if (value.IsArray()) {
      for (const JsonValue& element : value.GetArray()) Note(element, depth, places, next);
    }
  }

  std::string_view piece_;
  const JsonValue& root_;
  ObjectPlace whole_;
  bool walked_ = false;
  std::unordered_map<const JsonValue*, ObjectPlace> places_;
};

class ValueReader {
 public:
  // `piece`: the text of `root`.
  ValueReader(std::string_view piece, const JsonValue& root, size_t line,
              const std::function<bool(SeedItem)>& sink)
      : places_(piece, root, line), sink_(sink) {}

  // False when the sink wants no more.
  bool Read(const JsonValue& value, const std::string& table) {
    if (value.IsArray()) return All(value, table);
    if (!value.IsObject()) {
      fault_ = SeedFault{.line = places_.LineOf(value), .text = "an item is an object"};
      return false;
    }
    if (const JsonValue* item = ObjectMember(value, "Item")) return Item(*item, table);
    if (const JsonValue* put = ObjectMember(value, "PutRequest")) {
      if (const JsonValue* item = ObjectMember(*put, "Item")) return Item(*item, table);
    }
    if (IsDelete(value)) {
      fault_ =
          SeedFault{.line = places_.LineOf(value), .text = "DeleteRequest is not possible here"};
      return false;
    }
    if (const JsonValue* requests = ObjectMember(value, "RequestItems")) return Batch(*requests);
    const JsonValue* items = FindMember(value, "Items");
    if (items != nullptr && items->IsArray()) return All(*items, table);
    if (FindMember(value, "NewImage") != nullptr || FindMember(value, "OldImage") != nullptr) {
      fault_ = SeedFault{.line = places_.LineOf(value),
                         .text =
                             "this is a record of an incremental export; only full exports "
                             "can be loaded"};
      return false;
    }
    return IsBatch(value) ? Batch(value) : Item(value, table);
  }

  const std::optional<SeedFault>& fault() const { return fault_; }

 private:
  bool All(const JsonValue& values, const std::string& table) {
    return std::ranges::all_of(values.GetArray(),
                               [&](const JsonValue& value) { return Read(value, table); });
  }

  static bool IsDelete(const JsonValue& value) {
    const JsonValue* request = ObjectMember(value, "DeleteRequest");
    return request != nullptr && value.MemberCount() == 1 &&
           ObjectMember(*request, "Key") != nullptr;
  }

  static bool IsBatch(const JsonValue& value) {
    return value.MemberCount() > 0 &&
           std::ranges::all_of(value.GetObject(), [](const auto& member) {
             return member.value.IsArray() && !member.value.Empty() && member.value[0].IsObject() &&
                    (FindMember(member.value[0], "PutRequest") != nullptr ||
                     IsDelete(member.value[0]));
           });
  }

  bool Batch(const JsonValue& requests) {
    for (const auto& table : requests.GetObject()) {
      const std::string name(table.name);
      if (!table.value.IsArray()) {
        fault_ = SeedFault{.line = places_.LineOf(requests),
                           .text = "the requests for " + name + " are not an array"};
        return false;
      }
      if (!All(table.value, name)) return false;
    }
    return true;
  }

  bool Item(const JsonValue& value, const std::string& table) {
    SeedItem item{.table = table, .item = {}, .line = places_.LineOf(value)};
    // Not from the value: numbers of plain JSON have more digits than a double keeps.
    const auto text = places_.TextOf(value);
    if (!text) {
      fault_ =
          SeedFault{.line = item.line, .text = "an item here nests too deeply in lists of items"};
      return false;
    }
    if (IsDynamoJson(value)) {
      item.item = *text;
    } else {
      auto converted = FromPlainJson(*text);
      if (!converted) {
        fault_ = SeedFault{.line = item.line, .text = std::move(converted).error()};
        return false;
      }
      item.item = *std::move(converted);
    }
    return sink_(std::move(item));
  }

  ObjectPlaces places_;
  const std::function<bool(SeedItem)>& sink_;
  std::optional<SeedFault> fault_;
};

}  // namespace

std::expected<std::string, std::string> FromPlainJson(std::string_view object) {
  PlainToDynamo writer;
  if (const auto fault = WalkJson(object, writer)) {
    return std::unexpected("the item that begins here cannot be read: " + fault->what);
  }
  return writer.TakeOut();
}

std::optional<SeedFault> ReadSeedText(std::string_view text,
                                      const std::function<bool(SeedItem)>& sink) {
  Pieces pieces(text);
  while (const auto piece = pieces.Next()) {
    JsonDocument document;
    if (!document.Parse(std::string(*piece))) {
      return SeedFault{.line = pieces.line(), .text = "the value that begins here is not JSON"};
    }
    ValueReader reader(*piece, document.root(), pieces.line(), sink);
    if (!reader.Read(document.root(), {})) return reader.fault();
  }
  return pieces.fault();
}

}  // namespace dynarock::schema
