// Declarations around the resources: parameters, names, conditions, outputs, SAM's types.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/server/schema/review/review_client.h"

namespace dynarock::schema {
namespace {

using Said = std::vector<std::string>;

constexpr const char* kTable =
    "Resources:\n"
    "  Orders:\n"
    "    Type: AWS::DynamoDB::Table\n"
    "    Properties: {BillingMode: PAY_PER_REQUEST, AttributeDefinitions: [{AttributeName: a, "
    "AttributeType: S}], KeySchema: [{AttributeName: a, KeyType: HASH}]}\n";

struct Case {
  std::string text;      // one line, behind the table
  std::string expected;  // empty: nothing
};

void ExpectEach(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    Said expected;
    if (!c.expected.empty()) expected.push_back("5:" + c.expected);
    EXPECT_EQ(Complaints("t.yaml", kTable + c.text + "\n"), expected) << c.text;
  }
}

TEST(DeclarationsTest, Parameters) {
  const std::string error = " error template: Parameter 'P' must ";
  ExpectEach({
      {"Parameters: {P: {Type: String, Default: a}}", ""},
      {"Parameters: {P: {Type: Number, Default: '1.5', MinValue: 1, MaxValue: '2'}}", ""},
      {"Parameters: {P: {Type: CommaDelimitedList, Default: 'a, b', AllowedValues: [a, b]}}", ""},
      {"Parameters: {P: {Type: 'AWS::EC2::VPC::Id'}}", ""},
      {"Parameters: {P: {Type: 'List<AWS::EC2::Subnet::Id>'}}", ""},
      {"Parameters: {P: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /a, AllowedPattern: "
       "'[a-z]+'}}",
       ""},
      {"Parameters: {P: {Type: String, Default: true, AllowedValues: ['true', 'false']}}", ""},
      {"Parameters: {P: {Type: String, Default: 1.10, AllowedPattern: '[0-9][.][0-9]{2}'}}", ""},
      {"Parameters: {P: {Type: String, Default: 5, AllowedValues: [5, 6], MaxLength: 1}}", ""},
      {"Parameters: {P: {Type: String, Default: '', AllowedPattern: '^$|^[a-z-]{3,9}$'}}", ""},
      {"Parameters: {P: {Type: String, Default: B, AllowedPattern: '(?i)[a-z]+'}}", ""},
      {"Parameters: {P: {Type: String, Default: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab, "
       "AllowedPattern: '(a+)+c'}}",
       "41" + error + "match pattern (a+)+c"},
      {"Parameters: {P: {Default: a}}",
       "14 error template: Template format error: Every Parameters object must contain a Type "
       "member."},
      {"Parameters: {P: {Type: Strin}}",
       "24 error template: Template format error: Unrecognized parameter type: Strin"},
      {"Parameters: {P: {Type: [String]}}",
       "24 error template: Template format error: Unrecognized parameter type: [String]"},
      {"Parameters: {P: {Typ: String}}",
       "18 error template: Invalid template parameter property 'Typ'"},
      {"Parameters: {P: {Type: String, Default: x, AllowedValues: [a, b]}}",
       "41" + error + "be one of AllowedValues"},
      {"Parameters: {P: {Type: String, Default: Ab, AllowedPattern: '[a-z]*'}}",
       "41" + error + "match pattern [a-z]*"},
      {"Parameters: {P: {Type: String, Default: ab, MinLength: 3}}",
       "41" + error + "contain at least 3 characters"},
      {"Parameters: {P: {Type: String, Default: abcd, MaxLength: '3'}}",
       "41" + error + "contain at most 3 characters"},
      {"Parameters: {P: {Type: Number, Default: 0, MinValue: 1}}",
       "41" + error + "be a number not less than 1"},
      {"Parameters: {P: {Type: Number, Default: 9, MaxValue: 5}}",
       "41" + error + "be a number not greater than 5"},
      {"Parameters: {P: {Type: Number, Default: many}}", "41" + error + "be a number"},
      {"Parameters: {P: {Type: String, Default: [a]}}",
       "41 error template: Template format error: Every Default member must be a string."},
  });
}

TEST(DeclarationsTest, OutputsAndConditions) {
  const std::string outputs = "] in the Outputs block of the template";
  ExpectEach({
      {"Outputs: {A: {Value: !GetAtt Orders.Arn}, B: {Value: !Sub '${Orders}-${AWS::StackName}'}, C: "
       "{Value: !GetAtt Orders.StreamArn, Export: {Name: !Sub '${AWS::StackName}-x'}}}",
       ""},
      {"Outputs: {A: {Value: !Ref Order}}",
       "22 error template: Template format error: Unresolved resource dependencies [Order" +
           outputs},
      {"Outputs: {A: {Value: !Sub '${Order.Arn}'}}",
       "22 error template: Template format error: Unresolved resource dependencies [Order" +
           outputs},
      {"Outputs: {A: {Value: !GetAtt Order.Arn}}",
       "22 error template: Template error: instance of Fn::GetAtt references undefined resource "
       "Order"},
      {"Outputs: {A: {Value: !GetAtt Orders.Name}}",
       "22 error template: Template error: resource Orders does not support attribute type Name in "
       "Fn::GetAtt"},
      {"Outputs: {A: {Value: a, Condition: Some}}",
       "36 error template: Template format error: Unresolved condition dependency Some in the "
       "Outputs block of the template"},
      {"Outputs: {A: {Description: a}}",
       "11 error template: Template format error: Every Outputs member must contain a Value object"},
      {"Outputs: {my-name: {Value: a}}",
       "11 error template: Template format error: Output name my-name is non alphanumeric."},
      {"Conditions: {A: !Equals [!Ref Stage, x]}",
       "26 error template: Template format error: Unresolved dependencies [Stage]. Cannot reference "
       "resources in the Conditions block of the template"},
      {"Conditions: {A: !Equals [!Ref Orders, x]}",
       "26 error template: Template format error: Unresolved dependencies [Orders]. Cannot "
       "reference resources in the Conditions block of the template"},
      {"Conditions: {A: !Not [!Condition B]}",
       "23 error template: Template format error: Unresolved condition dependency B in the "
       "Conditions block of the template"},
      {"Parameters: {my_name: {Type: String}}",
       "14 error template: Template format error: Parameter name my_name is non alphanumeric."},
  });
  std::string named = kTable;
  named.replace(named.find("Orders"), 6, "my-table");
  EXPECT_EQ(Complaints("t.yaml", named),
            Said{"2:3 error template: Template format error: Resource name my-table is non "
                 "alphanumeric."});
}

TEST(DeclarationsTest, ServerlessTypesNeedTheirTransform) {
  const std::string simple =
      "Resources:\n  T: {Type: 'AWS::Serverless::SimpleTable'}\n  F: {Type: "
      "'AWS::Serverless::Function', Properties: {Role: !GetAtt FRole.Arn}}\n";
  EXPECT_EQ(Complaints("t.yaml", simple + "Transform: AWS::Serverless-2016-10-31\n"), Said{});
  EXPECT_EQ(Complaints("t.yaml", simple + "Transform: [AWS::LanguageExtensions, "
                                          "AWS::Serverless-2016-10-31]\n"),
            Said{});
  EXPECT_EQ(Complaints("t.yaml", simple),
            Said{"2:13 error template: Template format error: Unrecognized resource types: "
                 "[AWS::Serverless::SimpleTable, AWS::Serverless::Function]"});
}

// What a loop over an unknown list makes may be called anything.
TEST(DeclarationsTest, NamesThatLoopsAndModulesMake) {
  const std::string loops =
      "Transform: AWS::LanguageExtensions\nParameters: {L: {Type: "
      "CommaDelimitedList}}\n" +
      std::string(kTable);
  EXPECT_EQ(Complaints("t.yaml", loops + "Outputs: {A: {Value: !Ref TableA}}\n").size(), 1u);
  EXPECT_EQ(Complaints("t.yaml", loops + "  'Fn::ForEach::T': [N, !Ref L, {'Table${N}': {Type: "
                                         "'AWS::DynamoDB::Table'}}]\n"
                                         "Outputs: {A: {Value: !Ref TableA}}\n"),
            Said{});
  EXPECT_EQ(Complaints("t.yaml", std::string(kTable) + "  Kit: {Type: 'My::Kit::Tables::MODULE'}\n"
                                                       "Outputs: {A: {Value: !Ref KitTable}}\n"),
            Said{});
}

// SAM makes resources out of its own; what they are called begins with a name that is there.
TEST(DeclarationsTest, NamesThatSamMakes) {
  const auto said = [](const std::string& name) {
    return Complaints("t.yaml",
                      "Transform: AWS::Serverless-2016-10-31\nResources:\n  Read: {Type: "
                      "'AWS::Serverless::Function'}\n  T: {Type: 'AWS::Serverless::SimpleTable'}\n"
                      "Outputs: {A: {Value: !Ref " +
                          name + "}}\n")
        .size();
  };
  for (const char* name : {"Read", "T", "ReadRole", "Read.Version", "ServerlessRestApi"}) {
    EXPECT_EQ(said(name), 0u) << name;
  }
  for (const char* name : {"Raed", "Tabel", "Stage"}) EXPECT_EQ(said(name), 1u) << name;
}

}  // namespace
}  // namespace dynarock::schema
