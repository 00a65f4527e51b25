#include "server/http/deflater.h"

#include <memory>

#include <zlib.h>

namespace dynarock::http {
namespace {

struct EndStream {
  void operator()(z_stream* stream) const {
    deflateEnd(stream);
    delete stream;
  }
};
using Stream = std::unique_ptr<z_stream, EndStream>;

// zlib's windowBits: 16 more make a gzip member.
z_stream* Opened(Stream& stream, int window_bits) {
  if (!stream) {
    auto fresh = std::make_unique<z_stream>();
    if (deflateInit2(fresh.get(), Z_BEST_SPEED, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY) !=
        Z_OK) {
      return nullptr;
    }
    stream.reset(fresh.release());
  }
  return stream.get();
}

z_stream* ThreadsStream(Coding coding) {
  thread_local Stream gzip;
  thread_local Stream deflate;
  switch (coding) {
    case Coding::kGzip:
      return Opened(gzip, MAX_WBITS + 16);
    case Coding::kDeflate:
      return Opened(deflate, MAX_WBITS);
    case Coding::kIdentity:
      break;
  }
  return nullptr;
}

}  // namespace

bool AppendCompressed(Coding coding, std::string_view plain, std::string& out) {
  z_stream* const stream = ThreadsStream(coding);
  if (stream == nullptr || deflateReset(stream) != Z_OK) return false;
  const std::size_t before = out.size();
  out.resize(before + deflateBound(stream, plain.size()));
  stream->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  stream->avail_in = static_cast<uInt>(plain.size());
  stream->next_out = reinterpret_cast<Bytef*>(out.data() + before);
  stream->avail_out = static_cast<uInt>(out.size() - before);
  const bool done = deflate(stream, Z_FINISH) == Z_STREAM_END;
  out.resize(done ? out.size() - stream->avail_out : before);
  return done;
}

}  // namespace dynarock::http
