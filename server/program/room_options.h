// What the command line means for each room: the options of the store, the dispatcher, the control
// endpoints and the HTTP server.
#pragma once

#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/control/control.h"
#include "server/http/server.h"
#include "server/program/config.h"
#include "server/protocol/dispatcher.h"
#include "server/protocol/key_ring.h"
#include "storage/clock/clock.h"
#include "storage/engine/memory_gauge.h"
#include "storage/table/store.h"

namespace dynarock::program {

// The keys that requests have to be signed with; none: any signature is accepted. Error: one line.
std::expected<protocol::KeyRing, std::string> ReadKeys(const Config& config);

// What is passed by reference or pointer outlives the room that gets the options.
StoreOptions StoreOptionsOf(const Config& config, const Clock& clock, MemoryGauge* memory);
protocol::Dispatcher::Options DispatcherOptionsOf(const Config& config, const Clock& clock,
                                                  const protocol::KeyRing& keys,
                                                  std::vector<protocol::Observer*> observers);
control::Control::Options ControlOptionsOf(const Config& config);
http::ServerOptions ServerOptionsOf(const Config& config, const Clock& clock,
                                    std::shared_ptr<const crypto::TlsContext> tls,
                                    bool keep_received, MemoryGauge* memory);

}  // namespace dynarock::program
