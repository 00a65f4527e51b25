#include "storage/item/size.h"

#include <algorithm>

#include "storage/item/number.h"

namespace dynarock {

uint64_t ValueSize(ValueView value) {
  switch (value.type()) {
    case Type::kNull:
    case Type::kFalse:
    case Type::kTrue:
      return 1;
    case Type::kNumber:
      return NumberSize(value.text());
    case Type::kString:
    case Type::kBinary:
      return value.text().size();
    case Type::kNumberSet: {
      uint64_t size = 0;
      for (const std::string_view element : value.set()) size += NumberSize(element);
      return size;
    }
    case Type::kStringSet:
    case Type::kBinarySet: {
      uint64_t size = 0;
      for (const std::string_view element : value.set()) size += element.size();
      return size;
    }
    case Type::kList: {
      uint64_t size = 3;
      for (const ValueView element : value.list()) size += 1 + ValueSize(element);
      return size;
    }
    case Type::kMap: {
      uint64_t size = 3;
      for (const Attribute entry : value.map())
        size += entry.name.size() + 1 + ValueSize(entry.value);
      return size;
    }
  }
  return 0;
}

int NestingLevels(ValueView value) {
  int deepest = 0;
  if (value.type() == Type::kList) {
    for (const ValueView element : value.list())
      deepest = std::max(deepest, NestingLevels(element));
  } else if (value.type() == Type::kMap) {
    for (const Attribute entry : value.map())
      deepest = std::max(deepest, NestingLevels(entry.value));
  }
  return 1 + deepest;
}

int64_t WriteUnits(uint64_t bytes) {
  constexpr uint64_t kUnit = 1024;
  return static_cast<int64_t>(std::max<uint64_t>(1, (bytes + kUnit - 1) / kUnit));
}

int64_t ReadUnits(uint64_t bytes) {
  constexpr uint64_t kUnit = 4096;
  return static_cast<int64_t>(std::max<uint64_t>(1, (bytes + kUnit - 1) / kUnit));
}

}  // namespace dynarock
