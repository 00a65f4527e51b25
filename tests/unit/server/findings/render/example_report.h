// Reports made by hand, for the tests of renderers.
#pragma once

#include "server/findings/report.h"

namespace dynarock::findings {

// An error about an index, a warning in a file, a note; five kinds of requests, prices.
Report ExampleReport();

// One finding whose every string is hostile to every format.
Report HostileReport();

// What HostileReport has in each of its strings: markup, quotes, line ends, terminal escapes, a
// byte that is no UTF-8.
inline constexpr char kHostile[] =
    "<script>alert(1)</script>\"'&]]>\n::error::%0A,:\x1b[31m\xff\xe2\x80\xae-->";

}  // namespace dynarock::findings
