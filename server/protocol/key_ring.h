// The access keys that requests may be signed with.
#pragma once

#include <expected>
#include <map>
#include <string>
#include <string_view>

namespace dynarock::protocol {

struct AccessKey {
  std::string secret;
  std::string token;  // what X-Amz-Security-Token has to be; empty: anything or nothing
};

class KeyRing {
 public:
  // `pair`: KEY_ID:SECRET; the secret may hold colons. The error is half a sentence and does not
  // tell the secret.
  std::expected<void, std::string> Add(std::string_view pair);
  // All profiles with keys of their own in the text of an AWS credentials file (INI:
  // aws_access_key_id, aws_secret_access_key, aws_session_token). The error is half a sentence,
  // such as "profile dev has a key id without a secret".
  std::expected<void, std::string> AddProfiles(std::string_view text);

  // Null for a key that nobody added.
  const AccessKey* Find(std::string_view key_id) const;
  bool empty() const { return keys_.empty(); }

 private:
  std::expected<void, std::string> Add(std::string_view key_id, AccessKey key);

  std::map<std::string, AccessKey, std::less<>> keys_;
};

}  // namespace dynarock::protocol
