#include "tests/model/operation.h"

#include <array>

namespace dynarock::model {

namespace {

std::string Quoted(const std::string& text) {
  std::string out;
  AppendJsonString(text, out);
  return out;
}

// The expressions of one request, which share their placeholders.
class Expressions {
 public:
  std::string Text(const Path& path) {
    std::string text = Name(path.attribute);
    if (!path.key.empty()) text += '.' + Name(path.key);
    if (path.index >= 0) text += '[' + std::to_string(path.index) + ']';
    return text;
  }
  std::string Name(const std::string& name) {
    const std::string placeholder = "#" + name;
    names_[placeholder] = Quoted(name);
    return placeholder;
  }
  std::string Operand(const Value& value) {
    const std::string placeholder = ":v" + std::to_string(values_.size());
    values_[placeholder] = ToJson(value);
    return placeholder;
  }
  std::string Text(const Condition& c);
  std::string Text(const std::vector<UpdateAction>& actions);

  void AddTo(Body& body) const {
    if (!names_.empty()) body["ExpressionAttributeNames"] = Object(names_);
    if (!values_.empty()) body["ExpressionAttributeValues"] = Object(values_);
  }

 private:
  static std::string Object(const Body& members) {
    std::string out = "{";
    for (const auto& [name, json] : members) {
      if (out.size() > 1) out += ',';
      out += Quoted(name) + ':' + json;
    }
    return out + "}";
  }
  Body names_;
  Body values_;
  friend struct dynarock::model::Request;
};

std::string Expressions::Text(const Condition& c) {
  using Kind = Condition::Kind;
  const auto compare = [&](const char* op) {
    return Text(c.path) + " " + op + " " + Operand(c.values[0]);
  };
  const auto call = [&](const char* function) {
    return std::string(function) + "(" + Text(c.path) + ", " + Operand(c.values[0]) + ")";
  };
  switch (c.kind) {
    case Kind::kExists:
      return "attribute_exists(" + Text(c.path) + ")";
    case Kind::kNotExists:
      return "attribute_not_exists(" + Text(c.path) + ")";
    case Kind::kEqual:
      return compare("=");
    case Kind::kNotEqual:
      return compare("<>");
    case Kind::kLess:
      return compare("<");
    case Kind::kLessOrEqual:
      return compare("<=");
    case Kind::kGreater:
      return compare(">");
    case Kind::kGreaterOrEqual:
      return compare(">=");
    case Kind::kBetween: {
      const std::string path = Text(c.path);
      const std::string low = Operand(c.values[0]);
      return path + " BETWEEN " + low + " AND " + Operand(c.values[1]);
    }
    case Kind::kIn: {
      std::string text = Text(c.path) + " IN (";
      for (size_t i = 0; i < c.values.size(); ++i) {
        text += (i > 0 ? ", " : "") + Operand(c.values[i]);
      }
      return text + ")";
    }
    case Kind::kBeginsWith:
      return call("begins_with");
    case Kind::kContains:
      return call("contains");
    case Kind::kSizeAtLeast:
      return "size(" + Text(c.path) + ") >= " + Operand(c.values[0]);
    case Kind::kHasType:
      return call("attribute_type");
    case Kind::kAnd:
    case Kind::kOr: {
      const std::string left = Text(c.conditions[0]);
      const char* op = c.kind == Kind::kAnd ? ") AND (" : ") OR (";
      return "(" + left + op + Text(c.conditions[1]) + ")";
    }
    case Kind::kNot:
      return "NOT (" + Text(c.conditions[0]) + ")";
  }
  return {};
}

std::string Expressions::Text(const std::vector<UpdateAction>& actions) {
  using Kind = UpdateAction::Kind;
  std::array<std::string, 4> sections;
  const auto add = [&](size_t section, const std::string& text) {
    sections[section] += (sections[section].empty() ? "" : ", ") + text;
  };
  for (const UpdateAction& a : actions) {
    const std::string path = Text(a.path);
    switch (a.kind) {
      case Kind::kSet:
        add(0, path + " = " + Operand(a.value));
        break;
      case Kind::kSetIfAbsent: {
        const std::string from = Text(a.from);
        add(0, path + " = if_not_exists(" + from + ", " + Operand(a.value) + ")");
        break;
      }
      case Kind::kAppend: {
        const std::string from = Text(a.from);
        add(0, path + " = list_append(" + from + ", " + Operand(a.value) + ")");
        break;
      }
      case Kind::kPlus: {
        const std::string from = Text(a.from);
        add(0, path + " = " + from + " + " + Operand(a.value));
        break;
      }
      case Kind::kCopy:
        add(0, path + " = " + Text(a.from));
        break;
      case Kind::kRemove:
        add(1, path);
        break;
      case Kind::kAdd:
        add(2, path + " " + Operand(a.value));
        break;
      case Kind::kDelete:
        add(3, path + " " + Operand(a.value));
        break;
    }
  }
  std::string text;
  constexpr std::array<const char*, 4> kWords = {"SET ", "REMOVE ", "ADD ", "DELETE "};
  for (size_t i = 0; i < sections.size(); ++i) {
    if (!sections[i].empty()) text += (text.empty() ? "" : " ") + (kWords[i] + sections[i]);
  }
  return text;
}

Body BodyOf(const Write& write) {
  Body body{{"TableName", Quoted(kTable)}};
  body[write.kind == Write::Kind::kPut ? "Item" : "Key"] = ToJson(write.item);
  Expressions expressions;
  if (!write.actions.empty()) body["UpdateExpression"] = Quoted(expressions.Text(write.actions));
  if (write.condition) body["ConditionExpression"] = Quoted(expressions.Text(*write.condition));
  expressions.AddTo(body);
  return body;
}

std::string Json(const Body& body) {
  return Request{.operation = {}, .body = body}.json();
}

Request WriteRequest(const Write& write) {
  Request request{.operation = write.kind == Write::Kind::kPut      ? "PutItem"
                               : write.kind == Write::Kind::kDelete ? "DeleteItem"
                                                                    : "UpdateItem",
                  .body = BodyOf(write)};
  if (write.return_values != "NONE") request.body["ReturnValues"] = Quoted(write.return_values);
  return request;
}

std::string BatchWriteItems(const std::vector<Write>& writes) {
  std::string list = "[";
  for (const Write& write : writes) {
    if (list.size() > 1) list += ',';
    list += write.kind == Write::Kind::kPut
                ? R"({"PutRequest":{"Item":)" + ToJson(write.item) + "}}"
                : R"({"DeleteRequest":{"Key":)" + ToJson(write.item) + "}}";
  }
  return "{" + Quoted(kTable) + ":" + list + "]}";
}

std::string TransactWriteItems(const std::vector<Write>& writes) {
  constexpr std::array<const char*, 4> kNames = {"Put", "Delete", "Update", "ConditionCheck"};
  std::string list = "[";
  for (const Write& write : writes) {
    if (list.size() > 1) list += ',';
    list += "{" + Quoted(kNames[static_cast<size_t>(write.kind)]) + ":" + Json(BodyOf(write)) + "}";
  }
  return list + "]";
}

Request ReadRequest(const Read& read, const std::string& start, int segment) {
  Request request{.operation = read.partition ? "Query" : "Scan",
                  .body = {{"TableName", Quoted(kTable)}}};
  Body& body = request.body;
  Expressions expressions;
  if (!read.index.empty()) body["IndexName"] = Quoted(read.index);
  if (read.partition) {
    const bool global = !read.index.empty() && read.index != kLocalIndex;
    std::string text =
        expressions.Name(global ? "g" : "pk") + " = " + expressions.Operand(*read.partition);
    if (read.sort) {
      Condition sort = *read.sort;
      sort.path = {.attribute = read.index.empty() ? "sk" : read.index == kLocalIndex ? "l" : "h"};
      text += " AND " + expressions.Text(sort);
    }
    body["KeyConditionExpression"] = Quoted(text);
    if (!read.forward) body["ScanIndexForward"] = "false";
  } else if (read.segments > 1) {
    body["TotalSegments"] = std::to_string(read.segments);
    body["Segment"] = std::to_string(segment);
  }
  if (read.limit > 0) body["Limit"] = std::to_string(read.limit);
  if (read.count_only) body["Select"] = Quoted("COUNT");
  if (read.filter) body["FilterExpression"] = Quoted(expressions.Text(*read.filter));
  if (!start.empty()) body["ExclusiveStartKey"] = start;
  expressions.AddTo(body);
  return request;
}

std::string Keys(const std::vector<Item>& keys) {
  std::string list = "[";
  for (const Item& key : keys) list += (list.size() > 1 ? "," : "") + ToJson(key);
  return list + "]";
}

std::string Projection(const std::string& type) {
  if (type == "INCLUDE") return R"({"ProjectionType":"INCLUDE","NonKeyAttributes":["n"]})";
  return R"({"ProjectionType":")" + type + R"("})";
}

std::string KeySchema(const std::string& hash, const std::string& range) {
  std::string text = R"([{"AttributeName":")" + hash + R"(","KeyType":"HASH"})";
  if (!range.empty()) text += R"(,{"AttributeName":")" + range + R"(","KeyType":"RANGE"})";
  return text + "]";
}

}  // namespace

const Value* Find(const Item& item, const Path& path) {
  const auto attribute = item.find(path.attribute);
  if (attribute == item.end()) return nullptr;
  const Value& value = attribute->second;
  if (!path.key.empty()) {
    const auto entry = value.map.find(path.key);
    return value.type == "M" && entry != value.map.end() ? &entry->second : nullptr;
  }
  if (path.index < 0) return &value;
  const auto index = static_cast<size_t>(path.index);
  return value.type == "L" && index < value.list.size() ? &value.list[index] : nullptr;
}

std::string Request::json() const {
  return Expressions::Object(body);
}

Request RequestOf(const Step& step, const std::string& start, int segment) {
  using Kind = Step::Kind;
  switch (step.kind) {
    case Kind::kWrite:
      return WriteRequest(step.writes.front());
    case Kind::kBatchWrite:
      return {"BatchWriteItem", {{"RequestItems", BatchWriteItems(step.writes)}}};
    case Kind::kTransactWrite:
      return {"TransactWriteItems", {{"TransactItems", TransactWriteItems(step.writes)}}};
    case Kind::kGet:
      return {"GetItem", {{"TableName", Quoted(kTable)}, {"Key", ToJson(step.keys.front())}}};
    case Kind::kBatchGet:
      return {"BatchGetItem",
              {{"RequestItems", "{" + Quoted(kTable) + R"(:{"Keys":)" + Keys(step.keys) + "}}"}}};
    case Kind::kTransactGet: {
      std::string list = "[";
      for (const Item& key : step.keys) {
        if (list.size() > 1) list += ',';
        list += R"({"Get":)" + Json({{"TableName", Quoted(kTable)}, {"Key", ToJson(key)}}) + "}";
      }
      return {"TransactGetItems", {{"TransactItems", list + "]"}}};
    }
    case Kind::kRead:
      return ReadRequest(step.read, start, segment);
    case Kind::kAddIndex:
      return {"UpdateTable",
              {{"TableName", Quoted(kTable)},
               {"AttributeDefinitions", R"([{"AttributeName":"g","AttributeType":"S"}])"},
               {"GlobalSecondaryIndexUpdates", R"([{"Create":{"IndexName":"added","KeySchema":)" +
                                                   KeySchema("g", "") + R"(,"Projection":)" +
                                                   Projection("ALL") + "}}]"}}};
    case Kind::kDropIndex:
      return {"UpdateTable",
              {{"TableName", Quoted(kTable)},
               {"GlobalSecondaryIndexUpdates", R"([{"Delete":{"IndexName":"added"}}])"}}};
    case Kind::kAdvance:
    case Kind::kRestart:
      break;
  }
  return {};
}

std::string CreateTableJson(const Setup& setup) {
  const auto attribute = [](const std::string& name, const std::string& type) {
    return R"({"AttributeName":")" + name + R"(","AttributeType":")" + type + R"("})";
  };
  const auto index = [](const char* name, const std::string& schema, const std::string& type) {
    return R"([{"IndexName":")" + std::string(name) + R"(","KeySchema":)" + schema +
           R"(,"Projection":)" + Projection(type) + "}]";
  };
  return R"({"TableName":"Model","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[)" +
         attribute("pk", "S") + "," + attribute("sk", setup.sort_type) + "," + attribute("l", "N") +
         "," + attribute("g", "S") + "," + attribute("h", "N") + R"(],"KeySchema":)" +
         KeySchema("pk", "sk") + R"(,"LocalSecondaryIndexes":)" +
         index(kLocalIndex, KeySchema("pk", "l"), setup.local_projection) +
         R"(,"GlobalSecondaryIndexes":)" +
         index(kGlobalIndex, KeySchema("g", "h"), setup.global_projection) +
         R"(,"StreamSpecification":{"StreamEnabled":true,"StreamViewType":")" + setup.stream_view +
         R"("}})";
}

std::string Show(const Step& step) {
  if (step.kind == Step::Kind::kAdvance) {
    return "(the clock goes on by " + std::to_string(step.seconds) + " s)";
  }
  if (step.kind == Step::Kind::kRestart) {
    return step.clean ? "(the store is closed and opened)" : "(the store is killed and opened)";
  }
  const Request request = RequestOf(step);
  std::string line = request.operation + " " + request.json();
  if (step.kind == Step::Kind::kRead && step.read.segments > 1) line += "  (and all its segments)";
  return line;
}

}  // namespace dynarock::model
