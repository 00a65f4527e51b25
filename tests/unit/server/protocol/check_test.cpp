#include "server/protocol/check.h"

#include <gtest/gtest.h>

#include "storage/item/json_text.h"

namespace dynarock::protocol {
namespace {

// Shapes cut to the measure of these tests, like those of real operations.
extern const Shape kAttributeValue;
extern const Shape kAttributeMap;
constexpr Shape kBlobList = ListOf(kBlobShape);
constexpr Shape kAttributeValueList = ListOf(kAttributeValue);
constexpr Member kAttributeValueMembers[] = {
    {"S", &kStringShape},          {"N", &kStringShape},        {"B", &kBlobShape},
    {"SS", &kStringListShape},     {"NS", &kStringListShape},   {"BS", &kBlobList},
    {"M", &kAttributeMap},         {"L", &kAttributeValueList}, {"NULL", &kValueBooleanShape},
    {"BOOL", &kValueBooleanShape},
};
constexpr Shape kAttributeValue = Structure("AttributeValue", kAttributeValueMembers);
constexpr Shape kAttributeMap = MapOf(kAttributeValue);
constexpr Shape kNames = MapOf(kStringShape);

constexpr std::array<std::string_view, 2> kKeyTypeNames = {"HASH", "RANGE"};
constexpr EnumSet kKeyType{kKeyTypeNames};
constexpr Rule kNameRule{.min_length = 3, .max_length = 8, .name_pattern = true};
constexpr Member kKeyElementMembers[] = {
    {"AttributeName", &kStringShape, {.required = true, .min_length = 1, .max_length = 8}},
    {"KeyType", &kStringShape, RequiredOneOf(kKeyType)},
};
constexpr Shape kKeyElement = Structure("KeySchemaElement", kKeyElementMembers);
constexpr Shape kKeySchema = ListOf(kKeyElement);
constexpr Member kThroughputMembers[] = {
    {"ReadCapacityUnits", &kLongShape, {.required = true, .min_value = 1, .max_value = 1000}},
    {"WriteCapacityUnits", &kLongShape, {.required = true, .min_value = 1}},
};
constexpr Shape kThroughput = Structure("ProvisionedThroughput", kThroughputMembers);
constexpr Member kReplicaMembers[] = {
    {"RegionName", &kStringShape},
    {"KMSMasterKeyId", &kStringShape, Unsupported()},
};
constexpr Shape kReplica = Structure("Replica", kReplicaMembers);
constexpr Shape kReplicaList = ListOf(kReplica);
constexpr Shape kReplicaMap = MapOf(kReplica);
constexpr Shape kReplicaListMap = MapOf(kReplicaList);
constexpr Member kExpectedMembers[] = {
    {"Value", &kAttributeValue},
    {"Exists", &kBooleanShape},
    {"KeyType", &kStringShape, OneOf(kKeyType)},
};
constexpr Shape kExpected = Structure("ExpectedAttributeValue", kExpectedMembers);
constexpr Shape kExpectedMap = MapOf(kExpected);
constexpr Shape kKeysList = ListOf(kAttributeMap);
constexpr Member kPutRequestMembers[] = {{"Item", &kAttributeMap, Required()}};
constexpr Shape kPutRequest = Structure("PutRequest", kPutRequestMembers);
constexpr Member kWriteRequestMembers[] = {{"PutRequest", &kPutRequest}};
constexpr Shape kWriteRequest = Structure("WriteRequest", kWriteRequestMembers);
constexpr Shape kWriteRequestList = ListOf(kWriteRequest);
constexpr Shape kWriteMap = MapOf(kWriteRequestList);

Result<void> CheckOwn(const JsonValue* value, Violations& violations) {
  if (value == nullptr) return Fail(Validation("The parameter 'Own' is required"));
  if (Text(*value) == "bad") violations.Add("bad", "own", "Member must be good");
  if (Text(*value) == "quiet") violations.AddWithoutValue("Own", "Member must be loud");
  return {};
}
constexpr Rule kLabelRule{.min_length = 2};

constexpr Member kRequestMembers[] = {
    {"String", &kStringShape},
    {"Integer", &kIntegerShape, {.min_value = 1, .max_value = 100}},
    {"Long", &kLongShape},
    {"Double", &kDoubleShape},
    {"Boolean", &kBooleanShape},
    {"Blob", &kBlobShape},
    {"Strings", &kStringListShape, {.min_length = 1, .max_length = 3, .element = &kLabelRule}},
    {"Names", &kNames, {.element = &kLabelRule}},
    {"Name", &kStringShape, kNameRule},
    {"Item", &kAttributeMap},
    {"KeySchema", &kKeySchema, {.min_length = 1}},
    {"ProvisionedThroughput", &kThroughput},
    {"Expected", &kExpectedMap},
    {"Keys", &kKeysList},
    {"Writes", &kWriteMap},
    {"Replicas", &kReplicaList},
    {"ReplicaMap", &kReplicaMap},
    {"ReplicaListMap", &kReplicaListMap},
    {"Later", &kThroughput, Unsupported()},
    {"Small", &kDoubleShape, {.min_value = 0, .max_value = 10}},
};
constexpr Shape kRequest = Structure("Request", kRequestMembers);

constexpr Member kAloneMembers[] = {
    {"Own", &kStringShape, {.check = CheckOwn, .alone = true}},
    {"Item", &kAttributeMap, Required()},
};
constexpr Shape kAloneRequest = Structure("AloneRequest", kAloneMembers);

// The message, or "" when all is well.
std::string Types(const std::string& json) {
  JsonDocument document;
  EXPECT_TRUE(document.Parse(json)) << json;
  const auto result = CheckTypes(kRequest, document.root());
  if (result) return "";
  EXPECT_EQ(result.error().kind, ErrorKind::kSerialization);
  return result.error().message;
}
std::string Constraints(const std::string& json, const Shape& shape = kRequest) {
  JsonDocument document;
  EXPECT_TRUE(document.Parse(json)) << json;
  const auto types = CheckTypes(shape, document.root());
  EXPECT_TRUE(types) << json;
  const auto result = CheckConstraints(shape, document.root());
  if (result) return "";
  EXPECT_EQ(result.error().kind, ErrorKind::kValidation);
  return result.error().message;
}

const std::string kStructure = "Start of structure or map found where not expected";
const std::string kField = "Unexpected field type";
const std::string kPayload = "Unexpected value type in payload";
const std::string kPackage = "com.amazonaws.dynamodb.v20120810.";
const std::string kBase64 = "only base-64-encoded strings are convertible to bytes";
const std::string kCollection = "Unrecognized collection type ";
const std::string kParameterized =
    "class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast to class "
    "java.lang.Class (sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and "
    "java.lang.Class are in module java.base of loader 'bootstrap')";

TEST(CheckTypes, OneMember) {
  struct Case {
    std::string member, json, message;
  };
  const std::vector<Case> cases = {
      {"String", R"("x")", ""},
      {"String", "null", ""},
      {"String", "1", "NUMBER_VALUE cannot be converted to String"},
      {"String", "-1", "NUMBER_VALUE cannot be converted to String"},
      {"String", "1.5", "DECIMAL_VALUE cannot be converted to String"},
      {"String", "true", "TRUE_VALUE cannot be converted to String"},
      {"String", "false", "FALSE_VALUE cannot be converted to String"},
      {"String", "[]", kCollection + "class java.lang.String"},
      {"String", "{}", kStructure},
      {"Boolean", "true", ""},
      {"Boolean", "false", ""},
      {"Boolean", R"("true")", ""},
      {"Boolean", R"("TRUE")", ""},
      {"Boolean", R"("T")", ""},
      {"Boolean", R"("False")", ""},
      {"Boolean", R"("f")", ""},
      {"Boolean", R"("1")", ""},
      {"Boolean", R"("0")", ""},
      {"Boolean", R"("yes")", ""},
      {"Boolean", R"("y")", ""},
      {"Boolean", R"("No")", ""},
      {"Boolean", R"("N")", ""},
      {"Boolean", R"("")", "Unexpected token received from parser"},
      {"Boolean", R"("ye")", "Unexpected token received from parser"},
      {"Boolean", R"("2")", "Unexpected token received from parser"},
      {"Boolean", R"("truee")", "Unexpected token received from parser"},
      {"Boolean", "1", "NUMBER_VALUE cannot be converted to Boolean"},
      {"Boolean", "-0", "NUMBER_VALUE cannot be converted to Boolean"},
      {"Boolean", "-9223372036854775809", "NUMBER_VALUE cannot be converted to Boolean"},
      {"Boolean", std::string(400, '9'), "NUMBER_VALUE cannot be converted to Boolean"},
      {"Boolean", "0.5", "DECIMAL_VALUE cannot be converted to Boolean"},
      {"Boolean", "1e2", "DECIMAL_VALUE cannot be converted to Boolean"},
      {"Boolean", "9E307", "DECIMAL_VALUE cannot be converted to Boolean"},
      {"Boolean", "1E999", "DECIMAL_VALUE cannot be converted to Boolean"},
      {"Boolean", "[]", kCollection + "class java.lang.Boolean"},
      {"Boolean", "{}", kStructure},
      {"Integer", "1", ""},
      {"Integer", "1.5", ""},
      {"Integer", "1e999", ""},
      {"Integer", R"("1")", "STRING_VALUE cannot be converted to Integer"},
      {"Integer", "true", "TRUE_VALUE cannot be converted to Integer"},
      {"Integer", "false", "FALSE_VALUE cannot be converted to Integer"},
      {"Integer", "[]", kCollection + "class java.lang.Integer"},
      {"Integer", "{}", kStructure},
      {"Long", "1", ""},
      {"Long", R"("1")", "STRING_VALUE cannot be converted to Long"},
      {"Long", "false", "FALSE_VALUE cannot be converted to Long"},
      {"Long", "[]", kCollection + "class java.lang.Long"},
      {"Double", "1.5", ""},
      {"Double", R"("1")", "STRING_VALUE cannot be converted to Double"},
      {"Double", "[]", kCollection + "class java.lang.Double"},
      {"Blob", R"("AAAA")", ""},
      {"Blob", R"("")", ""},
      {"Blob", "1", kBase64},
      {"Blob", "1.5", kBase64},
      {"Blob", "true", kBase64},
      {"Blob", "[]", kCollection + "class java.nio.ByteBuffer"},
      {"Blob", "{}", kStructure},
      {"Blob", R"("AAA")", "Base64 encoded length is expected a multiple of 4 bytes but found: 3"},
      {"Blob", R"("AAB=")", "Invalid last non-pad Base64 character dectected"},
      {"Blob", R"("AA#=")", "Invalid last non-pad Base64 character dectected"},
      {"Strings", "[]", ""},
      {"Strings", R"(["a",null])", ""},
      {"Strings", R"("a")", kField},
      {"Strings", "1", kField},
      {"Strings", "true", kField},
      {"Strings", "{}", kStructure},
      {"Strings", R"(["a",1])", "NUMBER_VALUE cannot be converted to String"},
      {"Strings", R"(["a",{}])", kStructure},
      {"Strings", R"(["a",[]])", kCollection + "class java.lang.String"},
      {"Names", R"({"a":"b","c":null})", ""},
      {"Names", R"("x")", kField},
      {"Names", "1.5", kField},
      {"Names", "[]", kCollection + "java.util.Map<java.lang.String, java.lang.String>"},
      {"Names", R"({"a":true})", "TRUE_VALUE cannot be converted to String"},
      {"Item", "{}", ""},
      {"Item", R"({"a":null})", ""},
      {"Item", R"({"a":{}})", ""},
      {"Item", R"({"a":{"X":1,"Y":[]}})", ""},
      {"Item", R"("x")", kField},
      {"Item", "[]",
       kCollection + "java.util.Map<java.lang.String, " + kPackage + "AttributeValue>"},
      {"Item", R"({"a":"x"})", kPayload},
      {"Item", R"({"a":1})", kPayload},
      {"Item", R"({"a":[]})", kCollection + "class " + kPackage + "AttributeValue"},
      {"Item", R"({"a":{"S":1}})", "NUMBER_VALUE cannot be converted to String"},
      {"Item", R"({"a":{"N":1}})", "NUMBER_VALUE cannot be converted to String"},
      {"Item", R"({"a":{"N":1.5}})", "DECIMAL_VALUE cannot be converted to String"},
      {"Item", R"({"a":{"B":1}})", kBase64},
      {"Item", R"({"a":{"BOOL":"true"}})", ""},
      {"Item", R"({"a":{"BOOL":"maybe"}})", "Unexpected token received from parser"},
      {"Item", R"({"a":{"NULL":1}})", "NUMBER_VALUE cannot be converted to Boolean"},
      {"Item", R"({"a":{"SS":"x"}})", kField},
      {"Item", R"({"a":{"SS":[1]}})", "NUMBER_VALUE cannot be converted to String"},
      {"Item", R"({"a":{"NS":[1]}})", "NUMBER_VALUE cannot be converted to String"},
      {"Item", R"({"a":{"BS":["A"]}})",
       "Base64 encoded length is expected a multiple of 4 bytes but found: 1"},
      {"Item", R"({"a":{"BS":[true]}})", kBase64},
      {"Item", R"({"a":{"L":{}}})", kStructure},
      {"Item", R"({"a":{"L":"x"}})", kField},
      {"Item", R"({"a":{"L":["x"]}})", kPayload},
      {"Item", R"({"a":{"L":[[]]}})", kCollection + "class " + kPackage + "AttributeValue"},
      {"Item", R"({"a":{"M":[]}})",
       kCollection + "java.util.Map<java.lang.String, " + kPackage + "AttributeValue>"},
      {"Item", R"({"a":{"M":"x"}})", kField},
      {"Item", R"({"a":{"M":{"b":"x"}}})", kPayload},
      {"Item", R"({"a":{"M":{"b":{"L":[{"N":1}]}}}})",
       "NUMBER_VALUE cannot be converted to String"},
      {"Item", R"({"a":{"S":1,"S":"x"}})", ""},  // the last one counts
      {"Item", R"({"a":{"S":"x","S":1}})", "NUMBER_VALUE cannot be converted to String"},
      {"ProvisionedThroughput", "1", kField},
      {"ProvisionedThroughput", R"("x")", kField},
      {"ProvisionedThroughput", "[]", kCollection + "class " + kPackage + "ProvisionedThroughput"},
      {"ProvisionedThroughput", R"({"ReadCapacityUnits":"1"})",
       "STRING_VALUE cannot be converted to Long"},
      {"KeySchema", R"(["x"])", kPayload},
      {"KeySchema", "[[]]", kCollection + "class " + kPackage + "KeySchemaElement"},
      {"Expected", R"("x")", kField},
      {"Expected", "[]",
       kCollection + "java.util.Map<java.lang.String, " + kPackage + "ExpectedAttributeValue>"},
      {"Expected", R"({"a":"x"})", kPayload},
      {"Expected", R"({"a":[]})", kCollection + "class " + kPackage + "ExpectedAttributeValue"},
      {"Expected", R"({"a":{"Value":"x"}})", kField},
      {"Expected", R"({"a":{"Value":[]}})", kCollection + "class " + kPackage + "AttributeValue"},
      {"Keys", R"(["x"])", kParameterized},
      {"Keys", "[1]", kParameterized},
      {"Keys", "[[]]",
       kCollection + "java.util.Map<java.lang.String, " + kPackage + "AttributeValue>"},
      {"Keys", R"([{"a":{"S":1}}])", "NUMBER_VALUE cannot be converted to String"},
      {"Writes", "[]",
       kCollection + "java.util.Map<java.lang.String, java.util.List<" + kPackage +
           "WriteRequest>>"},
      {"Writes", R"({"t":"x"})", kParameterized},
      {"Writes", R"({"t":{}})", kStructure},
      {"Writes", R"({"t":["x"]})", kPayload},
      {"Writes", R"({"t":[{"PutRequest":"x"}]})", kField},
      {"Unknown", R"({"deep":[1,"x"]})", ""},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Types("{\"" + c.member + "\":" + c.json + "}"), c.message)
        << c.member << ": " << c.json;
  }
}

TEST(CheckTypes, FirstInOrderOfTheShape) {
  EXPECT_EQ(Types(R"({"Boolean":1,"String":[]})"), kCollection + "class java.lang.String");
  EXPECT_EQ(Types(R"({"Item":{"a":{"BOOL":1,"S":true}}})"),
            "TRUE_VALUE cannot be converted to String");
  EXPECT_EQ(Types("{}"), "");
  EXPECT_EQ(Types(R"({"String":1,"String":null})"), "");
}

// What is left of `json` when its types were checked.
TEST(CheckTypes, RemovesWhatTheShapeDoesNotKnow) {
  struct Case {
    std::string json;
    std::string left;
  };
  const std::vector<Case> cases = {
      {R"({"Alien":1})", "{}"},
      {R"({"Alien":1,"String":"a","Other":{"S":0}})", R"({"String":"a"})"},
      {R"({"String":"a","String":"b","Alien":[]})", R"({"String":"b"})"},
      {R"({"String":1,"String":"b"})", R"({"String":"b"})"},
      {R"({"String":"a","String":null})", R"({"String":null})"},
      {R"({"Item":{"a":{"S":"x","X":0},"b":{"X":0},"c":null}})",
       R"({"Item":{"a":{"S":"x"},"b":{},"c":null}})"},
      {R"({"Item":{"a":{"M":{"b":{"L":[{"N":"1"},{"Y":[],"N":"2"}]}}}}})",
       R"({"Item":{"a":{"M":{"b":{"L":[{"N":"1"},{"N":"2"}]}}}}})"},
      {R"({"Writes":{"t":[{"PutRequest":{"Item":{},"Key":1},"DeleteRequest":2},{}]}})",
       R"({"Writes":{"t":[{"PutRequest":{"Item":{}}},{}]}})"},
      // Names of a map are the caller's: repeated ones are checked each and stay.
      {R"({"Names":{"a":"1","a":"2"}})", R"({"Names":{"a":"1","a":"2"}})"},
  };
  for (const Case& c : cases) {
    JsonDocument document;
    ASSERT_TRUE(document.Parse(c.json)) << c.json;
    EXPECT_TRUE(CheckTypes(kRequest, document.root())) << c.json;
    std::string left;
    AppendJson(document.root(), left);
    EXPECT_EQ(left, c.left);
  }
}

// `Value '<value>' at '<path>' failed to satisfy constraint: <rule>` with the count in front.
std::string One(const std::string& violation) {
  return "1 validation error detected: " + violation;
}
std::string At(const std::string& value, const std::string& path, const std::string& rule) {
  return "Value '" + value + "' at '" + path + "' failed to satisfy constraint: Member must " +
         rule;
}
std::string NullAt(const std::string& path) {
  return "Value null at '" + path + "' failed to satisfy constraint: Member must not be null";
}

TEST(CheckConstraints, OneViolation) {
  const std::string keys = "satisfy enum value set: [HASH, RANGE]";
  const std::string pattern = "satisfy regular expression pattern: [a-zA-Z0-9_.-]+";
  struct Case {
    std::string json, violation;
  };
  const std::vector<Case> cases = {
      {R"({"Integer":1})", ""},
      {R"({"Integer":100.9})", ""},
      {R"({"Integer":0})", At("0", "integer", "have value greater than or equal to 1")},
      {R"({"Integer":0.9})", At("0", "integer", "have value greater than or equal to 1")},
      {R"({"Integer":-0.5})", At("0", "integer", "have value greater than or equal to 1")},
      {R"({"Integer":-3.5})", At("-3", "integer", "have value greater than or equal to 1")},
      {R"({"Integer":101})", At("101", "integer", "have value less than or equal to 100")},
      {R"({"Integer":1e999})", At("2147483647", "integer", "have value less than or equal to 100")},
      {R"({"Integer":-1e999})",
       At("-2147483648", "integer", "have value greater than or equal to 1")},
      {R"({"Name":"abc"})", ""},
      {R"({"Name":"ab"})", At("ab", "name", "have length greater than or equal to 3")},
      {R"({"Name":"abcdefghi"})", At("abcdefghi", "name", "have length less than or equal to 8")},
      {R"({"Name":"ab c"})", At("ab c", "name", pattern)},
      {R"({"Name":"a-Z.0_"})", ""},
      {R"({"Strings":[]})", At("[]", "strings", "have length greater than or equal to 1")},
      {R"({"Strings":["aa","bb","cc","dd"]})",
       At("[aa, bb, cc, dd]", "strings", "have length less than or equal to 3")},
      {R"({"Strings":["aa","b"]})",
       At("b", "strings.2.member", "have length greater than or equal to 2")},
      {R"({"Strings":["aa",null]})", ""},
      {R"({"Names":{"k":"v"}})",
       At("v", "names.k.member", "have length greater than or equal to 2")},
      {R"({"KeySchema":[]})", At("[]", "keySchema", "have length greater than or equal to 1")},
      {R"({"KeySchema":[{"AttributeName":"pk"}]})", NullAt("keySchema.1.member.keyType")},
      {R"({"KeySchema":[{"AttributeName":"pk","KeyType":null}]})",
       NullAt("keySchema.1.member.keyType")},
      {R"({"KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"s","KeyType":"X"}]})",
       At("X", "keySchema.2.member.keyType", keys)},
      {R"({"KeySchema":[null]})", ""},
      {R"({"ProvisionedThroughput":null})", ""},
      {R"({"ProvisionedThroughput":{"ReadCapacityUnits":1}})",
       NullAt("provisionedThroughput.writeCapacityUnits")},
      {R"({"ProvisionedThroughput":{"ReadCapacityUnits":1,"WriteCapacityUnits":0}})",
       At("0", "provisionedThroughput.writeCapacityUnits",
          "have value greater than or equal to 1")},
      {R"({"Expected":{"attr":{"KeyType":"x"}}})", At("x", "expected.attr.member.keyType", keys)},
      {R"({"Expected":{"attr":null}})", ""},
      {R"({"Expected":{"attr":{"Value":{"S":"x"}}}})", ""},
      {R"({"Writes":{"t":[{"PutRequest":{}}]}})",
       NullAt("writes.t.member.1.member.putRequest.item")},
      {R"({"Item":{"a":{},"b":{"S":"x","N":"1"}}})", ""},
      {R"({"Small":10})", ""},
      {R"({"Unknown":"x"})", ""},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Constraints(c.json), c.violation.empty() ? "" : One(c.violation)) << c.json;
  }
}

