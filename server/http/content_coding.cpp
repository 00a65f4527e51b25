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
  if (EqualsIgnoringCase(coding, "gzip") || EqualsIgnoringCase(coding, "x-gzip")) {
    result = Inflater(kGzip).Run(body, true, limit, out);
  } else if (EqualsIgnoringCase(coding, "deflate")) {
    result = Inflater(kZlib).Run(body, false, limit, out);
    if (result == DecodeResult::kUndecodable) result = Inflater(kRaw).Run(body, false, limit, out);
  }
  if (result == DecodeResult::kDecoded) body.swap(out);
  return result;
}

}  // namespace

DecodeResult DecodeBody(std::string_view content_encoding, std::size_t limit, std::string& body) {
  std::vector<std::string_view> codings;
  while (!content_encoding.empty()) {
    const std::string_view coding = NextElement(content_encoding);
    if (!coding.empty() && !EqualsIgnoringCase(coding, "identity")) codings.push_back(coding);
  }
  // A long list would be a way to make the server inflate the same bomb again and again.
  DecodeResult result = codings.size() > 4 ? DecodeResult::kUndecodable : DecodeResult::kDecoded;
  if (body.empty()) return result;
  for (std::size_t i = codings.size(); i-- > 0 && result == DecodeResult::kDecoded;) {
    result = Undo(codings[i], limit, body);
  }
  if (result != DecodeResult::kDecoded) body.clear();
  return result;
}

}  // namespace dynarock::http
