#include "storage/item/number.h"

#include <limits>
#include <random>

#include <gtest/gtest.h>

namespace dynarock {
namespace {

const std::string kDigits = "Attempting to store more than 38 significant digits in a Number";
const std::string kOverflow =
    "Number overflow. Attempting to store a number with magnitude larger than supported range";
const std::string kUnderflow =
    "Number underflow. Attempting to store a number with magnitude smaller than supported range";

std::string Zeros(size_t n) {
  return std::string(n, '0');
}
std::string Nines(size_t n) {
  return std::string(n, '9');
}

std::string NotANumber(const std::string& text) {
  return "The parameter cannot be converted to a numeric value: " + text;
}

// The canonical text, or the error's message behind "! ".
std::string Shown(const Result<std::string>& result) {
  return result ? *result : "! " + result.error().message;
}

TEST(Number, Canonical) {
  struct Case {
    std::string text;
    std::string canonical;
  };
  const std::vector<Case> cases = {
      {"0", "0"},
      {"-0", "0"},
      {"+0", "0"},
      {"0.0", "0"},
      {"-0.000", "0"},
      {".0", "0"},
      {"0.", "0"},
      {"0e999", "0"},
      {"0e-999", "0"},
      {"1", "1"},
      {"9", "9"},
      {"-1", "-1"},
      {"+7", "7"},
      {"007", "7"},
      {"00012", "12"},
      {"-00012.500", "-12.5"},
      {".5", "0.5"},
      {"-.5", "-0.5"},
      {"5.", "5"},
      {"5.e1", "50"},
      {"1.50", "1.5"},
      {"1e3", "1000"},
      {"1E3", "1000"},
      {"1e+3", "1000"},
      {"1e003", "1000"},
      {"1E-5", "0.00001"},
      {"12345e-2", "123.45"},
      {"12345e-5", "0.12345"},
      {"12345e-7", "0.0012345"},
      {"0.00120e2", "0.12"},
      {"0.00120e5", "120"},
      {"100", "100"},
      {"1000000000000000000", "1000000000000000000"},    // 19 digits
      {"9999999999999999999", "9999999999999999999"},    // 19 digits
      {"99999999999999999999", "99999999999999999999"},  // 20 digits
      {"9223372036854775808", "9223372036854775808"},
      {Nines(38), Nines(38)},
      {"-" + Nines(38), "-" + Nines(38)},
      {Nines(38) + Zeros(10), Nines(38) + Zeros(10)},
      {"0." + Nines(38), "0." + Nines(38)},
      {Zeros(50) + "1" + "." + Zeros(50), "1"},
      {"1" + Zeros(37), "1" + Zeros(37)},
      {"1" + Zeros(36) + "1", "1" + Zeros(36) + "1"},
      {"1E125", "1" + Zeros(125)},
      {"9.9999999999999999999999999999999999999E+125", Nines(38) + Zeros(88)},
      {"-9.9999999999999999999999999999999999999E+125", "-" + Nines(38) + Zeros(88)},
      {"1E-130", "0." + Zeros(129) + "1"},
      {"-1E-130", "-0." + Zeros(129) + "1"},
      {"1" + Zeros(300) + "e-300", "1"},
      {"0." + Zeros(300) + "1e301", "1"},
      // digits below 1E-130 are allowed as long as the first one is not
      {"1.5E-130", "0." + Zeros(129) + "15"},
  };
  for (const Case& c : cases) EXPECT_EQ(Shown(CanonicalNumber(c.text)), c.canonical) << c.text;
}

TEST(Number, CanonicalIsAFixedPoint) {
  for (const std::string text : {"1E125", "-1E-130", "12.5", "-0.5", "100", "0"}) {
    const std::string once = CanonicalNumber(text).value();
    EXPECT_EQ(CanonicalNumber(once).value(), once);
  }
}

TEST(Number, Refused) {
  struct Case {
    std::string text;
    std::string message;
  };
  const std::vector<Case> cases = {
      {"", "The parameter cannot be converted to a numeric value"},
      {".", NotANumber(".")},
      {"+", NotANumber("+")},
      {"-", NotANumber("-")},
      {"-.", NotANumber("-.")},
      {"e5", NotANumber("e5")},
      {".e5", NotANumber(".e5")},
      {"1e", NotANumber("1e")},
      {"1e+", NotANumber("1e+")},
      {"1e-", NotANumber("1e-")},
      {"1e5.5", NotANumber("1e5.5")},
      {"1e5e5", NotANumber("1e5e5")},
      {"1.2.3", NotANumber("1.2.3")},
      {"--1", NotANumber("--1")},
      {"+-1", NotANumber("+-1")},
      {" 1", NotANumber(" 1")},
      {"1 ", NotANumber("1 ")},
      {" ", NotANumber(" ")},
      {"1 000", NotANumber("1 000")},
      {"1_000", NotANumber("1_000")},
      {"1,5", NotANumber("1,5")},
      {"NaN", NotANumber("NaN")},
      {"Infinity", NotANumber("Infinity")},
      {"-Infinity", NotANumber("-Infinity")},
      {"0x10", NotANumber("0x10")},
      {"1f", NotANumber("1f")},
      {"abc", NotANumber("abc")},
      {"12345a", NotANumber("12345a")},
      {"\xEF\xBC\x91", NotANumber("\xEF\xBC\x91")},  // fullwidth 1
      {"\xD9\xA1", NotANumber("\xD9\xA1")},          // Arabic-Indic 1
      {"\xE2\x88\x92"
       "1",
       NotANumber("\xE2\x88\x92"
                  "1")},  // minus sign U+2212
      {std::string("1\0", 2), NotANumber(std::string("1\0", 2))},
      {Nines(39), kDigits},
      {"-" + Nines(39), kDigits},
      {"1" + Zeros(37) + "1", kDigits},
      {"0." + Nines(39), kDigits},
      {"1." + Zeros(37) + "1", kDigits},
      {"1E126", kOverflow},
      {"-1E126", kOverflow},
      {"10E125", kOverflow},
      {"1" + Zeros(126), kOverflow},
      {"1E-131", kUnderflow},
      {"-1E-131", kUnderflow},
      {"9.9E-131", kUnderflow},
      {"0." + Zeros(130) + "1", kUnderflow},
      // several faults: digits, overflow, underflow
      {Nines(39) + "e500", kDigits},
      {Nines(39) + "e-500", kDigits},
      {Nines(39) + "x", NotANumber(Nines(39) + "x")},
  };
  for (const Case& c : cases) {
    const auto result = CanonicalNumber(c.text);
    ASSERT_FALSE(result) << c.text;
    EXPECT_EQ(result.error().message, c.message) << c.text;
    EXPECT_EQ(result.error().kind, ErrorKind::kValidation) << c.text;
  }
}

// What the layers say of the same text.
TEST(Number, Layers) {
  struct Case {
    std::string text;
    std::string older;
    std::string newer;
  };
  const auto refused = [](const std::string& message) { return "! " + message; };
  const auto not_a_number = [&](const std::string& text) { return refused(NotANumber(text)); };
  const std::vector<Case> cases = {
      {"", refused("The parameter cannot be converted to a numeric value"), not_a_number("")},
      {"x", not_a_number("x"), not_a_number("x")},
      {"1e126", refused(kOverflow), refused(kOverflow)},
      {"1e2147483646", refused(kOverflow), refused(kOverflow)},
      {"1e2147483647", refused(kUnderflow), refused(kOverflow)},
      {"1e2147483648", not_a_number("1e2147483648"), refused(kOverflow)},
      {"-1e99999999999", not_a_number("-1e99999999999"), refused(kOverflow)},
      {"1e-2147483647", refused(kUnderflow), refused(kUnderflow)},
      {"1e-2147483648", not_a_number("1e-2147483648"), refused(kUnderflow)},
      {"1.5e-2147483647", not_a_number("1.5e-2147483647"), refused(kUnderflow)},
      {"1e9223372036854775807", not_a_number("1e9223372036854775807"), refused(kOverflow)},
      {"1e9223372036854775808", not_a_number("1e9223372036854775808"),
       not_a_number("1e9223372036854775808")},
      {"1e+-5", not_a_number("1e+-5"), not_a_number("1e+-5")},
      {"0e125", "0", "0"},
      {"0e126", "0", refused(kOverflow)},
      {"-0.0e127", "0", refused(kOverflow)},
      {"0.0e126", "0", "0"},
      {"0e-130", "0", "0"},
      {"0e-131", "0", refused(kUnderflow)},
      {"0", "0", "0"},
      {"0." + Zeros(200), "0", "0"},
      {"10e2", "1000", "1000"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Shown(CanonicalNumber(c.text, Layer::kOlder)), c.older) << c.text;
    EXPECT_EQ(Shown(CanonicalNumber(c.text, Layer::kNewer)), c.newer) << c.text;
  }
}

TEST(Number, Order) {
  std::vector<std::string> ascending;
  for (const std::string text :
       {"-9.99E125", "-1E125",  "-100000", "-1234.5", "-1234.25", "-1234",   "-123.99", "-100",
        "-99.9",     "-10",     "-9",      "-2",      "-1.5",     "-1.05",   "-1",      "-0.9",
        "-0.5",      "-0.05",   "-0.01",   "-1E-130", "0",        "1E-130",  "2E-130",  "0.01",
        "0.05",      "0.1",     "0.45",    "0.5",     "0.50001",  "1",       "1.00001", "1.05",
        "1.5",       "2",       "9",       "10",      "11",       "99.9",    "100",     "123.99",
        "1234",      "1234.25", "1234.5",  "12345",   "1E125",    "9.99E125"}) {
    ascending.push_back(CanonicalNumber(text).value());
  }
  for (size_t i = 0; i < ascending.size(); ++i) {
    for (size_t j = 0; j < ascending.size(); ++j) {
      EXPECT_EQ(CompareNumbers(ascending[i], ascending[j]), i <=> j)
          << ascending[i] << " and " << ascending[j];
    }
  }
}

TEST(Number, AddAndSubtract) {
  struct Case {
    std::string a, b, sum, difference;
  };
  const std::vector<Case> cases = {
      {"0", "0", "0", "0"},
      {"5", "0", "5", "5"},
      {"0", "5", "5", "-5"},
      {"0", "-0.5", "-0.5", "0.5"},
      {"1", "1", "2", "0"},
      {"99", "1", "100", "98"},
      {"1", "99", "100", "-98"},
      {"100", "0.001", "100.001", "99.999"},
      {"0.1", "0.2", "0.3", "-0.1"},
      {"-5", "3", "-2", "-8"},
      {"5", "-3", "2", "8"},
      {"-5", "-3", "-8", "-2"},
      {"-3", "-5", "-8", "2"},
      {"12.5", "-12.5", "0", "25"},
      {"999.999", "0.001", "1000", "999.998"},
      {"1000", "0.001", "1000.001", "999.999"},
      {Nines(38), "1", "1" + Zeros(38), Nines(37) + "8"},
      {Nines(38), "-" + Nines(38), "0", "! " + kOverflow},
      {Nines(38), "0.1", "! " + kOverflow, "! " + kOverflow},
      {"1" + Zeros(38), "1", "! " + kOverflow, Nines(38)},
      {"1" + Zeros(125), "1", "! " + kOverflow, "! " + kOverflow},
      {"9" + Zeros(125), "1" + Zeros(125), "! " + kOverflow, "8" + Zeros(125)},
      {"0." + Zeros(129) + "1", "0." + Zeros(129) + "1", "0." + Zeros(129) + "2", "0"},
      {"0." + Zeros(129) + "15", "0." + Zeros(129) + "1", "0." + Zeros(129) + "25",
       "! " + kUnderflow},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Shown(AddNumbers(c.a, c.b)), c.sum) << c.a << " + " << c.b;
    EXPECT_EQ(Shown(SubtractNumbers(c.a, c.b)), c.difference) << c.a << " - " << c.b;
  }
}

TEST(Number, Size) {
  struct Case {
    std::string canonical;
    size_t size;
  };
  const std::vector<Case> cases = {
      {"0", 1},
      {"1", 2},
      {"-1", 3},
      {"10", 2},
      {"100", 2},
      {"12", 2},
      {"123", 3},
      {"1234", 3},
      {"12300", 3},
      {"1002", 3},
      {"0.5", 2},
      {"0.05", 2},
      {"0.001", 2},
      {"0.12", 2},
      {"0.0123", 3},
      {"1.5", 3},
      {"-1.5", 4},
      {"100.5", 4},    // 1 + 2 + 1
      {"123.456", 5},  // 1 + 2 + 2
      {"10.01", 3},    // 1 + 1 + 1
      {"1.001", 4},    // 1 + 1 + 2
      {"1" + Zeros(125), 2},
      {"0." + Zeros(129) + "1", 2},
      {Nines(38), 20},
      {"-" + Nines(38), 21},
      {"-" + Nines(19) + "." + Nines(19), 22},
  };
  for (const Case& c : cases) EXPECT_EQ(NumberSize(c.canonical), c.size) << c.canonical;
}

TEST(Number, Split) {
  struct Case {
    std::string canonical;
    bool negative;
    int exponent;
    std::string digits;
  };
  const std::vector<Case> cases = {
      {"0", false, 0, ""},
      {"1", false, 1, "1"},
      {"-1", true, 1, "1"},
      {"100", false, 3, "1"},
      {"12.5", false, 2, "125"},
      {"0.5", false, 0, "5"},
      {"-0.05", true, -1, "5"},
      {"100.5", false, 3, "1005"},
      {"1" + Zeros(125), false, 126, "1"},
      {"-0." + Zeros(129) + "1", true, -129, "1"},
      {Nines(38), false, 38, Nines(38)},
  };
  for (const Case& c : cases) {
    const NumberParts parts = SplitNumber(c.canonical);
    EXPECT_EQ(parts.negative, c.negative) << c.canonical;
    EXPECT_EQ(parts.exponent, c.exponent) << c.canonical;
    EXPECT_EQ(parts.digits, c.digits) << c.canonical;
  }
}

TEST(Number, ToInt64) {
  constexpr long long kMax = std::numeric_limits<long long>::max();
  constexpr long long kMin = std::numeric_limits<long long>::min();
  struct Case {
    std::string canonical;
    long long value;
  };
  const std::vector<Case> cases = {
      {"0", 0},
      {"1", 1},
      {"-1", -1},
      {"1.9", 1},
      {"-1.9", -1},
      {"0.5", 0},
      {"1700000000", 1700000000},
      {"999999999999999999", 999999999999999999},
      {"9223372036854775806", kMax - 1},
      {"9223372036854775807", kMax},
      {"9223372036854775807.5", kMax},
      {"9223372036854775808", kMax},
      {"9999999999999999999", kMax},
      {"99999999999999999999", kMax},
      {"1" + Zeros(125), kMax},
      {"-9223372036854775807", kMin + 1},
      {"-9223372036854775808", kMin},
      {"-9223372036854775809", kMin},
      {"-9999999999999999999", kMin},
      {"-1" + Zeros(125), kMin},
  };
  for (const Case& c : cases) EXPECT_EQ(NumberToInt64(c.canonical), c.value) << c.canonical;
}

// A slow second opinion: a number as signed digits, index 0 standing for 10^-kLow.
class Slow {
 public:
  static constexpr int kLow = 400;
  static constexpr int kDigitCount = 800;

