// Fn::ForEach: what it repeats, and where it cannot.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/schema/reader/reader.h"
#include "server/schema/review/review.h"

namespace dynarock::schema {
namespace {

using Lines = std::vector<std::string>;

Reading Read(const std::string& text, ReadOptions options = {}) {
  return ReadFile({.path = "t.yaml", .text = text}, options);
}

// Addresses and names of the tables: "Orders=app-Orders".
Lines Tables(const Reading& reading) {
  Lines lines;
  for (const TableSource& table : reading.tables) {
    const Node* name = table.request.Find("TableName");
    lines.push_back(table.address + "=" + (name == nullptr ? "" : name->text));
  }
  return lines;
}

// "line:column severity text (hint)".
Lines Messages(const Reading& reading) {
  const char* severities[] = {"note", "warning", "error"};
  Lines lines;
  for (const Message& message : reading.messages) {
    lines.push_back(std::to_string(message.place.line) + ":" +
                    std::to_string(message.place.column) + " " +
                    severities[static_cast<int>(message.severity)] + " " + message.text + " (" +
                    message.hint + ")");
  }
  return lines;
}

const std::string kHead =
    "Transform: [AWS::LanguageExtensions]\n"
    "Parameters:\n"
    "  Names: {Type: CommaDelimitedList, Default: 'a,b-c'}\n"
    "  Open: {Type: CommaDelimitedList}\n";

// A table below `indent` spaces whose definition is sound.
std::string Table(const std::string& indent, const std::string& name) {
  return indent + "Type: AWS::DynamoDB::Table\n" + indent + "Properties:\n" + indent +
         "  TableName: " + name + "\n" + indent + "  BillingMode: PAY_PER_REQUEST\n" + indent +
         "  AttributeDefinitions: [{AttributeName: pk, AttributeType: S}]\n" + indent +
         "  KeySchema: [{AttributeName: pk, KeyType: HASH}]\n";
}

TEST(ForEachTest, RepeatsResources) {
  const std::string text = kHead +
                           "Resources:\n"
                           "  Fn::ForEach::Lists:\n"
                           "    - Name\n"
                           "    - [Orders, Users]\n"
                           "    - ${Name}Table:\n" +
                           Table("        ", "!Sub 'app-${Name}-${AWS::Region}'") +
                           "  Fn::ForEach::Parameters:\n"
                           "    - Name\n"
                           "    - !Ref Names\n"
                           "    - Table&{Name}:\n" +
                           Table("        ", "!Ref Name") +
                           "  Fn::ForEach::Outer:\n"
                           "    - Stage\n"
                           "    - [dev, prod]\n"
                           "    - Fn::ForEach::Inner:\n"
                           "        - Kind\n"
                           "        - !Split [',', 'x,y']\n"
                           "        - T${Stage}${Kind}:\n" +
                           Table("            ", "'${Stage}.${Kind}'") + "  Plain:\n" +
                           Table("    ", "plain");
  const Reading reading = Read(text);
  EXPECT_EQ(Messages(reading), Lines{});
  EXPECT_EQ(Tables(reading),
            (Lines{"OrdersTable=app-Orders-us-east-1", "UsersTable=app-Users-us-east-1", "Tablea=a",
                   "Tablebc=b-c", "Tdevx=dev.x", "Tdevy=dev.y", "Tprodx=prod.x", "Tprody=prod.y",
                   "Plain=plain"}));
}

// The conditions and other sections of a template know what loops make.
TEST(ForEachTest, RepeatsConditionsAndProperties) {
  const std::string text = kHead +
                           "Conditions:\n"
                           "  Fn::ForEach::Made:\n"
                           "    - Name\n"
                           "    - [Yes, No]\n"
                           "    - Is${Name}: !Equals [!Ref Name, Yes]\n"
                           "Resources:\n"
                           "  Fn::ForEach::Tables:\n"
                           "    - Name\n"
                           "    - ['Yes', 'No']\n"
                           "    - Table${Name}:\n"
                           "        Condition: !Sub 'Is${Name}'\n" +
                           Table("        ", "!Ref Name");
  const Reading reading = Read(text);
  EXPECT_EQ(reading.tables.size() + reading.messages.size(), 2u);
}

TEST(ForEachTest, WhatCannotBeRepeatedIsTold) {
  struct Case {
    const char* name;
    std::string text;
    Lines expected;
  };
  const std::string loop = "Resources:\n  Fn::ForEach::Tables:\n";
  const std::vector<Case> cases = {
      {"without the transform",
       loop + "    - Name\n    - [a]\n    - T${Name}:\n" + Table("        ", "!Ref Name") +
           "  Other: {Type: 'AWS::SQS::Queue'}\n",
       {"3:5 error Template format error: [/Resources/Fn::ForEach::Tables] resource definition is "
        "malformed (Fn::ForEach needs Transform: AWS::LanguageExtensions)"}},
      {"over what is not known",
       kHead + loop + "    - Name\n    - !Ref Open\n    - T${Name}:\n" + Table("        ", "x"),
       {"6:3 note Fn::ForEach::Tables is not expanded, since !Ref Open is known only when it is "
        "deployed: tables that it makes are not checked (--set gives a parameter a value; or "
        "check the template after the transform: aws cloudformation get-template "
        "--template-stage Processed)"}},
      {"malformed",
       kHead + loop + "    - Name\n    - [a]\n",
       {"6:3 error Fn::ForEach::Tables is malformed: a list of an identifier, a collection and an "
        "object is expected ()"}},
      {"one name for all",
       kHead + loop + "    - Name\n    - [aaa, bbb]\n    - T:\n" + Table("        ", "!Ref Name"),
       {"9:7 error Fn::ForEach makes T more than once: its identifier is not in the name (write "
        "${Name} into the name of what is repeated)"}},
  };
  for (const Case& c : cases) EXPECT_EQ(Messages(Read(c.text)), c.expected) << c.name;
}

TEST(ForEachTest, ValuesComeFromOptions) {
  ReadOptions options;
  options.values["Open"] = "one,two";
  const Reading reading =
      Read(kHead +
               "Resources:\n  Fn::ForEach::Tables:\n    - Name\n    - !Ref Open\n"
               "    - T${Name}:\n" +
               Table("        ", "!Ref Name"),
           options);
  EXPECT_EQ(Tables(reading), (Lines{"Tone=one", "Ttwo=two"}));
}

// A fault in what is repeated is one fault.
TEST(ForEachTest, AFaultIsToldOnce) {
  std::string table = Table("        ", "!Ref Name");
  table.replace(table.find("AttributeName: pk"), 17, "AttributeName: id");
  const Reading reading = Read(kHead +
                               "Resources:\n  Fn::ForEach::Tables:\n    - Name\n    - [aaa, bbb]\n"
                               "    - T${Name}:\n" +
                               table);
  size_t errors = 0;
  for (const auto& finding : Review(reading)) errors += finding.severity == Severity::kError;
  EXPECT_EQ(errors, 1u);
}

TEST(ForEachTest, LoopsThatMakeTooMuchEnd) {
  std::string list = "[x0";
  for (int i = 1; i < 1000; ++i) list += ",x" + std::to_string(i);
  list += "]";
  std::string text = kHead + "Resources:\n";
  std::string indent = "  ";
  for (const char* name : {"A", "B", "C", "D"}) {
    const std::string start = indent == "  " ? indent : indent.substr(2) + "- ";
    text += start + "Fn::ForEach::" + name + ":\n" + indent + "  - " + name + "\n" + indent +
            "  - " + list + "\n";
    indent += "    ";
  }
  text += indent.substr(2) + "- T${A}${B}${C}${D}: {Type: 'AWS::SQS::Queue'}\n";
  EXPECT_FALSE(Messages(Read(text)).empty());
}

}  // namespace
}  // namespace dynarock::schema
