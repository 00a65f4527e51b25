#include "storage/key/keyspace.h"

namespace dynarock {

namespace {
template <class T>
void AppendBigEndian(std::string& out, T value) {
  for (int shift = (static_cast<int>(sizeof(T)) - 1) * 8; shift >= 0; shift -= 8) {
    out += static_cast<char>(value >> shift);
  }
}
template <class T>
T ReadBigEndian(std::string_view bytes, size_t at) {
  T value = 0;
  for (size_t i = 0; i < sizeof(T); ++i) {
    value = static_cast<T>(value << 8 | static_cast<uint8_t>(bytes[at + i]));
  }
  return value;
}
}  // namespace

void AppendU32(std::string& out, uint32_t value) {
  AppendBigEndian(out, value);
}
void AppendU64(std::string& out, uint64_t value) {
  AppendBigEndian(out, value);
}
uint32_t ReadU32(std::string_view bytes, size_t at) {
  return ReadBigEndian<uint32_t>(bytes, at);
}
uint64_t ReadU64(std::string_view bytes, size_t at) {
  return ReadBigEndian<uint64_t>(bytes, at);
}

void AppendIndexPrefix(std::string& out, StorageId storage, IndexId index) {
  AppendU64(out, storage);
  AppendU32(out, index);
}

std::string IndexPrefix(StorageId storage, IndexId index) {
  std::string out;
  AppendIndexPrefix(out, storage, index);
  return out;
}

std::string StoragePrefix(StorageId storage) {
  std::string out;
  AppendU64(out, storage);
  return out;
}

std::string RecordKey(Record kind) {
  std::string out = StoragePrefix(kRecords);
  out += static_cast<char>(kind);
  return out;
}

std::string RecordKey(Record kind, StorageId storage) {
  std::string out = RecordKey(kind);
  AppendU64(out, storage);
  return out;
}

std::string RecordKey(Record kind, StorageId storage, IndexId index) {
  std::string out = RecordKey(kind, storage);
  AppendU32(out, index);
  return out;
}

}  // namespace dynarock