  // [-]digits[.digits][e[-]digits]
  explicit Slow(std::string_view text) {
    const bool negative = text.front() == '-';
    if (negative) text.remove_prefix(1);
    const size_t e = text.find('e');
    int exponent = 0;
    if (e != std::string_view::npos) {
      exponent = std::stoi(std::string(text.substr(e + 1)));
      text = text.substr(0, e);
    }
    const size_t point = std::min(text.find('.'), text.size());
    for (size_t i = 0; i < text.size(); ++i) {
      if (i == point) continue;
      const int power =
          static_cast<int>(point) - static_cast<int>(i) - (i < point ? 1 : 0) + exponent;
      digits_[static_cast<size_t>(power + kLow)] = (text[i] - '0') * (negative ? -1 : 1);
    }
  }
  Slow Plus(const Slow& other, int sign) const {
    Slow out = *this;
    for (size_t i = 0; i < kDigitCount; ++i) out.digits_[i] += sign * other.digits_[i];
    return out.Normal();
  }
  int Sign() const {
    const Slow normal = Normal();
    for (size_t i = kDigitCount; i-- > 0;) {
      if (normal.digits_[i] != 0) return normal.digits_[i] < 0 ? -1 : 1;
    }
    return 0;
  }
  // The canonical text or the error behind "! ". `too_long`: what is said of more than 38 digits.
  std::string Text(const std::string& too_long = kOverflow) const {
    const Slow n = Normal();
    int high = -1;
    int low = kDigitCount;
    for (int i = 0; i < kDigitCount; ++i) {
      if (n.digits_[static_cast<size_t>(i)] == 0) continue;
      high = i;
      low = std::min(low, i);
    }
    if (high < 0) return "0";
    if (high - low + 1 > 38) return "! " + too_long;
    if (high - kLow > 125) return "! " + kOverflow;
    if (high - kLow < -130) return "! " + kUnderflow;
    std::string out = n.digits_[static_cast<size_t>(high)] < 0 ? "-" : "";
    for (int i = std::max(high, kLow); i >= std::min(low, kLow); --i) {
      if (i == kLow - 1) out += '.';
      out += static_cast<char>('0' + std::abs(n.digits_[static_cast<size_t>(i)]));
    }
    return out;
  }

