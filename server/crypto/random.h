// Unpredictable bytes for mbedTLS's functions. Only for this room.
#pragma once

#include <cstddef>
#include <string>

namespace dynarock::crypto {

// In the form mbedTLS asks for; the first parameter is not used. From the operating system; safe
// to call from any thread.
int RandomBytes(void*, unsigned char* out, std::size_t size);

// What a status of mbedTLS means, in its own words.
std::string Describe(int status);

}  // namespace dynarock::crypto
