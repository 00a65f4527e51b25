#include "storage/engine/batch_impl.h"

namespace dynarock {

namespace {
rocksdb::Slice ToSlice(std::string_view bytes) {
  return {bytes.data(), bytes.size()};
}
// WriteBatch fails only for what is too large for a 32-bit length.
void Check(const rocksdb::Status& status) {
  if (!status.ok()) throw EngineError(status.ToString());
}
}  // namespace

Batch::Batch() : impl_(std::make_unique<Impl>()) {}
Batch::~Batch() = default;
Batch::Batch(Batch&&) noexcept = default;
Batch& Batch::operator=(Batch&&) noexcept = default;

void Batch::Put(std::string_view key, std::string_view value) {
  Check(impl_->batch.Put(ToSlice(key), ToSlice(value)));
}
void Batch::Delete(std::string_view key) {
  Check(impl_->batch.Delete(ToSlice(key)));
}
void Batch::DeleteRange(std::string_view begin, std::string_view end) {
  Check(impl_->batch.DeleteRange(ToSlice(begin), ToSlice(end)));
}
void Batch::Clear() {
  impl_->batch.Clear();
}
bool Batch::empty() const {
  return impl_->batch.Count() == 0;
}
size_t Batch::size() const {
  return impl_->batch.GetDataSize();
}

}  // namespace dynarock
