// ExpressionAttributeNames and ExpressionAttributeValues of one request.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "storage/item/encoded.h"
#include "storage/item/layer.h"
#include "storage/item/result.h"

namespace dynarock::expression {

// Checks the keys of a map that the request has (also an empty one): "ExpressionAttributeNames must
// not be empty", "ExpressionAttributeNames contains invalid key: Syntax error; key: "<k>"", and the
// same for values.
Result<> CheckNameKeys(std::span<const std::string_view> keys);
Result<> CheckValueKeys(std::span<const std::string_view> keys);

// What #name and :value stand for, and which of them an expression used. One per request, given to
// each of its expressions. Borrows every text and value: they must outlive this object and the
// expressions parsed with it.
class Placeholders {
 public:
  explicit Placeholders(Layer layer = Layer::kOlder)
      : Placeholders(layer, layer == Layer::kOlder) {}
  // `tells_size`: whether the length of an expression that is too long is told. The older layer does
  // so, and the newer one of a Scan and of transactions (observed on the service).
  Placeholders(Layer layer, bool tells_size) : layer_(layer), tells_size_(tells_size) {}

  // The validation layer that judges the expressions: it decides some of their messages.
  Layer layer() const { return layer_; }
  bool tells_size() const { return tells_size_; }

  // `placeholder` begins with '#' or ':'. A placeholder added twice keeps its last meaning.
  void AddName(std::string_view placeholder, std::string_view attribute);
  void AddValue(std::string_view placeholder, ValueView value);

  // Looks up and marks as used; nullopt: not defined.
  std::optional<std::string_view> UseName(std::string_view placeholder);
  std::optional<ValueView> UseValue(std::string_view placeholder);

  // After all expressions of the request: "Value provided in ExpressionAttributeNames unused in
  // expressions: keys:
  // {#a, #b}", then the same for values. Keys in the order they were added.
  Result<> CheckAllUsed() const;

 private:
  template <class T>
  struct Entry {
    std::string_view placeholder;
    T meaning;
    bool used = false;
  };
  // Searched one by one while short, by a sorted index once long.
  template <class T>
  struct Table {
    std::vector<Entry<T>> entries;
    std::vector<uint32_t> sorted;  // indexes into entries; made at the first search of a long table
    void Add(std::string_view placeholder, T meaning);
    Entry<T>* Find(std::string_view placeholder);
  };
  Layer layer_;
  bool tells_size_;
  Table<std::string_view> names_;
  Table<ValueView> values_;
};

}  // namespace dynarock::expression
