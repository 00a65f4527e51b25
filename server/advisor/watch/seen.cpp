#include "server/advisor/watch/seen.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "server/trace/trace.h"

namespace dynarock::advisor {

namespace {

struct LastAgent {
  std::array<char, 256> text;
  size_t size = 0;
  uint64_t hash = 0;
};
thread_local constinit LastAgent last_agent{};

// Of the client's user agent: long, and nearly always the one of the thread's last request.
uint64_t HashOfAgent(std::string_view agent) {
  LastAgent& last = last_agent;
  if (last.hash != 0 && agent == std::string_view(last.text.data(), last.size)) [[likely]] {
    return last.hash;
  }
  const uint64_t hash = trace::HashBytes(agent);
  if (agent.size() > last.text.size()) return hash;
  std::copy(agent.begin(), agent.end(), last.text.begin());
  last.size = agent.size();
  return last.hash = hash;
}

}  // namespace

Sender SenderOf(const protocol::Observation& observation) {
  return {HashOfAgent(observation.user_agent), observation.connection, observation.number};
}

}  // namespace dynarock::advisor
