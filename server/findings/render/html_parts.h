// The parts of the HTML page, each appended in turn. All text is escaped by the part that writes
// it.
#pragma once

#include <string>
#include <string_view>

#include "server/findings/report.h"

namespace dynarock::findings {

// The style sheet: light and dark by the reader's setting, narrow screens, print.
extern const std::string_view kHtmlStyle;

void AppendHtmlFindings(const Report& report, std::string& out);

// The section of costs and storage: plots, then tables. Nothing when there is nothing to show.
void AppendHtmlCosts(const Report& report, std::string& out);

// Plots as inline SVG; each is nothing when it has no data.
// Read and write units by table and index, as stacked bars.
void AppendUnitsPlot(const Report& report, std::string& out);
// Items read against items returned, for the kinds of requests that discard most.
void AppendReadPlot(const Report& report, std::string& out);
// Each kind of request's share of all units, as one bar with a legend.
void AppendSharePlot(const Report& report, std::string& out);

}  // namespace dynarock::findings
