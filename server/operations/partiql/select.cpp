#include "server/operations/partiql/select.h"

#include <algorithm>
#include <list>

#include "expression/errors.h"
#include "server/operations/partiql/page_token.h"
#include "server/operations/partiql/statement_request.h"
#include "server/operations/request/capacity.h"
#include "server/operations/request/errors.h"
#include "server/operations/request/key_query.h"
#include "server/operations/request/members.h"
#include "server/operations/request/notes.h"
#include "server/operations/request/read_page.h"
#include "server/operations/transactions/fingerprint.h"
#include "storage/item/wire_json.h"

namespace dynarock::operations {

namespace {

using expression::KeyQuery;
using expression::ReadPath;
using expression::Statement;

Result<ReadTarget> FindTarget(const Call& call, const Statement& statement) {
  ReadTarget target;
  DYNAROCK_TRY(target.table, FindStatementTable(call, statement));
  target.consistent = BoolOr(call.input, "ConsistentRead", false);
  if (!statement.index) return target;
  target.index = target.table->FindIndex(*statement.index);
  if (target.index == nullptr) return Fail(NoSuchIndexOfStatement());
  if (!target.index->local && target.consistent) {
    return Fail(
        Validation("Strongly consistent read is not supported on Global Secondary Indexes"));
  }
  if (target.index->backfilling) return Fail(BackfillingIndex(target.index->name));
  return target;
}

// "[a, b]": the names that the index does not project, each once; empty: it projects all.
std::string Unprojected(const Index& index, std::span<const expression::Path> paths) {
  std::vector<std::string_view> names;
  for (const expression::Path path : paths) {
    const std::string_view name = path.front().name;
    if (index.Projects(name) || std::find(names.begin(), names.end(), name) != names.end()) {
      continue;
    }
    names.push_back(name);
  }
  if (names.empty()) return {};
  std::string list = "[";
  for (size_t i = 0; i < names.size(); ++i) list.append(i > 0 ? ", " : "").append(names[i]);
  return list + "]";
}

Result<void> CheckProjection(const ReadTarget& target, const Statement& statement,
                             const ReadPath& path) {
  if (target.index == nullptr) return {};
  const Index& index = *target.index;
  if (!index.local) {
    if (const std::string names = Unprojected(index, statement.projection); !names.empty()) {
      return Fail(
          InvalidParameter("Global secondary index " + index.name + " does not project " + names));
    }
  }
  const bool keyed = path.kind != ReadPath::Kind::kScan;
  const bool has_or = std::any_of(
      statement.conjuncts.begin(), statement.conjuncts.end(),
      [&](uint32_t i) { return statement.node(i).kind == expression::WhereNode::Kind::kOr; });
  if (!keyed || has_or) return {};
  const std::string names = Unprojected(index, statement.where_paths());
  if (names.empty()) return {};
  return Fail(InvalidParameter("Secondary index " + index.name +
                               " does not project one or more filter attributes: " + names));
}

// The sequence in which a SELECT shows its items.
struct Sequence {
  bool forward = true;           // by sort key, within one query
  bool hash_descending = false;  // of several queries
  bool by_hash = false;
  bool by_range = false;  // several queries are merged by sort key
};

// How many partitions the read touches.
size_t Partitions(const ReadPath& path) {
  std::vector<ValueView> hashes;
  for (const KeyQuery& query : path.queries) {
    if (std::find(hashes.begin(), hashes.end(), query.hash.front()) == hashes.end()) {
      hashes.push_back(query.hash.front());
    }
  }
  return hashes.size();
}

Result<void> CheckOrder(const Statement& statement, const Key& key, const ReadPath& path) {
  if (!statement.has_where()) {
    return Fail(Validation("Must have WHERE clause in the statement when using ORDER BY clause."));
  }
  if (path.kind == ReadPath::Kind::kScan) {
    return Fail(
        Validation("Must have at least one non-optional hash key condition in WHERE clause when "
                   "using ORDER BY clause."));
  }
  DYNAROCK_CHECK(CheckOrderedByKey(statement, key));
  const bool by_hash = std::any_of(
      statement.order.begin(), statement.order.end(),
      [&](const expression::OrderTerm& term) { return term.attribute == key.hash[0].name; });
  if (by_hash || Partitions(path) < 2) return {};
  return Fail(
      Validation("Must have hash key in ORDER BY clause when more than one hash key condition "
                 "specified in WHERE clause."));
}

Result<Sequence> SequenceOf(const Statement& statement, const Key& key, const ReadPath& path) {
  Sequence sequence;
  if (statement.order.empty()) return sequence;
  DYNAROCK_CHECK(CheckOrder(statement, key, path));
  bool first = true;
  bool by_hash_alone = true;
  for (const expression::OrderTerm& term : statement.order) {
    if (term.attribute == key.hash[0].name) {
      if (first) {
        sequence.by_hash = true;
        sequence.hash_descending = term.descending;
      }
    } else {
      by_hash_alone = false;
      sequence.forward = !term.descending;
      sequence.by_range = first && path.queries.size() > 1;
    }
    first = false;
  }
  // One partition by its HASH key alone comes backwards (observed on the service).
  if (by_hash_alone && path.kind == ReadPath::Kind::kQuery) sequence.forward = false;
  return sequence;
}

// Whether a query names one item of the table.
bool NamesOneItem(const ReadTarget& target, const KeyQuery& query) {
  return target.index == nullptr && !query.range &&
         query.range_equal.size() == target.table->key().range.size();
}

uint64_t Mix(uint64_t hash, std::string_view bytes) {
  for (const char c : bytes) hash = (hash ^ static_cast<uint8_t>(c)) * 0x100000001B3u;  // FNV-1a
  return (hash ^ bytes.size()) * 0x100000001B3u;
}

// What a NextToken is bound to.
uint64_t BindingOf(const Call& call, const ReadTarget& target) {
  uint64_t hash = Mix(0xCBF29CE484222325u, StringOr(call.input, "Statement"));
  hash = (hash ^ target.table->storage_id()) * 0x100000001B3u;
  if (const JsonValue* parameters = FindMember(call.input, "Parameters")) {
    hash = Mix(hash, Fingerprint(*parameters));
  }
  return hash;
}

// One of the statement's queries while it is read.
struct Source {
  size_t query = 0;
  Cursor cursor;
  std::optional<ItemView> entry;
};

class Page {
 public:
  Page(Call& call, const Statement& statement, ReadTarget target, ReadPath path, Sequence sequence)
      : call_(call),
        statement_(statement),
        target_(std::move(target)),
        path_(std::move(path)),
        sequence_(sequence),
        limit_(Integer(call.input, "Limit")),
        most_items_(MostItems(call, limit_)),
        most_bytes_(std::max<uint64_t>(1, call.context.page_bytes)),
        factor_(target_.consistent ? 1.0 : 0.5) {}