 private:
  // The same number with all digits of one sign and at most 9.
  Slow Normal() const {
    Slow out = *this;
    int sign = 0;
    for (size_t i = kDigitCount; i-- > 0 && sign == 0;) sign = out.digits_[i];
    sign = sign < 0 ? -1 : 1;
    for (size_t i = 0; i + 1 < kDigitCount; ++i) {
      int digit = out.digits_[i] * sign;
      int carry = 0;
      while (digit < 0) digit += 10, --carry;
      while (digit > 9) digit -= 10, ++carry;
      out.digits_[i] = digit * sign;
      out.digits_[i + 1] += carry * sign;
    }
    return out;
  }
  std::array<int, kDigitCount> digits_{};
};

class RandomNumber {
 public:
  std::string operator()() {
    std::string text = Pick(2) != 0 ? "-" : "";
    // Few distinct lengths and digits, so that cancelling and carrying chains are frequent.
    const int whole = Pick(4) == 0 ? Pick(40) : Pick(5);
    const int fraction = Pick(4) == 0 ? Pick(40 - std::min(whole, 39)) : Pick(5);
    for (int i = 0; i < whole; ++i) text += Digit();
    if (whole == 0) text += '0';
    if (fraction > 0) text += '.';
    for (int i = 0; i < fraction; ++i) text += Digit();
    if (Pick(3) == 0) text += "e" + std::to_string(Pick(280) - 140);
    return text;
  }

