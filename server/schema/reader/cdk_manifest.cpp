#include "server/schema/reader/cdk_manifest.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <system_error>

#include "server/document/document.h"
#include "server/document/file.h"
#include "server/document/node_path.h"

namespace dynarock::schema {

namespace {

namespace fs = std::filesystem;

Home HomeOf(const document::Node& stack) {
  constexpr std::string_view kScheme = "aws://";
  std::string_view environment = document::TextOf(stack, "environment");
  const size_t slash = environment.rfind('/');
  if (!environment.starts_with(kScheme) || slash < kScheme.size()) return {};
  Home home;
  home.account = environment.substr(kScheme.size(), slash - kScheme.size());
  home.region = environment.substr(slash + 1);
  if (home.account == "unknown-account") home.account.clear();
  if (home.region == "unknown-region") home.region.clear();
  return home;
}

}  // namespace

Home CdkHome(const std::string& template_path) {
  const fs::path path(template_path);
  if (!path.filename().string().ends_with(".template.json")) return {};
  const fs::path manifest = path.parent_path() / "manifest.json";
  auto text = document::ReadWholeFile(manifest, document::kMostFileBytes);
  if (!text) return {};
  const auto document = document::ReadJson({.path = manifest.string(), .text = *std::move(text)});
  const document::Node* artifacts = document ? document->root.Find("artifacts") : nullptr;
  if (artifacts == nullptr) return {};
  std::set<Home> homes;
  for (const auto& [name, artifact] : artifacts->map) {
    if (document::TextOf(artifact, "type") != "aws:cloudformation:stack") continue;
    const document::Node* properties = artifact.Find("properties");
    const bool own = properties != nullptr &&
                     document::TextOf(*properties, "templateFile") == path.filename().string();
    if (own) return HomeOf(artifact);
    homes.insert(HomeOf(artifact));
  }
  return homes.size() == 1 ? *homes.begin() : Home();
}

}  // namespace dynarock::schema
