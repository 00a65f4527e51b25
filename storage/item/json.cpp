#include "storage/item/json.h"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <new>
#include <span>
#include <type_traits>
#include <vector>

#include "storage/item/json_reader.h"

namespace dynarock {

namespace {

// A text that ends in a zero byte and takes its own unescaped strings. Not RapidJSON's, which
// asserts for each character that there is a place to write to: a third of a parse.
class InPlaceStream {
 public:
  using Ch = char;
  explicit InPlaceStream(char* text) : begin_(text), read_(text) {}
  Ch Peek() const { return *read_; }
  Ch Take() { return *read_++; }
  size_t Tell() const { return static_cast<size_t>(read_ - begin_); }
  Ch* PutBegin() { return write_ = read_; }
  void Put(Ch c) { *write_++ = c; }
  size_t PutEnd(Ch* begin) { return static_cast<size_t>(write_ - begin); }
  void Flush() {}

 private:
  char* begin_;
  char* read_;
  char* write_ = nullptr;
};

}  // namespace

}  // namespace dynarock

namespace rapidjson {
// Read through a copy in registers.
template <>
struct StreamTraits<dynarock::InPlaceStream> {
  enum { copyOptimization = 1 };
};
}  // namespace rapidjson

namespace dynarock {

namespace {

constexpr size_t kPoolBytes = 48 * 1024;

// One block of memory per thread for the document that is alive there; a second one allocates its
// own. Shared, since a document may end on another thread than the one it began on.
struct Pool {
  std::unique_ptr<char[]> bytes{new char[kPoolBytes]};
  std::atomic<bool> taken = false;
};
thread_local const std::shared_ptr<Pool> pool = std::make_shared<Pool>();

// Where a parse keeps the values whose array or object has not ended: the memory of the thread's
// last parse.
thread_local std::vector<JsonValue> open_values;
constexpr size_t kMostOpenKept = 16 * 1024;

// Numbers from here on count as infinite.
constexpr double kHuge = 9e307;

// Whether a JSON number that is out of a double's range is too large rather than too small.
bool IsTooLarge(std::string_view number) {
  if (number.starts_with('-')) number.remove_prefix(1);
  const size_t e = std::min(number.find_first_of("eE"), number.size());
  const std::string_view mantissa = number.substr(0, e);
  const size_t first = mantissa.find_first_of("123456789");
  if (first == std::string_view::npos) return false;
  std::string_view exponent_text = number.substr(std::min(e + 1, number.size()));
  const bool minus = exponent_text.starts_with('-');
  if (minus || exponent_text.starts_with('+')) exponent_text.remove_prefix(1);
  int64_t exponent = 0;
  for (const char c : exponent_text) {
    if (c < '0' || c > '9') break;  // it is no number, which the parser is about to find
    exponent = std::min<int64_t>(exponent * 10 + (c - '0'), 1'000'000'000'000);
  }
  const auto point = static_cast<int64_t>(std::min(mantissa.find('.'), mantissa.size()));
  return point - static_cast<int64_t>(first) + (minus ? -exponent : exponent) > 0;
}

// The value of a JSON number as a double, infinite where it is too large for one.
double Real(std::string_view number) {
  double real = 0;
  const auto [_, range] = std::from_chars(number.data(), number.data() + number.size(), real);
  if (range == std::errc::result_out_of_range) {
    real = IsTooLarge(number) ? kHuge : 0;
    if (number.starts_with('-')) real = -real;
  }
  if (std::abs(real) >= kHuge) real = std::copysign(std::numeric_limits<double>::infinity(), real);
  return real;
}

// How a number is written that RewriteHugeNumbers has rewritten and that was too large for a double:
// the exponent's letter tells whether it had a fraction or an exponent, or only digits.
constexpr char kHugeDecimal = 'e';
constexpr char kHugeWhole = 'E';

bool IsWrittenWhole(std::string_view number) {
  return number.find_first_of(".eE") == std::string_view::npos;
}

// Rewrites, in a JSON text, the numbers that RapidJSON refuses as too big ("1e999", "0e999") to
// others of the same length which it takes and Real maps to the same value.
void RewriteHugeNumbers(std::string& text) {
  constexpr std::string_view kDigits = "0123456789";
  constexpr std::string_view kNumber = "0123456789+-.eE";
  for (size_t at = 0; at < text.size();) {
    if (text[at] == '"') {
      for (++at; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] == '\\') ++at;
      }
      ++at;
      continue;
    }
    if (text[at] == '-' || kDigits.find(text[at]) == std::string_view::npos) {
      ++at;
      continue;
    }
    const size_t end = std::min(text.find_first_not_of(kNumber, at), text.size());
    const std::string_view number(text.data() + at, end - at);
    double parsed = 0;
    const auto [stop, _] = std::from_chars(number.data(), number.data() + number.size(), parsed);
    // What from_chars takes and JSON does not: leading zeros and a point without digits behind it.
    const size_t after_point = number.find('.') + 1;
    const bool whole =
        stop == number.data() + number.size() &&
        (number[0] != '0' || number.size() == 1 ||
         kDigits.find(number[1]) == std::string_view::npos) &&
        (after_point == 0 || (after_point < number.size() &&
                              kDigits.find(number[after_point]) != std::string_view::npos));
    const double real = Real(number);
    // The shortest that RapidJSON refuses are of this length.
    constexpr size_t kShortest = 5;
    if (whole && number.size() >= kShortest && (std::isinf(real) || real == 0)) {
      const char letter = IsWrittenWhole(number) ? kHugeWhole : kHugeDecimal;
      text[at] = real == 0 ? '0' : '9';
      text[at + 1] = letter;
      std::fill(text.begin() + static_cast<long>(at) + 2, text.begin() + static_cast<long>(end),
                '0');
      text.replace(end - 3, 3, "307");
    }
    at = end;
  }
}

