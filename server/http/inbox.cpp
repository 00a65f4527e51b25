#include "server/http/inbox.h"

namespace dynarock::http {

void Inbox::Receive(std::string_view bytes) {
  if (unread_.empty()) {
    unread_ = bytes;
    in_kept_ = false;
    return;
  }
  Keep();
  kept_.append(bytes);
  unread_ = kept_;
}

void Inbox::Keep() {
  if (unread_.empty()) {
    if (kept_.capacity() > 0) std::string().swap(kept_);
    unread_ = {};
    in_kept_ = true;
    return;
  }
  if (in_kept_) {
    kept_.erase(0, kept_.size() - unread_.size());
  } else {
    kept_.assign(unread_);
    in_kept_ = true;
  }
  unread_ = kept_;
}

}  // namespace dynarock::http
