// Variables of the Serverless Framework: ${self:custom.stage}, ${opt:stage, 'dev'}, ${env:NAME},
// ${file(tables.yml):Resources}.
// https://www.serverless.com/framework/docs/providers/aws/guide/variables
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "server/document/document.h"
#include "server/document/node.h"
#include "server/schema/cloudformation/dotenv.h"
#include "server/schema/table/table_source.h"

namespace dynarock::schema {

class ServerlessVariables {
 public:
  // `root`: what ${self:} names; null when the file is only a part. Files are looked for beside
  // `path`. All outlive the object.
  ServerlessVariables(const Node* root, const std::string& path, const ReadOptions& options,
                      std::vector<Message>& messages);

  // The value with its variables replaced; what is not known here becomes kUnresolved.
  Node Resolve(const Node& value);

  // The files that were read for it.
  std::set<std::string> Files() const;

  // Whether a text holds a variable.
  static bool Uses(std::string_view text);

 private:
  Node ResolveParts(const Node& value);
  // What a variable stands for. kUnresolved: not known.
  Node Value(const Node& at, std::string_view inside);
  Node OneSource(const Node& at, std::string_view source);
  Node Self(const Node& at, std::string_view path);
  Node Option(const Node& at, const std::string& name);
  Node Stage(const Node& at);
  Node EnvironmentVariable(const Node& at, const std::string& name);
  const Environment& Dotenv(const Node& at);
  Node Parameter(const Node& at, const std::string& name);
  Node File(const Node& at, std::string_view path, std::string_view inside);
  Node Text(const Node& at, std::string_view text);
  Node Unknown(const Node& at, std::string_view source, std::string why) const;
  // The same for a source that has no such value, wherever it is deployed.
  Node Missing(const Node& at, std::string_view source, std::string why);
  // An error, since the framework stops at the variable.
  void Refuse(const Node& at, std::string_view inside, const std::string& why);
  const Node* Load(const std::string& path);

  const Node* root_;
  std::string directory_;
  const ReadOptions& options_;
  std::vector<Message>& messages_;
  std::map<std::string, std::unique_ptr<document::Document>, std::less<>>
      files_;           // null: cannot be read
  Environment dotenv_;  // of the files that the framework loads
  bool dotenv_read_ = false;
  bool missing_ = false;           // the last source has no such value
  std::vector<std::string> open_;  // variables being worked out: one that meets itself is a circle
  std::set<std::string> said_;     // one error per fault and place
  int level_ = 0;                  // of values inside values
  int depth_ = 0;                  // of variables that lead to variables
  size_t steps_ = 0;               // values looked at, and bytes made: bounded
};

}  // namespace dynarock::schema