TEST(CheckConstraints, LengthsCountUtf16Units) {
  // three characters of two and of three bytes
  EXPECT_EQ(Constraints(R"({"Strings":["\u00e9\u00e9"]})"), "");
  EXPECT_EQ(Constraints(R"({"Strings":["\u00e9"]})"),
            One(At("\xC3\xA9", "strings.1.member", "have length greater than or equal to 2")));
  // one outside the basic plane counts two
  EXPECT_EQ(Constraints(R"({"Strings":["\ud83d\ude00"]})"), "");
  EXPECT_EQ(Constraints(
                R"({"KeySchema":[{"AttributeName":"\u20ac\u20ac\u20ac\u20ac","KeyType":"HASH"}]})"),
            "");
}

TEST(CheckConstraints, SeveralInOrderOfTheShape) {
  EXPECT_EQ(Constraints(R"({"KeySchema":[{"KeyType":"X"}],"Name":"!","Integer":0})"),
            "5 validation errors detected: " +
                At("0", "integer", "have value greater than or equal to 1") + "; " +
                At("!", "name", "satisfy regular expression pattern: [a-zA-Z0-9_.-]+") + "; " +
                At("!", "name", "have length greater than or equal to 3") + "; " +
                NullAt("keySchema.1.member.attributeName") + "; " +
                At("X", "keySchema.1.member.keyType", "satisfy enum value set: [HASH, RANGE]"));
}

