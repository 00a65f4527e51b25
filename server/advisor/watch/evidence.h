// How what was met in a request is shown in a finding.
#pragma once

#include <string>

#include "server/advisor/watch/sighting.h"
#include "server/protocol/observation.h"
#include "storage/item/encoded.h"

namespace dynarock::advisor {

// The request, or the entry of a batch as a request of its own.
std::string ExampleOf(const protocol::Observation& observation, const trace::Access& access);

// Fills in the request that shows a sighting.
void Show(Sighting& sighting, const protocol::Observation& observation, const trace::Access& access,
          std::string detail = {});

// A value as text: the beginning of a string or number, else the name of its type.
std::string Shown(ValueView value);

}  // namespace dynarock::advisor
