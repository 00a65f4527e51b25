// DynamoDB numbers: exact decimals of up to 38 significant digits, 1E-130 to 9.99..E+125 in
// magnitude, and zero.
//
// A number lives everywhere as its canonical text, which is also what the service answers: plain
// decimal notation without exponent, plus sign, leading or trailing zeros ("-12.5", "0.001", "100",
// "0"). Equal numbers have equal texts, so equality is a byte comparison and printing needs no
// arithmetic.
#pragma once

#include <compare>
#include <cstddef>
#include <string>
#include <string_view>

#include "storage/item/result.h"

namespace dynarock {

// The canonical text of `text`. Grammar: [+-] digits [. digits] [eE [+-] digits] with at least one
// digit in the mantissa and nothing around it. Errors (Validation; texts observed on the service):
// not a number, more than 38 significant digits, overflow, underflow, in this order.
//
// The layers differ at the edges (observed on the service, October 2026). The newer one takes an
// exponent of more than 64 bits for no number, and the range holds for a zero with an exponent as if
// its last digit were 1. The older one takes an exponent for no number that does not fit 32 bits,
// alone or together with the digits after the point, and its range check wraps at 2^31.
Result<std::string> CanonicalNumber(std::string_view text, Layer layer = Layer::kOlder);

// Numeric order of two canonical texts.
std::strong_ordering CompareNumbers(std::string_view a, std::string_view b);

// Exact sum and difference of two canonical texts, canonical. Errors as CanonicalNumber where the
// result does not fit.
Result<std::string> AddNumbers(std::string_view a, std::string_view b);
Result<std::string> SubtractNumbers(std::string_view a, std::string_view b);

// The size in bytes that DynamoDB counts for a canonical number: 1 + ceil(di/2) + ceil(df/2) + (1
// if negative), where di and df are the significant digits left and right of the decimal point; 1
// for zero. Observed on the service.
size_t NumberSize(std::string_view canonical);

// The parts of a canonical number: value = (negative ? -1 : 1) * 0.d1d2d3... * 10^exponent with d1
// != 0. For zero `digits` is empty and exponent 0.
struct NumberParts {
  bool negative = false;
  int exponent = 0;  // -129..126
  std::string digits;
};
NumberParts SplitNumber(std::string_view canonical);

// The canonical integer as an int64, clamped at the type's ends; fractions are cut off.
long long NumberToInt64(std::string_view canonical);

}  // namespace dynarock
