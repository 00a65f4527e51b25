#include "server/crypto/random.h"

#include <algorithm>

#include <mbedtls/entropy.h>
#include <mbedtls/error.h>
#include <sys/random.h>

namespace dynarock::crypto {

int RandomBytes(void*, unsigned char* out, std::size_t size) {
  // getrandom gives up to 256 bytes at once without being interrupted.
  constexpr std::size_t kAtOnce = 256;
  while (size > 0) {
    const ssize_t got = getrandom(out, std::min(size, kAtOnce), 0);
    if (got <= 0) return MBEDTLS_ERR_ENTROPY_SOURCE_FAILED;
    out += got;
    size -= static_cast<std::size_t>(got);
  }
  return 0;
}

std::string Describe(int status) {
  char text[160] = {};
  mbedtls_strerror(status, text, sizeof text);
  return text;
}

}  // namespace dynarock::crypto