TEST(CheckConstraints, AtMostTen) {
  std::string json = R"({"KeySchema":[)";
  std::string message = "10 validation errors detected: ";
  for (int i = 1; i <= 6; ++i) {
    json += i > 1 ? ",{}" : "{}";
    const std::string path = "keySchema." + std::to_string(i) + ".member.";
    if (i <= 5) {
      message +=
          (i > 1 ? "; " : "") + NullAt(path + "attributeName") + "; " + NullAt(path + "keyType");
    }
  }
  EXPECT_EQ(Constraints(json + "]}"), message);
}

TEST(CheckConstraints, OwnChecksAndAlone) {
  const auto own = [](const std::string& json) { return Constraints(json, kAloneRequest); };
  EXPECT_EQ(own(R"({"Own":"good","Item":{}})"), "");
  EXPECT_EQ(own(R"({})"), "The parameter 'Own' is required");
  EXPECT_EQ(own(R"({"Own":null})"), "The parameter 'Own' is required");
  EXPECT_EQ(own(R"({"Own":"bad"})"), One(At("bad", "own", "be good")));
  EXPECT_EQ(own(R"({"Own":"quiet"})"),
            One("Value at 'Own' failed to satisfy constraint: Member must be loud"));
  EXPECT_EQ(own(R"({"Own":"good"})"), One(NullAt("item")));
}

