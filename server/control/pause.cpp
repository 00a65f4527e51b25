#include "server/control/pause.h"

#include <string_view>

#include "storage/item/json.h"

namespace dynarock::control {

namespace {

http::Reply StateReply(std::string_view state) {
  http::Reply reply;
  reply.content_type = "application/json";
  JsonWriter out(reply.body);
  out.BeginObject();
  out.Member("advisor", state);
  out.EndObject();
  reply.body += '\n';
  return reply;
}

}  // namespace

http::Reply AnswerPause(advisor::Advisor& advisor) {
  advisor.Pause();
  return StateReply("paused");
}

http::Reply AnswerResume(advisor::Advisor& advisor) {
  advisor.Resume();
  return StateReply("watching");
}

std::vector<Endpoint> AdvisorEndpoints(advisor::Advisor& advisor) {
  return {{.method = "POST",
           .path = "/_dynarock/advisor/pause",
           .summary = "leave requests out of the report from now on",
           .answer = [&advisor](const http::Request&) { return AnswerPause(advisor); }},
          {.method = "POST",
           .path = "/_dynarock/advisor/resume",
           .summary = "include requests in the report again",
           .answer = [&advisor](const http::Request&) { return AnswerResume(advisor); }}};
}

}  // namespace dynarock::control
