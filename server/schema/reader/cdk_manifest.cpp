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

std::string RegionOf(const document::Node& stack) {
  const std::string_view environment = document::TextOf(stack, "environment");
  const size_t slash = environment.rfind('/');
  if (!environment.starts_with("aws://") || slash == std::string_view::npos) return {};
  const std::string_view region = environment.substr(slash + 1);
  return region == "unknown-region" ? std::string() : std::string(region);
}

}  // namespace

std::string CdkRegion(const std::string& template_path) {
  const fs::path path(template_path);
  if (!path.filename().string().ends_with(".template.json")) return {};
  const fs::path manifest = path.parent_path() / "manifest.json";
  auto text = document::ReadWholeFile(manifest, document::kMostFileBytes);
  if (!text) return {};
  const auto document = document::ReadJson({.path = manifest.string(), .text = *std::move(text)});
  const document::Node* artifacts = document ? document->root.Find("artifacts") : nullptr;
  if (artifacts == nullptr) return {};
  std::set<std::string> regions;
  for (const auto& [name, artifact] : artifacts->map) {
    if (document::TextOf(artifact, "type") != "aws:cloudformation:stack") continue;
    const document::Node* properties = artifact.Find("properties");
    const bool own = properties != nullptr &&
                     document::TextOf(*properties, "templateFile") == path.filename().string();
    if (own) return RegionOf(artifact);
    regions.insert(RegionOf(artifact));
  }
  return regions.size() == 1 ? *regions.begin() : std::string();
}

}  // namespace dynarock::schema
