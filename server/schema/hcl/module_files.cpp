#include "server/schema/hcl/module_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <system_error>
#include <utility>

#include "server/document/document.h"
#include "server/document/file.h"
#include "server/schema/hcl/json_body.h"

namespace dynarock::schema::hcl {
namespace {

namespace fs = std::filesystem;

// Without what tells the JSON syntax.
std::string_view NativeName(std::string_view name) {
  constexpr std::string_view kJson = ".json";
  if (name.ends_with(kJson)) name.remove_suffix(kJson.size());
  return name;
}

bool IsAutoVariables(std::string_view name) {
  name = NativeName(name);
  return name == "terraform.tfvars" || name.ends_with(".auto.tfvars");
}

// Files that change what others say. Terraform reads them, this does not.
bool IsOverride(std::string_view name) {
  name = NativeName(name);
  return name == "override.tf" || name.ends_with("_override.tf") || name == "override.tofu" ||
         name.ends_with("_override.tofu");
}

// Of x.tf and x.tofu OpenTofu reads the second only. Where x.tf alone was given, Terraform is
// meant. https://opentofu.org/docs/language/files/
void DropOfPairs(std::map<std::string, std::unique_ptr<ModuleFile>>& files) {
  for (auto it = files.begin(); it != files.end();) {
    const auto tofu = it++;
    const std::string_view native = NativeName(tofu->first);
    if (!native.ends_with(".tofu")) continue;
    const std::string json = tofu->first.substr(native.size());
    const auto tf = files.find(std::string(native.substr(0, native.size() - 4)) + "tf" + json);
    if (tf == files.end()) continue;
    files.erase(tf->second->given && !tofu->second->given ? tofu : tf);
  }
}

}  // namespace

std::string DirectoryOf(const std::string& file) {
  const std::string path = fs::path(file).lexically_normal().parent_path().string();
  return path.empty() ? "." : path;
}

std::string JoinDirectory(const std::string& from, const std::string& source) {
  std::string path = (fs::path(from) / source).lexically_normal().string();
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path.empty() ? "." : path;
}

ModuleFiles::ModuleFiles(std::span<const SourceFile> given, const Provider& provider)
    : given_(given), provider_(provider) {
  for (const SourceFile& file : given) {
    std::string directory = DirectoryOf(file.path);
    if (std::ranges::find(directories_, directory) == directories_.end()) {
      directories_.push_back(std::move(directory));
    }
  }
}

void ModuleFiles::Collect(ModuleDirectory& directory) const {
  std::map<std::string, std::unique_ptr<ModuleFile>> files;
  for (const SourceFile& file : given_) {
    if (DirectoryOf(file.path) != directory.path) continue;
    auto made = std::make_unique<ModuleFile>();
    made->source = {file.path, file.text};
    made->given = true;
    files.emplace(fs::path(file.path).filename().string(), std::move(made));
  }
  std::error_code error;
  for (fs::directory_iterator it(directory.path, error), end; !error && it != end;
       it.increment(error)) {
    const std::string name = it->path().filename().string();
    // It generates files: variables, providers.
    if (name == "terragrunt.hcl") {
      directory.incomplete = true;
      directory.unread.push_back(directory.path == "." ? name : directory.path + "/" + name);
      continue;
    }
    const bool read = NativeName(name).ends_with(".tf") || NativeName(name).ends_with(".tofu") ||
                      IsAutoVariables(name);
    if (name.starts_with('.') || !read || files.contains(name)) continue;
    if (files.size() >= kMostModuleFiles) {
      directory.incomplete = true;
      break;
    }
    auto made = std::make_unique<ModuleFile>();
    made->source.file = directory.path == "." ? name : directory.path + "/" + name;
    auto text = document::ReadWholeFile(made->source.file, kMostModuleFileBytes);
    if (!text) {
      directory.incomplete = true;
      continue;
    }
    made->source.text = *std::move(text);
    files.emplace(name, std::move(made));
  }
  DropOfPairs(files);
  // terraform.tfvars and terraform.tfvars.json come before the others, which go by name.
  size_t first = 0;
  for (auto& [name, file] : files) {
    if (IsOverride(name)) {
      directory.incomplete = true;
      directory.unread.push_back(file->source.file);
    } else if (NativeName(name) == "terraform.tfvars") {
      directory.variables.insert(directory.variables.begin() + static_cast<ptrdiff_t>(first++),
                                 std::move(file));
    } else if (NativeName(name).ends_with(".tfvars")) {
      directory.variables.push_back(std::move(file));
    } else {
      directory.files.push_back(std::move(file));
    }
  }
}

bool ModuleDirectory::MayDeclare(std::string_view name) const {
  return incomplete || std::ranges::any_of(unparsed, [name](const std::string* text) {
           return text->find(name) != std::string::npos;
         });
}

const ModuleDirectory& ModuleFiles::Directory(const std::string& path) {
  std::unique_ptr<ModuleDirectory>& slot = read_[path];
  if (slot) return *slot;
  slot = std::make_unique<ModuleDirectory>();
  slot->path = path;
  Collect(*slot);
  for (auto* files : {&slot->files, &slot->variables}) {
    for (const std::unique_ptr<ModuleFile>& file : *files) {
      if (file->source.text.size() > kMostModuleFileBytes) {
        slot->problems.push_back(
            {{file->source.file, 1, 1},
             "This file is larger than 8 MiB, which is more than is read here"});
        continue;
      }
      std::expected<Body, Problem> body = ParseFile(file->source, file->texts, provider_);
      if (body) {
        file->body = *std::move(body);
      } else {
        slot->unparsed.push_back(&file->source.text);
        if (file->given) slot->problems.push_back(std::move(body).error());
      }
    }
  }
  return *slot;
}

const ModuleDirectory& ModuleFiles::StandIn(const KnownModule& module) {
  std::unique_ptr<ModuleDirectory>& slot = read_["module " + std::string(module.name)];
  if (slot) return *slot;
  slot = std::make_unique<ModuleDirectory>();
  slot->path = module.name;
  slot->stand_in = true;
  auto made = std::make_unique<ModuleFile>();
  made->source = {std::string(module.name), std::string(module.text)};
  made->given = true;
  if (auto body = ParseFile(made->source, made->texts, provider_)) made->body = *std::move(body);
  slot->files.push_back(std::move(made));
  return *slot;
}

std::map<std::string, std::string, std::less<>> ModuleFiles::Installed(const std::string& root) {
  std::map<std::string, std::string, std::less<>> installed;
  const std::string path = JoinDirectory(root, ".terraform/modules/modules.json");
  auto text = document::ReadWholeFile(path, kMostModuleFileBytes);
  if (!text) return installed;
  const auto document = document::ReadJson({.path = path, .text = *std::move(text)});
  const Node* modules = document ? document->root.Find("Modules") : nullptr;
  if (!modules) return installed;
  for (const Node& module : modules->list) {
    const Node* key = module.Find("Key");
    const Node* directory = module.Find("Dir");
    if (!key || !directory || key->text.empty()) continue;
    installed.emplace(key->text, JoinDirectory(root, directory->text));
  }
  return installed;
}

}  // namespace dynarock::schema::hcl
