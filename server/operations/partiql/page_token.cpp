#include "server/operations/partiql/page_token.h"

#include "storage/item/base64.h"
#include "storage/item/encoder.h"
#include "storage/key/keyspace.h"

namespace dynarock::operations {

// token := base64(version u8 | binding u64 | (done u8 | length u32 | key) per query)

namespace {

constexpr char kVersion = 1;

Error Invalid() {
  return Validation("Invalid NextToken");
}

}  // namespace

std::string EncodePageToken(uint64_t binding, const std::vector<ReadProgress>& queries) {
  std::string bytes(1, kVersion);
  AppendU64(bytes, binding);
  for (const ReadProgress& query : queries) {
    bytes += query.done ? '\1' : '\0';
    AppendU32(bytes, static_cast<uint32_t>(query.last_key.size()));
    bytes += query.last_key;
  }
  std::string token;
  AppendBase64(bytes, token);
  return token;
}

Result<std::vector<ReadProgress>> DecodePageToken(std::string_view token, uint64_t binding,
                                                  size_t queries) {
  if (!CheckBase64(token)) return Fail(Invalid());
  const std::string bytes = DecodeBase64(token);
  constexpr size_t kHead = 9;
  if (bytes.size() < kHead || bytes[0] != kVersion) return Fail(Invalid());
  if (ReadU64(bytes, 1) != binding) return Fail(Validation("NextToken does not match request"));
  std::vector<ReadProgress> progress;
  std::string_view rest = std::string_view(bytes).substr(kHead);
  while (!rest.empty()) {
    if (rest.size() < 5) return Fail(Invalid());
    const uint32_t length = ReadU32(rest, 1);
    if (rest.size() - 5 < length) return Fail(Invalid());
    ReadProgress& query = progress.emplace_back();
    query.done = rest[0] != 0;
    query.last_key = rest.substr(5, length);
    if (length > 0 && !IsWellFormedItem(query.last_key)) return Fail(Invalid());
    rest.remove_prefix(5 + length);
  }
  if (progress.size() != queries) return Fail(Invalid());
  return progress;
}

}  // namespace dynarock::operations
