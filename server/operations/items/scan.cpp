// Scan. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html
#include "server/operations/request/errors.h"
#include "server/operations/request/key_paths.h"
#include "server/operations/request/legacy_parameters.h"
#include "server/operations/request/members.h"
#include "server/operations/request/operation_list.h"
#include "server/operations/request/read_page.h"
#include "server/operations/request/shapes.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

constexpr Member kMembers[] = {
    ItemTableName(),
    ReturnConsumedCapacityMember(),
    {"Select", &kStringShape, OneOf(kSelect)},
    {"Limit", &kIntegerShape, {.min_value = 1}},
    {"Segment", &kIntegerShape, {.min_value = 0, .max_value = 999999}},
    {"TotalSegments", &kIntegerShape, {.min_value = 1, .max_value = 1000000}},
    IndexNameMember(),
    {"ScanFilter", &kConditionMap},
    {"ConditionalOperator", &kStringShape, OneOf(kConditionalOperator)},
    {"AttributesToGet", &kStringListShape, {.min_length = 1}},
    {"ExclusiveStartKey", &kAttributeMap},
    {"ProjectionExpression", &kStringShape},
    {"FilterExpression", &kStringShape},
    {"ExpressionAttributeNames", &kNameMap},
    {"ExpressionAttributeValues", &kAttributeMap},
    {"ConsistentRead", &kBooleanShape},
};
constexpr Shape kInput = Structure("ScanInput", kMembers);

constexpr std::string_view kLegacy[] = {"AttributesToGet", "ScanFilter", "ConditionalOperator"};
constexpr std::string_view kExpressions[] = {"ProjectionExpression", "FilterExpression"};
constexpr std::string_view kWithValues[] = {"FilterExpression"};

struct Segments {
  uint32_t segment = 0;
  uint32_t total = 1;
};

Result<Segments> ReadSegments(const JsonValue& input) {
  const auto segment = Integer(input, "Segment");
  const auto total = Integer(input, "TotalSegments");
  if (segment && !total) {
    return Fail(
        Validation("The TotalSegments parameter is required but was not present in the request "
                   "when Segment parameter is present"));
  }
  if (total && !segment) {
    return Fail(
        Validation("The Segment parameter is required but was not present in the request when "
                   "parameter TotalSegments is present"));
  }
  if (!segment) return Segments{};
  if (*segment >= *total) {
    return Fail(Validation(
        "The Segment parameter is zero-based and must be less than parameter TotalSegments: "
        "Segment: " +
        std::to_string(*segment) + " is not less than TotalSegments: " + std::to_string(*total)));
  }
  return Segments{static_cast<uint32_t>(*segment), static_cast<uint32_t>(*total)};
}

// Reads everything that needs no table. Order recorded by dynalite.
Result<Segments> ReadRequest(const JsonValue& input, ReadParameters& parameters) {
  DYNAROCK_CHECK(CheckParameterStyles(
      input, {.legacy = kLegacy, .expressions = kExpressions, .with_values = kWithValues}));
  DYNAROCK_CHECK(parameters.projection.ReadAttributesToGet(input));
  DYNAROCK_TRY(const auto filter, ReadLegacyConditions(input, "ScanFilter", parameters.arena));
  DYNAROCK_TRY(const auto join, ReadConditionalOperator(input, {"ScanFilter"}));
  if (!filter.empty()) {
    DYNAROCK_TRY(parameters.filter, expression::FromFilter(filter, join));
    parameters.filtered = true;
  }
  DYNAROCK_CHECK(parameters.ReadStartKey(input));
  DYNAROCK_TRY(const Segments segments, ReadSegments(input));
  DYNAROCK_CHECK(parameters.reader.Read(input, parameters.placeholders));
  DYNAROCK_CHECK(parameters.ReadFilterExpression(input));
  DYNAROCK_CHECK(parameters.projection.ReadExpression(input, parameters.placeholders));
  DYNAROCK_CHECK(parameters.placeholders.CheckAllUsed());
  DYNAROCK_CHECK(parameters.ReadSelect(input, ""));
  return segments;
}

Result<void> Run(Call& call) {
  ReadParameters parameters;
  DYNAROCK_TRY(const Segments segments, ReadRequest(call.input, parameters));

  DYNAROCK_TRY(const ReadTarget target, FindReadTarget(call));
  if (parameters.start_key) {
    const ItemView start_key(*parameters.start_key);
    const bool complete = HasPositionSize(target, start_key);
    if (target.index != nullptr) {
      if (!complete) return Fail(InvalidStartKey());
      DYNAROCK_CHECK(CheckStartKeySchema(target, start_key));
    } else if (!complete) {
      return Fail(InvalidStartKey(KeySchemaMismatch()));
    }
  }
  DYNAROCK_CHECK(CheckSelectOnIndex(target, parameters));
  ReadPlan plan;
  plan.table = target.table;
  plan.index = target.index;
  plan.segment = segments.segment;
  plan.total_segments = segments.total;
  if (parameters.start_key) {
    DYNAROCK_TRY(std::string position, StartPosition(target, ItemView(*parameters.start_key)));
    if (!InSegment(position, segments.segment, segments.total)) {
      return Fail(InvalidStartKey(
          "Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment. "
          "TotalSegments: " +
          std::to_string(segments.total) + " Segment: " + std::to_string(segments.segment)));
    }
    plan.start = std::move(position);
  }
  DYNAROCK_CHECK(parameters.projection.CheckPaths(*target.table));
  DYNAROCK_CHECK(CheckKeyPaths(*target.table, parameters.filter.paths()));
  return AnswerPage(call, AccessKind::kScan, target, parameters, std::move(plan));
}

}  // namespace

const Operation kScan{.name = "Scan", .input = &kInput, .run = Run, .inline_bytes = 0};

}  // namespace dynarock::operations
