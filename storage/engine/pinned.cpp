#include <new>

#include <rocksdb/slice.h>

#include "storage/engine/engine.h"

namespace dynarock {

namespace {
using rocksdb::PinnableSlice;
PinnableSlice& At(void* p) {
  return *std::launder(static_cast<PinnableSlice*>(p));
}
const PinnableSlice& At(const void* p) {
  return *std::launder(static_cast<const PinnableSlice*>(p));
}
}  // namespace

Pinned::Pinned() {
  static_assert(sizeof(PinnableSlice) <= kSize && alignof(PinnableSlice) <= 8);
  new (slice_) PinnableSlice();
}
Pinned::~Pinned() {
  At(slice_).~PinnableSlice();
}
Pinned::Pinned(Pinned&& other) noexcept {
  new (slice_) PinnableSlice(std::move(At(other.slice_)));
}
Pinned& Pinned::operator=(Pinned&& other) noexcept {
  if (this != &other) At(slice_) = std::move(At(other.slice_));
  return *this;
}
std::string_view Pinned::bytes() const {
  const PinnableSlice& slice = At(slice_);
  return {slice.data(), slice.size()};
}
void Pinned::Reset() {
  At(slice_).Reset();
}

}  // namespace dynarock
