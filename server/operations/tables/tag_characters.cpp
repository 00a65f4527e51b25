#include "server/operations/tables/tag_characters.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace dynarock::operations {

namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// Blocks of punctuation, symbols, control and private characters beyond ASCII, without the spaces
// and letters that lie between them. Scripts have signs of their own here and there; those count as
// letters.
constexpr Range kOthers[] = {
    {0x80, 0x9F},        {0xA1, 0xA9},     {0xAB, 0xB1},     {0xB4, 0xB4},       {0xB6, 0xB8},
    {0xBB, 0xBB},        {0xBF, 0xBF},     {0xD7, 0xD7},     {0xF7, 0xF7},       {0x200B, 0x2027},
    {0x202A, 0x202E},    {0x2030, 0x205E}, {0x2060, 0x206F}, {0x207A, 0x207E},   {0x208A, 0x208E},
    {0x20A0, 0x20CF},    {0x2190, 0x245F}, {0x249C, 0x24E9}, {0x2500, 0x2775},   {0x2794, 0x2BFF},
    {0x2E00, 0x2E7F},    {0x3001, 0x3004}, {0x3008, 0x3020}, {0x3030, 0x3030},   {0xD800, 0xF8FF},
    {0xFD3E, 0xFD3F},    {0xFE10, 0xFE19}, {0xFE30, 0xFE6F}, {0xFEFF, 0xFF0F},   {0xFF1A, 0xFF20},
    {0xFF3B, 0xFF40},    {0xFF5B, 0xFF65}, {0xFFE0, 0xFFFF}, {0x1F000, 0x1F0FF}, {0x1F110, 0x1FAFF},
    {0xE0000, 0x10FFFF},
};

bool IsAllowed(char32_t character) {
  if (character < 0x80) {
    const auto c = static_cast<char>(character);
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(" +-=._:/@").find(c) != std::string_view::npos;
  }
  return std::none_of(std::begin(kOthers), std::end(kOthers), [&](const Range& range) {
    return range.first <= character && character <= range.last;
  });
}

// Takes the first character off UTF-8 that is known to be well formed.
char32_t Next(std::string_view& text) {
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  const uint8_t first = byte(0);
  const size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  char32_t character = size == 1 ? first : first & (0x7F >> size);
  for (size_t i = 1; i < size && i < text.size(); ++i) {
    character = character << 6 | (byte(i) & 0x3F);
  }
  text.remove_prefix(std::min(size, text.size()));
  return character;
}

}  // namespace

bool AreTagCharacters(std::string_view text) {
  while (!text.empty()) {
    if (!IsAllowed(Next(text))) return false;
  }
  return true;
}

}  // namespace dynarock::operations
