#include "server/document/map_reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace dynarock::document {

namespace {

std::string Quoted(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

}  // namespace

std::string Complaint(const document::Place& place, std::string_view what) {
  std::string line = place.file;
  if (place.line > 0) {
    line += ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
  }
  return line + (line.empty() ? "" : ": ") + std::string(what);
}

MapReader::MapReader(const document::Node& node, std::string_view what,
                     std::initializer_list<std::string_view> known)
    : node_(node), what_(what) {
  if (node.kind != document::Node::Kind::kMap) {
    Complain(node.place, what_ + " is a map of names and values");
    return;
  }
  for (const auto& [name, value] : node.map) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    std::string names;
    for (std::string_view one : known) names += (names.empty() ? "" : ", ") + std::string(one);
    Complain(value.place, what_ + " has no member " + Quoted(name) + "; it may have " + names);
    return;
  }
}

void MapReader::Complain(const document::Place& place, std::string_view what) {
  if (error_.empty()) error_ = Complaint(place, what);
}

const document::Node* MapReader::Find(std::string_view name) {
  return error_.empty() ? node_.Find(name) : nullptr;
}

const document::Node* MapReader::Required(std::string_view name) {
  const document::Node* member = Find(name);
  if (!member) Complain(node_.place, what_ + " needs " + Quoted(name));
  return member;
}

std::optional<std::string> MapReader::String(std::string_view name) {
  const document::Node* member = Find(name);
  if (!member) return std::nullopt;
  if (member->kind != document::Node::Kind::kString &&
      member->kind != document::Node::Kind::kNumber) {
    Complain(member->place, Quoted(name) + " is a string");
    return std::nullopt;
  }
  return member->text;
}

std::optional<double> MapReader::Number(std::string_view name) {
  const document::Node* member = Find(name);
  if (!member) return std::nullopt;
  double number = 0;
  const std::string& text = member->text;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (member->kind != document::Node::Kind::kNumber || error != std::errc() ||
      end != text.data() + text.size() || !std::isfinite(number) || number < 0) {
    Complain(member->place, Quoted(name) + " is a number of at least 0");
    return std::nullopt;
  }
  return number;
}

std::string MapReader::RequiredString(std::string_view name) {
  if (!Required(name)) return {};
  return String(name).value_or("");
}

double MapReader::RequiredNumber(std::string_view name) {
  if (!Required(name)) return 0;
  return Number(name).value_or(0);
}

}  // namespace dynarock::document
