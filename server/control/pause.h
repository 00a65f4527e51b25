// POST /_dynarock/advisor/pause and /_dynarock/advisor/resume: requests that nobody's application
// would send are left out, such as those of a test's own harness.
#pragma once

#include <vector>

#include "server/advisor/advisor.h"
#include "server/control/endpoint.h"
#include "server/http/handler.h"

namespace dynarock::control {

// {"advisor":"paused"}, and {"advisor":"watching"}; the same when it was so before.
http::Reply AnswerPause(advisor::Advisor& advisor);
http::Reply AnswerResume(advisor::Advisor& advisor);

// Both endpoints. The advisor outlives them.
std::vector<Endpoint> AdvisorEndpoints(advisor::Advisor& advisor);

}  // namespace dynarock::control
