// One function a format. They take what Cleaned made, with the findings in order; Render in
// format.h sees to both.
#pragma once

#include <string>

#include "server/findings/render/format.h"
#include "server/findings/report.h"

namespace dynarock::findings {

std::string RenderText(const Report& report, const RenderOptions& options);
std::string RenderJson(const Report& report);
std::string RenderHtml(const Report& report);
std::string RenderJunit(const Report& report, Severity fail_on);
std::string RenderSarif(const Report& report);
std::string RenderGithub(const Report& report);

// One finding as the text report shows it, without colour; JUnit carries it in its failures.
std::string FindingText(const Finding& finding);

}  // namespace dynarock::findings
