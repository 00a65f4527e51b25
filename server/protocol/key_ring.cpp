#include "server/protocol/key_ring.h"

#include "storage/item/text.h"

namespace dynarock::protocol {

namespace {

constexpr std::string_view kSpaces = " \t\r";

// A profile while it is being read.
struct Profile {
  std::string name;
  std::string key_id;
  AccessKey key;
};

std::unexpected<std::string> Wrong(const Profile& profile, std::string_view what) {
  return std::unexpected("profile " + profile.name + " " + std::string(what));
}

}  // namespace

std::expected<void, std::string> KeyRing::Add(std::string_view key_id, AccessKey key) {
  // Such an id would break the credential apart: keyid/date/region/service/aws4_request.
  if (key_id.find_first_of("/, \t") != std::string_view::npos) {
    return std::unexpected("the key id " + std::string(key_id) +
                           " holds a slash, a comma or a space");
  }
  const auto [place, fresh] = keys_.emplace(key_id, key);
  if (!fresh && (place->second.secret != key.secret || place->second.token != key.token)) {
    return std::unexpected("the key id " + std::string(key_id) + " is given twice");
  }
  return {};
}

std::expected<void, std::string> KeyRing::Add(std::string_view pair) {
  const size_t colon = pair.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == pair.size()) {
    return std::unexpected("a key is given as KEY_ID:SECRET");
  }
  return Add(pair.substr(0, colon), {.secret = std::string(pair.substr(colon + 1)), .token = {}});
}

std::expected<void, std::string> KeyRing::AddProfiles(std::string_view text) {
  const size_t before = keys_.size();
  Profile profile;
  const auto finish = [&]() -> std::expected<void, std::string> {
    if (profile.key_id.empty() && profile.key.secret.empty()) return {};
    if (profile.key_id.empty()) return Wrong(profile, "has a secret without a key id");
    if (profile.key.secret.empty()) return Wrong(profile, "has a key id without a secret");
    return Add(profile.key_id, profile.key);
  };
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const std::string_view line = Trimmed(text.substr(0, end), kSpaces);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    if (line.empty() || line.front() == '#' || line.front() == ';') continue;
    if (line.front() == '[') {
      if (auto done = finish(); !done) return done;
      profile = {.name = std::string(Trimmed(line.substr(1, line.find(']') - 1), kSpaces)),
                 .key_id = {},
                 .key = {}};
      continue;
    }
    const size_t equals = line.find('=');
    if (equals == std::string_view::npos) {
      return std::unexpected(
          "it is not a credentials file: a line is neither [profile] nor name = value");
    }
    const std::string_view name = Trimmed(line.substr(0, equals), kSpaces);
    const std::string value(Trimmed(line.substr(equals + 1), kSpaces));
    // What else a profile may hold (a region, settings of the CLI) says nothing here.
    if (name == "aws_access_key_id") profile.key_id = value;
    if (name == "aws_secret_access_key") profile.key.secret = value;
    if (name == "aws_session_token") profile.key.token = value;
  }
  if (auto done = finish(); !done) return done;
  if (keys_.size() == before) return std::unexpected("no profile in it has keys");
  return {};
}

const AccessKey* KeyRing::Find(std::string_view key_id) const {
  const auto it = keys_.find(key_id);
  return it == keys_.end() ? nullptr : &it->second;
}

}  // namespace dynarock::protocol
