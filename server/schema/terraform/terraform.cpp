#include "server/schema/terraform/terraform.h"

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "server/document/file.h"
#include "server/schema/hcl/json_body.h"
#include "server/schema/hcl/module.h"
#include "server/schema/hcl/module_files.h"
#include "server/schema/terraform/aws_provider.h"
#include "server/schema/terraform/known_modules.h"
#include "server/schema/terraform/table_set.h"

namespace dynarock::schema {
namespace {

using hcl::Problem;

Message Error(const char* id, const Problem& problem) {
  return {.severity = Severity::kError,
          .id = id,
          .place = problem.place,
          .text = problem.message,
          .hint = problem.hint};
}

class TerraformReader {
 public:
  TerraformReader(std::span<const SourceFile> files, const ReadOptions& options)
      : files_(files, terraform::kAwsProvider), options_(options) {}

  Reading Run() {
    for (const SourceFile& file : options_.variable_files) ParseVariables(file);
    std::set<std::string, std::less<>> unknown;
    for (const auto& [name, value] : options_.values) {
      if (!options_.taken_elsewhere.contains(name)) unknown.insert(name);
    }
    for (const std::string& path : files_.directories()) {
      Reading before = std::exchange(reading_, {});
      ReadDirectory(path, unknown);
      WarnIfEmpty(path);
      std::move(reading_.tables.begin(), reading_.tables.end(), std::back_inserter(before.tables));
      std::move(reading_.messages.begin(), reading_.messages.end(),
                std::back_inserter(before.messages));
      std::move(reading_.unchecked.begin(), reading_.unchecked.end(),
                std::back_inserter(before.unchecked));
      reading_ = std::move(before);
    }
    for (const std::string& name : unknown) {
      const bool variable = name.find('.') == std::string::npos;
      reading_.messages.push_back(
          {.severity = Severity::kError,
           .id = "terraform",
           .place = {},
           .text = variable ? "there is no variable \"" + name + "\" that could be set"
                            : "nothing in these files refers to " + name,
           .hint = {}});
    }
    DropRepeated();
    return std::move(reading_);
  }

 private:
  void ParseVariables(const SourceFile& file) {
    auto source = std::make_unique<hcl::Source>(hcl::Source{file.path, file.text});
    auto body = hcl::ParseFile(*source, texts_, terraform::kAwsProvider);
    if (!body) {
      reading_.messages.push_back(Error("syntax", body.error()));
      return;
    }
    sources_.push_back(std::move(source));
    variables_.push_back(*std::move(body));
  }

  void ReadDirectory(const std::string& path, std::set<std::string, std::less<>>& unknown) {
    const hcl::ModuleDirectory& directory = files_.Directory(path);
    for (const Problem& problem : directory.problems)
      reading_.messages.push_back(Error("syntax", problem));
    for (const std::string& file : directory.unread) {
      reading_.messages.push_back(
          {.severity = Severity::kNote,
           .id = "unresolved",
           .place = {.file = file, .line = 1, .column = 1},
           .text = file.ends_with(".hcl")
                       ? "this file is not read: what Terragrunt generates is not seen"
                       : "this file is not read: what override files change is not seen",
           .hint = "pass the plan to check it: terraform show -json PLAN"});
    }
    hcl::ModuleWorld world{.files = files_,
                           .budget = {},
                           .modules = 0,
                           .root = path,
                           .given = GivenValues(path),
                           .installed = hcl::ModuleFiles::Installed(path),
                           .expansion = {}};
    hcl::Module module(world, directory, "", 0);
    module.SetFromEnvironment();
    for (const auto& file : directory.variables) module.SetVariables(file->body);
    for (const hcl::Body& body : variables_) module.SetVariables(body);
    for (const auto& [name, value] : options_.values) {
      if (module.SetVariableText(name, value)) unknown.erase(name);
    }
    module.Check();
    module.Expand(terraform::ConcernsTables);
    for (const std::string& name : world.used) unknown.erase(name);
    std::erase_if(unknown, [&](const std::string& name) { return module.Declares(name); });
    for (const Problem& problem : world.expansion.problems)
      reading_.messages.push_back(Error("terraform", problem));
    for (const Problem& note : world.expansion.notes) {
      Message message = Error("unresolved", note);
      message.severity = Severity::kNote;
      message.hint = "--set or --var-file gives it another value";
      reading_.messages.push_back(std::move(message));
    }
    NoteForeignModules(world.expansion.unread);
    terraform::MakeTables(std::move(world.expansion.resources), true,
                          !world.expansion.unread.empty(), reading_);
    for (TableSource& table : reading_.tables) table.deployment = path;
  }

