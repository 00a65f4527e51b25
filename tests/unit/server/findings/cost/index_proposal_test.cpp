#include "server/findings/cost/index_proposal.h"

#include <gtest/gtest.h>

namespace dynarock::findings {
namespace {

const Prices kPrices = {.region = "us-east-1",
                        .currency = "USD",
                        .as_of = "2024-11-01",
                        .source = "",
                        .million_read_requests = 0.125,
                        .million_write_requests = 0.625,
                        .read_capacity_hour = 0.00013,
                        .write_capacity_hour = 0.00065,
                        .storage_gb_month = 0.25};

FilteredRead Orders() {
  FilteredRead read;
  read.table = "orders";
  read.partition = {"customer", 'S'};
  read.sort = KeyAttribute{"created", 'N'};
  read.equal = {{"status", 'S'}};
  read.requests = 120;
  read.items_read = 12'000;
  read.items_returned = 240;
  read.read_units = 1'440;
  return read;
}

std::string Keys(const IndexProposal& proposal) {
  std::string keys;
  for (const KeyAttribute& key : proposal.partition) keys += key.name + key.type + " ";
  keys += "|";
  for (const KeyAttribute& key : proposal.sort) keys += " " + key.name + key.type;
  return keys;
}

TEST(IndexProposalTest, ChoosesTheKey) {
  struct Case {
    const char* name;
    void (*change)(FilteredRead&);
    std::string keys;  // empty: no proposal
  };
  const std::vector<Case> cases = {
      {"query", [](FilteredRead&) {}, "customerS | statusS"},
      {"query with a range", [](FilteredRead& r) { r.sort_condition = true; },
       "customerS | statusS createdN"},
      {"scan", [](FilteredRead& r) { r.query = false; }, "statusS | customerS"},
      {"number", [](FilteredRead& r) { r.equal = {{"year", 'N'}, {"status", 'S'}}; },
       "customerS | yearN"},
      {"in the key already", [](FilteredRead& r) { r.equal = {{"created", 'N'}}; }, ""},
      {"the next one", [](FilteredRead& r) { r.equal = {{"customer", 'S'}, {"status", 'S'}}; },
       "customerS | statusS"},
      {"no equality", [](FilteredRead& r) { r.equal.clear(); }, ""},
      {"no requests", [](FilteredRead& r) { r.requests = 0; }, ""},
  };
  for (const Case& c : cases) {
    FilteredRead read = Orders();
    c.change(read);
    const auto proposal = ProposeIndex(read);
    EXPECT_EQ(proposal ? Keys(*proposal) : "", c.keys) << c.name;
  }
}

TEST(IndexProposalTest, CountsBeforeAndAfter) {
  struct Case {
    const char* name;
    double item_bytes;
    uint64_t returned;
    double after;
    double per_write;
  };
  for (const Case& c : std::vector<Case>{
           {"sizes unknown: by share", 0, 240, 0.5, 1},
           {"sizes unknown, half returned", 0, 6'000, 6, 1},
           {"two items of 1 KB", 1'024, 240, 0.5, 1},
           {"two items of 4 KB", 4'096, 240, 1, 4},
           {"one item of 10 KB", 10'240, 120, 1.5, 10},
           {"nothing returned", 1'024, 0, 0.5, 1},
           {"never dearer than now", 400'000, 12'000, 12, 391},
       }) {
    FilteredRead read = Orders();
    read.item_bytes = c.item_bytes;
    read.items_returned = c.returned;
    const auto proposal = ProposeIndex(read);
    ASSERT_TRUE(proposal) << c.name;
    EXPECT_EQ(proposal->units_before, 12) << c.name;
    EXPECT_EQ(proposal->units_after, c.after) << c.name;
    EXPECT_EQ(proposal->units_per_write, c.per_write) << c.name;
  }
}

TEST(IndexProposalTest, HasBlocksToPaste) {
  const auto proposal = ProposeIndex(Orders());
  ASSERT_TRUE(proposal);
  EXPECT_EQ(proposal->name, "by_customer_status");
  ASSERT_EQ(proposal->blocks.size(), 2u);
  EXPECT_EQ(proposal->blocks[0].title, "Terraform");
  EXPECT_EQ(proposal->blocks[0].text,
            R"(# in the resource "aws_dynamodb_table"; attribute blocks that are there stay
attribute {
  name = "customer"
  type = "S"
}
attribute {
  name = "status"
  type = "S"
}
global_secondary_index {
  name            = "by_customer_status"
  hash_key        = "customer"
  range_key       = "status"
  projection_type = "ALL"
}
)");
  EXPECT_EQ(proposal->blocks[1].title, "CloudFormation");
  EXPECT_EQ(proposal->blocks[1].text,
            R"(# in the Properties of the AWS::DynamoDB::Table; definitions that are there stay
AttributeDefinitions:
  - AttributeName: "customer"
    AttributeType: S
  - AttributeName: "status"
    AttributeType: S
GlobalSecondaryIndexes:
  - IndexName: "by_customer_status"
    KeySchema:
      - AttributeName: "customer"
        KeyType: HASH
      - AttributeName: "status"
        KeyType: RANGE
    Projection:
      ProjectionType: ALL
)");
}

TEST(IndexProposalTest, SeveralSortAttributesAndCapacityAreInBothBlocks) {
  FilteredRead read = Orders();
  read.sort_condition = true;
  read.provisioned = true;
  const auto proposal = ProposeIndex(read);
  ASSERT_TRUE(proposal);
  const std::string& terraform = proposal->blocks[0].text;
  EXPECT_EQ(terraform.find("range_key "), std::string::npos);
  EXPECT_NE(terraform.find("attribute_name = \"created\"\n    key_type       = \"RANGE\""),
            std::string::npos);
  EXPECT_NE(terraform.find("read_capacity   = 5"), std::string::npos);
  const std::string& cloudformation = proposal->blocks[1].text;
  EXPECT_NE(cloudformation.find("AttributeName: \"created\"\n        KeyType: RANGE"),
            std::string::npos);
  EXPECT_NE(cloudformation.find("ReadCapacityUnits: 5"), std::string::npos);
}

TEST(IndexProposalTest, TheAttributeOfMostValuesIsTheKeyAndTheRestStaysAFilter) {
  FilteredRead read = Orders();
  read.query = false;
  read.equal = {{"status", 'S', 2}, {"email", 'S', 300}};
  const auto proposal = ProposeIndex(read);
  ASSERT_TRUE(proposal);
  EXPECT_EQ(Keys(*proposal), "emailS | customerS");
  EXPECT_TRUE(proposal->filter_stays);
  Finding finding;
  AddProposal(read, *proposal, finding);
  EXPECT_EQ(finding.advice.find("reads only what it returns"), std::string::npos);
  EXPECT_NE(finding.advice.find("the other conditions stay in its filter"), std::string::npos);

  // One value of two: half of the items are read, whatever the rest of the filter returns.
  read.equal = {{"status", 'S', 2}};
  EXPECT_EQ(ProposeIndex(read)->units_after, 0.5);
  read.other_conditions = true;
  EXPECT_EQ(ProposeIndex(read)->units_after, 6);
}

TEST(IndexProposalTest, AttributesThatAreDefinedAreNotRepeated) {
  FilteredRead read = Orders();
  read.defined = {"customer"};
  auto proposal = ProposeIndex(read);
  EXPECT_EQ(proposal->blocks[0].text.find("name = \"customer\""), std::string::npos);
  EXPECT_EQ(proposal->blocks[1].text.find("AttributeName: \"customer\"\n    AttributeType"),
            std::string::npos);
  EXPECT_NE(proposal->blocks[1].text.find("AttributeName: \"status\"\n    AttributeType"),
            std::string::npos);
  read.defined = {"customer", "status"};
  proposal = ProposeIndex(read);
  EXPECT_EQ(proposal->blocks[1].text.find("AttributeDefinitions"), std::string::npos);
}

TEST(IndexProposalTest, NamesOfAttributesAreQuoted) {
  FilteredRead read = Orders();
  read.equal = {{"st\"a$%{x}\n", 'S'}};
  const auto proposal = ProposeIndex(read);
  ASSERT_TRUE(proposal);
  EXPECT_EQ(proposal->name, "by_customer_st_a___x__");
  EXPECT_NE(proposal->blocks[0].text.find(R"(name = "st\"a$%%{x}\n")"), std::string::npos);
  EXPECT_NE(proposal->blocks[1].text.find(R"(AttributeName: "st\"a$%{x}\n")"), std::string::npos);
}

TEST(IndexProposalTest, IsAddedToAFinding) {
  FilteredRead read = Orders();
  read.item_writes = 1'000;
  Finding finding{.id = "filter-discards-most"};
  AddProposal(read, *ProposeIndex(read), finding);
  AddSavingEvidence(kPrices, 1e6, finding);
  using Evidence = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(finding.evidence,
            (Evidence{{"now",
                       "12 read units each; 1 million a day: $45.62 a month on demand, $18.83 "
                       "provisioned"},
                      {"with the index",
                       "0.5 read units each; 1 million a day: $1.90 a month on demand, $0.78 "
                       "provisioned"}}));
  EXPECT_EQ(
      finding.advice,
      "The index by_customer_status (customer, status) answers this with a Query that reads "
      "only what it returns. Each write of an item then costs 1 write unit more (1,000 writes in "
      "this run); a projection of fewer attributes makes that and the "
      "storage cheaper.");
  EXPECT_EQ(finding.blocks.size(), 2u);
}

}  // namespace
}  // namespace dynarock::findings
