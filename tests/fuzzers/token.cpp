// What clients give back or sign: shard iterators, page tokens, ARNs, signatures and dates. Input:
// a letter for the kind and the text; i and p are also made from the bytes, so that their checks
// hold.
#include <cstdint>
#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "server/http/field_value.h"
#include "server/http/handler.h"
#include "server/operations/partiql/page_token.h"
#include "server/operations/request/table_arn.h"
#include "server/operations/streams/shard_iterator.h"
#include "server/operations/streams/stream_arn.h"
#include "server/protocol/auth.h"
#include "server/protocol/key_ring.h"
#include "server/protocol/signature_check.h"
#include "storage/item/base64.h"
#include "storage/item/encoder.h"
#include "tests/fuzzers/require.h"

namespace dynarock::fuzzers {
namespace {

constexpr int64_t kNowMs = 1'750'000'000'000;

uint64_t TakeNumber(std::string_view& bytes) {
  uint64_t number = 0;
  const size_t size = std::min(bytes.size(), sizeof number);
  std::memcpy(&number, bytes.data(), size);
  bytes.remove_prefix(size);
  return number;
}

void Iterators(std::string_view text) {
  if (const auto parsed = operations::ParseShardIterator(text)) {
    (void)parsed->ExpiredAt(kNowMs);
    Require(operations::ParseShardIterator(operations::FormatShardIterator(*parsed)) == parsed,
            "an iterator is the same after its text");
  }
  operations::ShardIterator made;
  made.shard = static_cast<uint32_t>(TakeNumber(text));
  if (made.shard % 2 == 0) made.position = TakeNumber(text);
  made.issued_ms = static_cast<int64_t>(TakeNumber(text));
  made.stream_arn = text;
  const auto again = operations::ParseShardIterator(operations::FormatShardIterator(made));
  Require(again == made, "an iterator that was made is read again");
  (void)again->ExpiredAt(kNowMs);
}

void PageTokens(std::string_view text) {
  (void)operations::DecodePageToken(text, 0, 1);
  const uint64_t binding = TakeNumber(text);
  std::vector<operations::ReadProgress> queries(2);
  queries[0].done = binding % 2 == 1;
  queries[1].last_key = text;
  const auto read =
      operations::DecodePageToken(operations::EncodePageToken(binding, queries), binding, 2);
  const bool sound = text.empty() || IsWellFormedItem(text);
  Require(read.has_value() == sound, "a token is taken if its keys are items");
  if (read) Require((*read)[1].last_key == text, "its keys come back");
}

void Arns(std::string_view text) {
  if (const auto arn = operations::ParseTableArn(text)) {
    const std::string made = operations::MakeTableArn(arn->region, arn->table);
    const auto again = operations::ParseTableArn(made);
    Require(again && again->table == arn->table && again->region == arn->region,
            "a table's ARN is the same again");
  }
  (void)operations::ParseStreamArn(text);
}

void Base64(std::string_view text) {
  if (CheckBase64(text)) {
    std::string again;
    AppendBase64(DecodeBase64(text), again);
    Require(CheckBase64(again) && DecodeBase64(again) == DecodeBase64(text), "base64 and back");
  }
  std::string encoded;
  AppendBase64(text, encoded);
  Require(CheckBase64(encoded).has_value() && DecodeBase64(encoded) == text,
          "bytes in base64 and back");
}

// The header fields of a request, one "Name: value" a line.
class TextFields final : public http::Fields {
 public:
  explicit TextFields(std::string_view text) {
    while (!text.empty()) {
      std::string_view line = TakeLine(text);
      const size_t colon = line.find(':');
      if (colon == std::string_view::npos) continue;
      fields_.emplace_back(line.substr(0, colon), Trimmed(line.substr(colon + 1)));
    }
  }
  std::optional<std::string_view> Find(std::string_view name) const override {
    for (const auto& [field, value] : fields_) {
      if (EqualsIgnoringCase(field, name)) return value;
    }
    return std::nullopt;
  }

 private:
  std::vector<std::pair<std::string_view, std::string_view>> fields_;
};

// The first line is the target.
void Signatures(std::string_view text) {
  static const protocol::KeyRing keys = [] {
    protocol::KeyRing ring;
    Require(ring.Add("key:secret").has_value(), "the fixture's key is one");
    return ring;
  }();
  http::Request request;
  request.method = "POST";
  request.target = TakeLine(text);
  const TextFields fields(text);
  request.fields = &fields;
  (void)protocol::CheckAuth(fields, request.target);
  const std::string hash(64, '0');
  (void)protocol::CheckSignature(request, hash, keys, kNowMs / 1000);
  protocol::Explain(request, hash);
}

void Profiles(std::string_view text) {
  protocol::KeyRing ring;
  (void)ring.AddProfiles(text);
  (void)ring.Add(text);
  (void)protocol::PercentDecoded(text);
}

}  // namespace
}  // namespace dynarock::fuzzers

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace dynarock::fuzzers;
  std::string_view text = Bytes(data, size);
  if (text.empty()) return 0;
  const char kind = text.front();
  text.remove_prefix(1);
  switch (kind) {
    case 'i':
      Iterators(text);
      break;
    case 'p':
      PageTokens(text);
      break;
    case 'a':
      Arns(text);
      break;
    case 'b':
      Base64(text);
      break;
    case 'r':
      Profiles(text);
      break;
    default:
      Signatures(text);
      break;
  }
  return 0;
}
