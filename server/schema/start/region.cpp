#include "server/schema/start/region.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "server/document/node_path.h"

namespace dynarock::schema {

namespace {

// "eu-west-1, account 210987654321"; the provider configuration where no file says more.
std::string HomeText(const Home& home) {
  std::string text = home.region;
  const auto add = [&](const std::string& part) {
    if (!text.empty()) text += ", ";
    text += part;
  };
  if (!home.account.empty()) add("account " + home.account);
  if (!home.provider.empty()) add("provider " + home.provider);
  return text.empty() ? "the default region" : text;
}

bool IsIn(const TableSource& table, std::string_view region) {
  return table.home.region.empty() || table.home.region == region ||
         std::ranges::find(table.replica_regions, region) != table.replica_regions.end();
}

std::string Listed(const std::set<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace

std::expected<std::vector<std::string>, std::string> KeepRegion(std::string_view region,
                                                                Reading& reading) {
  std::vector<std::string> left_out;
  if (!region.empty() && !reading.tables.empty()) {
    std::set<std::string> regions;
    for (const TableSource& table : reading.tables) {
      regions.insert(table.home.region);
      regions.insert(table.replica_regions.begin(), table.replica_regions.end());
    }
    if (std::ranges::none_of(reading.tables, [&](const auto& t) { return IsIn(t, region); })) {
      return std::unexpected("--schema-region " + std::string(region) +
                             ": the tables of the files are in " + Listed(regions));
    }
    std::erase_if(reading.tables, [&](const TableSource& table) {
      if (IsIn(table, region)) return false;
      left_out.push_back(table.address + " is left out: it is in " + HomeText(table.home));
      return true;
    });
  }
  // Of each name, the table that stays.
  std::map<std::string, const TableSource*> kept;
  for (const TableSource& table : reading.tables) {
    const std::string name(TextOf(table.request, "TableName"));
    if (name.empty()) continue;
    const auto [at, fresh] = kept.emplace(name, &table);
    if (!fresh && !at->second->home.provider.empty() && table.home.provider.empty()) {
      at->second = &table;
    }
  }
  std::map<std::string, Home> homes;
  for (const auto& [name, table] : kept) homes.emplace(name, table->home);
  std::erase_if(reading.tables, [&](const TableSource& table) {
    const auto home = homes.find(std::string(TextOf(table.request, "TableName")));
    if (home == homes.end() || home->second == table.home) return false;
    left_out.push_back(table.address + " is left out: it is in " + HomeText(table.home) + ", and " +
                       home->first + " of " + HomeText(home->second) +
                       " is made (--schema-region chooses)");
    return true;
  });
  return left_out;
}

}  // namespace dynarock::schema
