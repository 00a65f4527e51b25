// The files of Terraform modules: those that were given, and those that lie beside them.
#pragma once

#include <deque>
#include <expected>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/document/source_file.h"
#include "server/schema/hcl/provider.h"
#include "server/schema/hcl/syntax.h"

namespace dynarock::schema::hcl {

using document::SourceFile;

struct ModuleFile {
  Source source;
  std::deque<Source> texts;  // which the body refers to as well
  Body body;
  // It was given; the others are there for what they declare, and only that.
  bool given = false;
};

// The .tf and .tf.json files of one directory (OpenTofu: .tofu and .tofu.json as well), sorted by
// name, and the .tfvars and .tfvars.json files that Terraform loads by itself, in its order.
struct ModuleDirectory {
  std::string path;
  std::vector<std::unique_ptr<ModuleFile>> files;
  std::vector<std::unique_ptr<ModuleFile>> variables;
  // Files were left out, so that names may be missing.
  bool incomplete = false;
  // Texts of files that could not be parsed: what they mention may be declared there.
  std::vector<const std::string*> unparsed;
  std::vector<Problem> problems;
  // It stands in for a module that is not downloaded: it has no files that people could look at, and
  // the module may have more variables and outputs.
  bool stand_in = false;
  // Files that Terraform or Terragrunt reads and this does not: overrides, terragrunt.hcl.
  std::vector<std::string> unread;

  // Whether `name` may be declared although no file that was parsed does it.
  bool MayDeclare(std::string_view name) const;
  // Whether there may be provider blocks although no file that was parsed has them.
  bool MayDeclareProviders() const { return MayDeclare("provider"); }
};

inline constexpr size_t kMostModuleFileBytes = 8 * 1024 * 1024;
inline constexpr size_t kMostModuleFiles = 500;

// Reads directories and keeps them.
class ModuleFiles {
 public:
  // Both must outlive it.
  ModuleFiles(std::span<const SourceFile> given, const Provider& provider);

  const Provider& provider() const { return provider_; }

  // The directories of the given files, in their order.
  const std::vector<std::string>& directories() const { return directories_; }
  // The directory, whether or not it holds anything.
  const ModuleDirectory& Directory(const std::string& path);
  const ModuleDirectory& StandIn(const KnownModule& module);

  // Where `terraform init` has put the modules of the root module `root`, by "a.b" for module.a.module.b
  // (.terraform/modules/modules.json).
  static std::map<std::string, std::string, std::less<>> Installed(const std::string& root);

 private:
  void Collect(ModuleDirectory& directory) const;

  std::span<const SourceFile> given_;
  const Provider& provider_;
  std::vector<std::string> directories_;
  std::map<std::string, std::unique_ptr<ModuleDirectory>, std::less<>> read_;
};

// The directory of a file as this compares them: normal form, "." for none.
std::string DirectoryOf(const std::string& file);
// `source` ("../table") seen from the directory `from`.
std::string JoinDirectory(const std::string& from, const std::string& source);

}  // namespace dynarock::schema::hcl
