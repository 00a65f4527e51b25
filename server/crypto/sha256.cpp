#include "server/crypto/sha256.h"

#include <stdexcept>

#include <mbedtls/md.h>
#include <mbedtls/sha256.h>

namespace dynarock::crypto {

namespace {

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// Fails where the library was built without the algorithm, and then always.
void Must(int status) {
  if (status != 0) throw std::logic_error("SHA-256 is not there");
}

}  // namespace

Digest Sha256(std::string_view bytes) {
  Digest digest;
  Must(mbedtls_sha256_ret(Bytes(bytes), bytes.size(), digest.data(), 0));
  return digest;
}

Digest HmacSha256(std::string_view key, std::string_view bytes) {
  Digest digest;
  Must(mbedtls_md_hmac(mbedtls_md_info_from_type(MBEDTLS_MD_SHA256), Bytes(key), key.size(),
                       Bytes(bytes), bytes.size(), digest.data()));
  return digest;
}

std::string Hex(const Digest& digest) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * digest.size());
  for (const unsigned char byte : digest) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

bool EqualSecrets(std::string_view left, std::string_view right) {
  if (left.size() != right.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < left.size(); ++i) {
    difference |= static_cast<unsigned char>(left[i] ^ right[i]);
  }
  return difference == 0;
}

}  // namespace dynarock::crypto
