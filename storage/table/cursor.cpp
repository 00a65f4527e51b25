#include "storage/table/cursor.h"

#include <span>
#include <utility>

#include "storage/key/key_part.h"
#include "storage/key/keyspace.h"
#include "storage/key/partition_hash.h"
#include "storage/table/row_key.h"

namespace dynarock {

namespace {

struct Bounds {
  std::string lower;
  std::string upper;
};

Bounds ScanBounds(const ReadPlan& plan, const std::string& prefix) {
  const BucketRange buckets = BucketsOfSegment(plan.segment, plan.total_segments);
  Bounds bounds{prefix, prefix};
  AppendU64(bounds.lower, uint64_t{buckets.begin} << 52);
  if (buckets.end < kBuckets) {
    AppendU64(bounds.upper, uint64_t{buckets.end} << 52);
  } else {
    bounds.upper = PrefixSuccessor(prefix);
  }
  if (buckets.begin == buckets.end) bounds.upper = bounds.lower;
  return bounds;
}

Bounds QueryBounds(const ReadPlan& plan, std::string prefix) {
  AppendU64(prefix, PartitionHash(std::span<const ValueView>(plan.hash)));
  for (const ValueView value : plan.hash) AppendKeyPart(prefix, value);
  for (const ValueView value : plan.range_equal) AppendKeyPart(prefix, value);
  const auto with = [&](ValueView value) {
    std::string out = prefix;
    AppendKeyPart(out, value);
    return out;
  };
  switch (plan.op) {
    case RangeOperator::kNone:
      break;
    case RangeOperator::kEqual: {
      std::string at = with(plan.operands[0]);
      std::string after = PrefixSuccessor(at);
      return {std::move(at), std::move(after)};
    }
    case RangeOperator::kLess:
      return {prefix, with(plan.operands[0])};
    case RangeOperator::kLessOrEqual:
      return {prefix, PrefixSuccessor(with(plan.operands[0]))};
    case RangeOperator::kGreater:
      return {PrefixSuccessor(with(plan.operands[0])), PrefixSuccessor(prefix)};
    case RangeOperator::kGreaterOrEqual:
      return {with(plan.operands[0]), PrefixSuccessor(prefix)};
    case RangeOperator::kBetween:
      return {with(plan.operands[0]), PrefixSuccessor(with(plan.operands[1]))};
    case RangeOperator::kBeginsWith: {
      std::string at = prefix;
      AppendKeyPrefix(at, plan.operands[0].text());
      std::string after = PrefixSuccessor(at);
      return {std::move(at), std::move(after)};
    }
  }
  std::string after = PrefixSuccessor(prefix);
  return {std::move(prefix), std::move(after)};
}

}  // namespace

Cursor::Cursor(const Engine& engine, const ReadPlan& plan)
    : engine_(engine),
      table_(plan.table),
      view_(plan.view),
      start_(plan.start),
      forward_(plan.forward) {
  if (plan.fetches_base && view_.latest()) view_ = engine_.Snapshot();
  std::string prefix =
      IndexPrefix(table_->storage_id(), plan.index == nullptr ? kTableRows : plan.index->id);
  Bounds bounds =
      plan.hash.empty() ? ScanBounds(plan, prefix) : QueryBounds(plan, std::move(prefix));
  if (bounds.lower >= bounds.upper) return;
  if (!start_.empty() && (forward_ ? start_ >= bounds.upper : start_ < bounds.lower)) return;
  if (!start_.empty() && (forward_ ? start_ < bounds.lower : start_ >= bounds.upper)) {
    start_.clear();
  }
  iterator_ = engine_.NewIterator(std::move(bounds.lower), std::move(bounds.upper), view_);
}

std::optional<ItemView> Cursor::Next() {
  if (iterator_ == nullptr) return std::nullopt;
  if (started_) {
    forward_ ? iterator_->Next() : iterator_->Prev();
  } else {
    started_ = true;
    if (start_.empty()) {
      forward_ ? iterator_->SeekToFirst() : iterator_->SeekToLast();
    } else {
      forward_ ? iterator_->Seek(start_) : iterator_->SeekForPrev(start_);
      if (iterator_->valid() && iterator_->key() == start_) {
        forward_ ? iterator_->Next() : iterator_->Prev();
      }
    }
  }
  if (!iterator_->valid()) {
    iterator_.reset();
    return std::nullopt;
  }
  current_ = ItemView(iterator_->value());
  return current_;
}

std::optional<ItemView> Cursor::Base() {
  if (iterator_ == nullptr) return std::nullopt;
  if (!engine_.Get(KeyOfStored(*table_, current_).bytes, base_, view_)) return std::nullopt;
  return ItemView(base_.bytes());
}

}  // namespace dynarock
