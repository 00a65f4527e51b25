#include "server/program/help.h"

#include <algorithm>
#include <cctype>

#include "storage/item/text.h"

namespace dynarock::program {

namespace {

constexpr size_t kColumn = 30;  // where descriptions begin
constexpr size_t kWidth = 80;

// "--port N", "-h,--help".
std::string Left(const CLI::Option& option) {
  std::string text;
  for (const std::string& name : option.get_snames()) text += "-" + name + ",";
  text += "--" + option.get_lnames().front();
  // A switch that is on shows how to switch it off.
  const auto& off = option.get_fnames();
  if (option.get_items_expected_max() == 0 && !off.empty()) text = "--" + off.back();
  // Behind a colon there are the values allowed.
  const std::string full_type = option.get_type_name();
  const std::string type = full_type.substr(0, full_type.find(':'));
  if (option.get_items_expected_max() > 0 && !type.empty()) text += " " + type;
  return text;
}

std::string Right(const CLI::Option& option) {
  std::string text = option.get_description();
  const std::string standard = option.get_default_str();
  if (option.get_items_expected_max() > 0 && !standard.empty()) text += " [" + standard + "]";
  return text;
}

void AppendOption(const CLI::Option& option, std::string& out) {
  std::string line = "  " + Left(option);
  line.resize(std::max(line.size() + 1, kColumn), ' ');
  std::string_view rest;
  const std::string text = Right(option);
  for (rest = text; line.size() + rest.size() > kWidth;) {
    const size_t room = kWidth - line.size();
    const size_t space = rest.rfind(' ', room);
    if (space == std::string_view::npos) break;
    out.append(line).append(rest.substr(0, space)) += '\n';
    rest.remove_prefix(space + 1);
    line.assign(kColumn, ' ');
  }
  out.append(line).append(rest) += '\n';
}

}  // namespace

std::string EnvironmentName(std::string_view option) {
  while (option.starts_with('-')) option.remove_prefix(1);
  std::string name = "DYNAROCK_";
  for (const char c : option) {
    name += c == '-' ? '_' : Upper(c);
  }
  return name;
}

std::string HelpText(const CLI::App& app, std::string_view subcommands, bool all) {
  std::string text = app.get_description() + "\n\n";
  text.append(subcommands);
  std::vector<std::string> groups;
  for (const CLI::Option* option : app.get_options()) {
    const std::string& group = option->get_group();
    if (group.empty() || (group == kFineTuning && !all)) continue;
    if (std::find(groups.begin(), groups.end(), group) == groups.end()) groups.push_back(group);
  }
  std::stable_partition(groups.begin(), groups.end(),
                        [](const std::string& group) { return group != kFineTuning; });
  for (const std::string& group : groups) {
    text += group + ":\n";
    for (const CLI::Option* option : app.get_options()) {
      if (option->get_group() == group) AppendOption(*option, text);
    }
  }
  return text + app.get_footer() + "\n";
}

}  // namespace dynarock::program
