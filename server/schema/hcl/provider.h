// What the language has to know of a provider: in JSON syntax, what is a block and what an argument;
// which attributes references may name; which types of resources there are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace dynarock::schema::hcl {

// What a provider wants of a value, beyond its type.
struct ValueRule {
  std::span<const std::string_view> one_of = {};
  int64_t least = 0;  // with `most`, a range; 0 and 0: none
  int64_t most = 0;
  bool arn = false;
  bool duration = false;  // as Go writes them: "20m"
};

struct ArgumentShape {
  enum class Type : uint8_t { kText, kNumber, kTruth, kTexts, kTextMap, kObject };
  enum class Use : uint8_t { kRequired, kOptional, kComputed };  // kComputed: cannot be set
  std::string_view name;
  Type type;
  Use use;
  ValueRule rule = {};
};

struct BlockShape {
  std::string_view name;
  size_t most;  // 0: any number
  bool required;
  std::span<const ArgumentShape> arguments;
  std::span<const BlockShape> blocks;
};

// A module that is known although it is not downloaded.
struct KnownModule {
  std::string_view name;
  std::string_view text;  // a file that does the same, as far as tables are concerned
};

struct Provider {
  // What resources of this type take; null: the type is not described.
  const BlockShape* (*resource)(std::string_view type);
  // All that references to a resource of this type may name; empty: not known.
  std::vector<std::string_view> (*attributes)(std::string_view type);
  // The type that a misspelt one means; empty: none is near.
  std::string_view (*meant_type)(std::string_view type);
  // By the source of a module; null: it is not known.
  const KnownModule* (*known_module)(std::string_view source);
};

}  // namespace dynarock::schema::hcl
