// Query. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html
#include "expression/errors.h"
#include "expression/key_condition.h"
#include "expression/print.h"
#include "server/operations/request/errors.h"
#include "server/operations/request/key_paths.h"
#include "server/operations/request/key_query.h"
#include "server/operations/request/legacy_parameters.h"
#include "server/operations/request/members.h"
#include "server/operations/request/newer_members.h"
#include "server/operations/request/operation_list.h"
#include "server/operations/request/read_members.h"
#include "server/operations/request/read_page.h"
#include "server/operations/request/shapes.h"
#include "server/protocol/check.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

// Of the Limit alone the older layer is only known to say what the newer one says; behind other
// violations, as those of an absent TableName, it names all members in its own form.
Result<void> CheckLimitBehindOthers(const JsonValue* value, Violations& violations) {
  if (violations.empty()) return CheckLimit(value, violations);
  Violations limit;
  DYNAROCK_CHECK(CheckLimit(value, limit));
  if (!limit.empty()) {
    violations.Add(Dump(kIntegerShape, *value), "limit",
                   "Member must have value greater than or equal to 1");
  }
  return {};
}

// In the order in which the service names several that are wrong (observed of most of them).
constexpr Member kMembers[] = {
    {"Select", &kStringShape, OneOf(kSelect)},
    ReturnConsumedCapacityMember(),
    ItemTableName(),
    {"ConditionalOperator", &kStringShape, OneOf(kConditionalOperator)},
    {"QueryFilter", &kConditionMap},
    {"KeyConditions", &kConditionMap},
    IndexNameMember(),
    {"AttributesToGet", &kStringListShape, {.min_length = 1}},
    {"Limit", &kIntegerShape, {.check = CheckLimitBehindOthers}},
    {"ConsistentRead", &kBooleanShape},
    {"ScanIndexForward", &kBooleanShape},
    {"ExclusiveStartKey", &kAttributeMap},
    {"ProjectionExpression", &kStringShape},
    {"FilterExpression", &kStringShape},
    {"KeyConditionExpression", &kStringShape},
    {"ExpressionAttributeNames", &kNameMap},
    {"ExpressionAttributeValues", &kAttributeMap},
};
constexpr Shape kInput = Structure("QueryInput", kMembers);

constexpr Member kNewerLimit[] = {LimitInRange(), TableNameGiven()};
constexpr Member kNewerNames[] = {
    TableNameFormat(),
    ReturnConsumedCapacityMember(),
    IndexNameMember(),
    {"AttributesToGet", &kStringListShape, {.min_length = 1}},
};
constexpr Stage kNewer[] = {kNewerLimit, kNewerNames};

constexpr std::string_view kLegacy[] = {"AttributesToGet", "QueryFilter", "ConditionalOperator"};
constexpr std::string_view kLegacyWithKeys[] = {"AttributesToGet", "QueryFilter",
                                                "ConditionalOperator", "KeyConditions"};
constexpr std::string_view kExpressions[] = {"ProjectionExpression", "FilterExpression",
                                             "KeyConditionExpression"};
constexpr std::string_view kWithValues[] = {"FilterExpression", "KeyConditionExpression"};

bool Meets(ValueView value, const expression::KeyTerm& term) {
  if (term.op == expression::KeyOperator::kBeginsWith) {
    return value.type() == term.value.type() && value.text().starts_with(term.value.text());
  }
  const auto order = Compare(value, term.value);
  if (!order) return false;
  switch (term.op) {
    case expression::KeyOperator::kEqual:
      return *order == 0;
    case expression::KeyOperator::kLess:
      return *order < 0;
    case expression::KeyOperator::kLessEqual:
      return *order <= 0;
    case expression::KeyOperator::kGreater:
      return *order > 0;
    case expression::KeyOperator::kGreaterEqual:
      return *order >= 0;
    case expression::KeyOperator::kBetween:
      return *order >= 0 && Compare(value, term.upper).value_or(std::strong_ordering::greater) <= 0;
    default:
      return false;
  }
}

