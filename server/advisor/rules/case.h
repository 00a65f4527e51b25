// What the rules judge: everything that was gathered, at one moment.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/advisor/rules/settings.h"
#include "server/advisor/watch/deletions.h"
#include "server/advisor/watch/error_watch.h"
#include "server/advisor/watch/orphan_search.h"
#include "server/advisor/watch/request_kind.h"
#include "server/advisor/watch/stored.h"
#include "server/advisor/watch/table_families.h"
#include "server/advisor/watch/table_lives.h"
#include "server/advisor/watch/table_watch.h"
#include "server/advisor/watch/text_families.h"
#include "server/advisor/watch/unprocessed.h"
#include "server/findings/report.h"

namespace dynarock::advisor {

// One table with all that was sent to it.
struct TableCase {
  std::string name;
  std::shared_ptr<const Table> table;  // the newest version; it may be dropped by now
  TableWatch::Facts facts;
  std::vector<const RequestKind*> kinds;
  std::vector<std::string> added;  // indexes that UpdateTable made
  uint64_t requests = 0;
  int64_t first_ms = 0;
  int64_t last_ms = 0;
};

struct Case {
  const Settings& settings;
  std::vector<const RequestKind*> kinds;
  std::vector<TableCase> tables;
  std::vector<TextFamily> families;
  std::vector<ErrorWatch::Undefined> undefined;
  std::vector<ErrorWatch::Repeat> repeats;
  std::vector<ErrorWatch::TooLarge> too_large;
  std::vector<ErrorWatch::RefusedKey> refused_keys;
  std::vector<Unprocessed::Row> unprocessed;
  std::vector<Deletion> deletions;
  const TableFamilies* names;      // under which name each table is counted
  Trails trails;                   // of deletions, while tables were there that are gone now
  const Stored* stored = nullptr;  // null: nobody can say what is stored
  int64_t now_ms = 0;              // of the wall clock
  TableLives::Counts lives{};

  const Thresholds& thresholds() const { return settings.thresholds; }
  // Null when no item of that name was touched.
  const TableCase* FindTable(std::string_view name) const;
};

// A finding about requests of one kind: table, index, example, client and times filled in.
Finding Of(const RequestKind& kind, std::string_view id, Severity severity, std::string title);
// A finding about what was seen of a table: example, client, count and times filled in. `table`: ""
// where it is not known.
Finding Of(std::string_view table, const Sighting& seen, std::string_view id, Severity severity,
           std::string title);
Finding Of(const TableCase& table, const Sighting& seen, std::string_view id, Severity severity,
           std::string title);

// Figures as text: "12,345", "1.5", "37 %", "12.3 KB".
std::string Figure(uint64_t count);
std::string Units(double units);
std::string Percent(double part, double whole);
std::string Bytes(uint64_t bytes);
// "1 item", "2 items".
std::string Counted(uint64_t count, std::string_view noun);

}  // namespace dynarock::advisor
