// JSON from strangers, and JSON for them: RapidJSON's reader behind one document type, and a small
// appending writer.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "storage/item/json_value.h"

namespace dynarock {

// A parsed JSON text. Strings point into the text it was parsed from, which it owns.
class JsonDocument {
 public:
  JsonDocument();
  ~JsonDocument();
  JsonDocument(const JsonDocument&) = delete;
  JsonDocument& operator=(const JsonDocument&) = delete;

  // Parses `text` in place. False when it is not JSON, not UTF-8, holds half a surrogate pair or
  // nests deeper than kMaxDepth. Numbers become int64 where they fit, doubles (possibly infinite:
  // 1e999 is legal JSON) otherwise.
  bool Parse(std::string text);
  const JsonValue& root() const;
  JsonValue& root();

  // A level of an AttributeValue is two levels of JSON; the service reads about 2,000 of them
  // (observed in 2026 by dynoxide). What walks a document by recursion must bear this depth.
  static constexpr int kMaxDepth = 4096;

 private:
  struct Parts;
  std::string text_;
  std::unique_ptr<Parts> parts_;
};

// Whether `text` is well-formed UTF-8 (no surrogates, no overlong forms).
bool IsUtf8(std::string_view text);

// Appends JSON to a string. Commas are placed by itself; the caller balances Begin and End.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  void BeginObject() { Open('{'); }
  void EndObject() { Close('}'); }
  void BeginArray() { Open('['); }
  void EndArray() { Close(']'); }
  void Key(std::string_view name);
  void String(std::string_view text);
  void Bool(bool value);
  void Int(int64_t value);
  // A JSON number with a fraction or exponent at least ("1.0"), the shortest text that reads back
  // the same.
  void Double(double value);
  // Seconds since the epoch with three decimals.
  void EpochMillis(int64_t milliseconds);
  // JSON text made elsewhere.
  void Raw(std::string_view json);
  // Where the caller appends one JSON value itself.
  std::string& Slot() {
    Comma();
    return out_;
  }

  void Member(std::string_view name, std::string_view text) {
    Key(name);
    String(text);
  }
  void Member(std::string_view name, int64_t value) {
    Key(name);
    Int(value);
  }
  void MemberBool(std::string_view name, bool value) {
    Key(name);
    Bool(value);
  }
  void MemberDouble(std::string_view name, double value) {
    Key(name);
    Double(value);
  }

 private:
  void Comma() {
    if (comma_) out_ += ',';
    comma_ = true;
  }
  void Open(char c) {
    Comma();
    out_ += c;
    comma_ = false;
  }
  void Close(char c) {
    out_ += c;
    comma_ = true;
  }

  std::string& out_;
  bool comma_ = false;
};

// Appends `text` as a JSON string, quotes included. `text` is UTF-8.
void AppendJsonString(std::string_view text, std::string& out);

}  // namespace dynarock
