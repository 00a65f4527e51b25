#include "server/http/content_coding.h"

#include <algorithm>
#include <vector>

#include <zlib.h>

#include "server/http/field_value.h"

namespace dynarock::http {
namespace {

// zlib's windowBits: the sign and the 16 choose the format.
enum Format : int { kGzip = MAX_WBITS + 16, kZlib = MAX_WBITS, kRaw = -MAX_WBITS };

class Inflater {
 public:
  explicit Inflater(Format format) : ready_(inflateInit2(&stream_, format) == Z_OK) {}
  ~Inflater() {
    if (ready_) inflateEnd(&stream_);
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  // `in` must consist of whole streams, several of them only when `members`.
  DecodeResult Run(std::string_view in, bool members, std::size_t limit, std::string& out) {
    if (!ready_) return DecodeResult::kUndecodable;
    // zlib's interface is older than const.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
    stream_.avail_in = static_cast<uInt>(in.size());
    std::size_t size = 0;
    // One byte beyond the limit tells "exactly the limit" from "more".
    const std::size_t most = limit + 1;
    out.resize(std::min(most, std::max<std::size_t>(4096, in.size() * 4)));
    for (;;) {
      stream_.next_out = reinterpret_cast<Bytef*>(out.data() + size);
      stream_.avail_out = static_cast<uInt>(out.size() - size);
      const int code = inflate(&stream_, Z_NO_FLUSH);
      size = out.size() - stream_.avail_out;
      if (size > limit) return DecodeResult::kTooLarge;
      if (code == Z_STREAM_END) {
        if (stream_.avail_in == 0) break;
        if (!members || inflateReset(&stream_) != Z_OK) return DecodeResult::kUndecodable;
      } else if (code != Z_OK && code != Z_BUF_ERROR) {
        return DecodeResult::kUndecodable;
      } else if (stream_.avail_out == 0) {
        out.resize(std::min(most, out.size() * 2));
      } else if (stream_.avail_in == 0) {
        return DecodeResult::kUndecodable;  // cut off
      }
    }
    out.erase(size);
    return DecodeResult::kDecoded;
  }

 private:
  z_stream stream_{};
  bool ready_;
};

DecodeResult Undo(std::string_view coding, std::size_t limit, std::string& body) {
  std::string out;
  DecodeResult result = DecodeResult::kUndecodable;
  if (EqualsIgnoringCase(coding, NameOf(Coding::kGzip))) {
    result = Inflater(kGzip).Run(body, true, limit, out);
  } else if (EqualsIgnoringCase(coding, NameOf(Coding::kDeflate))) {
    result = Inflater(kZlib).Run(body, false, limit, out);
    if (result == DecodeResult::kUndecodable) result = Inflater(kRaw).Run(body, false, limit, out);
  }
  if (result == DecodeResult::kDecoded) body.swap(out);
  return result;
}

// A weight in thousandths ("1", "0.5", "0.250"); 0, which excludes, for what is none.
int Weight(std::string_view text) {
  if (text.empty() || (text[0] != '0' && text[0] != '1')) return 0;
  int weight = (text[0] - '0') * 1000;
  if (text.size() == 1) return weight;
  if (text[1] != '.') return 0;
  int step = 100;
  for (const char c : text.substr(2)) {
    if (c < '0' || c > '9') return 0;
    weight += (c - '0') * step;
    step /= 10;
  }
  return weight;
}

// Of one element of an Accept-Encoding field, behind the coding.
int WeightOf(std::string_view parameters) {
  int weight = 1000;
  while (!parameters.empty()) {
    std::string_view parameter = NextElement(parameters, ';');
    if (EqualsIgnoringCase(NextElement(parameter, '='), "q")) weight = Weight(Trimmed(parameter));
  }
  return weight;
}

// The codings that a client takes, with their weights in the order in which it names them.
class Choice {
 public:
  void Add(std::string_view coding, int weight) {
    if (EqualsIgnoringCase(coding, NameOf(Coding::kGzip))) {
      gzip_ = true;
      Offer(Coding::kGzip, weight);
    } else if (EqualsIgnoringCase(coding, NameOf(Coding::kDeflate))) {
      deflate_ = true;
      Offer(Coding::kDeflate, weight);
    } else if (coding == "*") {
      others_ = weight;
    }
  }
  Coding Best() {
    if (!gzip_) Offer(Coding::kGzip, others_);
    if (!deflate_) Offer(Coding::kDeflate, others_);
    return best_;
  }

 private:
  void Offer(Coding coding, int weight) {
    if (weight <= weight_) return;
    best_ = coding;
    weight_ = weight;
  }

  Coding best_ = Coding::kIdentity;
  int weight_ = 0;
  int others_ = 0;
  bool gzip_ = false;
  bool deflate_ = false;
};

}  // namespace

std::string_view NameOf(Coding coding) {
  switch (coding) {
    case Coding::kGzip:
      return "gzip";
    case Coding::kDeflate:
      return "deflate";
    case Coding::kIdentity:
      break;
  }
  return {};
}

Coding ChosenCoding(std::span<const std::string_view> accept_encoding) {
  Choice choice;
  for (std::string_view field : accept_encoding) {
    while (!field.empty()) {
      std::string_view element = NextElement(field);
      const std::string_view coding = NextElement(element, ';');
      choice.Add(coding, WeightOf(element));
    }
  }
  return choice.Best();
}

DecodeResult DecodeBody(std::string_view content_encoding, std::size_t limit, std::string& body) {
  std::vector<std::string_view> codings;
  while (!content_encoding.empty()) {
    const std::string_view coding = NextElement(content_encoding);
    if (!coding.empty() && !EqualsIgnoringCase(coding, "identity")) codings.push_back(coding);
  }
  // A long list would be a way to make the server inflate the same bomb again and again.
  DecodeResult result = codings.size() > 4 ? DecodeResult::kUndecodable : DecodeResult::kDecoded;
  for (std::size_t i = codings.size(); i-- > 0 && result == DecodeResult::kDecoded;) {
    result = Undo(codings[i], limit, body);
  }
  if (result != DecodeResult::kDecoded) body.clear();
  return result;
}

}  // namespace dynarock::http
