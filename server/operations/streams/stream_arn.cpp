#include "server/operations/streams/stream_arn.h"

#include <string>

namespace dynarock::operations {

std::optional<StreamArn> ParseStreamArn(std::string_view text) {
  constexpr std::string_view kBetween = "/stream/";
  const size_t at = text.find(kBetween);
  if (at == std::string_view::npos) return std::nullopt;
  const auto table = ParseTableArn(text.substr(0, at));
  const std::string_view label = text.substr(at + kBetween.size());
  if (!table || label.empty() || label.find('/') != std::string_view::npos) return std::nullopt;
  return StreamArn{.table = *table, .label = label};
}

Result<StreamDescription> FindStream(const Call& call, std::string_view arn) {
  const auto parsed = ParseStreamArn(arn);
  if (!parsed) return Fail(Validation("Invalid StreamArn"));
  // The caller's own region, whatever the ARN says: a stream is read where it is.
  auto found = call.store.streams().Find(NameSpace(call), parsed->table.table, parsed->label);
  if (!found || found->Arn() != arn) {
    return Fail(ResourceNotFound("Requested resource not found: Stream: " + std::string(arn) +
                                 " not found"));
  }
  return std::move(*found);
}

}  // namespace dynarock::operations