 private:
  int Pick(int below) { return std::uniform_int_distribution<int>(0, below - 1)(engine_); }
  char Digit() {
    const int kind = Pick(3);
    return static_cast<char>('0' + (kind == 0 ? 0 : kind == 1 ? 9 : Pick(10)));
  }
  std::mt19937 engine_{20120810};
};

TEST(Number, AgreesWithSlowArithmetic) {
  RandomNumber random;
  std::string previous = "0";
  for (int round = 0; round < 4000; ++round) {
    const std::string text = random();
    const auto canonical = CanonicalNumber(text);
    ASSERT_EQ(Shown(canonical), Slow(text).Text(kDigits)) << text;
    if (!canonical) continue;
    const Slow a(previous);
    const Slow b(*canonical);
    ASSERT_EQ(Shown(AddNumbers(previous, *canonical)), a.Plus(b, 1).Text())
        << previous << " + " << *canonical;
    const Slow difference = a.Plus(b, -1);
    ASSERT_EQ(Shown(SubtractNumbers(previous, *canonical)), difference.Text())
        << previous << " - " << *canonical;
    ASSERT_EQ(CompareNumbers(previous, *canonical), difference.Sign() <=> 0)
        << previous << " and " << *canonical;
    previous = *canonical;
  }
}

}  // namespace
}  // namespace dynarock