  Result<void> Answer() {
    if (path_.kind == ReadPath::Kind::kScan) path_.queries.resize(1);
    SortQueries();
    const uint64_t binding = BindingOf(call_, target_);
    progress_.resize(path_.queries.size());
    if (const JsonValue* token = FindMember(call_.input, "NextToken")) {
      DYNAROCK_TRY(progress_, DecodePageToken(Text(*token), binding, path_.queries.size()));
    }
    note_.emplace(call_,
                  path_.kind == ReadPath::Kind::kScan ? AccessKind::kScan : AccessKind::kQuery,
                  AccessTarget{target_.table, statement_.table, call_.input,
                               /*transactional=*/false, /*partiql=*/true},
                  target_.index);
    needs_base_ = target_.index != nullptr && target_.index->local &&
                  !Unprojected(*target_.index, statement_.projection).empty();
    JsonWriter& out = call_.out;
    out.BeginObject();
    out.Key("Items");
    out.BeginArray();
    if (sequence_.by_range) {
      DYNAROCK_CHECK(Merge());
    } else {
      DYNAROCK_CHECK(OneAfterTheOther());
    }
    out.EndArray();
    const bool done = std::all_of(progress_.begin(), progress_.end(),
                                  [](const ReadProgress& query) { return query.done; });
    if (!done) {
      const std::string token = EncodePageToken(binding, progress_);
      if (Access* access = note_->access()) access->last_hash = TokenHash(token);
      out.Member("NextToken", token);
      if (progress_.size() == 1) {
        out.Key("LastEvaluatedKey");
        WriteItem(ItemView(progress_.front().last_key), out.Slot());
      }
    }
    WriteCapacity();
    out.EndObject();
    return {};
  }

