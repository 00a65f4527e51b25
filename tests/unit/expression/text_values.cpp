#include "tests/unit/expression/text_values.h"

#include <algorithm>
#include <stdexcept>

#include "storage/item/encoder.h"
#include "storage/item/number.h"
#include "storage/item/value.h"

namespace dynarock::expression {
namespace {

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool AtEnd() {
    Skip();
    return position_ == text_.size();
  }
  void Expect(char c) {
    if (!Take(c))
      throw std::runtime_error("expected " + std::string(1, c) + " in " + std::string(text_));
  }
  bool Take(char c) {
    Skip();
    if (position_ == text_.size() || text_[position_] != c) return false;
    ++position_;
    return true;
  }
  std::string Word() {
    Skip();
    const size_t begin = position_;
    while (position_ < text_.size() &&
           std::string_view(" ,:={}[]<>\"").find(text_[position_]) == std::string::npos) {
      ++position_;
    }
    return std::string(text_.substr(begin, position_ - begin));
  }
  std::string Quoted() {
    Expect('"');
    const size_t begin = position_;
    while (text_.at(position_) != '"') ++position_;
    return std::string(text_.substr(begin, position_++ - begin));
  }

  Value ReadValue() {
    Value value;
    Skip();
    const char c = text_.at(position_);
    if (c == '"') {
      value.type = Type::kString;
      value.text = Quoted();
    } else if (Take('[')) {
      value.type = Type::kList;
      while (!Take(']')) {
        value.list.push_back(ReadValue());
        Take(',');
      }
    } else if (Take('{')) {
      value.type = Type::kMap;
      while (!Take('}')) {
        std::string name = Word();
        Expect(':');
        value.map.emplace(std::move(name), ReadValue());
        Take(',');
      }
    } else {
      ReadWordValue(value);
    }
    return value;
  }

 private:
  void Skip() {
    while (position_ < text_.size() && text_[position_] == ' ') ++position_;
  }
  void ReadWordValue(Value& value) {
    const std::string word = Word();
    if (word == "true") {
      value.type = Type::kTrue;
    } else if (word == "false") {
      value.type = Type::kFalse;
    } else if (word == "null") {
      value.type = Type::kNull;
    } else if (word == "b" && position_ < text_.size() && text_[position_] == '"') {
      value.type = Type::kBinary;
      value.text = Quoted();
    } else if ((word == "s" || word == "n" || word == "b") && Take('<')) {
      const bool number = word == "n";
      value.type = number ? Type::kNumberSet : word == "s" ? Type::kStringSet : Type::kBinarySet;
      while (!Take('>')) {
        value.set.push_back(number ? CanonicalNumber(Word()).value() : Quoted());
        Take(',');
      }
      std::ranges::sort(value.set, [number](const std::string& a, const std::string& b) {
        return number ? CompareNumbers(a, b) < 0 : a < b;
      });
    } else {
      value.type = Type::kNumber;
      value.text = CanonicalNumber(word).value();
    }
  }

  std::string_view text_;
  size_t position_ = 0;
};

void Append(ValueView value, std::string& out) {
  bool first = true;
  const auto separate = [&] {
    if (!first) out += ", ";
    first = false;
  };
  const auto quote = [&](std::string_view text) {
    out += '"';
    out += text;
    out += '"';
  };
  switch (value.type()) {
    case Type::kNull:
      out += "null";
      break;
    case Type::kFalse:
      out += "false";
      break;
    case Type::kTrue:
      out += "true";
      break;
    case Type::kNumber:
      out += value.text();
      break;
    case Type::kString:
      quote(value.text());
      break;
    case Type::kBinary:
      out += 'b';
      quote(value.text());
      break;
    case Type::kNumberSet:
    case Type::kStringSet:
    case Type::kBinarySet:
      out += value.type() == Type::kNumberSet   ? "n<"
             : value.type() == Type::kStringSet ? "s<"
                                                : "b<";
      for (const std::string_view element : value.set()) {
        separate();
        if (value.type() == Type::kNumberSet) {
          out += element;
        } else {
          quote(element);
        }
      }
      out += '>';
      break;
    case Type::kList:
      out += '[';
      for (const ValueView element : value.list()) {
        separate();
        Append(element, out);
      }
      out += ']';
      break;
    case Type::kMap:
      out += '{';
      for (const Attribute entry : value.map()) {
        separate();
        out += entry.name;
        out += ": ";
        Append(entry.value, out);
      }
      out += '}';
      break;
  }
}

}  // namespace

std::string EncodedValue(std::string_view text) {
  Reader reader(text);
  std::string out;
  Encode(reader.ReadValue(), out);
  return out;
}

std::string Item(std::string_view text) {
  const std::string map = EncodedValue(text);
  ItemBuilder builder;
  for (const Attribute attribute : ValueView(map.data()).map())
    builder.Add(attribute.name, attribute.value);
  return builder.Encode();
}

std::string Show(ValueView value) {
  std::string out;
  Append(value, out);
  return out;
}

std::string PrintItem(std::string_view encoded) {
  if (encoded.empty()) return "(nothing)";
  if (!IsWellFormedItem(encoded)) return "(damaged)";
  // The recorded size has to be the measured one.
  const ItemView item(encoded);
  ItemBuilder builder;
  for (const Attribute attribute : item.attributes()) builder.Add(attribute.name, attribute.value);
  if (builder.Encode() != encoded) return "(wrong size or order)";
  std::string out = "{";
  for (const Attribute attribute : item.attributes()) {
    if (out.size() > 1) out += ", ";
    out += attribute.name;
    out += ": ";
    Append(attribute.value, out);
  }
  out += '}';
  return out;
}

TestPlaceholders::TestPlaceholders(std::string_view text) {
  Reader reader(text);
  while (!reader.AtEnd()) {
    const bool value = reader.Take(':');
    auto& name =
        *kept_.emplace_back(std::make_unique<std::string>((value ? ":" : "") + reader.Word()));
    reader.Expect('=');
    auto& meaning = *kept_.emplace_back(std::make_unique<std::string>());
    if (value) {
      Encode(reader.ReadValue(), meaning);
      placeholders_.AddValue(name, ValueView(meaning.data()));
    } else {
      meaning = reader.Word();
      placeholders_.AddName(name, meaning);
    }
  }
}

}  // namespace dynarock::expression