// Memory for the arrays and objects of one document: the pool's first, then blocks of the heap,
// each at least twice as large as the one before.
class Arena {
 public:
  explicit Arena(std::span<char> first) : first_(first) { Clear(); }
  // Gives back all that was taken.
  void Clear() {
    blocks_.clear();
    at_ = first_.data();
    left_ = first_.size();
  }
  // Bytes are aligned for a JsonMember.
  void* Take(size_t bytes) {
    if (bytes > left_) [[unlikely]] {
      AddBlock(bytes);
    }
    void* taken = at_;
    at_ += bytes;
    left_ -= bytes;
    return taken;
  }

 private:
  void AddBlock(size_t bytes) {
    next_block_ = std::max(next_block_, bytes);
    blocks_.emplace_back(new char[next_block_]);
    at_ = blocks_.back().get();
    left_ = next_block_;
    next_block_ *= 2;
  }

  const std::span<char> first_;
  std::vector<std::unique_ptr<char[]>> blocks_;
  size_t next_block_ = 2 * kPoolBytes;
  char* at_ = nullptr;
  size_t left_ = 0;
};

// Makes values of RapidJSON's events, with a cap on depth and numbers made of their text. Values
// wait on `open` until the array or object that they belong to ends.
class Builder {
 public:
  // `rewritten`: the text went through RewriteHugeNumbers.
  Builder(Arena& arena, std::vector<JsonValue>& open, bool rewritten)
      : arena_(arena), open_(open), rewritten_(rewritten) {}

  bool Null() { return Add(JsonValue()); }
  bool Bool(bool value) { return Add(JsonValue::Bool(value)); }
  bool RawNumber(const char* text, rapidjson::SizeType length, bool) {
    int64_t integer = 0;
    const auto [end, error] = std::from_chars(text, text + length, integer);
    if (error == std::errc() && end == text + length) return Add(JsonValue::Integer(integer));
    const std::string_view number(text, length);
    const double real = dynarock::Real(number);
    const bool whole = rewritten_ && std::isinf(real)
                           ? number.find(kHugeWhole) != std::string_view::npos
                           : IsWrittenWhole(number);
    return Add(JsonValue::Real(real, whole));
  }
  bool String(const char* text, rapidjson::SizeType length, bool) {
    return Add(JsonValue::String({text, length}));
  }
  bool Key(const char* text, rapidjson::SizeType length, bool copy) {
    return String(text, length, copy);
  }
  bool StartObject() { return ++depth_ <= JsonDocument::kMaxDepth; }
  bool StartArray() { return ++depth_ <= JsonDocument::kMaxDepth; }
  bool EndObject(rapidjson::SizeType count) {
    --depth_;
    const std::span<JsonMember> members(Allocate<JsonMember>(count), count);
    const JsonValue* from = open_.data() + open_.size() - size_t{2} * count;
    for (JsonMember& member : members) {
      new (&member) JsonMember{.name = from[0].GetText(), .value = from[1]};
      from += 2;
    }
    open_.resize(open_.size() - size_t{2} * count);
    return Add(JsonValue::Object(members));
  }
  bool EndArray(rapidjson::SizeType count) {
    --depth_;
    const std::span<JsonValue> elements(Allocate<JsonValue>(count), count);
    std::uninitialized_copy(open_.end() - count, open_.end(), elements.begin());
    open_.resize(open_.size() - count);
    return Add(JsonValue::Array(elements));
  }
  // Numbers arrive as text only.
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(int64_t) { return false; }
  bool Uint64(uint64_t) { return false; }
  bool Double(double) { return false; }

