// Numbers of the Terraform language as Node keeps them: decimal text, without an exponent where
// they are whole.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dynarock::document {

// The canonical text of a number as a file has it: "5", "0.25", "-3", "1e3" -> "1000". Nothing when
// it is no number, or is beyond what is read here (whole numbers of up to 60 digits keep all of
// them; others have 18).
std::optional<std::string> CanonicalNumber(std::string_view text);

// Nothing when it is no number.
std::optional<long double> NumberOf(std::string_view text);
std::string NumberText(long double value);

}  // namespace dynarock::document
