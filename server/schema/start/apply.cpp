#include "server/schema/start/apply.h"

#include <map>
#include <utility>

#include "server/operations/tables/new_table.h"
#include "server/schema/table/table_names.h"
#include "storage/item/json.h"
#include "storage/table/store.h"

namespace dynarock::schema {

namespace {

std::string PlaceText(const Place& place) {
  return place.file + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

void AddLine(std::string line, std::string& lines) {
  if (!lines.empty()) lines += '\n';
  lines += line;
}

// Files may define a table equally: stages, copies. Two of one name in a file meet when they are
// deployed.
void CompareRepeated(const WantedTable& wanted, const WantedTable& first, std::string& lines) {
  const std::string head = PlaceText(wanted.place) + ": the table " + wanted.table.name +
                           " is defined before, at " + PlaceText(first.place);
  const std::string tail = wanted.name_made_up ? " (the file gives it no name: set TableName)" : "";
  if (wanted.place.file == first.place.file &&
      (wanted.address != first.address || wanted.place.line != first.place.line ||
       wanted.place.column != first.place.column)) {
    return AddLine(head + tail, lines);
  }
  for (const Difference& difference :
       Differences(wanted.table, first.table, "the definition before")) {
    AddLine(head + ", and differs: " + difference.text + tail, lines);
  }
}

// Makes one table with its time to live and recovery settings, which the API sets with calls of
// their own. Here it is one step: a start that ends in between would leave a table that the next
// start takes for another one.
Result<void> Create(const WantedTable& wanted, Store& store) {
  JsonDocument document;
  if (!document.Parse(wanted.request))
    return Fail(Internal("a table could not be written as JSON"));
  const int64_t now = store.now_ms();
  DYNAROCK_TRY(TableDescription table,
               operations::ReadNewTable(document.root(), wanted.table.region, now));
  table.ttl = wanted.table.ttl;
  if (table.ttl.enabled) table.ttl.changed_ms = now;
  table.recovery = wanted.table.recovery;
  if (table.recovery.enabled) table.recovery.enabled_ms = now;
  DYNAROCK_CHECK(store.CreateTable({}, std::move(table)));
  return {};
}

}  // namespace

std::string LineOf(const Message& message) {
  std::string line = message.place.file.empty() ? "" : PlaceText(message.place) + ": ";
  line += message.text;
  if (!message.hint.empty()) line += " (" + message.hint + ")";
  return line;
}

std::expected<std::vector<WantedTable>, std::string> WantAll(const Reading& reading,
                                                             std::string_view region) {
  std::vector<WantedTable> tables;
  std::string lines;
  for (const Message& message : reading.messages) {
    if (message.severity == Severity::kError) AddLine(LineOf(message), lines);
  }
  std::map<std::string, size_t> names;  // where in `tables`
  const std::vector<std::string> made_up = MakeUpNames(reading.tables);
  for (size_t i = 0; i < reading.tables.size(); ++i) {
    auto wanted = Want(reading.tables[i], made_up[i], region);
    if (!wanted) {
      // Of a value that the reader has refused, its message says all.
      const bool told = wanted.error().text.empty() && !lines.empty();
      if (!told) AddLine(LineOf(wanted.error()), lines);
      continue;
    }
    const auto [first, fresh] = names.emplace(wanted->table.name, tables.size());
    if (fresh) {
      tables.push_back(*std::move(wanted));
    } else {
      CompareRepeated(*wanted, tables[first->second], lines);
    }
  }
  if (!lines.empty()) return std::unexpected(std::move(lines));
  return tables;
}

std::expected<Applied, std::string> Apply(const std::vector<WantedTable>& tables, Store& store) {
  Applied applied;
  std::string lines;
  std::vector<const WantedTable*> missing;
  for (const WantedTable& wanted : tables) {
    const auto existing = store.Find({}, wanted.table.name);
    if (existing == nullptr) {
      missing.push_back(&wanted);
      continue;
    }
    const auto differences = Differences(wanted.table, existing->description(), "the table");
    for (const Difference& difference : differences) {
      AddLine(PlaceText(wanted.place) + ": the table " + wanted.table.name +
                  " exists and differs: " + difference.text,
              lines);
    }
    if (differences.empty()) applied.kept.push_back(wanted.table.name);
  }
  if (!lines.empty()) return std::unexpected(std::move(lines));
  for (const WantedTable* wanted : missing) {
    if (const auto made = Create(*wanted, store); !made) {
      return std::unexpected(PlaceText(wanted->place) + ": the table " + wanted->table.name +
                             " cannot be made: " + made.error().message);
    }
    applied.created.push_back(wanted->table.name);
  }
  return applied;
}

}  // namespace dynarock::schema
