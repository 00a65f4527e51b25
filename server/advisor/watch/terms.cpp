#include "server/advisor/watch/terms.h"

#include <algorithm>
#include <cctype>
#include <optional>

#include "expression/loose_text.h"
#include "expression/reading.h"
#include "server/advisor/watch/request_kind.h"

namespace dynarock::advisor {

namespace {

using expression::ActionKind;
using expression::Language;
using expression::LooseToken;
using expression::Mention;
using expression::Reading;

std::optional<Reading> Read(std::string_view member, std::string_view text) {
  for (const Language language : {Language::kCondition, Language::kFilter, Language::kKeyCondition,
                                  Language::kProjection, Language::kUpdate}) {
    if (expression::ParameterOf(language) == member) return expression::Read(language, text);
  }
  return std::nullopt;
}

std::string Resolved(std::string_view name, const AttributeNames& names) {
  const auto known = std::find_if(names.begin(), names.end(),
                                  [&](const auto& entry) { return entry.first == name; });
  return known == names.end() ? std::string(name) : known->second;
}

// The terms of a statement, which is read token by token: its literals are masked, and its
// parameters are not known.
class StatementTerms {
 public:
  explicit StatementTerms(std::string_view statement)
      : tokens_(expression::LooseTokens(statement, expression::Grammar::kStatement)) {}

  std::vector<Term> All() const {
    std::vector<Term> terms;
    for (size_t i = 0; i < tokens_.size(); ++i) {
      // The rest of a path belongs to its first element.
      if (IsName(tokens_[i]) && (i == 0 || !Is(i - 1, "."))) {
        terms.push_back({NameOf(tokens_[i]), OperatorOf(i)});
      }
    }
    return terms;
  }

  bool HasKeyword(std::string_view upper) const {
    return std::any_of(tokens_.begin(), tokens_.end(), [&](const LooseToken& token) {
      return token.kind == LooseToken::Kind::kKeyword && Upper(token.text) == upper;
    });
  }

 private:
  static bool IsName(const LooseToken& token) {
    return token.kind == LooseToken::Kind::kWord || token.kind == LooseToken::Kind::kQuoted;
  }
  static std::string NameOf(const LooseToken& token) {
    const bool quoted = token.kind == LooseToken::Kind::kQuoted;
    return std::string(quoted ? token.text.substr(1, token.text.size() - 2) : token.text);
  }
  static std::string Upper(std::string_view word) {
    std::string upper(word);
    for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return upper;
  }
  // BETWEEN, IN, IS and NOT, in capitals; "" of words that compare nothing, such as AND and FROM.
  static std::string ComparingKeyword(std::string_view word) {
    std::string upper = Upper(word);
    const bool compares = upper == "BETWEEN" || upper == "IN" || upper == "IS" || upper == "NOT";
    return compares ? upper : std::string();
  }
  // The operator with which the right side is compared to the left one: ">=" of "? <= total".
  static std::string Turned(std::string op) {
    if (op.size() > 1 && op != "<=" && op != ">=") return op;
    if (op.front() == '<') {
      op.front() = '>';
    } else if (op.front() == '>') {
      op.front() = '<';
    }
    return op;
  }

  bool Is(size_t at, std::string_view text) const {
    return at < tokens_.size() && tokens_[at].text == text;
  }
  bool IsKeyword(size_t at) const {
    return at < tokens_.size() && tokens_[at].kind == LooseToken::Kind::kKeyword;
  }
  bool IsSymbol(size_t at) const { return Is(at, "=") || Is(at, "<") || Is(at, ">"); }

  // What the path that begins at `begin` is compared by.
  std::string OperatorOf(size_t begin) const {
    size_t end = begin + 1;
    while (Is(end, ".") || Is(end, "[")) end += Is(end, ".") ? 2 : 3;
    if (IsSymbol(end)) {
      std::string op(tokens_[end].text);
      if (op != "=" && (Is(end + 1, "=") || Is(end + 1, ">"))) op += tokens_[end + 1].text;
      return op;
    }
    if (begin > 0 && IsSymbol(begin - 1)) {
      const bool two = begin >= 2 && (Is(begin - 2, "<") || Is(begin - 2, ">"));
      std::string op(two ? tokens_[begin - 2].text : std::string_view());
      return Turned(op.append(tokens_[begin - 1].text));
    }
    if (IsKeyword(end)) return ComparingKeyword(tokens_[end].text);
    if (begin >= 2 && Is(begin - 1, "(") && IsKeyword(begin - 2)) {
      return std::string(tokens_[begin - 2].text);
    }
    return {};
  }

  std::vector<LooseToken> tokens_;
};

// Whether the update adds to, or takes from, the number that an attribute has.
bool Counts(const Reading& update, std::string_view attribute, const AttributeNames& names) {
  const auto of_attribute = [&](const Mention& mention) {
    return Resolved(mention.attribute, names) == attribute;
  };
  return std::any_of(update.mentions.begin(), update.mentions.end(), [&](const Mention& target) {
    if (!target.target || !of_attribute(target)) return false;
    if (target.section == ActionKind::kAdd) return true;
    // SET stock = stock - :n.
    return std::any_of(update.mentions.begin(), update.mentions.end(), [&](const Mention& part) {
      return part.in_sum && part.action == target.action && of_attribute(part);
    });
  });
}

bool IsOrder(std::string_view op) {
  return op == "<" || op == "<=" || op == ">" || op == ">=";
}

}  // namespace

std::vector<Term> TermsOf(std::string_view member, std::string_view text,
                          const AttributeNames& names) {
  if (member == "Statement") return StatementTerms(text).All();
  std::vector<Term> terms;
  const auto reading = Read(member, text);
  if (!reading) return terms;
  for (const Mention& mention : reading->mentions) {
    const bool set =
        member == "UpdateExpression" && mention.target && mention.section == ActionKind::kSet;
    terms.push_back({Resolved(mention.attribute, names), set ? "=" : std::string(mention.test)});
  }
  return terms;
}

std::vector<Term> TermsOf(const RequestKind& kind, std::string_view member) {
  return TermsOf(member, kind.Expression(member), kind.names);
}

bool IsConjunction(std::string_view member, std::string_view text) {
  if (member == "Statement") {
    const StatementTerms statement(text);
    return !statement.HasKeyword("OR") && !statement.HasKeyword("NOT");
  }
  const auto reading = Read(member, text);
  return !reading || reading->conjunction;
}

bool KeepsCountInBounds(std::string_view condition, std::string_view update,
                        const AttributeNames& names) {
  const auto changes = expression::Read(Language::kUpdate, update);
  const auto bounds = expression::Read(Language::kCondition, condition);
  if (!changes || !bounds) return false;
  return std::any_of(bounds->mentions.begin(), bounds->mentions.end(), [&](const Mention& bound) {
    return IsOrder(bound.test) && Counts(*changes, Resolved(bound.attribute, names), names);
  });
}

}  // namespace dynarock::advisor
