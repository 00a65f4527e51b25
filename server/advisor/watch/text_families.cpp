#include "server/advisor/watch/text_families.h"

#include "expression/loose_text.h"
#include "server/advisor/watch/request_text.h"
#include "server/advisor/watch/table_families.h"
#include "server/advisor/watch/text_structure.h"
#include "server/trace/expressions.h"
#include "storage/catalog/table.h"

namespace dynarock::advisor {

namespace {

using trace::HashBytes;

// A statement with another table's name for the one that it has.
std::string WithName(std::string statement, std::string_view name, std::string_view other) {
  const size_t at = statement.find(name);
  return at == std::string::npos ? statement : statement.replace(at, name.size(), other);
}

}  // namespace

TextFamily* TextFamilies::FamilyOf(uint64_t key) {
  if (!families_.contains(key) && families_.size() >= kMostFamilies) return nullptr;
  return &families_[key];
}

void TextFamilies::AddText(TextFamily& family, std::string_view text, const Structure& structure,
                           bool statement) {
  const std::string kept = WithoutPlaceholders(text, statement);
  if (family.full() || !family.distinct.emplace(HashBytes(kept), true).second) return;
  ++family.distinct_texts;
  family.forms.emplace(HashBytes(WithoutListIndexes(text, statement)), true);
  family.literals = family.literals || structure.literals;
  // A literal may be a secret: reports show statements without.
  const std::string shown =
      statement ? expression::WithoutLiterals(text, "'...'") : std::string(text);
  if (family.texts.size() < 3 && (family.texts.empty() || family.texts.back() != shown)) {
    family.texts.push_back(shown);
  }
}

RequestTexts TextFamilies::Add(const protocol::Observation& observation,
                               const trace::Access& access, const std::string& table,
                               int64_t wall_ms) {
  RequestTexts texts{.expressions = trace::ExpressionsOf(*access.input)};
  texts.place = HashBytes(table, reinterpret_cast<uintptr_t>(&observation.operation));
  texts.structures = texts.place;
  const auto mask = [&](std::string& text, std::string masked) {
    text = std::move(masked);
    texts.masked = HashBytes(text, texts.place ^ static_cast<uint64_t>(access.kind));
  };
  for (auto& [name, text] : texts.expressions) {
    const bool statement = name == "Statement";
    if (statement && PatternOf(table) != table) {
      mask(text, WithName(text, access.table->name(), table));
    }
    const Structure structure = StructureOf(text, statement);
    texts.structures = HashBytes(structure.text, texts.structures);
    if (TextFamily* family = FamilyOf(HashBytes(structure.text, texts.place ^ HashBytes(name)))) {
      if (family->distinct.empty()) {
        family->structure = structure.text;
        family->member = name;
        family->operation = observation.operation.name;
        family->table = table;
        family->example = Compact(*access.input);
        family->user_agent = observation.user_agent;
        family->first_ms = wall_ms;
      }
      family->last_ms = wall_ms;
      if (structure.names || structure.literals) {
        AddText(*family, text, structure, statement);
        texts.crowded = texts.crowded || family->distinct_texts > kMostOfFamily;
      }
    }
    if (statement && structure.literals) mask(text, expression::WithoutLiterals(text));
  }
  return texts;
}

std::vector<TextFamily> TextFamilies::All() const {
  std::vector<TextFamily> all;
  for (const auto& [hash, family] : families_) all.push_back(family);
  return all;
}

}  // namespace dynarock::advisor
