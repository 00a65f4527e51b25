// Pages of Query and Scan: how large they are, where they end, and whether the next one is asked
// for.
#pragma once

#include "server/advisor/watch/counts.h"
#include "server/advisor/watch/recent.h"
#include "server/trace/trace.h"

namespace dynarock::advisor {

struct RequestKind;

// A first page is one that was read from the beginning: without a page token in the request.
struct PageCounts {
  Count most_items;  // read for one page, before the filter
  Count most_bytes;  // the same, in bytes
  Count first_pages;
  Count limited_pages;    // first pages with a Limit
  Count most_limit;       // the largest Limit of a first page
  Count backward_pages;   // first pages with ScanIndexForward false
  Count segmented_pages;  // first pages of a parallel Scan
  Count more_pages;       // first pages that ended with a page token
  Count more_unlimited;   // first pages without a Limit that ended with a page token: cut at 1 MB
  // First pages with a Limit and a filter that ended with a page token and fewer items than the
  // Limit.
  Count more_short;
  Count tokens_followed;  // pages that began with a token that another page had ended with
};

// Thread safe.
class Pages {
 public:
  void Look(RequestKind& kind, const trace::Access& access);

 private:
  Tokens tokens_;
};

}  // namespace dynarock::advisor
