// Scan. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html
#include <algorithm>

#include "server/operations/request/errors.h"
#include "server/operations/request/key_paths.h"
#include "server/operations/request/legacy_parameters.h"
#include "server/operations/request/members.h"
#include "server/operations/request/newer_members.h"
#include "server/operations/request/operation_list.h"
#include "server/operations/request/read_members.h"
#include "server/operations/request/read_page.h"
#include "server/operations/request/shapes.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

// In the order in which the service names several that are wrong (observed of most of them).
constexpr Member kMembers[] = {
    {"Select", &kStringShape, OneOf(kSelect)},
    {"TotalSegments", &kIntegerShape, {.min_value = 1, .max_value = kMaxSegment + 1}},
    ReturnConsumedCapacityMember(),
    ItemTableName(),
    {"ConditionalOperator", &kStringShape, OneOf(kConditionalOperator)},
    {"ScanFilter", &kConditionMap},
    {"Segment", &kIntegerShape, {.min_value = 0, .max_value = kMaxSegment}},
    IndexNameMember(),
    {"AttributesToGet", &kStringListShape, {.min_length = 1}},
    {"Limit", &kIntegerShape, {.min_value = 1}},
    {"ExclusiveStartKey", &kAttributeMap},
    {"ProjectionExpression", &kStringShape},
    {"FilterExpression", &kStringShape},
    {"ExpressionAttributeNames", &kNameMap},
    {"ExpressionAttributeValues", &kAttributeMap},
    {"ConsistentRead", &kBooleanShape},
};
constexpr Shape kInput = Structure("ScanInput", kMembers);

constexpr Member kNewerNumbers[] = {LimitInRange(), SegmentInRange(), TotalSegmentsInRange(),
                                    TableNameGiven()};
constexpr Member kNewerNames[] = {
    TableNameFormat(),
    ReturnConsumedCapacityMember(),
    IndexNameMember(),
    {"AttributesToGet", &kStringListShape, {.min_length = 1}},
};
constexpr Stage kNewer[] = {kNewerNumbers, kNewerNames};

constexpr std::string_view kLegacy[] = {"AttributesToGet", "ScanFilter", "ConditionalOperator"};
constexpr std::string_view kExpressions[] = {"ProjectionExpression", "FilterExpression"};
constexpr std::string_view kWithValues[] = {"FilterExpression"};

struct Segments {
  uint32_t segment = 0;
  uint32_t total = 1;
};

Result<Segments> ReadSegments(const JsonValue& input, Layer layer) {
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
    std::string text =
        "The Segment parameter is zero-based and must be less than parameter TotalSegments";
    if (layer == Layer::kOlder) {
      text += ": Segment: " + std::to_string(*segment) +
              " is not less than TotalSegments: " + std::to_string(*total);
    }
    return Fail(Validation(std::move(text)));
  }
  return Segments{static_cast<uint32_t>(*segment), static_cast<uint32_t>(*total)};
}

// A filter's value that is too deep comes before a ConditionalOperator that is good for nothing, in
// the newer layer of most regions.
Result<expression::ConditionalOperator> ReadJoin(const JsonValue& input, Layer layer) {
  auto join = ReadConditionalOperator(input, "ScanFilter");
  if (join || layer == Layer::kOlder) return join;
  ValueArena arena;
  auto filter = ReadLegacyConditions(input, "ScanFilter", arena, layer);
  if (filter || filter.error().cause != Cause::kNestingTooDeep) return join;
  return Fail(std::move(filter).error());
}

// Reads everything that needs no table. Order observed on the service, where dynalite recorded it.
Result<Segments> ReadRequest(const JsonValue& input, ReadParameters& parameters) {
  const Layer layer = parameters.layer;
  const bool segments_first = layer == Layer::kNewer;
  Segments segments;
  DYNAROCK_CHECK(CheckParameterStyles(
      input, {.legacy = kLegacy, .expressions = kExpressions, .with_values = kWithValues}));
  DYNAROCK_TRY(const auto join, ReadJoin(input, layer));
  DYNAROCK_CHECK(parameters.ReadSelect(input));
  if (segments_first) {
    DYNAROCK_TRY(segments, ReadSegments(input, layer));
  }
  DYNAROCK_CHECK(parameters.projection.ReadAttributesToGet(input));
  DYNAROCK_TRY(const auto filter,
               ReadLegacyConditions(input, "ScanFilter", parameters.arena, layer));
  if (!filter.empty()) {
    parameters.filter = expression::FromFilter(filter, join);
    parameters.filtered = true;
  }
  DYNAROCK_CHECK(parameters.ReadStartKey(input));
  if (!segments_first) {
    DYNAROCK_TRY(segments, ReadSegments(input, layer));
  }
  DYNAROCK_CHECK(parameters.reader.Read(input, parameters.placeholders));
  DYNAROCK_CHECK(parameters.ReadFilterExpression(input));
  DYNAROCK_CHECK(parameters.projection.ReadExpression(input, parameters.placeholders));
  DYNAROCK_CHECK(parameters.placeholders.CheckAllUsed());
  return segments;
}

