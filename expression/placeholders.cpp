#include "expression/placeholders.h"

#include <algorithm>
#include <numeric>
#include <string>

#include "expression/errors.h"
#include "expression/language.h"

namespace dynarock::expression {
namespace {

// Up to here a table is searched one by one.
constexpr size_t kShortTable = 12;

bool IsWordCharacter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

Result<> CheckKeys(std::span<const std::string_view> keys, char first, std::string_view parameter) {
  if (keys.empty()) return Fail(EmptyPlaceholders(parameter));
  for (const std::string_view key : keys) {
    if (key.size() > kMaxPlaceholderBytes) {
      // Observed on DynamoDB Local, which prints the length of names only.
      std::string message(parameter);
      message +=
          " contains invalid key: The expression attribute map contains a key that is too long;";
      if (first == '#') message += " size of key: " + std::to_string(key.size());
      return Fail(Validation(std::move(message)));
    }
    if (key.size() < 2 || key[0] != first || !std::ranges::all_of(key.substr(1), IsWordCharacter)) {
      return Fail(InvalidPlaceholder(parameter, key));
    }
  }
  return {};
}

template <class Entries>
Result<> CheckUsed(const Entries& entries, std::string_view parameter) {
  std::vector<std::string> unused;
  for (const auto& entry : entries) {
    if (!entry.used) unused.emplace_back(entry.placeholder);
  }
  if (unused.empty()) return {};
  return Fail(UnusedPlaceholders(parameter, std::move(unused)));
}

}  // namespace

Result<> CheckNameKeys(std::span<const std::string_view> keys) {
  return CheckKeys(keys, '#', "ExpressionAttributeNames");
}

Result<> CheckValueKeys(std::span<const std::string_view> keys) {
  return CheckKeys(keys, ':', "ExpressionAttributeValues");
}

template <class T>
void Placeholders::Table<T>::Add(std::string_view placeholder, T meaning) {
  entries.push_back({placeholder, meaning, false});
  sorted.clear();
}

template <class T>
Placeholders::Entry<T>* Placeholders::Table<T>::Find(std::string_view placeholder) {
  if (entries.size() <= kShortTable) {
    for (size_t i = entries.size(); i-- > 0;) {
      if (entries[i].placeholder == placeholder) return &entries[i];
    }
    return nullptr;
  }
  if (sorted.empty()) {
    sorted.resize(entries.size());
    std::iota(sorted.begin(), sorted.end(), 0u);
    std::ranges::stable_sort(sorted, {}, [this](uint32_t i) { return entries[i].placeholder; });
  }
  // The last of equal ones is the one that counts.
  const auto behind = std::ranges::upper_bound(
      sorted, placeholder, {}, [this](uint32_t i) { return entries[i].placeholder; });
  if (behind == sorted.begin()) return nullptr;
  Entry<T>& entry = entries[*std::prev(behind)];
  return entry.placeholder == placeholder ? &entry : nullptr;
}

void Placeholders::AddName(std::string_view placeholder, std::string_view attribute) {
  names_.Add(placeholder, attribute);
}

void Placeholders::AddValue(std::string_view placeholder, ValueView value) {
  values_.Add(placeholder, value);
}

std::optional<std::string_view> Placeholders::UseName(std::string_view placeholder) {
  auto* entry = names_.Find(placeholder);
  if (entry == nullptr) return std::nullopt;
  entry->used = true;
  return entry->meaning;
}

std::optional<ValueView> Placeholders::UseValue(std::string_view placeholder) {
  auto* entry = values_.Find(placeholder);
  if (entry == nullptr) return std::nullopt;
  entry->used = true;
  return entry->meaning;
}

Result<> Placeholders::CheckAllUsed() const {
  DYNAROCK_CHECK(CheckUsed(names_.entries, "ExpressionAttributeNames"));
  return CheckUsed(values_.entries, "ExpressionAttributeValues");
}

}  // namespace dynarock::expression