 private:
  void SortQueries() {
    if (!sequence_.by_hash || path_.queries.size() < 2) return;
    std::stable_sort(path_.queries.begin(), path_.queries.end(),
                     [&](const KeyQuery& a, const KeyQuery& b) {
                       const auto order = Compare(a.hash.front(), b.hash.front());
                       if (!order) return false;
                       return sequence_.hash_descending ? *order > 0 : *order < 0;
                     });
  }

  Result<Source> Open(size_t i) {
    ReadPlan plan;
    plan.table = target_.table;
    plan.index = target_.index;
    plan.forward = sequence_.forward;
    plan.fetches_base = needs_base_;
    plan.view = call_.context.ViewOf(target_.consistent);
    if (path_.kind != ReadPath::Kind::kScan) SetKeys(path_.queries[i], plan);
    if (const std::string& last = progress_[i].last_key; !last.empty()) {
      auto start = PositionOf(*target_.table, target_.index, ItemView(last));
      if (!start) return Fail(Validation("Invalid NextToken"));
      plan.start = std::move(*start);
    }
    return Source{i, call_.store.Read(plan), std::nullopt};
  }

  bool full() const { return scanned_ >= most_items_ || bytes_ >= most_bytes_; }

  // Shows the entry a source stands at. Its query is read up to there.
  void Take(Source& source) {
    const ItemView entry = *source.entry;
    ++scanned_;
    bytes_ += entry.size();
    query_bytes_ += entry.size();
    ItemView shown = entry;
    if (needs_base_) {
      if (const auto base = source.cursor.Base()) shown = *base;
      fetched_units_ += static_cast<double>(ReadUnits(shown.size())) * factor_;
    }
    ReadProgress& progress = progress_[source.query];
    progress.done =
        path_.kind != ReadPath::Kind::kScan && NamesOneItem(target_, path_.queries[source.query]);
    if (full()) progress.last_key = PositionKey(*target_.table, target_.index, entry);
    if (!path_.rest || path_.rest->Matches(entry)) {
      ++returned_;
      WriteRow(statement_, shown, call_.out.Slot());
      note_->Returned(shown);
    }
  }

  void Charge() {
    units_ += static_cast<double>(ReadUnits(query_bytes_)) * factor_;
    query_bytes_ = 0;
  }

  Result<void> OneAfterTheOther() {
    for (size_t i = 0; i < path_.queries.size() && !full(); ++i) {
      if (progress_[i].done) continue;
      DYNAROCK_TRY(Source source, Open(i));
      while (!full() && !progress_[i].done) {
        source.entry = source.cursor.Next();
        if (source.entry) {
          Take(source);
        } else {
          progress_[i].done = true;
        }
      }
      Charge();
    }
    return {};
  }

  // Queries of several partition keys, as one sequence by sort key.
  Result<void> Merge() {
    const Key& key = target_.index != nullptr ? target_.index->key : target_.table->key();
    const std::string& attribute = key.range.front().name;
    std::list<Source> sources;
    for (size_t i = 0; i < path_.queries.size(); ++i) {
      if (progress_[i].done) continue;
      DYNAROCK_TRY(Source source, Open(i));
      source.entry = source.cursor.Next();
      if (source.entry) {
        sources.push_back(std::move(source));
      } else {
        progress_[i].done = true;
      }
    }
    const auto before = [&](const Source& a, const Source& b) {
      const auto order = Compare(*a.entry->Find(attribute), *b.entry->Find(attribute));
      return order && (sequence_.forward ? *order < 0 : *order > 0);
    };
    while (!sources.empty() && !full()) {
      const auto next = std::min_element(sources.begin(), sources.end(), before);
      Take(*next);
      // Where a query stopped is known only now: others may end the page.
      progress_[next->query].last_key = PositionKey(*target_.table, target_.index, *next->entry);
      if (!progress_[next->query].done) {
        next->entry = next->cursor.Next();
        if (next->entry) continue;
        progress_[next->query].done = true;
      }
      sources.erase(next);
    }
    Charge();
    return {};
  }

  void WriteCapacity() {
    const CapacityMode mode = ReadCapacityMode(call_.input);
    Consumed consumed;
    if (target_.index != nullptr) {
      consumed.table = fetched_units_;
      consumed.indexes.push_back({target_.index->name, target_.index->local, units_});
    } else {
      consumed.table = units_;
    }
    Note(consumed);
    if (mode == CapacityMode::kNone) return;
    call_.out.Key("ConsumedCapacity");
    WriteConsumed(call_.out, mode, statement_.table, consumed);
  }