 private:
  bool Add(JsonValue value) {
    open_.push_back(value);
    return true;
  }
  template <class T>
  T* Allocate(size_t count) {
    static_assert(std::is_trivially_destructible_v<T> && sizeof(T) % alignof(JsonMember) == 0);
    return static_cast<T*>(arena_.Take(count * sizeof(T)));
  }

  Arena& arena_;
  std::vector<JsonValue>& open_;
  const bool rewritten_;
  int depth_ = 0;
};

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The code unit of a \uXXXX escape at `at`, or -1.
int EscapedUnit(std::string_view text, size_t at) {
  if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') return -1;
  int unit = 0;
  for (size_t i = at + 2; i < at + 6; ++i) {
    const int digit = HexDigit(text[i]);
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

// RapidJSON lets a lone low surrogate pass; it would become bytes that are no UTF-8.
bool HasLoneSurrogate(std::string_view text) {
  for (size_t at = text.find('\\'); at != std::string_view::npos; at = text.find('\\', at)) {
    const int unit = EscapedUnit(text, at);
    if (unit < 0) {
      at += 2;
      continue;
    }
    at += 6;
    if (unit < 0xD800 || unit > 0xDFFF) continue;
    if (unit >= 0xDC00) return true;
    const int low = EscapedUnit(text, at);
    if (low < 0xDC00 || low > 0xDFFF) return true;
    at += 6;
  }
  return false;
}

}  // namespace

struct JsonDocument::Parts {
  Parts()
      : held(pool->taken.exchange(true) ? nullptr : pool),
        arena(held ? std::span(held->bytes.get(), kPoolBytes) : std::span<char>()) {}
  std::shared_ptr<Pool> held;  // nullptr: the thread's pool had a document in it
  Arena arena;
  JsonValue root;
};

JsonDocument::JsonDocument() : parts_(std::make_unique<Parts>()) {}
JsonDocument::~JsonDocument() {
  const std::shared_ptr<Pool> held = std::move(parts_->held);
  parts_.reset();
  if (held) held->taken = false;
}

bool JsonDocument::Parse(std::string text) {
  parts_->root = JsonValue();
  text_ = std::move(text);
  // RapidJSON would take a NUL for the end.
  if (text_.find('\0') != std::string::npos) return false;
  if (!IsUtf8(text_) || HasLoneSurrogate(text_)) return false;
  // Strings without escapes lose only their closing quote to the parser, so such a text can be
  // restored.
  const std::string with_escapes =
      text_.find('\\') == std::string::npos ? std::string() : std::string(text_);
  constexpr unsigned kFlags = rapidjson::kParseInsituFlag | rapidjson::kParseIterativeFlag |
                              rapidjson::kParseNumbersAsStringsFlag;
  const auto parse = [&](bool rewritten) {
    parts_->arena.Clear();
    open_values.clear();
    InPlaceStream stream(text_.data());
    rapidjson::Reader reader;
    Builder builder(parts_->arena, open_values, rewritten);
    return reader.Parse<kFlags>(stream, builder);
  };
  rapidjson::ParseResult result = parse(false);
  if (result.Code() == rapidjson::kParseErrorNumberTooBig) {
    if (with_escapes.empty()) {
      std::replace(text_.begin(), text_.end(), '\0', '"');
    } else {
      text_ = with_escapes;
    }
    RewriteHugeNumbers(text_);
    result = parse(true);
  }
  if (!result.IsError()) parts_->root = open_values.front();
  if (open_values.capacity() > kMostOpenKept) std::vector<JsonValue>().swap(open_values);
  return !result.IsError();
}

const JsonValue& JsonDocument::root() const {
  return parts_->root;
}

JsonValue& JsonDocument::root() {
  return parts_->root;
}

bool IsUtf8(std::string_view text) {
  const auto* p = reinterpret_cast<const uint8_t*>(text.data());
  const auto* end = p + text.size();
  while (p < end) {
    // Eight ASCII bytes at a time.
    while (end - p >= 8) {
      uint64_t word;
      std::memcpy(&word, p, 8);
      if ((word & 0x8080808080808080ULL) != 0) break;
      p += 8;
    }
    if (p == end) break;
    const uint8_t lead = *p;
    if (lead < 0x80) {
      ++p;
      continue;
    }
    int more = 0;
    uint8_t low = 0x80;
    uint8_t high = 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF) {
      more = 1;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
      more = 2;
      if (lead == 0xE0) low = 0xA0;
      if (lead == 0xED) high = 0x9F;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
      more = 3;
      if (lead == 0xF0) low = 0x90;
      if (lead == 0xF4) high = 0x8F;
    } else {
      return false;
    }
    if (end - p <= more) return false;
    if (p[1] < low || p[1] > high) return false;
    for (int i = 2; i <= more; ++i) {
      if ((p[i] & 0xC0) != 0x80) return false;
    }
    p += more + 1;
  }
  return true;
}

}  // namespace dynarock
