#include "server/advisor/watch/pages.h"

#include "server/advisor/watch/request_kind.h"

namespace dynarock::advisor {

void Pages::Look(RequestKind& kind, const trace::Access& access) {
  PageCounts& pages = kind.pages;
  pages.most_items.Raise(access.items_read);
  pages.most_bytes.Raise(access.bytes_read);
  const auto token = [&](uint64_t hash) { return (hash * 0x9E3779B97F4A7C15u) ^ kind.hash; };
  const auto limit = static_cast<uint64_t>(access.limit);
  if (access.start_hash != 0) {
    if (tokens_.Take(token(access.start_hash))) pages.tokens_followed.Add();
  } else {
    pages.first_pages.Add();
    if (limit > 0) pages.limited_pages.Add();
    if (limit > 0) pages.most_limit.Raise(limit);
    if (!access.forward) pages.backward_pages.Add();
    if (access.segmented) pages.segmented_pages.Add();
    if (access.last_hash != 0) {
      pages.more_pages.Add();
      if (limit == 0) pages.more_unlimited.Add();
      if (limit > 0 && access.filtered && access.items_returned < limit) pages.more_short.Add();
    }
  }
  if (access.last_hash != 0) tokens_.Add(token(access.last_hash));
}

}  // namespace dynarock::advisor
