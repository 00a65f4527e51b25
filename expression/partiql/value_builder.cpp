// The part of StatementBuilder that reads paths, literals and parameters.
#include <algorithm>

#include "expression/errors.h"
#include "expression/partiql/builder.h"
#include "storage/item/encoder.h"
#include "storage/item/number.h"

namespace dynarock::expression {

namespace {

// Levels of a value: the innermost one counts.
constexpr int kMaxValueLevels = 32;

// The type of an Ion literal, as far as its text tells.
std::string_view IonType(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.starts_with("null")) return "NULL";
  if (text == "true" || text == "false") return "BOOL";
  if (text.starts_with("{{")) return text.find('"') == std::string_view::npos ? "BLOB" : "CLOB";
  if (text.starts_with('{')) return "STRUCT";
  if (text.starts_with('[')) return "LIST";
  if (text.starts_with('(')) return "SEXP";
  if (text.starts_with('"') || text.starts_with("'''")) return "STRING";
  const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
  if (digits.empty() || !is_digit(digits.front())) return "SYMBOL";
  if (digits.find_first_of("T:") != std::string_view::npos ||
      std::count(digits.begin(), digits.end(), '-') == 2) {
    return "TIMESTAMP";
  }
  if (digits.find_first_of("eE") != std::string_view::npos) return "FLOAT";
  if (digits.find_first_of(".dD") != std::string_view::npos) return "DECIMAL";
  return "INT";
}

}  // namespace

std::string_view StatementBuilder::KeepText(std::string text) {
  return statement_.memory_->texts.emplace_back(std::move(text));
}
ValueView StatementBuilder::Keep(std::string encoded) {
  return ValueView(KeepText(std::move(encoded)).data());
}
ValueView StatementBuilder::KeepString(std::string_view text) {
  std::string encoded;
  ValueWriter(encoded).String(text);
  return Keep(std::move(encoded));
}

// nullopt, with the fault noted: the token names nothing.
std::optional<std::string_view> StatementBuilder::NameOf(const Token& token) {
  if (token.kind == TokenKind::kWord) return KeepText(std::string(token.text));
  if (token.kind != TokenKind::kQuoted) {
    Note("Unexpected path component" + At(token));
    return std::nullopt;
  }
  std::string name = partiql::Unescape(token);
  if (name.empty()) {
    Note(EmptyPathComponent());
    return std::nullopt;
  }
  return KeepText(std::move(name));
}

const std::vector<PathElement>* StatementBuilder::ReadPath(const Expr& e) {
  std::vector<PathElement>& path = statement_.memory_->paths.emplace_back();
  for (const Token& step : e.steps) {
    if (step.kind == TokenKind::kNumber && !path.empty()) {
      path.push_back(PathElement::Index(static_cast<uint32_t>(std::stoul(std::string(step.text)))));
      continue;
    }
    // A path with a fault is never looked up: any name will do.
    path.push_back(PathElement::Name(NameOf(step).value_or("?")));
  }
  if (path.size() > kMaxPathElements) {
    Note("The document path has too many nesting elements; nesting levels: " +
         std::to_string(path.size()));
    path.resize(kMaxPathElements);
  }
  return &path;
}

// Whether it is read by ReadValue, which finds out whether it is good.
bool StatementBuilder::IsValue(const Expr& e) const {
  switch (e.kind) {
    case Expr::Kind::kString:
    case Expr::Kind::kNumber:
    case Expr::Kind::kIon:
    case Expr::Kind::kBool:
    case Expr::Kind::kNull:
    case Expr::Kind::kParameter:
    case Expr::Kind::kList:
    case Expr::Kind::kSet:
    case Expr::Kind::kMap:
      return true;
    default:
      return false;
  }
}

Result<ValueView> StatementBuilder::ReadValue(uint32_t i) {
  const Expr& e = At(i);
  if (e.kind == Expr::Kind::kParameter) return parameters_[e.count];
  if (e.kind == Expr::Kind::kString) return KeepString(partiql::Unescape(e.token));
  DYNAROCK_TRY(const Value value, Tree(i, 1, {}));
  std::string encoded;
  Encode(value, encoded);
  return Keep(std::move(encoded));
}

std::string StatementBuilder::Place::Print() const {
  if (around == nullptr) return "root";
  std::string text = around->Print();
  if (!name.empty()) return text.append(".").append(name);
  return text + "[" + std::to_string(index) + "]";
}

