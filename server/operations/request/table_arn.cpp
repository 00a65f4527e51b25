#include "server/operations/request/table_arn.h"

#include <algorithm>

namespace dynarock::operations {

std::optional<TableArn> ParseTableArn(std::string_view text) {
  constexpr std::string_view kStart = "arn:aws:dynamodb:";
  if (!text.starts_with(kStart)) return std::nullopt;
  text.remove_prefix(kStart.size());
  TableArn arn;
  const size_t region_end = text.find(':');
  if (region_end == std::string_view::npos || region_end == 0) return std::nullopt;
  arn.region = text.substr(0, region_end);
  text.remove_prefix(region_end + 1);
  const size_t account_end = text.find(':');
  if (account_end == std::string_view::npos || account_end == 0) return std::nullopt;
  arn.account = text.substr(0, account_end);
  const bool digits = std::all_of(arn.account.begin(), arn.account.end(),
                                  [](char c) { return c >= '0' && c <= '9'; });
  text.remove_prefix(account_end + 1);
  if (!digits || !text.starts_with("table/")) return std::nullopt;
  arn.table = text.substr(6);
  if (arn.table.empty() || arn.table.find('/') != std::string_view::npos) return std::nullopt;
  return arn;
}

std::string MakeTableArn(std::string_view region, std::string_view table) {
  std::string arn = "arn:aws:dynamodb:";
  arn.append(region).append(":").append(kAccount).append(":table/").append(table);
  return arn;
}

}  // namespace dynarock::operations
