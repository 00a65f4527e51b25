#include "server/schema/hcl/function.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "server/document/number.h"

namespace dynarock::schema::hcl {
namespace {

// Functions that Terraform has and this does not compute: they read files, depend on the moment, or
// are not worth it.
constexpr std::array<std::string_view, 44> kNotComputed = {
    "abspath",
    "base64decode",
    "base64encode",
    "base64gzip",
    "base64sha256",
    "base64sha512",
    "bcrypt",
    "cidrhost",
    "cidrnetmask",
    "cidrsubnet",
    "cidrsubnets",
    "csvdecode",
    "ephemeralasnull",
    "filebase64",
    "filebase64sha256",
    "filebase64sha512",
    "filemd5",
    "filesha1",
    "filesha256",
    "filesha512",
    "formatdate",
    "issensitive",
    "md5",
    "pathexpand",
    "plantimestamp",
    "provider",
    "regex",
    "regexall",
    "rsadecrypt",
    "sha1",
    "sha256",
    "sha512",
    "templatestring",
    "textdecodebase64",
    "textencodebase64",
    "timeadd",
    "timecmp",
    "timestamp",
    "type",
    "urlencode",
    "uuid",
    "uuidv5",
    "yamlencode",
    "base64",
};

const Function* FindFunction(std::string_view name) {
  for (const auto functions :
       {TextFunctions(), FormatFunctions(), NumberFunctions(), CollectionFunctions(),
        SetFunctions(), ConversionFunctions(), FileFunctions()}) {
    for (const Function& function : functions) {
      if (function.name == name) return &function;
    }
  }
  return nullptr;
}

// Functions of old that Terraform knows only to say so.
bool RemovedFunction(const FunctionCall& call) {
  const std::string& name = call.expression.name;
  const std::string instead = name == "list" ? "tolist([ ... ])" : "tomap({ ... })";
  return call.evaluator.Fail(call.expression,
                             "Call to function \"" + name + "\" failed: the \"" + name +
                                 "\" function was deprecated in Terraform v0.12 and is no longer "
                                 "available; use " +
                                 instead + " syntax to write a literal " + name + ".");
}

bool UnknownFunction(FunctionCall& call) {
  const std::string& name = call.expression.name;
  if (name == "list" || name == "map") return RemovedFunction(call);
  const bool of_provider = name.find("::") != std::string::npos && !name.starts_with("core::");
  if (of_provider || std::ranges::find(kNotComputed, name) != kNotComputed.end()) {
    return call.Return(UnresolvedValue(call.place(), call.expression.text(),
                                       "the function " + name + "() is not evaluated here"));
  }
  return call.evaluator.Fail(call.expression,
                             "There is no function named \"" + name.substr(0, 80) + "\"");
}

bool CheckCount(FunctionCall& call, const Function& function) {
  const size_t count = call.arguments.size();
  if (count >= function.least && count <= function.most) return true;
  std::string expected = std::to_string(function.least);
  if (function.most == kAnyNumber) {
    expected = "at least " + expected;
  } else if (function.most != function.least) {
    expected += " to " + std::to_string(function.most);
  }
  return call.Fail("takes " + expected + " arguments, and here are " + std::to_string(count));
}

}  // namespace

bool CallFunction(FunctionCall& call) {
  std::string_view name = call.expression.name;
  if (name.starts_with("core::")) name.remove_prefix(6);
  const Function* function = FindFunction(name);
  if (!function) return UnknownFunction(call);
  if (!CheckCount(call, *function)) return false;
  for (const Node& argument : call.arguments) {
    const Node* unresolved = nullptr;
    if (function->unresolved == Function::Unresolved::kAnywhere) {
      unresolved = FindUnresolved(argument);
    } else if (function->unresolved == Function::Unresolved::kAsWhole && IsUnresolved(argument)) {
      unresolved = &argument;
    }
    if (unresolved) return call.ReturnUnresolved(*unresolved);
  }
  return function->run(call);
}

bool FunctionCall::Fail(std::string_view message) const {
  return evaluator.Fail(expression, expression.name + "(): " + std::string(message));
}

bool FunctionCall::Return(Node value) const {
  out = std::move(value);
  if (out.place.line == 0) out.place = place();
  return true;
}

bool FunctionCall::ReturnText(std::string text) const {
  return Spend(1 + text.size() / 64) && Return(TextValue(place(), std::move(text)));
}

bool FunctionCall::ReturnNumber(long double number) const {
  if (!std::isfinite(number)) return Fail("the result is too large");
  return Return(NumberValue(place(), number));
}

bool FunctionCall::ReturnTruth(bool truth) const {
  return Return(TruthValue(place(), truth));
}

bool FunctionCall::ReturnUnresolved(const Node& cause) const {
  return Return(UnresolvedValue(place(), expression.text(), cause.why));
}

std::optional<std::string> FunctionCall::Text(size_t index) const {
  std::optional<std::string> text = TextOf(arguments[index]);
  if (!text) {
    Fail("argument " + std::to_string(index + 1) + " must be a string, and this is " +
         std::string(KindName(arguments[index])));
  }
  return text;
}

std::optional<long double> FunctionCall::Number(size_t index) const {
  const std::optional<long double> number = NumberOf(arguments[index]);
  if (!number) {
    Fail("argument " + std::to_string(index + 1) + " must be a number, and this is " +
         std::string(KindName(arguments[index])));
  }
  return number;
}

std::optional<bool> FunctionCall::Truth(size_t index) const {
  const std::optional<bool> truth = TruthOf(arguments[index]);
  if (!truth) {
    Fail("argument " + std::to_string(index + 1) + " must be true or false, and this is " +
         std::string(KindName(arguments[index])));
  }
  return truth;
}

std::optional<int64_t> FunctionCall::Integer(size_t index) const {
  const std::optional<long double> number = Number(index);
  if (!number) return std::nullopt;
  if (*number != std::floor(*number) || std::fabs(*number) > 9007199254740992.0L) {
    Fail("argument " + std::to_string(index + 1) + " must be a whole number of moderate size");
    return std::nullopt;
  }
  return static_cast<int64_t>(*number);
}

Node* FunctionCall::List(size_t index) {
  if (arguments[index].kind == Node::Kind::kList) return &arguments[index];
  Fail("argument " + std::to_string(index + 1) + " must be a list or set, and this is " +
       std::string(KindName(arguments[index])));
  return nullptr;
}

Node* FunctionCall::Map(size_t index) {
  if (arguments[index].kind == Node::Kind::kMap) return &arguments[index];
  Fail("argument " + std::to_string(index + 1) + " must be a map or object, and this is " +
       std::string(KindName(arguments[index])));
  return nullptr;
}

}  // namespace dynarock::schema::hcl