Result<Value> StatementBuilder::Tree(uint32_t i, int level, const Place& place) {
  const Expr& e = At(i);
  if (level > kMaxValueLevels)
    return Fail(Wrapped("", NestingTooDeep(), " under " + place.Print()));
  Value value;
  switch (e.kind) {
    case Expr::Kind::kParameter:
      return Decode(parameters_[e.count]);
    case Expr::Kind::kString:
      value.type = Type::kString;
      value.text = partiql::Unescape(e.token);
      return value;
    case Expr::Kind::kNumber:
      return Number(e, place);
    case Expr::Kind::kBool:
      value.type = partiql::IsWord(e.token, "TRUE") ? Type::kTrue : Type::kFalse;
      return value;
    case Expr::Kind::kNull:
      value.type = Type::kNull;
      return value;
    case Expr::Kind::kSet:
      return Set(e, level, place);
    case Expr::Kind::kList:
      value.type = Type::kList;
      for (size_t k = 0; k < e.children.size(); ++k) {
        DYNAROCK_TRY(Value element, Tree(e.children[k], level + 1, {.around = &place, .index = k}));
        value.list.push_back(std::move(element));
      }
      return value;
    case Expr::Kind::kMap:
      value.type = Type::kMap;
      for (size_t k = 0; k < e.children.size(); k += 2) {
        std::string name = partiql::Unescape(At(e.children[k]).token);
        if (name.empty()) return Fail(EmptyPathComponent());
        DYNAROCK_TRY(Value element,
                     Tree(e.children[k + 1], level + 1, {.around = &place, .name = name}));
        value.map.insert_or_assign(std::move(name), std::move(element));
      }
      return value;
    case Expr::Kind::kIon: {
      const std::string_view inside = e.token.text.substr(1, e.token.text.size() - 2);
      return Fail(Validation("Ion Literals are not supported: " + std::string(IonType(inside)) +
                             " under key " + place.Print() + At(e.token)));
    }
    default:
      return Fail(Validation("Unsupported data type: " + Lowered(e.token.text) + " under key " +
                             place.Print() + At(e.token)));
  }
}

Result<Value> StatementBuilder::Number(const Expr& e, const Place& place) const {
  Value value;
  value.type = Type::kNumber;
  auto number = CanonicalNumber((e.negated ? "-" : "") + std::string(e.token.text));
  if (!number) return Fail(Wrapped("", std::move(number).error(), " under " + place.Print()));
  value.text = *std::move(number);
  return value;
}

Result<Value> StatementBuilder::Set(const Expr& e, int level, const Place& place) {
  if (e.children.empty()) return Fail(Validation("Empty bags are not supported"));
  std::vector<Value> members;
  for (size_t k = 0; k < e.children.size(); ++k) {
    const Expr& member = At(e.children[k]);
    DYNAROCK_TRY(Value value, Tree(e.children[k], level, {.around = &place, .index = k}));
    const bool fits = members.empty() ? value.type == Type::kString || value.type == Type::kNumber
                                      : value.type == members.front().type;
    if (!fits) {
      // Which member it is, is not said of a set that begins with a number.
      const bool silent = !members.empty() && members.front().type == Type::kNumber;
      return Fail(Validation(
          "Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags" +
          (silent ? "" : At(member.first))));
    }
    members.push_back(std::move(value));
  }
  return SetOf(std::move(members), place);
}

Result<Value> StatementBuilder::SetOf(std::vector<Value> members, const Place& place) {
  const bool numbers = members.front().type == Type::kNumber;
  Value set;
  set.type = numbers ? Type::kNumberSet : Type::kStringSet;
  std::string listed;
  for (Value& member : members) {
    if (!listed.empty()) listed += ", ";
    listed += member.text;
    set.set.push_back(std::move(member.text));
  }
  std::sort(set.set.begin(), set.set.end(), [&](const std::string& a, const std::string& b) {
    return numbers ? CompareNumbers(a, b) < 0 : a < b;
  });
  if (std::adjacent_find(set.set.begin(), set.set.end()) == set.set.end()) return set;
  if (!numbers) return Fail(DuplicatesInStringSet("[" + listed + "]"));
  return Fail(Caused(Cause::kDuplicatesInSet,
                     InvalidParameter("Input collection [" + listed +
                                      "] contains duplicates! under " + place.Print())));
}

}  // namespace dynarock::expression
