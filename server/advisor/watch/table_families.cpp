#include "server/advisor/watch/table_families.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace dynarock::advisor {

namespace {

constexpr std::string_view kMarks = "-_.";

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}
bool IsHex(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// Whether a UUID begins there.
bool IsUuid(std::string_view text) {
  constexpr size_t kLength = 36;
  if (text.size() < kLength) return false;
  for (size_t i = 0; i < kLength; ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !IsHex(text[i])) return false;
  }
  return true;
}

bool CountsRuns(std::string_view word) {
  static constexpr std::array<std::string_view, 11> kWords = {
      "worker", "w", "test", "t", "run", "ci", "job", "pid", "p", "shard", "build"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

// How often letters change to digits and back.
size_t Turns(std::string_view part) {
  size_t turns = 0;
  for (size_t i = 1; i < part.size(); ++i) {
    if (IsDigit(part[i]) != IsDigit(part[i - 1])) ++turns;
  }
  return turns;
}

// Hexadecimal with digits, or letters and digits by turns: not "s3uploads", "oauth2".
bool IsRandom(std::string_view part) {
  constexpr size_t kShortest = 5;
  if (part.size() < kShortest) return false;
  const auto digits = std::count_if(part.begin(), part.end(), IsDigit);
  const bool hex = std::all_of(part.begin(), part.end(), IsHex);
  return (hex && digits > 1) || (digits > 0 && Turns(part) > 2);
}

bool IsLetter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}
bool IsCapital(char c) {
  return std::isupper(static_cast<unsigned char>(c)) != 0;
}

// Whether letters that stand together may be read as a word: vowels among the consonants, as many
// as languages have.
bool ReadsAsWord(std::string_view letters) {
  constexpr size_t kShortest = 4;
  constexpr std::string_view kVowels = "aeiouyAEIOUY";
  if (letters.size() < kShortest) return false;
  size_t vowels = 0;
  size_t consonants = 0;  // in a row
  for (const char c : letters) {
    const bool vowel = kVowels.find(c) != std::string_view::npos;
    consonants = vowel ? 0 : consonants + 1;
    vowels += vowel ? 1 : 0;
    if (consonants > 3) return false;
  }
  return vowels * 4 >= letters.size() && vowels * 5 <= letters.size() * 3;
}

// Whether a word is among the letters. "camelCase" are two.
bool HasWord(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    size_t end = at;
    while (end < text.size() && IsLetter(text[end]) &&
           (end == at || IsCapital(text[end]) == IsCapital(text[end - 1]) ||
            (end == at + 1 && IsCapital(text[at])))) {
      ++end;
    }
    if (ReadsAsWord(text.substr(at, end - at))) return true;
    at = std::max(end, at + 1);
  }
  return false;
}

// Whether a part that has no marks is made up with certainty: hexadecimal with digits inside, base 36
// or 62. Stricter than IsRandom, which what stands beside the part confirms.
bool IsSurelyRandom(std::string_view part) {
  constexpr size_t kManyTurns = 5;  // between letters and digits: no words have them
  const auto digits = static_cast<size_t>(std::count_if(part.begin(), part.end(), IsDigit));
  const size_t turns = Turns(part);
  if (std::all_of(part.begin(), part.end(), IsHex) && digits > 1 && turns > 1) return true;
  return digits * 8 >= part.size() && (turns >= kManyTurns || (turns > 2 && !HasWord(part)));
}

// Whether nothing of a name means anything: UUIDs, a time in seconds or finer, eight characters and
// more of random text. Dates are names.
bool IsMadeUp(std::string_view name) {
  constexpr size_t kUuid = 36;
  constexpr size_t kShortest = 8;
  constexpr size_t kDigitsOfTime = 10;
  size_t random = 0;  // characters
  while (!name.empty()) {
    if (IsUuid(name)) {
      random += kUuid;
      name.remove_prefix(kUuid);
    } else {
      const std::string_view part = name.substr(0, name.find_first_of(kMarks));
      const bool number = std::all_of(part.begin(), part.end(), IsDigit);
      if (!number && !IsSurelyRandom(part)) return false;
      if (!number || part.size() >= kDigitsOfTime) random += part.size();
      name.remove_prefix(part.size());
    }
    if (!name.empty() && kMarks.find(name[0]) != std::string_view::npos) name.remove_prefix(1);
  }
  return random >= kShortest;
}

