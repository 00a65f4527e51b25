#include "server/advisor/watch/evidence.h"

#include "server/advisor/watch/request_text.h"
#include "storage/catalog/table.h"

namespace dynarock::advisor {

std::string ExampleOf(const protocol::Observation& observation, const trace::Access& access) {
  std::string text = Compact(*access.input);
  if (observation.operation.name != "BatchWriteItem") return text;
  const std::string_view entry =
      access.kind == trace::AccessKind::kPut ? "PutRequest" : "DeleteRequest";
  return "{\"RequestItems\":{\"" + access.table->name() + "\":[{\"" + std::string(entry) +
         "\":" + text + "}]}}";
}

void Show(Sighting& sighting, const protocol::Observation& observation, const trace::Access& access,
          std::string detail) {
  sighting.example = ExampleOf(observation, access);
  sighting.user_agent = observation.user_agent;
  sighting.detail = std::move(detail);
}

std::string Shown(ValueView value) {
  constexpr size_t kMost = 60;
  switch (value.type()) {
    case Type::kString:
    case Type::kNumber:
      return std::string(value.text().substr(0, kMost));
    default:
      return std::string(value.type_name());
  }
}

}  // namespace dynarock::advisor
