#include "server/advisor/watch/text_structure.h"

#include <vector>

#include "expression/loose_text.h"

namespace dynarock::advisor {

namespace {

using expression::LooseToken;
using Kind = LooseToken::Kind;

std::vector<LooseToken> TokensOf(std::string_view text, bool statement) {
  return expression::LooseTokens(
      text, statement ? expression::Grammar::kStatement : expression::Grammar::kExpression);
}

void Join(std::string& text, std::string_view token) {
  if (!text.empty()) text += ' ';
  text += token;
}

// The token, or what all placeholders of its kind become.
std::string_view WithoutName(const LooseToken& token) {
  return token.kind == Kind::kValue ? ":" : token.kind == Kind::kName ? "#" : token.text;
}

bool MayEndPath(const LooseToken& token) {
  return token.kind == Kind::kWord || token.kind == Kind::kName || token.kind == Kind::kQuoted ||
         token.text == "]";
}

}  // namespace

Structure StructureOf(std::string_view expression, bool statement) {
  Structure structure;
  for (const LooseToken& token : TokensOf(expression, statement)) {
    switch (token.kind) {
      case Kind::kWord:
      case Kind::kQuoted:
        structure.names = true;
        Join(structure.text, "a");
        break;
      case Kind::kNumber:
        structure.literals = structure.literals || statement;
        Join(structure.text, "0");
        break;
      case Kind::kString:
        structure.literals = true;
        Join(structure.text, "''");
        break;
      default:
        Join(structure.text, WithoutName(token));
    }
  }
  return structure;
}

std::string WithoutPlaceholders(std::string_view expression, bool statement) {
  std::string text;
  for (const LooseToken& token : TokensOf(expression, statement)) Join(text, WithoutName(token));
  return text;
}

std::string WithoutListIndexes(std::string_view expression, bool statement) {
  std::string text;
  const std::vector<LooseToken> tokens = TokensOf(expression, statement);
  for (size_t i = 0; i < tokens.size(); ++i) {
    const bool index = tokens[i].kind == Kind::kNumber && i >= 2 && tokens[i - 1].text == "[" &&
                       MayEndPath(tokens[i - 2]);
    Join(text, index ? "0" : WithoutName(tokens[i]));
  }
  return text;
}

}  // namespace dynarock::advisor
