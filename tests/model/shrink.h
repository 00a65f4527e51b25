// A long sequence of steps that fails, made short.
#pragma once

#include <functional>
#include <vector>

#include "tests/model/operation.h"

namespace dynarock::model {

// Steps of which none can be left out, and none made simpler in the ways tried here, so that `fails`
// stays true of them. It is asked at most `most` times; it is true of `steps`.
std::vector<Step> Shrink(std::vector<Step> steps,
                         const std::function<bool(const std::vector<Step>&)>& fails,
                         size_t most = 3000);

}  // namespace dynarock::model
