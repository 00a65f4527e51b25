#include "tests/model/shrink.h"

#include <algorithm>
#include <iterator>

namespace dynarock::model {

namespace {

using Steps = std::vector<Step>;

// The simpler forms of a step, each of which lacks one thing.
std::vector<Step> Simpler(const Step& step) {
  std::vector<Step> forms;
  const auto add = [&](auto change) {
    Step form = step;
    change(form);
    forms.push_back(std::move(form));
  };
  for (size_t i = 0; i < step.writes.size(); ++i) {
    const auto at = static_cast<std::ptrdiff_t>(i);
    if (step.writes.size() > 1) add([&](Step& s) { s.writes.erase(s.writes.begin() + at); });
    const Write& write = step.writes[i];
    if (write.condition && write.kind != Write::Kind::kCheck) {
      add([&](Step& s) { s.writes[i].condition.reset(); });
    }
    if (write.condition) {
      for (const Condition& inner : write.condition->conditions) {
        add([&](Step& s) { s.writes[i].condition = inner; });
      }
    }
    if (write.return_values != "NONE") {
      add([&](Step& s) { s.writes[i].return_values = "NONE"; });
    }
    for (size_t j = 0; j < write.actions.size(); ++j) {
      const auto action = static_cast<std::ptrdiff_t>(j);
      add([&](Step& s) { s.writes[i].actions.erase(s.writes[i].actions.begin() + action); });
    }
    for (const auto& [name, value] : write.item) {
      if (name != "pk" && name != "sk") add([&](Step& s) { s.writes[i].item.erase(name); });
    }
  }
  for (size_t i = 0; i < step.keys.size() && step.keys.size() > 1; ++i) {
    add([&](Step& s) { s.keys.erase(s.keys.begin() + static_cast<std::ptrdiff_t>(i)); });
  }
  if (step.read.filter) add([](Step& s) { s.read.filter.reset(); });
  if (step.read.sort) add([](Step& s) { s.read.sort.reset(); });
  if (step.read.limit > 0) add([](Step& s) { s.read.limit = 0; });
  if (step.read.segments > 1) add([](Step& s) { s.read.segments = 1; });
  if (step.read.count_only) add([](Step& s) { s.read.count_only = false; });
  return forms;
}

}  // namespace

std::vector<Step> Shrink(Steps steps, const std::function<bool(const Steps&)>& fails, size_t most) {
  size_t asked = 0;
  const auto still_fails = [&](const Steps& candidate) {
    return asked < most && (++asked, fails(candidate));
  };
  // Runs of steps, ever shorter ones.
  for (size_t length = std::max<size_t>(1, steps.size() / 2); asked < most;) {
    bool shorter = false;
    for (size_t at = 0; at < steps.size();) {
      Steps candidate = steps;
      const auto begin = candidate.begin() + static_cast<std::ptrdiff_t>(at);
      candidate.erase(begin,
                      begin + static_cast<std::ptrdiff_t>(std::min(length, candidate.size() - at)));
      if (!candidate.empty() && still_fails(candidate)) {
        steps = std::move(candidate);
        shorter = true;
      } else {
        at += length;
      }
    }
    if (length == 1 && !shorter) break;
    length = std::max<size_t>(1, length / 2);
  }
  for (size_t i = 0; i < steps.size(); ++i) {
    for (bool simpler = true; simpler;) {
      simpler = false;
      for (Step& form : Simpler(steps[i])) {
        Steps candidate = steps;
        candidate[i] = std::move(form);
        if (!still_fails(candidate)) continue;
        steps = std::move(candidate);
        simpler = true;
        break;
      }
    }
  }
  return steps;
}

}  // namespace dynarock::model
