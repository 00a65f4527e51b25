// Key encoding: the order of the bytes is the order of the values. Input: a letter for the type (s,
// n, b), and two values with a line end between them; or t and two tuples, each of a text, a number
// and a text with spaces between them.
#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "storage/item/encoder.h"
#include "storage/item/number.h"
#include "storage/key/key_part.h"
#include "storage/key/partition_hash.h"
#include "tests/fuzzers/require.h"

namespace dynarock::fuzzers {
namespace {

// One value as it is encoded in items, canonical where it is a number. Empty: it is no number.
std::string EncodedValue(Type type, std::string_view text) {
  std::string canonical(text);
  if (type == Type::kNumber) {
    const auto number = CanonicalNumber(text);
    if (!number) return {};
    canonical = *number;
  }
  std::string out;
  ValueWriter(out).Scalar(type, canonical);
  return out;
}

std::string KeyOf(const std::string& value) {
  std::string key;
  AppendKeyPart(key, ValueView(value.data()));
  return key;
}

int Sign(std::strong_ordering order) {
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

void CheckOne(Type type, const std::string& value, const std::string& key) {
  Require(KeyPartLength(type, key) == key.size(), "a key part knows its length");
  Require(KeyPartLength(type, key + "more") == key.size(), "whatever follows it");
  for (size_t size = 0; size < key.size(); ++size) {
    Require(KeyPartLength(type, std::string_view(key).substr(0, size)) == 0,
            "no part of it is one");
  }
  PartitionHash(ValueView(value.data()));
}

void CheckPrefix(std::string_view text, std::string_view other) {
  std::string prefix;
  AppendKeyPrefix(prefix, text);
  const bool begins = other.starts_with(text);
  const std::string key = KeyOf(EncodedValue(Type::kBinary, other));
  Require(key.starts_with(prefix) == begins, "keys begin alike where values do");
  const std::string successor = PrefixSuccessor(prefix);
  if (begins && !successor.empty()) Require(key < successor, "the successor is behind");
}

void CheckPair(Type type, std::string_view first, std::string_view second) {
  const std::string a = EncodedValue(type, first);
  const std::string b = EncodedValue(type, second);
  if (a.empty() || b.empty()) return;
  const std::string key_a = KeyOf(a);
  const std::string key_b = KeyOf(b);
  const auto order = Compare(ValueView(a.data()), ValueView(b.data()));
  Require(order.has_value(), "two values of one type have an order");
  Require(Sign(*order) == Sign(key_a <=> key_b), "keys are ordered as values");
  CheckOne(type, a, key_a);
  CheckOne(type, b, key_b);
  if (type != Type::kNumber) CheckPrefix(first, second);
}

// Parts one after the other are ordered by the first that differs.
void CheckTuples(std::string_view first, std::string_view second) {
  const Type types[] = {Type::kString, Type::kNumber, Type::kBinary};
  std::string key_a;
  std::string key_b;
  int expected = 0;
  for (const Type type : types) {
    std::string parts[2];
    std::string_view* const rests[] = {&first, &second};
    for (size_t i = 0; i < 2; ++i) {
      const std::string_view text = rests[i]->substr(0, rests[i]->find(' '));
      rests[i]->remove_prefix(std::min(text.size() + 1, rests[i]->size()));
      parts[i] = EncodedValue(type, text);
      if (parts[i].empty()) return;
    }
    const auto order = Compare(ValueView(parts[0].data()), ValueView(parts[1].data()));
    if (expected == 0) expected = Sign(*order);
    AppendKeyPart(key_a, ValueView(parts[0].data()));
    AppendKeyPart(key_b, ValueView(parts[1].data()));
  }
  Require(Sign(key_a <=> key_b) == expected, "tuples are ordered as their values");
}

}  // namespace
}  // namespace dynarock::fuzzers

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace dynarock;
  std::string_view rest = fuzzers::Bytes(data, size);
  if (rest.empty()) return 0;
  const char kind = rest.front();
  rest.remove_prefix(1);
  const std::string_view first = fuzzers::TakeLine(rest);
  if (kind == 't') {
    fuzzers::CheckTuples(first, rest);
  } else {
    fuzzers::CheckPair(kind == 's'   ? Type::kString
                       : kind == 'n' ? Type::kNumber
                                     : Type::kBinary,
                       first, rest);
  }
  return 0;
}
