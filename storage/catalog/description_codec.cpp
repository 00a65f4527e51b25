#include "storage/catalog/description_codec.h"

#include <concepts>
#include <type_traits>

namespace dynarock {

namespace {

constexpr char kVersion = 1;

// One list of fields per struct serves both directions.
void Fields(auto& archive, AttributeDefinition& d) {
  archive(d.name, d.type);
}
void Fields(auto& archive, KeyElement& d) {
  archive(d.attribute, d.role);
}
void Fields(auto& archive, Projection& d) {
  archive(d.type, d.non_key_attributes);
}
void Fields(auto& archive, Throughput& d) {
  archive(d.read, d.write, d.last_increase_ms, d.last_decrease_ms, d.decreases_today);
}
void Fields(auto& archive, OnDemandThroughput& d) {
  archive(d.max_read, d.max_write);
}
void Fields(auto& archive, WarmThroughput& d) {
  archive(d.read, d.write);
}
void Fields(auto& archive, ServerSideEncryption& d) {
  archive(d.enabled, d.type, d.key_id);
}
void Fields(auto& archive, TimeToLive& d) {
  archive(d.enabled, d.attribute, d.changed_ms);
}
void Fields(auto& archive, PointInTimeRecovery& d) {
  archive(d.enabled, d.period_days, d.enabled_ms);
}
void Fields(auto& archive, Tag& d) {
  archive(d.key, d.value);
}
void Fields(auto& archive, IndexDescription& d) {
  archive(d.name, d.id, d.key, d.projection, d.throughput, d.on_demand, d.warm, d.status,
          d.backfilling, d.settles_ms);
}
void Fields(auto& archive, TableDescription& d) {
  archive(d.name, d.region, d.account, d.table_id, d.created_ms, d.attributes, d.key,
          d.local_indexes, d.global_indexes, d.billing, d.shows_billing,
          d.last_update_to_pay_per_request_ms, d.on_demand_switches_ms, d.throughput, d.on_demand,
          d.warm, d.deletion_protection, d.encryption, d.table_class, d.table_class_changed_ms,
          d.tags, d.ttl, d.recovery, d.status, d.settles_ms, d.next_index_id);
}
void Fields(auto& archive, StoredDescription& d) {
  archive(d.name_space, d.description);
}

class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}
  void operator()(auto&... fields) { (One(fields), ...); }

 private:
  template <class T>
    requires std::integral<T> || std::is_enum_v<T>
  void One(T& value) {
    const auto wide = static_cast<int64_t>(value);
    Varint(static_cast<uint64_t>(wide) << 1 ^ static_cast<uint64_t>(wide >> 63));
  }
  void One(std::string& text) {
    Varint(text.size());
    out_ += text;
  }
  template <class T>
  void One(std::vector<T>& list) {
    Varint(list.size());
    for (T& element : list) One(element);
  }
  template <class T>
  void One(std::optional<T>& value) {
    Varint(value.has_value() ? 1 : 0);
    if (value) One(*value);
  }
  template <class T>
    requires std::is_class_v<T>
  void One(T& fields) {
    Fields(*this, fields);
  }
  void Varint(uint64_t value) {
    for (; value >= 0x80; value >>= 7) out_ += static_cast<char>(value | 0x80);
    out_ += static_cast<char>(value);
  }
  std::string& out_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}
  void operator()(auto&... fields) { (One(fields), ...); }
  bool complete() const { return good_ && rest_.empty(); }

 private:
  template <class T>
    requires std::integral<T> || std::is_enum_v<T>
  void One(T& value) {
    const uint64_t raw = Varint();
    value = static_cast<T>(static_cast<int64_t>(raw >> 1) ^ -static_cast<int64_t>(raw & 1));
  }
  void One(std::string& text) {
    const size_t length = Length();
    text = rest_.substr(0, length);
    rest_.remove_prefix(length);
  }
  template <class T>
  void One(std::vector<T>& list) {
    const size_t length = Length();
    list.clear();
    for (size_t i = 0; i < length && good_; ++i) One(list.emplace_back());
  }
  template <class T>
  void One(std::optional<T>& value) {
    if (Varint() != 0) {
      One(value.emplace());
    } else {
      value.reset();
    }
  }
  template <class T>
    requires std::is_class_v<T>
  void One(T& fields) {
    Fields(*this, fields);
  }
  // Of a text or list: every element takes a byte at least.
  size_t Length() {
    const uint64_t length = Varint();
    if (length > rest_.size()) {
      good_ = false;
      rest_ = {};
      return 0;
    }
    return length;
  }
  uint64_t Varint() {
    uint64_t value = 0;
    for (int shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
      const auto byte = static_cast<uint8_t>(rest_.front());
      rest_.remove_prefix(1);
      value |= static_cast<uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return value;
    }
    good_ = false;
    return 0;
  }
  std::string_view rest_;
  bool good_ = true;
};

}  // namespace

std::string EncodeDescription(const StoredDescription& stored) {
  std::string out(1, kVersion);
  StoredDescription copy = stored;  // the lists of fields are shared with the reader
  Writer writer(out);
  Fields(writer, copy);
  return out;
}

std::optional<StoredDescription> DecodeDescription(std::string_view bytes) {
  if (bytes.empty() || bytes.front() != kVersion) return std::nullopt;
  Reader reader(bytes.substr(1));
  StoredDescription stored;
  Fields(reader, stored);
  if (!reader.complete()) return std::nullopt;
  return stored;
}

}  // namespace dynarock