// A part between two marks.
std::string PartPattern(std::string_view part) {
  size_t word = part.size();
  while (word > 0 && IsDigit(part[word - 1])) --word;
  const size_t number = part.size() - word;
  if (!part.empty() && (word == 0 || IsRandom(part))) return "*";
  constexpr size_t kLong = 4;
  const bool letters =
      std::none_of(part.begin(), part.begin() + static_cast<std::ptrdiff_t>(word), IsDigit);
  if (letters && (number >= kLong || (number > 0 && CountsRuns(part.substr(0, word))))) {
    return std::string(part.substr(0, word)) + "*";
  }
  return std::string(part);
}

std::string KeyOf(const Table& table) {
  std::string text;
  for (size_t i = 0; i < table.key().size(); ++i) {
    text.append("\n").append(table.key().at(i).name);
    text += static_cast<char>('A' + static_cast<int>(table.key().at(i).type));
  }
  return text;
}

// Where the last part of a name begins.
size_t LastPart(std::string_view name) {
  const size_t mark = name.find_last_of(kMarks);
  return mark == std::string_view::npos ? 0 : mark + 1;
}

}  // namespace

std::string PatternOf(std::string_view table) {
  constexpr size_t kUuid = 36;
  if (IsMadeUp(table)) return "*";
  std::string pattern;
  bool any = false;  // a letter stays
  for (size_t at = 0; at < table.size();) {
    std::string part;
    if (IsUuid(table.substr(at))) {
      part = "*";
      at += kUuid;
    } else {
      const size_t end = std::min(table.find_first_of(kMarks, at), table.size());
      part = PartPattern(table.substr(at, end - at));
      at = end;
    }
    any = any || (!part.empty() && part != "*");
    // "a-*-*" says no more than "a-*".
    const bool again = part == "*" && pattern.size() > 1 && pattern[pattern.size() - 2] == '*';
    if (again) {
      pattern.pop_back();
    } else {
      pattern += part;
    }
    if (at < table.size() && kMarks.find(table[at]) != std::string_view::npos) {
      pattern += table[at++];
    }
  }
  return any ? pattern : std::string(table);
}

TableFamilies::Known* TableFamilies::Find(const std::string& pattern, const std::string& key) {
  const auto found = families_.find(pattern + key);
  return found == families_.end() ? nullptr : &found->second;
}

std::string TableFamilies::NameOf(const Table& table) {
  const std::string& name = table.name();
  const std::string key = KeyOf(table);
  const std::lock_guard lock(mutex_);
  if (const auto known = names_.find(name + key); known != names_.end()) return known->second;
  if (names_.size() >= kMostNames) return name;
  std::string pattern = PatternOf(name);
  const size_t last = LastPart(name);
  const size_t length = name.size() - last;
  Known* member = Find(pattern, key);
  if (member == nullptr && pattern == name && last > 0) {
    // A part that has no digit by chance, of the length that others have.
    Known* other = Find(PatternOf(name.substr(0, last) + "0"), key);
    const bool fits = other != nullptr && std::find(other->lengths.begin(), other->lengths.end(),
                                                    length) != other->lengths.end();
    if (fits) member = other;
  }
  if (member == nullptr && families_.size() < kMostFamilies) {
    member = &families_[pattern + key];
    member->first = name;
    member->family.pattern = std::move(pattern);
  }
  if (member == nullptr) return name;
  constexpr size_t kRandom = 5;
  constexpr size_t kMostLengths = 8;
  if (length >= kRandom && member->lengths.size() < kMostLengths &&
      member->family.pattern != member->first) {
    member->lengths.push_back(length);
  }
  ++member->family.tables;
  by_name_.emplace(name, member->first);
  names_.emplace(name + key, member->first);
  return member->first;
}

std::string TableFamilies::NameOf(std::string_view table) const {
  const std::lock_guard lock(mutex_);
  const auto known = by_name_.find(std::string(table));
  return known == by_name_.end() ? std::string(table) : known->second;
}

std::map<std::string, TableFamilies::Family, std::less<>> TableFamilies::All() const {
  const std::lock_guard lock(mutex_);
  std::map<std::string, Family, std::less<>> all;
  for (const auto& [key, member] : families_) {
    if (member.family.tables > 1) all.emplace(member.first, member.family);
  }
  return all;
}

}  // namespace dynarock::advisor
