// The service's partition hash: it decides the order of a Scan and the segment of an item in a
// parallel Scan. Source: recorded by dynalite. h = md5("Outliers" + bytes(partition key value)),
// where bytes() is the UTF-8 of S, the bytes of B, and an Oracle-like form of N. Kept here: the
// first 8 bytes, big-endian.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "storage/item/encoded.h"

namespace dynarock {

// Appends bytes(value) of an S, N or B value.
void AppendHashBytes(std::string& out, ValueView value);

// The hash of one value. Of several (a partition key of up to four attributes): over their key
// forms (key_part.h) one after the other, so that no two tuples run together.
uint64_t PartitionHash(ValueView value);
uint64_t PartitionHash(std::span<const ValueView> values);

// The hash that orders index entries with equal index keys: over the bytes() of the table's
// partition key value and, where the table has one, its sort key value.
uint64_t TableKeyHash(ValueView hash, const ValueView* range);

// A hash falls into one of 4096 buckets: its first three hex digits.
inline constexpr uint32_t kBuckets = 4096;
inline uint32_t BucketOf(uint64_t hash) {
  return static_cast<uint32_t>(hash >> 52);
}
// The buckets of segment s of t: first, and one past the last. Empty where t > 4096 and the segment
// holds none.
struct BucketRange {
  uint32_t begin;
  uint32_t end;
};
BucketRange BucketsOfSegment(uint32_t segment, uint32_t total_segments);

}  // namespace dynarock
