// Table ARNs: arn:aws:dynamodb:<region>:<account>:table/<name>[/index/<index>].
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dynarock::operations {

// All tables belong to this account.
inline constexpr std::string_view kAccount = "000000000000";

struct TableArn {
  std::string_view region;
  std::string_view account;
  std::string_view table;
};

// Whether a TableName is meant as an ARN ("arn:...").
inline bool LooksLikeArn(std::string_view text) {
  return text.starts_with("arn:");
}

// The parts of a table's ARN; nullopt when it is none.
std::optional<TableArn> ParseTableArn(std::string_view text);

std::string MakeTableArn(std::string_view region, std::string_view table);

}  // namespace dynarock::operations
