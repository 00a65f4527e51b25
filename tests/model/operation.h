// What a run does, step by step, as data: so that a step can be generated, put into a request, told
// to the reference, and left out or made smaller when a failure is shrunk.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tests/model/value.h"

namespace dynarock::model {

// A document path of at most two steps: "a", "a.b" or "a[1]".
struct Path {
  std::string attribute;
  std::string key = {};  // of a map
  int index = -1;        // of a list
  bool nested() const { return !key.empty() || index >= 0; }
};

// What `item` has there; nullptr: nothing.
const Value* Find(const Item& item, const Path& path);

// A condition or filter.
struct Condition {
  enum class Kind {
    kExists,
    kNotExists,
    kEqual,
    kNotEqual,
    kLess,
    kLessOrEqual,
    kGreater,
    kGreaterOrEqual,
    kBetween,
    kIn,
    kBeginsWith,
    kContains,
    kSizeAtLeast,
    kHasType,
    kAnd,
    kOr,
    kNot,
  };
  Kind kind = Kind::kExists;
  Path path = {};
  std::vector<Value> values = {};          // operands; kHasType: the type's name as a string
  std::vector<Condition> conditions = {};  // of kAnd, kOr: two; of kNot: one
};

struct UpdateAction {
  enum class Kind { kSet, kSetIfAbsent, kAppend, kPlus, kCopy, kRemove, kAdd, kDelete };
  Kind kind = Kind::kSet;
  Path path = {};
  Value value = {};  // kCopy: unused
  Path from = {};    // kSetIfAbsent, kAppend, kPlus, kCopy: what is read
};

// What is written to one item, as a request of its own, in a batch or in a transaction.
struct Write {
  enum class Kind { kPut, kDelete, kUpdate, kCheck };
  Kind kind = Kind::kPut;
  Item item = {};  // kPut: the item; otherwise: its key
  std::vector<UpdateAction> actions = {};
  std::optional<Condition> condition = {};
  std::string return_values = "NONE";
};

// A Query (with a partition) or a Scan.
struct Read {
  std::string index = {};  // empty: the table
  std::optional<Value> partition = {};
  std::optional<Condition> sort = {};  // on the sort key; path unused
  bool forward = true;
  int limit = 0;     // of a page; 0: none
  int segments = 1;  // of a Scan
  bool count_only = false;
  std::optional<Condition> filter = {};
};

struct Step {
  enum class Kind {
    kWrite,          // writes[0]
    kBatchWrite,     // writes: puts and deletes
    kTransactWrite,  // writes
    kGet,            // keys[0]
    kBatchGet,       // keys
    kTransactGet,    // keys
    kRead,           // read
    kAdvance,        // the clock goes on by `seconds`, and what has expired goes
    kRestart,        // `clean`: the store was closed before, rather than killed
    kAddIndex,
    kDropIndex,
  };
  Kind kind = Kind::kWrite;
  std::vector<Write> writes = {};
  std::vector<Item> keys = {};
  Read read = {};
  int64_t seconds = 0;
  bool clean = true;
};

// What one run works on.
struct Setup {
  uint64_t seed = 0;
  std::string sort_type = "S";           // of the table's sort key
  std::string local_projection = "ALL";  // of the indexes: ALL, KEYS_ONLY, or INCLUDE of `n`
  std::string global_projection = "ALL";
  std::string stream_view = "NEW_AND_OLD_IMAGES";
  bool on_disk = false;
};

inline constexpr const char* kTable = "Model";
inline constexpr const char* kLocalIndex = "local";    // pk, l
inline constexpr const char* kGlobalIndex = "global";  // g, h
inline constexpr const char* kAddedIndex = "added";    // g; comes and goes

// The members of a request in the order of their names: {"TableName", "\"Model\""}.
using Body = std::map<std::string, std::string>;

struct Request {
  std::string operation;
  Body body;
  std::string json() const;
};

// The request of a step that is one; `start` is the ExclusiveStartKey of a page, `segment` that of a
// parallel Scan.
Request RequestOf(const Step& step, const std::string& start = {}, int segment = 0);
std::string CreateTableJson(const Setup& setup);

// A line that a person can read, and send again.
std::string Show(const Step& step);

}  // namespace dynarock::model