  // Values of names that are no variables: from the command line, and the workspace that Terraform would
  // work in. https://developer.hashicorp.com/terraform/cli/config/environment-variables
  std::map<std::string, std::string, std::less<>> GivenValues(const std::string& root) const {
    std::map<std::string, std::string, std::less<>> given;
    if (const auto file =
            document::ReadWholeFile(hcl::JoinDirectory(root, ".terraform/environment"), 1000)) {
      given["terraform.workspace"] = *file;
    }
    if (const char* workspace = std::getenv("TF_WORKSPACE"))
      given["terraform.workspace"] = workspace;
    for (const auto& [name, value] : options_.values) {
      if (name.find('.') != std::string::npos) given[name] = value;
    }
    return given;
  }

  // One note for all of them: a root of many modules has little else to say.
  void NoteForeignModules(const std::vector<hcl::UnreadModule>& modules) {
    std::vector<const hcl::UnreadModule*> unread;
    for (const hcl::UnreadModule& module : modules) {
      if (!terraform::MakesNoTables(module.source)) unread.push_back(&module);
    }
    if (unread.empty()) return;
    const hcl::UnreadModule& first = *unread.front();
    std::string text = first.address + " comes from " + first.source.substr(0, 200) +
                       ", which is not downloaded here";
    if (unread.size() > 1) {
      text += ", and " + std::to_string(unread.size() - 1) +
              (unread.size() == 2 ? " other module" : " other modules") + " likewise";
    }
    reading_.messages.push_back(
        {.severity = Severity::kNote,
         .id = "unresolved",
         .place = first.place,
         .text = text + ": tables in it are not checked",
         .hint = "terraform init downloads modules, and a plan has all of them: terraform show "
                 "-json PLAN"});
    for (const hcl::UnreadModule* module : unread) reading_.unchecked.push_back(module->address);
  }

  // One file of a module may well hold no table; all that are given of it, hardly.
  void WarnIfEmpty(const std::string& path) {
    if (!DefinesNothing(reading_)) return;
    for (const auto& file : files_.Directory(path).files) {
      if (!file->given) continue;
      reading_.messages.push_back({.severity = Severity::kWarning,
                                   .id = "no-tables",
                                   .place = {.file = file->source.file, .line = 1, .column = 1},
                                   .text = "the files given of " + path + " define no tables",
                                   .hint = "nothing in them was checked"});
      return;
    }
  }

  // A value that is used twice and wrong is told once.
  void DropRepeated() {
    std::set<std::tuple<std::string, int, int, std::string>> seen;
    std::erase_if(reading_.messages, [&seen](const Message& message) {
      return !seen.insert(
                      {message.place.file, message.place.line, message.place.column, message.text})
                  .second;
    });
  }

  hcl::ModuleFiles files_;
  const ReadOptions& options_;
  std::vector<std::unique_ptr<hcl::Source>> sources_;
  std::deque<hcl::Source> texts_;
  std::vector<hcl::Body> variables_;
  Reading reading_;
};

}  // namespace

Reading ReadTerraform(std::span<const SourceFile> files, const ReadOptions& options) {
  return TerraformReader(files, options).Run();
}

}  // namespace dynarock::schema