  void Note(const Consumed& consumed) {
    Access* access = note_->access();
    if (access == nullptr) return;
    access->consistent = target_.consistent;
    access->filtered = path_.rest.has_value();
    access->forward = sequence_.forward;
    if (limit_) access->limit = *limit_;
    access->start_hash = TokenHash(StringOr(call_.input, "NextToken"));
    note_->Read(scanned_, returned_, bytes_, consumed);
  }

  Call& call_;
  const Statement& statement_;
  const ReadTarget target_;
  ReadPath path_;
  const Sequence sequence_;
  const std::optional<int64_t> limit_;
  const uint64_t most_items_;
  const uint64_t most_bytes_;
  const double factor_;
  bool needs_base_ = false;
  std::vector<ReadProgress> progress_;
  std::optional<PageNote> note_;
  uint64_t scanned_ = 0;
  uint64_t returned_ = 0;
  uint64_t bytes_ = 0;
  uint64_t query_bytes_ = 0;
  double units_ = 0;
  double fetched_units_ = 0;
};

// A statement that names one item of the table is a read of that item: no cursor, no page. False
// when it is none of these.
Result<bool> AnswerOneItem(Call& call, const Statement& statement, const ReadTarget& target) {
  if (target.index != nullptr || !statement.order.empty() ||
      FindMember(call.input, "NextToken") != nullptr) {
    return false;
  }
  DYNAROCK_CHECK(expression::CheckKeyTypes(statement, KeySchema(*target.table)));
  DYNAROCK_TRY(const auto named, expression::FindNamedItem(statement, KeyNames(*target.table)));
  if (!named) return false;
  const auto key = KeyOfKey(*target.table, ItemView(named->key));
  if (!key) return false;  // a Query says what is wrong with the values
  Pinned row;
  const bool found = call.store.Get(*key, row, call.context.ViewOf(target.consistent));
  JsonWriter& out = call.out;
  out.BeginObject();
  out.Key("Items");
  out.BeginArray();
  const ItemView item(found ? row.bytes() : std::string_view());
  const double units =
      static_cast<double>(ReadUnits(found ? item.size() : 0)) * (target.consistent ? 1.0 : 0.5);
  NoteGet(
      call, {target.table, statement.table, call.input, /*transactional=*/false, /*partiql=*/true},
      ItemView(named->key), found ? std::optional(item) : std::nullopt, target.consistent, units);
  if (found && (!named->rest || named->rest->Matches(item))) {
    WriteRow(statement, item, out.Slot());
  }
  out.EndArray();
  if (const CapacityMode mode = ReadCapacityMode(call.input); mode != CapacityMode::kNone) {
    Consumed consumed;
    consumed.table = units;
    out.Key("ConsumedCapacity");
    WriteConsumed(out, mode, statement.table, consumed);
  }
  out.EndObject();
  return true;
}

}  // namespace

Result<void> CheckOrderedByKey(const expression::Statement& statement, const Key& key) {
  for (const expression::OrderTerm& term : statement.order) {
    if (key.Find(term.attribute) != nullptr) continue;
    return Fail(Validation("Attribute " + std::string(term.attribute) +
                           " in ORDER BY clause must be part of the primary key"));
  }
  return {};
}

Result<void> AnswerSelect(Call& call, const Statement& statement) {
  DYNAROCK_TRY(ReadTarget target, FindTarget(call, statement));
  DYNAROCK_TRY(const bool answered, AnswerOneItem(call, statement, target));
  if (answered) return {};
  const Key& key = target.index != nullptr ? target.index->key : target.table->key();
  const auto schema = SchemaOf(key);
  DYNAROCK_TRY(ReadPath path, expression::FindReadPath(statement, schema));
  // Developer Guide, "PartiQL operators for DynamoDB": IN takes 50 values of a partition key.
  constexpr size_t kMostKeys = 50;
  if (path.queries.size() > kMostKeys) {
    return Fail(Validation(expression::TooManyInOperands(path.queries.size())));
  }
  DYNAROCK_TRY(const Sequence sequence, SequenceOf(statement, key, path));
  DYNAROCK_CHECK(CheckProjection(target, statement, path));
  return Page(call, statement, std::move(target), std::move(path), sequence).Answer();
}

}  // namespace dynarock::operations