TEST(CheckConstraints, RefusesWhatIsNotSupported) {
  const auto refused = [](const std::string& path) {
    return "dynarock does not support the parameter " + path + " yet";
  };
  EXPECT_EQ(Constraints(R"({"Later":{"ReadCapacityUnits":1}})"), refused("Later"));
  EXPECT_EQ(Constraints(R"({"Later":{}})"), refused("Later"));
  EXPECT_EQ(Constraints(R"({"Later":null})"), "");
  EXPECT_EQ(Constraints(R"({"Integer":0,"Later":{}})"), refused("Later"));
  EXPECT_EQ(Constraints(R"({"Replicas":[{"RegionName":"x"},{"KMSMasterKeyId":"k"}]})"),
            refused("Replicas.KMSMasterKeyId"));
  EXPECT_EQ(Constraints(R"({"Replicas":[{"KMSMasterKeyId":null},null]})"), "");
  EXPECT_EQ(Constraints(R"({"ReplicaMap":{"a":{"KMSMasterKeyId":"k"}}})"),
            refused("ReplicaMap.KMSMasterKeyId"));
  EXPECT_EQ(Constraints(R"({"ReplicaListMap":{"a":[{"KMSMasterKeyId":"k"}]}})"),
            refused("ReplicaListMap.KMSMasterKeyId"));
}

