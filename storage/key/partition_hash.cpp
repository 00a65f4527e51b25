#include "storage/key/partition_hash.h"

#include <md5.h>

#include "storage/key/decimal.h"
#include "storage/key/key_part.h"

namespace dynarock {

namespace {

constexpr std::string_view kSalt = "Outliers";

uint64_t Md5Prefix(std::string_view bytes) {
  MD5_CTX context;
  uint8_t digest[MD5_DIGEST_LENGTH];
  MD5Init(&context);
  MD5Update(&context, reinterpret_cast<const uint8_t*>(kSalt.data()), kSalt.size());
  MD5Update(&context, reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
  MD5Final(digest, &context);
  uint64_t hash = 0;
  for (int i = 0; i < 8; ++i) hash = hash << 8 | digest[i];
  return hash;
}

}  // namespace

void AppendHashBytes(std::string& out, ValueView value) {
  if (value.type() != Type::kNumber) {
    out += value.text();
    return;
  }
  constexpr int kMaxPairs = 20;
  const Decimal number(value.text());
  if (number.count == 0) {
    out += '\x80';
    return;
  }
  // An odd exponent shifts the digits by one place, so that pairs are digits of base 100.
  const bool odd = (number.exponent & 1) != 0;
  const int first = (number.exponent + (odd ? 1 : 0)) / 2 - 64;
  out += static_cast<char>(number.negative ? ~first : first);
  int pairs = 0;
  const auto append = [&](int pair) {
    out += static_cast<char>(number.negative ? 101 - pair : pair + 1);
    ++pairs;
  };
  if (odd) append(number.digits[0]);
  for (int i = odd ? 1 : 0; i < number.count; i += 2) append(number.Pair(i));
  if (number.negative && pairs < kMaxPairs) out += static_cast<char>(102);
}

uint64_t PartitionHash(ValueView value) {
  if (value.type() != Type::kNumber) return Md5Prefix(value.text());
  std::string bytes;
  AppendHashBytes(bytes, value);
  return Md5Prefix(bytes);
}

uint64_t PartitionHash(std::span<const ValueView> values) {
  if (values.size() == 1) return PartitionHash(values[0]);
  std::string bytes;
  for (const ValueView value : values) AppendKeyPart(bytes, value);
  return Md5Prefix(bytes);
}

uint64_t TableKeyHash(ValueView hash, const ValueView* range) {
  std::string bytes;
  AppendHashBytes(bytes, hash);
  if (range != nullptr) AppendHashBytes(bytes, *range);
  return Md5Prefix(bytes);
}

BucketRange BucketsOfSegment(uint32_t segment, uint32_t total_segments) {
  const auto first = [&](uint64_t s) {
    return static_cast<uint32_t>((kBuckets * s + total_segments - 1) / total_segments);
  };
  return {first(segment), first(uint64_t{segment} + 1)};
}

}  // namespace dynarock
