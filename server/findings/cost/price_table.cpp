#include "server/findings/cost/price_table.h"

#include "server/document/map_reader.h"

namespace dynarock::findings {

std::expected<Prices, std::string> ReadPrices(const document::Node& root) {
  document::MapReader file(
      root, "a price file",
      {"region", "currency", "as-of", "source", "on-demand", "provisioned", "storage"});
  Prices prices;
  prices.region = file.RequiredString("region");
  prices.currency = file.RequiredString("currency");
  prices.as_of = file.RequiredString("as-of");
  prices.source = file.RequiredString("source");
  const document::Node* on_demand = file.Required("on-demand");
  const document::Node* provisioned = file.Required("provisioned");
  const document::Node* storage = file.Required("storage");
  if (!file.error().empty()) return std::unexpected(file.error());

  document::MapReader requests(*on_demand, "\"on-demand\"",
                               {"million-read-units", "million-write-units"});
  prices.million_read_requests = requests.RequiredNumber("million-read-units");
  prices.million_write_requests = requests.RequiredNumber("million-write-units");
  if (!requests.error().empty()) return std::unexpected(requests.error());

  document::MapReader hours(*provisioned, "\"provisioned\"", {"read-unit-hour", "write-unit-hour"});
  prices.read_capacity_hour = hours.RequiredNumber("read-unit-hour");
  prices.write_capacity_hour = hours.RequiredNumber("write-unit-hour");
  if (!hours.error().empty()) return std::unexpected(hours.error());

  document::MapReader stored(*storage, "\"storage\"", {"gb-month"});
  prices.storage_gb_month = stored.RequiredNumber("gb-month");
  if (!stored.error().empty()) return std::unexpected(stored.error());
  return prices;
}

}  // namespace dynarock::findings
