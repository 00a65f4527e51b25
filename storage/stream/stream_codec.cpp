#include "storage/stream/stream_codec.h"

#include "storage/catalog/field_codec.h"
#include "storage/item/encoder.h"

namespace dynarock {

static constexpr char kVersion = 1;

static void Fields(auto& archive, KeyElement& d) {
  archive(d.attribute, d.role);
}
static void Fields(auto& archive, StreamDescription& d) {
  archive(d.id, d.name_space, d.table, d.table_arn, d.label, d.view_type, d.key, d.key_names,
          d.created_ms, d.disabled_ms);
}
static void Fields(auto& archive, StoredShard& d) {
  archive(d.shard.number, d.shard.parent, d.shard.parent_id, d.shard.slot, d.shard.start,
          d.shard.end, d.shard.created_ms, d.shard.closed_ms, d.trimmed);
}

template <class T>
static std::string EncodeFields(T copy) {
  std::string out(1, kVersion);
  FieldWriter writer(out, kVersion);
  Fields(writer, copy);
  return out;
}

template <class T>
static std::optional<T> DecodeFields(std::string_view bytes) {
  if (bytes.empty() || bytes.front() != kVersion) return std::nullopt;
  FieldReader reader(bytes.substr(1), bytes.front());
  T fields;
  Fields(reader, fields);
  if (!reader.complete()) return std::nullopt;
  return fields;
}

std::string EncodeStream(const StreamDescription& stream) {
  return EncodeFields(stream);
}
std::optional<StreamDescription> DecodeStream(std::string_view bytes) {
  return DecodeFields<StreamDescription>(bytes);
}
std::string EncodeShard(const StoredShard& shard) {
  return EncodeFields(shard);
}
std::optional<StoredShard> DecodeShard(std::string_view bytes) {
  return DecodeFields<StoredShard>(bytes);
}

std::string ChangeKey(StorageId stream, uint32_t shard, SequenceNumber number) {
  std::string key = IndexPrefix(stream, shard);
  AppendU64(key, number);
  return key;
}

namespace {

constexpr uint8_t kEventBits = 3;
constexpr uint8_t kExpired = 1 << 2;
constexpr uint8_t kHasKeys = 1 << 3;
constexpr uint8_t kHasNew = 1 << 4;
constexpr uint8_t kHasOld = 1 << 5;

void AppendSized(std::string& out, std::string_view bytes) {
  AppendU32(out, static_cast<uint32_t>(bytes.size()));
  out += bytes;
}

void AppendKeys(std::string& out, const std::vector<std::string>& names, ItemView item) {
  ItemWriter writer(out, static_cast<uint32_t>(names.size()));
  for (const std::string& name : names) writer.Add(name, *item.Find(name));
  writer.Finish();
}

}  // namespace

void EncodeChange(const StreamDescription& stream, const StreamChange& change, int64_t created_ms,
                  std::string& out) {
  const StreamViewType view = stream.view_type;
  const bool both = view == StreamViewType::kNewAndOldImages;
  const bool with_new = change.new_item && (both || view == StreamViewType::kNewImage);
  const bool with_old = change.old_item && (both || view == StreamViewType::kOldImage);
  const bool with_keys = !with_new && !with_old;
  const StreamEvent event = !change.old_item   ? StreamEvent::kInsert
                            : !change.new_item ? StreamEvent::kRemove
                                               : StreamEvent::kModify;
  out.clear();
  out += static_cast<char>(static_cast<uint8_t>(event) | (change.expired ? kExpired : 0) |
                           (with_keys ? kHasKeys : 0) | (with_new ? kHasNew : 0) |
                           (with_old ? kHasOld : 0));
  AppendU64(out, static_cast<uint64_t>(created_ms));
  if (with_keys) {
    std::string keys;
    AppendKeys(keys, stream.key_names, change.new_item ? *change.new_item : *change.old_item);
    AppendSized(out, keys);
  }
  if (with_new) AppendSized(out, change.new_item->bytes());
  if (with_old) AppendSized(out, change.old_item->bytes());
}

int64_t CreatedInChange(std::string_view bytes) {
  return static_cast<int64_t>(ReadU64(bytes, 1));
}

StreamRecord DecodeChange(const StreamDescription& stream, SequenceNumber number,
                          std::string_view bytes) {
  const auto flags = static_cast<uint8_t>(bytes.front());
  StreamRecord record;
  record.event = static_cast<StreamEvent>(flags & kEventBits);
  record.expired = (flags & kExpired) != 0;
  record.number = number;
  record.created_ms = CreatedInChange(bytes);
  size_t at = 9;
  const auto take = [&](uint8_t flag, std::string& out) {
    if ((flags & flag) == 0) return;
    const uint32_t size = ReadU32(bytes, at);
    out = bytes.substr(at + 4, size);
    at += 4 + size;
  };
  take(kHasKeys, record.keys);
  take(kHasNew, record.new_image);
  take(kHasOld, record.old_image);
  if (record.keys.empty()) {
    const std::string& image = record.new_image.empty() ? record.old_image : record.new_image;
    AppendKeys(record.keys, stream.key_names, ItemView(image));
  }
  return record;
}

uint64_t StreamRecord::size() const {
  uint64_t total = ItemView(keys).size();
  if (!new_image.empty()) total += ItemView(new_image).size();
  if (!old_image.empty()) total += ItemView(old_image).size();
  return total;
}

}  // namespace dynarock