TEST(Dump, Formats) {
  struct Case {
    const Shape& shape;
    std::string json, text;
  };
  const std::vector<Case> cases = {
      {kStringShape, R"("text")", "text"},
      {kStringShape, R"("")", ""},
      {kIntegerShape, "5", "5"},
      {kIntegerShape, "5.9", "5"},
      {kIntegerShape, "-5.9", "-5"},
      {kIntegerShape, "4294967296", "2147483647"},
      {kIntegerShape, "-2147483649", "-2147483648"},
      {kLongShape, "4294967296.5", "4294967296"},
      {kLongShape, "-9223372036854775808", "-9223372036854775808"},
      {kLongShape, "1e999", "9223372036854775807"},
      {kBooleanShape, "true", "true"},
      {kBooleanShape, "false", "false"},
      {kStringListShape, "[]", "[]"},
      {kStringListShape, R"(["a"])", "[a]"},
      {kStringListShape, R"(["a","b"])", "[a, b]"},
      {kStringListShape, R"(["","",""])", "[, , ]"},
      {kStringListShape, R"([null,"a"])", "[null, a]"},
      {kNames, "{}", "{}"},
      {kNames, R"({"k":"v","":""})", "{k=v, =}"},
      {kKeyElement, R"({"AttributeName":"pk","KeyType":"HASH"})",
       "KeySchemaElement(attributeName=pk, keyType=HASH)"},
      {kKeyElement, R"({"KeyType":"HASH"})", "KeySchemaElement(attributeName=null, keyType=HASH)"},
      {kKeySchema, R"([{"AttributeName":"pk"},{}])",
       "[KeySchemaElement(attributeName=pk, keyType=null), "
       "KeySchemaElement(attributeName=null, keyType=null)]"},
      {kWriteRequest, R"({"PutRequest":{"Item":{"a":{"S":"x"}}}})",
       "WriteRequest(putRequest=PutRequest(item={a=com.amazonaws.dynamodb.v20120810."
       "AttributeValue}))"},
      {kExpectedMap, R"({"a":{"Exists":true}})",
       "{a=ExpectedAttributeValue(value=null, exists=true, keyType=null)}"},
      {kKeySchema, "[null]", "[null]"},
      {kWriteMap, R"({"t":null})", "{t=null}"},
      {kExpectedMap, R"({"a":null})", "{a=null}"},
  };
  for (const Case& c : cases) {
    JsonDocument document;
    ASSERT_TRUE(document.Parse(c.json)) << c.json;
    EXPECT_EQ(Dump(c.shape, document.root()), c.text) << c.json;
  }
}

}  // namespace
}  // namespace dynarock::protocol
