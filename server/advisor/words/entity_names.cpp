#include "server/advisor/words/entity_names.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace dynarock::advisor {

namespace {

constexpr std::string_view kMarks = "#:/|";

bool IsUpper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool IsLower(char c) {
  return c >= 'a' && c <= 'z';
}
bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}
bool IsLetter(char c) {
  return IsUpper(c) || IsLower(c);
}

template <size_t n>
bool Among(const std::array<std::string_view, n>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

template <size_t n>
bool AnyAmong(const std::array<std::string_view, n>& known, const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return Among(known, word); });
}

// Of a word in any case.
std::string Singular(std::string_view text) {
  std::string word;
  for (const char c : text) word += IsUpper(c) ? static_cast<char>(c - 'A' + 'a') : c;
  const auto ends = [&](std::string_view end) { return word.ends_with(end); };
  constexpr size_t kShort = 3;  // "ids", "bus"
  if (word.size() > kShort + 1 && ends("ies")) return word.substr(0, word.size() - 3) + "y";
  if (ends("sses") || ends("shes") || ends("ches") || ends("xes")) {
    return word.substr(0, word.size() - 2);
  }
  if (word.size() > kShort && ends("s") && !ends("ss") && !ends("us") && !ends("is")) {
    word.pop_back();
  }
  return word;
}

// Of a part without marks: "userID", "HTTPServer".
void AddWords(std::string_view part, std::vector<std::string>& words) {
  while (!part.empty() && IsDigit(part.back())) part.remove_suffix(1);
  if (part.empty() || std::any_of(part.begin(), part.end(), IsDigit)) return;
  size_t begin = 0;
  for (size_t i = 1; i <= part.size(); ++i) {
    const bool ends =
        i == part.size() || (IsLower(part[i - 1]) && IsUpper(part[i])) ||
        (IsUpper(part[i - 1]) && IsUpper(part[i]) && i + 1 < part.size() && IsLower(part[i + 1]));
    if (!ends) continue;
    words.push_back(Singular(part.substr(begin, i - begin)));
    begin = i;
  }
}

// The letters of "#META", "_profile".
std::string Word(std::string_view text) {
  std::string letters;
  for (const char c : text) {
    if (IsDigit(c)) return {};
    if (IsLetter(c)) letters += c;
  }
  return Singular(letters);
}

bool NamesFirstItem(std::string_view word) {
  static constexpr std::array<std::string_view, 12> kWords = {
      "profile", "metadata", "meta", "info", "information", "detail",
      "header",  "root",     "main", "base", "core",        "self"};
  return Among(kWords, word);
}

// Entities that partitions are about, where the partition key does not say so itself.
bool NamesOwner(std::string_view word) {
  static constexpr std::array<std::string_view, 10> kWords = {
      "user",   "customer", "organization", "organisation", "org",
      "tenant", "team",     "workspace",    "company",      "project"};
  return Among(kWords, word);
}

bool HasLettersAndDigits(std::string_view text) {
  return std::any_of(text.begin(), text.end(), IsLetter) &&
         std::any_of(text.begin(), text.end(), IsDigit);
}

constexpr size_t kLong = 8;

// ElectroDB's keys: "$shop#projectid_17ab" and "$project_1", the entity and its version.
std::optional<Root> RootOfElectro(std::string_view partition, std::string_view sort) {
  if (!partition.starts_with('$') || !sort.starts_with('$')) return std::nullopt;
  const size_t version = sort.rfind('_');
  if (version == std::string_view::npos || version + 1 == sort.size() ||
      !std::all_of(sort.begin() + static_cast<std::ptrdiff_t>(version) + 1, sort.end(), IsDigit)) {
    return std::nullopt;
  }
  const std::string_view entity = sort.substr(1, version - 1);
  const size_t facet = partition.rfind('#');
  if (facet == std::string_view::npos || !partition.substr(facet + 1).starts_with(entity)) {
    return std::nullopt;
  }
  return Root{Word(entity), std::string(sort)};
}

}  // namespace

std::vector<std::string> WordsOf(std::string_view name) {
  std::vector<std::string> words;
  for (size_t begin = 0; begin < name.size();) {
    size_t end = begin;
    while (end < name.size() && (IsLetter(name[end]) || IsDigit(name[end]))) ++end;
    AddWords(name.substr(begin, end - begin), words);
    begin = end + 1;
  }
  return words;
}

std::string ReferredTo(std::string_view attribute) {
  static constexpr std::array<std::string_view, 6> kSayNothing = {"id",   "pk",  "sk",
                                                                  "uuid", "key", "guid"};
  std::vector<std::string> words = WordsOf(attribute);
  while (!words.empty() && Among(kSayNothing, words.back())) words.pop_back();
  return words.empty() ? std::string() : words.back();
}

std::string EntityOf(std::string_view table) {
  static constexpr std::array<std::string_view, 17> kSayNothing = {
      "table", "tbl",   "dev", "development", "prod", "production",  "test", "testing", "staging",
      "stage", "local", "ci",  "qa",          "int",  "integration", "db",   "dynamodb"};
  std::vector<std::string> words = WordsOf(table);
  while (!words.empty() && Among(kSayNothing, words.back())) words.pop_back();
  return words.empty() ? std::string() : words.back();
}

std::string_view KindOf(std::string_view key_text) {
  const size_t mark = key_text.find_first_of(kMarks, 1);
  return mark == std::string_view::npos ? key_text : key_text.substr(0, mark + 1);
}

