// Holds the request shapes of the operations to the API model (tests/shapes/api_members.json, made
// from the AWS SDK): a member that the API has and a shape lacks would be passed over in silence.
#include <fstream>
#include <iterator>
#include <set>

#include <gtest/gtest.h>

#include "server/operations/registry.h"
#include "server/protocol/shape.h"
#include "storage/item/json.h"

namespace dynarock::operations {
namespace {

using protocol::Kind;
using protocol::Member;
using protocol::Shape;

class Model {
 public:
  Model() {
    std::ifstream file(DYNAROCK_SOURCE_DIR "/tests/shapes/api_members.json");
    good_ = document_.Parse(
        std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()));
  }
  bool good() const { return good_; }
  // A structure's members, nullptr when the model has no such structure.
  const JsonValue* FindStructure(std::string_view name) const {
    return FindMember(*FindMember(document_.root(), "structures"), name);
  }
  // An operation's input structure; empty when the model lacks the operation.
  std::string_view InputOf(std::string_view operation) const {
    const JsonValue* found = FindMember(*FindMember(document_.root(), "operations"), operation);
    return found == nullptr ? std::string_view() : Text(*FindMember(*found, "input"));
  }
  // The values of a structure's member, nullptr when it is no enum.
  const JsonValue* FindEnum(std::string_view structure, std::string_view member) const {
    const JsonValue* found = FindMember(*FindMember(document_.root(), "enums"), structure);
    return found == nullptr ? nullptr : FindMember(*found, member);
  }

 private:
  JsonDocument document_;
  bool good_ = false;
};

// Compares shapes with the model and collects what differs.
class Comparer {
 public:
  explicit Comparer(const Model& model) : model_(model) {}

  void Structure(const Shape& shape, std::string_view name, const std::string& path) {
    if (!visited_.insert(std::string(name)).second) return;
    const JsonValue* members = model_.FindStructure(name);
    if (members == nullptr) {
      Add(path, "the model has no structure " + std::string(name));
      return;
    }
    std::set<std::string_view> ours;
    for (const Member& member : shape.members) {
      const std::string here = path + "." + std::string(member.name);
      if (!ours.insert(member.name).second) Add(here, "stands twice in the shape");
      const JsonValue* type = FindMember(*members, member.name);
      if (type == nullptr) {
        Add(here, "is not in the API");
        continue;
      }
      Compare(*member.shape, *type, here, member.rule.unsupported);
      if (member.rule.values != nullptr) Enum(member, name, here);
    }
    for (const auto& member : members->GetObject()) {
      if (!ours.contains(member.name)) {
        Add(path + "." + std::string(member.name), "is missing in the shape");
      }
    }
  }
  const std::vector<std::string>& differences() const { return differences_; }

 private:
  // `type`: "string", "Structure", {"list": type} or {"map": type}. Members that are refused by
  // name need no shape below them.
  void Compare(const Shape& shape, const JsonValue& type, const std::string& path,
               bool unsupported) {
    if (type.IsObject()) {
      const JsonValue* list = FindMember(type, "list");
      const JsonValue* element = list != nullptr ? list : FindMember(type, "map");
      const Kind expected = list != nullptr ? Kind::kList : Kind::kMap;
      if (shape.kind != expected) {
        Add(path, list != nullptr ? "is a list in the API" : "is a map in the API");
      } else if (!unsupported) {
        Compare(*shape.element, *element, path + "[]", false);
      }
      return;
    }
    const std::string_view name = Text(type);
    if (model_.FindStructure(name) != nullptr) {
      if (shape.kind != Kind::kStructure) {
        Add(path, "is a structure " + std::string(name) + " in the API");
      } else if (!unsupported) {
        if (shape.name != name) {
          Add(path, "is named " + std::string(shape.name) + ", in the API " + std::string(name));
        }
        Structure(shape, name, path);
      }
      return;
    }
    if (!IsScalar(shape.kind, name)) Add(path, "is of type " + std::string(name) + " in the API");
  }

  // The SDK's model knows one type for all numbers.
  static bool IsScalar(Kind kind, std::string_view name) {
    switch (kind) {
      case Kind::kString:
        return name == "string";
      case Kind::kInteger:
      case Kind::kLong:
      case Kind::kDouble:
        return name == "number" || name == "integer" || name == "long" || name == "double" ||
               name == "float";
      case Kind::kBoolean:
        return name == "boolean";
      case Kind::kBlob:
        return name == "blob";
      case Kind::kTimestamp:
        return name == "timestamp";
      default:
        return false;
    }
  }

  void Enum(const Member& member, std::string_view structure, const std::string& path) {
    const JsonValue* values = model_.FindEnum(structure, member.name);
    if (values == nullptr) {
      Add(path, "is no enum in the API");
      return;
    }
    std::set<std::string_view> theirs;
    for (const JsonValue& value : values->GetArray()) theirs.insert(Text(value));
    const auto& list = member.rule.values->values;
    if (std::set<std::string_view>(list.begin(), list.end()) != theirs) {
      Add(path, "has other values than in the API");
    }
  }

  void Add(const std::string& path, const std::string& text) {
    differences_.push_back(path + " " + text);
  }

  const Model& model_;
  std::set<std::string, std::less<>> visited_;
  std::vector<std::string> differences_;
};

TEST(Shapes, HaveTheMembersOfTheApi) {
  const Model model;
  ASSERT_TRUE(model.good());
  EXPECT_FALSE(Operations().empty());
  for (const protocol::Operation& operation : Operations()) {
    const std::string_view input = model.InputOf(operation.name);
    if (input.empty()) {
      ADD_FAILURE() << operation.name << " is not in the API";
      continue;
    }
    Comparer comparer(model);
    comparer.Structure(*operation.input, input, std::string(operation.name));
    for (const std::string& difference : comparer.differences()) ADD_FAILURE() << difference;
  }
}

TEST(Registry, IsSortedAndKnowsNothingTwice) {
  const auto operations = Operations();
  for (size_t i = 1; i < operations.size(); ++i) {
    EXPECT_LT(operations[i - 1].name, operations[i].name);
  }
  const auto later = UnimplementedOperations();
  for (size_t i = 0; i < later.size(); ++i) {
    if (i > 0) {
      EXPECT_LT(later[i - 1], later[i]);
    }
    for (const protocol::Operation& operation : operations) EXPECT_NE(operation.name, later[i]);
  }
}

}  // namespace
}  // namespace dynarock::operations
