#include "storage/item/value.h"

#include "storage/item/encoder.h"

namespace dynarock {

Value Decode(ValueView view) {
  Value value;
  value.type = view.type();
  switch (view.type()) {
    case Type::kNull:
    case Type::kFalse:
    case Type::kTrue:
      break;
    case Type::kNumber:
    case Type::kString:
    case Type::kBinary:
      value.text = view.text();
      break;
    case Type::kNumberSet:
    case Type::kStringSet:
    case Type::kBinarySet:
      for (const std::string_view element : view.set()) value.set.emplace_back(element);
      break;
    case Type::kList:
      value.list.reserve(view.count());
      for (const ValueView element : view.list()) value.list.push_back(Decode(element));
      break;
    case Type::kMap:
      for (const Attribute entry : view.map()) {
        value.map.emplace_hint(value.map.end(), entry.name, Decode(entry.value));
      }
      break;
  }
  return value;
}

void Encode(const Value& value, std::string& out) {
  ValueWriter writer(out);
  switch (value.type) {
    case Type::kNull:
      writer.Null();
      break;
    case Type::kFalse:
    case Type::kTrue:
      writer.Bool(value.type == Type::kTrue);
      break;
    case Type::kNumber:
    case Type::kString:
    case Type::kBinary:
      writer.Scalar(value.type, value.text);
      break;
    case Type::kNumberSet:
    case Type::kStringSet:
    case Type::kBinarySet: {
      const size_t mark = writer.Begin(value.type, static_cast<uint32_t>(value.set.size()));
      for (const std::string& element : value.set) writer.Text(element);
      writer.End(mark);
      break;
    }
    case Type::kList: {
      const size_t mark = writer.Begin(value.type, static_cast<uint32_t>(value.list.size()));
      for (const Value& element : value.list) Encode(element, out);
      writer.End(mark);
      break;
    }
    case Type::kMap: {
      const size_t mark = writer.Begin(value.type, static_cast<uint32_t>(value.map.size()));
      for (const auto& [name, element] : value.map) {
        writer.Text(name);
        Encode(element, out);
      }
      writer.End(mark);
      break;
    }
  }
}

}  // namespace dynarock
