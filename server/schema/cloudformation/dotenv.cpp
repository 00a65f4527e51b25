#include "server/schema/cloudformation/dotenv.h"

#include <cctype>
#include <cstddef>
#include <cstdlib>
#include <optional>
#include <utility>

#include "storage/item/text.h"

namespace dynarock::schema {

namespace {

constexpr size_t kLongestValue = 64 * 1024;

bool IsNameCharacter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

class DotenvReader {
 public:
  DotenvReader(std::string_view text, const Environment& before) : text_(text), known_(before) {}

  Environment Run() {
    while (at_ < text_.size()) ReadLine();
    return std::move(own_);
  }

 private:
  void SkipBlanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  }
  void SkipLine() {
    const size_t end = text_.find('\n', at_);
    at_ = end == std::string_view::npos ? text_.size() : end + 1;
  }
  std::string Word() {
    const size_t begin = at_;
    while (at_ < text_.size() &&
           (IsNameCharacter(text_[at_]) || text_[at_] == '.' || text_[at_] == '-')) {
      ++at_;
    }
    return std::string(text_.substr(begin, at_ - begin));
  }

  void ReadLine() {
    SkipBlanks();
    std::string name = Word();
    SkipBlanks();
    if (name == "export") {
      name = Word();
      SkipBlanks();
    }
    if (name.empty() || at_ >= text_.size() || text_[at_] != '=') return SkipLine();
    ++at_;
    SkipBlanks();
    std::string value = Value();
    if (value.size() > kLongestValue) value.resize(kLongestValue);
    known_[name] = value;
    own_[std::move(name)] = std::move(value);
  }

  std::string Value() {
    const char quote = at_ < text_.size() ? text_[at_] : '\0';
    if (quote == '\'' || quote == '"' || quote == '`') {
      const size_t end = text_.find(quote, at_ + 1);
      if (end != std::string_view::npos) {
        std::string value(text_.substr(at_ + 1, end - at_ - 1));
        at_ = end + 1;
        SkipLine();
        if (quote == '"') value = WithLineBreaks(value);
        return quote == '\'' ? value : Expanded(value);
      }
    }
    const size_t end = text_.find_first_of("#\r\n", at_);
    std::string value(
        Trimmed(text_.substr(at_, end == std::string_view::npos ? end : end - at_), kAllSpaces));
    SkipLine();
    return Expanded(value);
  }

  static std::string WithLineBreaks(std::string_view value) {
    std::string out;
    for (size_t i = 0; i < value.size(); ++i) {
      const bool escape = value[i] == '\\' && i + 1 < value.size();
      if (escape && (value[i + 1] == 'n' || value[i + 1] == 'r')) {
        out += value[++i] == 'n' ? '\n' : '\r';
      } else {
        out += value[i];
      }
    }
    return out;
  }

  std::optional<std::string> Lookup(const std::string& name) const {
    if (const char* value = std::getenv(name.c_str())) return value;
    const auto known = known_.find(name);
    return known == known_.end() ? std::nullopt : std::optional(known->second);
  }

  std::string Expanded(std::string_view value) const {
    std::string out;
    for (size_t i = 0; i < value.size() && out.size() <= kLongestValue; ++i) {
      if (value[i] == '\\' && i + 1 < value.size() && value[i + 1] == '$') {
        out += value[++i];
        continue;
      }
      if (value[i] != '$') {
        out += value[i];
        continue;
      }
      const bool braces = i + 1 < value.size() && value[i + 1] == '{';
      const size_t begin = i + (braces ? 2 : 1);
      size_t end = begin;
      while (end < value.size() && IsNameCharacter(value[end])) ++end;
      if (end == begin || (braces && (end >= value.size() || value[end] != '}'))) {
        out += value[i];
        continue;
      }
      out += Lookup(std::string(value.substr(begin, end - begin))).value_or("");
      i = braces ? end : end - 1;
    }
    return out;
  }

  std::string_view text_;
  size_t at_ = 0;
  Environment known_;
  Environment own_;
};

}  // namespace

Environment ReadDotenv(std::string_view text, const Environment& before) {
  return DotenvReader(text, before).Run();
}

}  // namespace dynarock::schema