std::optional<Root> RootOf(const Table& table, ItemView item) {
  if (!table.has_range()) return std::nullopt;
  const auto partition = item.Find(table.key().hash.front().name);
  const auto sort = item.Find(table.key().range.front().name);
  if (!partition || !sort || sort->type() != Type::kString) return std::nullopt;
  if (partition->type() == Type::kBinary) return std::nullopt;
  std::string_view whole = partition->text();
  const size_t mark = whole.find_first_of(kMarks);
  const bool typed = mark != std::string_view::npos && partition->type() == Type::kString;
  const std::string kind = typed ? Word(whole.substr(0, mark)) : std::string();
  const std::string_view id = typed ? whole.substr(mark + 1) : whole;

  std::string_view text = sort->text();
  if (text == whole && partition->type() == Type::kString) {
    return Root{kind, std::string(KindOf(text))};
  }
  if (const auto root = RootOfElectro(whole, text)) return root;
  while (!text.empty() && kMarks.find(text.front()) != std::string_view::npos) {
    text.remove_prefix(1);
  }
  const size_t end = text.find_first_of(kMarks);
  const std::string word = Word(text.substr(0, end));
  if (word.empty()) return std::nullopt;
  const std::string_view rest =
      end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  if (!rest.empty() && rest != id) return std::nullopt;
  const bool names = NamesFirstItem(word) || word == kind || (kind.empty() && NamesOwner(word));
  if (!names) return std::nullopt;
  const std::string entity = !kind.empty() ? kind : NamesOwner(word) ? word : std::string();
  return Root{entity, std::string(text.substr(0, end))};
}

bool IsUnmistakable(ValueView value) {
  if (value.type() != Type::kString) return false;
  const std::string_view text = value.text();
  const size_t mark = text.find_first_of(kMarks);
  if (mark != std::string_view::npos && mark >= 2 && IsLetter(text.front()) &&
      std::any_of(text.begin() + static_cast<std::ptrdiff_t>(mark), text.end(), IsDigit)) {
    return true;
  }
  // Dates and times are met everywhere.
  const bool date = text.size() > 4 && std::all_of(text.begin(), text.begin() + 4, IsDigit) &&
                    (text[4] == '-' || text[4] == '/');
  return text.size() >= kLong && !date && HasLettersAndDigits(text);
}

bool SpeaksOfArchive(const std::vector<std::string>& words) {
  static constexpr std::array<std::string_view, 6> kWords = {"archive", "archived",  "trash",
                                                             "deleted", "tombstone", "backup"};
  return AnyAmong(kWords, words);
}

bool SpeaksOfHistory(const std::vector<std::string>& words) {
  static constexpr std::array<std::string_view, 9> kWords = {"history", "audit",    "log",
                                                             "version", "revision", "changelog",
                                                             "outbox",  "snapshot", "activity"};
  return SpeaksOfArchive(words) || AnyAmong(kWords, words);
}

bool SpeaksOfRecords(const std::vector<std::string>& words) {
  static constexpr std::array<std::string_view, 22> kWords = {
      "order",  "invoice",  "payment", "transaction", "receipt", "ledger", "booking", "billing",
      "bill",   "charge",   "refund",  "purchase",    "sale",    "event",  "stat",    "statistic",
      "metric", "analytic", "usage",   "view",        "report",  "consent"};
  return AnyAmong(kWords, words);
}

bool SpeaksOfPeople(std::string_view word) {
  static constexpr std::array<std::string_view, 14> kWords = {
      "user",     "customer", "author",  "account", "member",  "person",  "people",
      "employee", "owner",    "contact", "client",  "patient", "student", "teacher"};
  return Among(kWords, word);
}

bool SpeaksOfThePassing(const std::vector<std::string>& words) {
  static constexpr std::array<std::string_view, 17> kWords = {
      "job",   "session",    "upload",       "request",  "message", "lock",
      "token", "cart",       "basket",       "draft",    "queue",   "invite",
      "event", "invitation", "notification", "checkout", "otp"};
  return AnyAmong(kWords, words);
}

bool BeginsWithNothing(std::string_view attribute) {
  static constexpr std::array<std::string_view, 30> kWords = {
      "at",       "on",       "date",   "time",     "until",     "by",       "deleted",  "archived",
      "parent",   "next",     "prev",   "previous", "last",      "token",    "cursor",   "error",
      "reason",   "end",      "ended",  "closed",   "completed", "finished", "optional", "assigned",
      "assignee", "approved", "locked", "lock",     "result",    "expiry"};
  const std::vector<std::string> words = WordsOf(attribute);
  return words.empty() || AnyAmong(kWords, words);
}

bool StaysForGood(std::string_view attribute) {
  static constexpr std::array<std::string_view, 8> kNames = {
      "type", "entity", "entityType", "kind", "owner", "ownerId", "tenantId", "email"};
  const std::vector<std::string> words = WordsOf(attribute);
  return Among(kNames, attribute) ||
         std::find(words.begin(), words.end(), "created") != words.end();
}

bool SpeaksOfTheLapsing(const std::vector<std::string>& words) {
  static constexpr std::array<std::string_view, 29> kWords = {
      "ad",       "ads",         "auction",  "deal",    "tender",    "subscription",
      "sub",      "membership",  "license",  "licence", "contract",  "policy",
      "coupon",   "voucher",     "offer",    "promo",   "promotion", "discount",
      "listing",  "certificate", "warranty", "plan",    "domain",    "card",
      "document", "campaign",    "permit",   "product", "quote"};
  return AnyAmong(kWords, words);
}

}  // namespace dynarock::advisor
