// GET /_dynarock/report.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "server/control/endpoint.h"
#include "server/findings/render/format.h"
#include "server/findings/run/desk.h"
#include "server/http/handler.h"

namespace dynarock::control {

// The report as the request wants it. Query: format (a name of FormatNamed; it wins over the
// Accept field), requests-per-day. Without both JSON. Status 400 and {"error":"..."} for what is
// unknown. The fields x-dynarock-errors and x-dynarock-warnings have the counts of findings.
http::Reply AnswerReport(const findings::run::Desk& desk, const http::Request& request);
// That endpoint. The desk outlives it.
std::vector<Endpoint> ReportEndpoints(const findings::run::Desk& desk);

// The format that an Accept field (RFC 9110, 12.5.1) likes best; nullopt when it names none of
// ours, or anything will do.
std::optional<findings::Format> FormatAccepted(std::string_view accept);

}  // namespace dynarock::control