// The start key of a table without a sort key that has the query's hash value: no item can follow.
Result<void> CheckStartOfSingleItem(const ReadTarget& target, const expression::KeyQuery& query,
                                    ItemView start_key) {
  if (target.index != nullptr || target.table->has_range()) return {};
  const std::string& name = target.table->key().hash.front().name;
  if (*start_key.Find(name) != query.hash.front()) return {};
  return Fail(
      StartKeyOfSingleItem(name, "AttributeValue: " + expression::PrintValue(query.hash.front())));
}

// Whether an ExclusiveStartKey lies inside what the query reads. Texts recorded by dynalite.
Result<void> CheckStartInside(const Key& key, const expression::KeyQuery& query,
                              ItemView start_key) {
  bool same_hash = true;
  for (size_t i = 0; i < key.hash.size(); ++i) {
    same_hash = same_hash && *start_key.Find(key.hash[i].name) == query.hash[i];
  }
  bool range_met = true;
  for (size_t i = 0; i < query.range_equal.size(); ++i) {
    range_met = range_met && *start_key.Find(key.range[i].name) == query.range_equal[i];
  }
  if (query.range) {
    range_met = range_met && Meets(*start_key.Find(query.range->attribute), *query.range);
  }
  const bool has_range = query.range || !query.range_equal.empty();
  if (!has_range && !same_hash) {
    return Fail(StartKeyOutsideQuery());
  }
  if (!range_met) {
    return Fail(StartKeyAgainstPredicate());
  }
  if (!same_hash) {
    return Fail(Validation("The query can return at most one row and cannot be restarted"));
  }
  return {};
}

Result<void> CheckFilterAttributes(const Key& key, std::span<const expression::Path> paths,
                                   bool legacy) {
  for (const expression::Path path : paths) {
    if (key.Find(path.front().name) == nullptr) continue;
    return Fail(FilterOnKey(legacy ? "QueryFilter" : "Filter Expression", path.front().name));
  }
  return {};
}

// A filter in a query of an index may only look at what the index holds.
Result<void> CheckFilterProjected(const ReadTarget& target, const ReadParameters& parameters) {
  if (target.index == nullptr) return {};
  const auto missing = NotProjected(*target.index, parameters.filter.paths());
  if (missing.empty()) return {};
  return Fail(FilterNotProjected(target.index->name, missing));
}

Result<void> ReadQueryFilter(const JsonValue& input, ReadParameters& parameters) {
  DYNAROCK_TRY(const auto join, ReadConditionalOperator(input, "QueryFilter"));
  DYNAROCK_CHECK(parameters.ReadSelect(input));
  DYNAROCK_TRY(const auto filter,
               ReadLegacyConditions(input, "QueryFilter", parameters.arena, parameters.layer));
  if (filter.empty()) return {};
  parameters.filter = expression::FromFilter(filter, join);
  parameters.filtered = true;
  return {};
}

constexpr size_t kMostTerms = 2;  // of a table, a local index or an ordinary global one

// How many conditions there are, as far as it is told before the table is known: none at all, and in
// the older layer more than a table can have; only a global index can have more key attributes.
Result<void> CheckTermCount(const JsonValue& input, size_t count, Layer layer) {
  const bool too_many =
      layer == Layer::kOlder && count > kMostTerms && FindMember(input, "IndexName") == nullptr;
  if (count > 0 && !too_many) return {};
  return Fail(expression::WrongConditionCount());
}

