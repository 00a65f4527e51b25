// Query. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html
#include "expression/errors.h"
#include "expression/key_condition.h"
#include "server/operations/request/errors.h"
#include "server/operations/request/key_paths.h"
#include "server/operations/request/key_query.h"
#include "server/operations/request/legacy_parameters.h"
#include "server/operations/request/members.h"
#include "server/operations/request/operation_list.h"
#include "server/operations/request/read_page.h"
#include "server/operations/request/shapes.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

// The newer layer that checks this member prints it with a capital and without its value (observed
// on the service).
Result<void> CheckLimit(const JsonValue* value, Violations& violations) {
  if (value != nullptr && value->IsNumber() && value->GetDouble() < 1) {
    violations.AddWithoutValue("Limit", "Member must have value greater than or equal to 1");
  }
  return {};
}

constexpr Member kMembers[] = {
    ItemTableName(),
    ReturnConsumedCapacityMember(),
    {"Select", &kStringShape, OneOf(kSelect)},
    IndexNameMember(),
    {"QueryFilter", &kConditionMap},
    {"ConditionalOperator", &kStringShape, OneOf(kConditionalOperator)},
    {"AttributesToGet", &kStringListShape, {.min_length = 1}},
    {"KeyConditions", &kConditionMap},
    {"Limit", &kIntegerShape, {.check = CheckLimit}},
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

constexpr size_t kMostTerms = 2;  // of a table, a local index or an ordinary global one

// Reads everything that needs no table. Order recorded by dynalite.
Result<std::vector<expression::KeyTerm>> ReadRequest(const JsonValue& input,
                                                     ReadParameters& parameters) {
  const bool key_expression = FindMember(input, "KeyConditionExpression") != nullptr;
  const std::span<const std::string_view> legacy =
      key_expression ? std::span<const std::string_view>(kLegacyWithKeys) : kLegacy;
  DYNAROCK_CHECK(CheckParameterStyles(
      input, {.legacy = legacy, .expressions = kExpressions, .with_values = kWithValues}));
  DYNAROCK_TRY(const auto filter, ReadLegacyConditions(input, "QueryFilter", parameters.arena));
  DYNAROCK_TRY(const auto join, ReadConditionalOperator(input, {"QueryFilter", "KeyConditions"}));
  if (!filter.empty()) {
    DYNAROCK_TRY(parameters.filter, expression::FromFilter(filter, join));
    parameters.filtered = true;
  }
  DYNAROCK_CHECK(parameters.projection.ReadAttributesToGet(input));
  DYNAROCK_CHECK(parameters.ReadStartKey(input));
  if (!key_expression && FindMember(input, "KeyConditions") == nullptr) {
    return Fail(
        Validation("Either the KeyConditions or KeyConditionExpression parameter must be specified "
                   "in the request."));
  }
  DYNAROCK_CHECK(parameters.reader.Read(input, parameters.placeholders));
  std::vector<expression::KeyTerm> terms;
  if (key_expression) {
    DYNAROCK_TRY(terms,
                 expression::ParseKeyCondition(Text(*FindMember(input, "KeyConditionExpression")),
                                               parameters.placeholders));
  }
  DYNAROCK_CHECK(parameters.ReadFilterExpression(input));
  DYNAROCK_CHECK(parameters.projection.ReadExpression(input, parameters.placeholders));
  DYNAROCK_CHECK(parameters.placeholders.CheckAllUsed());
  if (!key_expression) {
    DYNAROCK_TRY(const auto conditions,
                 ReadLegacyConditions(input, "KeyConditions", parameters.arena));
    DYNAROCK_TRY(terms, expression::FromKeyConditions(conditions));
  }
  // Only a global index can have more than two key attributes.
  if (terms.empty() || (terms.size() > kMostTerms && FindMember(input, "IndexName") == nullptr)) {
    return Fail(expression::WrongConditionCount());
  }
  DYNAROCK_CHECK(parameters.ReadSelect(input, "1 validation error detected: "));
  return terms;
}

Result<void> Run(Call& call) {
  const JsonValue& input = call.input;
  ReadParameters parameters;
  DYNAROCK_TRY(const auto terms, ReadRequest(input, parameters));

  DYNAROCK_TRY(const ReadTarget target, FindReadTarget(call));
  const Key& key = target.index != nullptr ? target.index->key : target.table->key();
  if (terms.size() > kMostTerms && key.hash.size() == 1 && key.range.size() <= 1) {
    return Fail(expression::WrongConditionCount());
  }
  if (parameters.start_key) {
    const ItemView start_key(*parameters.start_key);
    if (!HasPositionSize(target, start_key)) return Fail(InvalidStartKey());
    DYNAROCK_CHECK(CheckStartKeySchema(target, start_key));
  }
  const auto schema = SchemaOf(key);
  DYNAROCK_TRY(const expression::KeyQuery query, expression::ResolveKeyTerms(terms, schema));

  ReadPlan plan;
  plan.table = target.table;
  plan.index = target.index;
  plan.forward = BoolOr(input, "ScanIndexForward", true);
  if (parameters.start_key) {
    const ItemView start_key(*parameters.start_key);
    DYNAROCK_TRY(plan.start, StartPosition(target, start_key));
    DYNAROCK_CHECK(CheckStartInside(key, query, start_key));
  }
  DYNAROCK_CHECK(parameters.projection.CheckPaths(*target.table));
  DYNAROCK_CHECK(CheckFilterAttributes(key, parameters.filter.paths(),
                                       FindMember(input, "QueryFilter") != nullptr));
  DYNAROCK_CHECK(CheckSelectOnIndex(target, parameters));
  DYNAROCK_CHECK(CheckKeyPaths(*target.table, parameters.filter.paths()));

  SetKeys(query, plan);
  return AnswerPage(call, AccessKind::kQuery, target, parameters, std::move(plan));
}

}  // namespace

const Operation kQuery{.name = "Query", .input = &kInput, .run = Run};

}  // namespace dynarock::operations
