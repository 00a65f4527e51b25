// Key values as byte strings whose order is the order of the values.
//
// The type of a key attribute is fixed by the schema, so no type lies in the bytes. Every part is
// self-delimiting, and no part is a prefix of another, so parts can simply follow each other: the
// order of the whole is the order of the first part that differs.
//
//   S, B := bytes with 00 written as 00 FF, then 00 01
//   N    := sign | exponent | pair [n] | end
//
//           sign      01 negative, 02 zero (nothing follows), 03 positive
//           exponent  of 0.d1d2d3... * 10^e, as e + 129; inverted for negative numbers
//           pair      two digits as 2 + value; inverted within 2..101 for negative numbers
//           end       00, or FF for negative numbers
//
// DynamoDB sorts both S and B by unsigned bytes.
#pragma once

#include <string>
#include <string_view>

#include "storage/item/encoded.h"

namespace dynarock {

// Appends the key form of an S, N or B value.
void AppendKeyPart(std::string& out, ValueView value);
// The same for the bytes of S and B, or the canonical text of N (number.h).
void AppendKeyPart(std::string& out, Type type, std::string_view text);

// Appends what the key forms of all S or B values that begin with `prefix` begin with.
void AppendKeyPrefix(std::string& out, std::string_view prefix);

// The smallest byte string above every string that begins with `prefix`; empty when there is none
// (all bytes FF).
std::string PrefixSuccessor(std::string_view prefix);

// The bytes the part at the start of `bytes` takes; 0 when `bytes` is no key part of that type.
size_t KeyPartLength(Type type, std::string_view bytes);

}  // namespace dynarock