// Reads everything that needs no table. Order observed on the service, where dynalite recorded it.
Result<std::vector<expression::KeyTerm>> ReadRequest(const JsonValue& input,
                                                     ReadParameters& parameters) {
  const bool key_expression = FindMember(input, "KeyConditionExpression") != nullptr;
  const std::span<const std::string_view> legacy =
      key_expression ? std::span<const std::string_view>(kLegacyWithKeys) : kLegacy;
  DYNAROCK_CHECK(CheckParameterStyles(
      input, {.legacy = legacy, .expressions = kExpressions, .with_values = kWithValues}));
  DYNAROCK_CHECK(ReadQueryFilter(input, parameters));
  DYNAROCK_CHECK(parameters.projection.ReadAttributesToGet(input));
  DYNAROCK_CHECK(parameters.ReadStartKey(input));
  if (!key_expression && FindMember(input, "KeyConditions") == nullptr) {
    return Fail(
        Validation("Either the KeyConditions or KeyConditionExpression parameter must be specified "
                   "in the request."));
  }
  DYNAROCK_CHECK(parameters.reader.Read(input, parameters.placeholders));
  expression::Condition key_condition;
  if (key_expression) {
    DYNAROCK_TRY(key_condition,
                 expression::ParseKeyCondition(Text(*FindMember(input, "KeyConditionExpression")),
                                               parameters.placeholders));
  }
  DYNAROCK_CHECK(parameters.ReadFilterExpression(input));
  DYNAROCK_CHECK(parameters.projection.ReadExpression(input, parameters.placeholders));
  DYNAROCK_CHECK(parameters.placeholders.CheckAllUsed());
  std::vector<expression::KeyTerm> terms;
  if (key_expression) {
    DYNAROCK_TRY(terms, expression::ReadKeyTerms(key_condition, parameters.layer));
  } else {
    DYNAROCK_TRY(const auto conditions,
                 ReadLegacyConditions(input, "KeyConditions", parameters.arena, parameters.layer));
    terms = expression::FromKeyConditions(conditions);
  }
  DYNAROCK_CHECK(CheckTermCount(input, terms.size(), parameters.layer));
  return terms;
}

// What is asked for and filtered by, against the key in use and what the index holds.
Result<void> CheckShown(const JsonValue& input, const ReadTarget& target,
                        const ReadParameters& parameters) {
  DYNAROCK_CHECK(parameters.projection.CheckPaths(*target.table));
  DYNAROCK_CHECK(CheckFilterAttributes(target.key(), parameters.filter.paths(),
                                       FindMember(input, "QueryFilter") != nullptr));
  DYNAROCK_CHECK(CheckSelectOnIndex(target, parameters));
  DYNAROCK_CHECK(CheckProjectedBy(target, parameters));
  DYNAROCK_CHECK(CheckFilterProjected(target, parameters));
  return CheckKeyPaths(*target.table, parameters.filter.paths());
}

Result<void> Run(Call& call) {
  const JsonValue& input = call.input;
  ReadParameters parameters(call.context.layer, /*scan=*/false);
  DYNAROCK_TRY(const auto terms, ReadRequest(input, parameters));

  DYNAROCK_TRY(const ReadTarget target, FindReadTarget(call));
  std::optional<ItemView> start_key;
  if (parameters.start_key) start_key = ItemView(*parameters.start_key);
  DYNAROCK_TRY(const expression::KeyQuery query,
               FitKeys(terms, target, start_key, parameters.layer));

  ReadPlan plan;
  plan.table = target.table;
  plan.index = target.index;
  plan.forward = BoolOr(input, "ScanIndexForward", true);
  if (start_key) {
    DYNAROCK_TRY(plan.start, StartPosition(target, *start_key, parameters.layer));
    DYNAROCK_CHECK(CheckStartOfSingleItem(target, query, *start_key));
    DYNAROCK_CHECK(CheckStartInside(target.key(), query, *start_key));
  }
  DYNAROCK_CHECK(CheckShown(input, target, parameters));

  SetKeys(query, plan);
  return AnswerPage(call, AccessKind::kQuery, target, parameters, std::move(plan));
}

}  // namespace

const Operation kQuery{.name = "Query", .input = &kInput, .run = Run, .newer = kNewer};

}  // namespace dynarock::operations