// The first of the table's indexes, by name, that the attribute is a key of.
std::string_view FirstIndexOn(const Table& table, std::string_view attribute) {
  std::string_view first;
  for (const Index& index : table.indexes()) {
    if (index.key.Find(attribute) == nullptr) continue;
    if (first.empty() || index.name < first) first = index.name;
  }
  return first;
}

// The index's key attributes in a start key that has all its names. In the newer layer a table key
// of the wrong type comes first, which StartPosition tells.
Result<void> CheckIndexKeyTypes(const ReadTarget& target, ItemView start_key, Layer layer) {
  const Key& key = target.index->key;
  const auto fits = [&](const KeyAttribute& attribute) {
    return start_key.Find(attribute.name)->type() == attribute.type;
  };
  for (size_t i = 0; i < key.size(); ++i) {
    const KeyAttribute& attribute = key.at(i);
    if (fits(attribute)) continue;
    if (layer == Layer::kOlder) return Fail(KeySchemaMismatch());
    for (size_t j = 0; j < target.table->key().size(); ++j) {
      if (!fits(target.table->key().at(j))) return {};
    }
    return Fail(IndexKeyTypeMismatch(FirstIndexOn(*target.table, attribute.name), attribute.name,
                                     TypeName(attribute.type),
                                     start_key.Find(attribute.name)->type_name()));
  }
  return {};
}

// What is found in the names and types of a start key. In the newer layer it is one sentence for
// nearly everything; the older one has several.
Result<void> CheckStartKey(const ReadTarget& target, ItemView start_key, Layer layer) {
  const bool complete = HasPositionSize(target, start_key) &&
                        std::ranges::all_of(target.position(), [&](const std::string& name) {
                          return start_key.Find(name).has_value();
                        });
  if (!complete) {
    const bool bare = layer == Layer::kNewer || target.index != nullptr;
    return Fail(bare ? InvalidStartKey() : InvalidStartKey(KeySchemaMismatch()));
  }
  return target.index == nullptr ? Result<void>{} : CheckIndexKeyTypes(target, start_key, layer);
}

Result<std::string> SegmentPosition(const ReadTarget& target, ItemView start_key,
                                    const Segments& segments, Layer layer) {
  DYNAROCK_CHECK(CheckStartKey(target, start_key, layer));
  DYNAROCK_TRY(std::string position, StartPosition(target, start_key, layer));
  if (InSegment(position, segments.segment, segments.total)) return position;
  return Fail(InvalidStartKey(
      "Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment. "
      "TotalSegments: " +
      std::to_string(segments.total) + " Segment: " + std::to_string(segments.segment)));
}

Result<void> Run(Call& call) {
  ReadParameters parameters(call.context.layer, /*scan=*/true);
  DYNAROCK_TRY(const Segments segments, ReadRequest(call.input, parameters));

  DYNAROCK_TRY(const ReadTarget target, FindReadTarget(call));
  DYNAROCK_CHECK(CheckSelectOnIndex(target, parameters));
  ReadPlan plan;
  plan.table = target.table;
  plan.index = target.index;
  plan.segment = segments.segment;
  plan.total_segments = segments.total;
  if (parameters.start_key) {
    DYNAROCK_TRY(plan.start, SegmentPosition(target, ItemView(*parameters.start_key), segments,
                                             parameters.layer));
  }
  DYNAROCK_CHECK(CheckProjectedBy(target, parameters));
  DYNAROCK_CHECK(parameters.projection.CheckPaths(*target.table));
  DYNAROCK_CHECK(CheckKeyPaths(*target.table, parameters.filter.paths()));
  return AnswerPage(call, AccessKind::kScan, target, parameters, std::move(plan));
}

}  // namespace

const Operation kScan{
    .name = "Scan", .input = &kInput, .run = Run, .newer = kNewer, .inline_bytes = 0};

}  // namespace dynarock::operations
