#include "server/findings/render/clean.h"

#include "storage/item/json.h"

namespace dynarock::findings {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// Bytes that the UTF-8 sequence with this first byte should have.
size_t SequenceLength(uint8_t lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

// The character of a control picture: U+2400 and what follows it; U+2421 for DEL.
std::string ControlPicture(uint8_t control) {
  const uint8_t last = control == 0x7F ? 0x21 : control;
  return {'\xE2', '\x90', static_cast<char>(0x80 + last)};
}

// C1 controls (some terminals obey them), marks that change the direction of text, line and
// paragraph separators, the byte order mark, and U+FFFE and U+FFFF, which XML excludes.
bool Unprintable(std::string_view character) {
  if (character.size() == 2) return character[0] == '\xC2' && uint8_t(character[1]) < 0xA0;
  if (character.size() != 3) return false;
  const auto second = static_cast<uint8_t>(character[1]);
  const auto third = static_cast<uint8_t>(character[2]);
  if (character[0] == '\xE2' && second == 0x80) {
    return (third >= 0x8E && third <= 0x8F) || (third >= 0xA8 && third <= 0xAE);
  }
  if (character[0] == '\xE2' && second == 0x81) return third >= 0xA6 && third <= 0xA9;
  if (character[0] != '\xEF') return false;
  return (second == 0xBB && third == 0xBF) || (second == 0xBF && third >= 0xBE);
}

void AppendPrintable(std::string_view character, bool keep_lines, std::string& out) {
  const auto first = static_cast<uint8_t>(character[0]);
  if (first >= 0x20 && first != 0x7F) {
    out += Unprintable(character) ? kReplacement : character;
  } else if (first == '\n' || first == '\t') {
    out += keep_lines ? character : " ";
  } else if (first != '\r') {
    out += ControlPicture(first);
  }
}

void Clean(Cleaning cleaning, Finding& finding) {
  const auto clean = [&](std::string& text) { text = CleanedText(text, cleaning); };
  for (std::string* text :
       {&finding.id, &finding.table, &finding.index, &finding.title, &finding.example,
        &finding.user_agent, &finding.consequence, &finding.advice, &finding.file}) {
    clean(*text);
  }
  for (auto& [name, figure] : finding.evidence) {
    clean(name);
    clean(figure);
  }
  for (Block& block : finding.blocks) {
    clean(block.title);
    block.text = CleanedText(block.text, cleaning, /*keep_lines=*/true);
  }
  for (Finding& other : finding.also_at) Clean(cleaning, other);
}

}  // namespace

std::string CleanedText(std::string_view text, Cleaning cleaning, bool keep_lines) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const size_t length = SequenceLength(static_cast<uint8_t>(text[0]));
    const std::string_view character = text.substr(0, length);
    if (length == 0 || character.size() < length || !IsUtf8(character)) {
      out += kReplacement;
      text.remove_prefix(1);
      continue;
    }
    if (cleaning == Cleaning::kUtf8) {
      out += character;
    } else {
      AppendPrintable(character, keep_lines, out);
    }
    text.remove_prefix(length);
  }
  return out;
}

Report Cleaned(Report report, Cleaning cleaning) {
  const auto clean = [&](std::string& text) { text = CleanedText(text, cleaning); };
  clean(report.version);
  clean(report.run_note);
  for (Finding& finding : report.findings) Clean(cleaning, finding);
  for (CostRow& row : report.costs) {
    for (std::string* text : {&row.operation, &row.table, &row.index, &row.expression}) {
      clean(*text);
    }
  }
  for (StorageRow& row : report.storage) {
    clean(row.table);
    clean(row.index);
  }
  if (report.coverage) {
    for (std::string& name : report.coverage->unchecked) clean(name);
  }
  if (report.prices) {
    for (std::string* text : {&report.prices->region, &report.prices->currency,
                              &report.prices->as_of, &report.prices->source}) {
      clean(*text);
    }
  }
  return report;
}

}  // namespace dynarock::findings
