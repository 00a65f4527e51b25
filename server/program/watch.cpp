#include "server/program/watch.h"

#include "server/document/document.h"
#include "server/document/file.h"
#include "server/document/map_reader.h"

namespace dynarock::program {

namespace {

std::expected<advisor::Settings, std::string> ReadAdvisorFile(const std::string& path) {
  auto text = document::ReadSmallFile(path);
  if (!text) return std::unexpected("--advisor-config: " + text.error());
  document::SourceFile file;
  file.path = path;
  file.text = *std::move(text);
  const auto document = document::ReadYaml(file);
  if (!document) {
    return std::unexpected(document::Complaint(document.error().place, document.error().text));
  }
  // A name given twice is a slip that would change what is said.
  if (!document->messages.empty()) {
    const document::Message& message = document->messages.front();
    return std::unexpected(document::Complaint(message.place, message.text));
  }
  return advisor::ReadSettings(document->root);
}

}  // namespace

std::expected<Watch, std::string> Watch::Open(const Config& config, const Store& store,
                                              const Clock& clock) {
  Watch watch;
  if (config.advisor) {
    watch.stored_ = std::make_unique<StoredItems>(store);
    advisor::Settings settings;
    if (!config.advisor_config.empty()) {
      auto read = ReadAdvisorFile(config.advisor_config);
      if (!read) return std::unexpected(std::move(read).error());
      settings = *std::move(read);
    }
    watch.advisor_ =
        std::make_unique<advisor::Advisor>(std::move(settings), watch.stored_.get(), clock);
  }
  if (!config.audit.empty()) {
    auto audit = audit::AuditLog::Open(config.audit, config.audit_values);
    if (!audit) return std::unexpected(std::move(audit).error());
    watch.audit_ = *std::move(audit);
  }
  return watch;
}

std::vector<protocol::Observer*> Watch::observers() const {
  std::vector<protocol::Observer*> all;
  if (advisor_ != nullptr) all.push_back(advisor_.get());
  if (audit_ != nullptr) all.push_back(audit_.get());
  return all;
}

}  // namespace dynarock::program
