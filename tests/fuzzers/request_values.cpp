#include "tests/fuzzers/request_values.h"

#include <algorithm>
#include <map>
#include <span>
#include <vector>

#include "server/operations/streams/shard_iterator.h"
#include "tests/fuzzers/request_world.h"

namespace dynarock::fuzzers {

namespace {

using protocol::Kind;
using Words = std::vector<std::string_view>;

constexpr int kDeepest = 5;

// By member: what the fixture's tables make sense of, and what they do not.
const std::map<std::string_view, Words>& WordsOfMembers() {
  static const Words kConditions = {"attribute_exists(pk)",
                                    "attribute_not_exists(v)",
                                    "v = :v",
                                    "#n < :v AND NOT g IN (:v, :w)",
                                    "size(list) > :v",
                                    "contains(ss, :v) OR begins_with(g, :w)",
                                    "v BETWEEN :v AND :w",
                                    "attribute_type(map.k, :v)",
                                    "list[1] <> #n.#m"};
  static const std::map<std::string_view, Words> kWords = {
      {"TableName",
       {"tab", "tab", "tab", "bin", "pro", "new", "no.such-table",
        "arn:aws:dynamodb:us-east-1:000000000000:table/tab"}},
      {"ResourceArn", {"arn:aws:dynamodb:us-east-1:000000000000:table/tab", "arn:aws:x"}},
      {"IndexName", {"lsi", "gsi", "multi", "new", "no.index"}},
      {"AttributeName", {"pk", "sk", "l", "g", "a", "b", "c", "d", "v", "ttl", "new"}},
      {"AttributeType", {"S", "N", "B", "BOOL"}},
      {"KeyType", {"HASH", "RANGE"}},
      {"ProjectionType", {"ALL", "KEYS_ONLY", "INCLUDE"}},
      {"BillingMode", {"PROVISIONED", "PAY_PER_REQUEST"}},
      {"StreamViewType", {"KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"}},
      {"KeyConditionExpression",
       {"pk = :v", "pk = :v AND sk > :w", "pk = :v AND begins_with(sk, :w)", "g = :v",
        "pk = :v AND sk BETWEEN :v AND :w", "a = :v AND b = :w AND c = :v AND d < :w", "#n = :v"}},
      {"ConditionExpression", kConditions},
      {"FilterExpression", kConditions},
      {"UpdateExpression",
       {"SET v = :v", "SET v = v + :v, #n = if_not_exists(#m, :w)", "REMOVE list[0], map.k",
        "ADD v :v", "DELETE ss :v", "SET list = list_append(list, :v) REMOVE g ADD ns :w",
        "SET map.#n = :v", "SET ttl = :v"}},
      {"ProjectionExpression", {"pk, sk", "map.k, list[0], #n", "v", "pk.a.b[3]"}},
      {"Statement",
       {"SELECT * FROM tab", "SELECT v, map.k FROM \"tab\".\"gsi\" WHERE g = ?",
        "SELECT * FROM tab WHERE pk = 'a' AND sk > 1 ORDER BY sk DESC",
        "INSERT INTO tab VALUE {'pk': 'c', 'sk': 1, 'v': ?}",
        "UPDATE tab SET v = v + 1 REMOVE g WHERE pk = 'a' AND sk = 1 RETURNING ALL NEW *",
        "DELETE FROM tab WHERE pk = ? AND sk = ?",
        "EXISTS(SELECT * FROM tab WHERE pk = 'a' AND sk = 1)",
        "SELECT * FROM tab WHERE pk IN ['a', 'b'] AND contains(ss, 'p')"}},
      {"ShardIteratorType",
       {"TRIM_HORIZON", "LATEST", "AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"}},
      {"ShardId",
       {"$ShardId", "shardId-00000001750000000000-00000001",
        "shardId-00000000000000000000-00000000"}},
      {"SequenceNumber",
       {"$SequenceNumber", "0", "1", "000000000000000000001", "9999999999999999999999"}},
      {"ExclusiveStartTableName", {"bin", "tab", "$LastEvaluatedTableName"}},
      {"NextToken", {"$NextToken", "AQAAAAAAAAAA", "x"}},
      {"ExclusiveStartStreamArn", {"$LastEvaluatedStreamArn", "$LatestStreamArn"}},
      {"ExclusiveStartShardId", {"$ShardId"}},
      {"StreamArn",
       {"$LatestStreamArn", "arn:aws:dynamodb:us-east-1:000000000000:table/tab/stream/x"}},
      {"ClientRequestToken", {"token", "", "0123456789012345678901234567890123456"}},
      {"S", {"a", "b", "x", "one", "A", "C", "s", "", "text"}},
      {"N",
       {"1", "2", "-1", "0", "5", "1750000000", "1e125",
        "9.9999999999999999999999999999999999999E+125", "1E-130",
        "123456789012345678901234567890123456789", "NaN", "", "1e999"}},
      {"", {"", "a", "pk", "#n", ":v", "tab", "\xF0\x9F\x98\x80", "null", "a.b[0]", "0"}},
  };
  return kWords;
}

std::string ForgedIterator(RequestValues::Random& random) {
  operations::ShardIterator iterator;
  iterator.stream_arn = "arn:aws:dynamodb:us-east-1:000000000000:table/tab/stream/x";
  iterator.shard = static_cast<uint32_t>(random() % 3);
  if (random() % 2 == 0) iterator.position = random() % 2 == 0 ? ~uint64_t{0} : random() % 8;
  constexpr int64_t kTimes[] = {0, World::kNowMs, INT64_MAX, INT64_MIN};
  iterator.issued_ms = kTimes[random() % 4];
  return operations::FormatShardIterator(iterator);
}

}  // namespace

std::string RequestValues::Word(std::string_view member) {
  if (member == "ShardIterator") {
    constexpr std::string_view kWords[] = {"$ShardIterator", "$NextShardIterator"};
    return OneIn(2) ? std::string(kWords[Below(2)]) : ForgedIterator(random_);
  }
  const auto& all = WordsOfMembers();
  auto words = all.find(member);
  if (words == all.end() || OneIn(12)) words = all.find("");
  return std::string(words->second[Below(words->second.size())]);
}

JsonTree RequestValues::Odd() {
  switch (Below(14)) {
    case 0:
      return {};
    case 1:
      return JsonTree::Bool(OneIn(2));
    case 2:
      return JsonTree::Number("0");
    case 3: {
      constexpr const char* kNumbers[] = {"-1",
                                          "1",
                                          "2147483647",
                                          "2147483648",
                                          "-2147483649",
                                          "9223372036854775807",
                                          "9223372036854775808",
                                          "1.5",
                                          "-0.0",
                                          "1e999",
                                          "1e-999",
                                          "18446744073709551616"};
      return JsonTree::Number(kNumbers[Below(std::size(kNumbers))]);
    }
    case 4:
      return JsonTree::Array();
    case 5:
      return JsonTree::Object();
    case 6: {
      JsonTree array = JsonTree::Array();
      array.Add(OneIn(2) ? JsonTree{} : Odd());
      return array;
    }
    case 7: {
      JsonTree object = JsonTree::Object();
      object.Add(Word(""), Odd());
      return object;
    }
    case 8:
      return Nested();
    case 9:
      return JsonTree::String(std::string(size_t{1} << Below(12), 'x'));
    case 10:
      return Attribute();
    default:
      return JsonTree::String(Word(""));
  }
}

JsonTree RequestValues::Nested() {
  JsonTree value = Attribute(kDeepest);
  for (size_t level = 25 + Below(12); level > 0; --level) {
    JsonTree inner = OneIn(2) ? JsonTree::Array() : JsonTree::Object();
    const bool list = inner.kind == JsonTree::Kind::kArray;
    list ? inner.Add(std::move(value)) : inner.Add("k", std::move(value));
    value = JsonTree::Object();
    value.Add(list ? "L" : "M", std::move(inner));
  }
  return value;
}

JsonTree RequestValues::Attribute(int depth) {
  static constexpr std::string_view kTypes[] = {"S",  "N",  "B",  "BOOL", "NULL",
                                                "SS", "NS", "BS", "L",    "M"};
  const std::string_view type = kTypes[Below(depth < kDeepest ? 10 : 5)];
  JsonTree content = JsonTree::Bool(true);
  const auto scalar = [&](std::string_view of) {
    constexpr const char* kBytes[] = {"AP8=", "AA==", "", "AAAA", "no base64"};
    return JsonTree::String(of == "B" ? kBytes[Below(OneIn(9) ? 5 : 4)] : Word(of));
  };
  if (type.size() == 1 && type != "L" && type != "M") {
    content = scalar(type);
  } else if (type == "BOOL") {
    content = JsonTree::Bool(OneIn(2));
  } else if (type == "L" || type.ends_with('S')) {
    content = JsonTree::Array();
    for (size_t i = Below(4); i > 0; --i) {
      content.Add(type == "L" ? Attribute(depth + 1) : scalar(type.substr(0, 1)));
    }
  } else if (type == "M") {
    content = JsonTree::Object();
    for (size_t i = Below(4); i > 0; --i) content.Add(Word("AttributeName"), Attribute(depth + 1));
  }
  JsonTree value = JsonTree::Object();
  value.Add(std::string(type), std::move(content));
  return value;
}

JsonTree RequestValues::OfShape(const protocol::Shape& shape, std::string_view name,
                                const protocol::Rule& rule, int depth) {
  if (depth > 0 && OneIn(40)) return Odd();
  switch (shape.kind) {
    case Kind::kString:
      return Text(name, rule);
    case Kind::kInteger:
    case Kind::kLong:
    case Kind::kDouble:
    case Kind::kTimestamp:
      return Integer(rule);
    case Kind::kBoolean:
      return JsonTree::Bool(OneIn(2));
    case Kind::kBlob:
      return JsonTree::String("AP8=");
    case Kind::kList:
      return List(shape, name, rule, depth);
    case Kind::kMap:
      return Map(shape, name, depth);
    case Kind::kStructure:
      return shape.name == "AttributeValue" ? Attribute(depth) : Structure(shape, depth);
  }
  return {};
}

// A word of the enum or member; as long as the rule allows, or one character longer or shorter.
JsonTree RequestValues::Text(std::string_view name, const protocol::Rule& rule) {
  if (rule.values != nullptr && !OneIn(10)) {
    return JsonTree::String(std::string(rule.values->values[Below(rule.values->values.size())]));
  }
  constexpr uint64_t kLongest = 4096;
  if (rule.max_length && *rule.max_length <= kLongest && OneIn(20)) {
    return JsonTree::String(std::string(*rule.max_length + Below(2), 'a'));
  }
  if (rule.min_length && *rule.min_length > 0 && OneIn(20)) {
    return JsonTree::String(std::string(*rule.min_length - Below(2), 'a'));
  }
  return JsonTree::String(Word(name));
}

JsonTree RequestValues::Integer(const protocol::Rule& rule) {
  const int64_t low = rule.min_value.value_or(0);
  if (OneIn(8)) return JsonTree::Number(std::to_string(low - 1));
  if (rule.max_value && OneIn(4)) {
    return JsonTree::Number(std::to_string(*rule.max_value + (OneIn(2) ? 1 : 0)));
  }
  return JsonTree::Number(std::to_string(low + static_cast<int64_t>(Below(4))));
}

JsonTree RequestValues::List(const protocol::Shape& shape, std::string_view name,
                             const protocol::Rule& rule, int depth) {
  JsonTree list = JsonTree::Array();
  if (depth > kDeepest) return list;
  size_t size = 1 + Below(3);
  constexpr uint64_t kLongest = 101;
  if (rule.max_length && *rule.max_length < kLongest && OneIn(20))
    size = *rule.max_length + Below(2);
  const protocol::Rule of_element = rule.element != nullptr ? *rule.element : protocol::Rule{};
  for (size_t i = 0; i < size; ++i) list.Add(OfShape(*shape.element, name, of_element, depth + 1));
  return list;
}

std::string RequestValues::KeyOfMap(std::string_view name) {
  if (name == "ExpressionAttributeNames") return OneIn(2) ? "#n" : "#m";
  if (name == "ExpressionAttributeValues") return OneIn(2) ? ":v" : ":w";
  return Word(name == "RequestItems" ? "TableName" : "AttributeName");
}

JsonTree RequestValues::Map(const protocol::Shape& shape, std::string_view name, int depth) {
  JsonTree map = JsonTree::Object();
  if (depth > kDeepest) return map;
  if (name == "Key" || name == "Item" || name == "ExclusiveStartKey") {
    JsonTree pk = JsonTree::Object();
    pk.Add("S", JsonTree::String(Word("S")));
    JsonTree sk = JsonTree::Object();
    sk.Add("N", JsonTree::String(Word("N")));
    map.Add("pk", std::move(pk));
    map.Add("sk", std::move(sk));
    if (name == "Key" && !OneIn(6)) return map;
  }
  const bool names = name == "ExpressionAttributeNames";
  for (size_t i = Below(4); i > 0; --i) {
    map.Add(KeyOfMap(name), names ? JsonTree::String(Word("AttributeName"))
                                  : OfShape(*shape.element, {}, {}, depth + 1));
  }
  return map;
}

JsonTree RequestValues::Structure(const protocol::Shape& shape, int depth) {
  JsonTree structure = JsonTree::Object();
  if (depth > kDeepest) return structure;
  for (const protocol::Member& member : shape.members) {
    const bool likely = member.rule.required || member.rule.check != nullptr;
    if (likely ? OneIn(15) : !OneIn(5)) continue;
    structure.Add(std::string(member.name), OfMember(member, depth + 1));
  }
  return structure;
}

}  // namespace dynarock::fuzzers
