#include "storage/item/json_walk.h"

#include "storage/item/json_reader.h"

namespace dynarock {

namespace {

// A text that need not end in a zero byte.
class Input {
 public:
  using Ch = char;
  explicit Input(std::string_view text) : text_(text) {}
  Ch Peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  Ch Take() { return at_ < text_.size() ? text_[at_++] : '\0'; }
  size_t Tell() const { return at_; }
  // Of streams that are written in place; RapidJSON asks for them and never calls them here.
  Ch* PutBegin() { return nullptr; }
  void Put(Ch) {}
  void Flush() {}
  size_t PutEnd(Ch*) { return 0; }

 private:
  std::string_view text_;
  size_t at_ = 0;
};

// Hands RapidJSON's events on. A token begins behind the one before, after space and separators.
class Relay {
 public:
  Relay(std::string_view text, const Input& input, JsonVisitor& visitor)
      : text_(text), input_(input), visitor_(visitor) {}

  bool Null() { return visitor_.Null(Value()); }
  bool Bool(bool value) { return visitor_.Bool(Value(), value); }
  bool RawNumber(const char* text, rapidjson::SizeType length, bool) {
    return visitor_.Number(Value(), {text, length});
  }
  bool String(const char* text, rapidjson::SizeType length, bool) {
    return visitor_.String(Value(), {text, length});
  }
  bool StartObject() { return visitor_.StartObject(Bracket()); }
  bool Key(const char* text, rapidjson::SizeType length, bool) {
    return visitor_.Key(Value(), {text, length});
  }
  bool EndObject(rapidjson::SizeType) {
    Bracket();
    return visitor_.EndObject();
  }
  bool StartArray() { return visitor_.StartArray(Bracket()); }
  bool EndArray(rapidjson::SizeType) {
    Bracket();
    return visitor_.EndArray();
  }
  // Numbers arrive as text only.
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(int64_t) { return false; }
  bool Uint64(uint64_t) { return false; }
  bool Double(double) { return false; }

 private:
  // Events of values come when they are read, those of brackets before.
  size_t Value() {
    const size_t begin = Begin();
    end_ = input_.Tell();
    return begin;
  }
  size_t Bracket() {
    const size_t begin = Begin();
    end_ = begin + 1;
    return begin;
  }
  size_t Begin() const { return text_.find_first_not_of(" \t\r\n,:", end_); }

  std::string_view text_;
  const Input& input_;
  JsonVisitor& visitor_;
  size_t end_ = 0;  // of the token before
};

}  // namespace

std::optional<JsonFault> WalkJson(std::string_view text, JsonVisitor& visitor) {
  Input input(text);
  Relay relay(text, input, visitor);
  rapidjson::Reader reader;
  constexpr unsigned kFlags = rapidjson::kParseIterativeFlag |
                              rapidjson::kParseValidateEncodingFlag |
                              rapidjson::kParseNumbersAsStringsFlag;
  const rapidjson::ParseResult result = reader.Parse<kFlags>(input, relay);
  if (!result.IsError()) return std::nullopt;
  if (result.Code() == rapidjson::kParseErrorTermination) {
    return JsonFault{.at = result.Offset(), .what = {}, .ended = true};
  }
  return JsonFault{
      .at = result.Offset(), .what = rapidjson::GetParseError_En(result.Code()), .ended = false};
}

}  // namespace dynarock
