// SHA-256 and HMAC-SHA256 (FIPS 180-4, RFC 2104).
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace dynarock::crypto {

// 32 raw bytes.
using Digest = std::array<unsigned char, 32>;

Digest Sha256(std::string_view bytes);
Digest HmacSha256(std::string_view key, std::string_view bytes);

// 64 lower-case hexadecimal digits.
std::string Hex(const Digest& digest);
inline std::string_view View(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

// Compares in a time that depends on the lengths only.
bool EqualSecrets(std::string_view left, std::string_view right);

}  // namespace dynarock::crypto
