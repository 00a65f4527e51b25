#include "server/control/guard.h"

#include <algorithm>

#include "storage/item/text.h"

namespace dynarock::control {

namespace {

// HOST of HOST[:PORT], in lower case, without brackets and without a final dot.
std::string HostName(std::string_view authority) {
  if (authority.starts_with('[')) return Lowered(authority.substr(1, authority.find(']') - 1));
  std::string name = Lowered(authority.substr(0, authority.find(':')));
  if (name.ends_with('.')) name.pop_back();
  return name;
}

// Only digits and dots, or an IPv6 address: no name of the DNS looks like that.
bool IsNumeric(std::string_view host) {
  if (host.find(':') != std::string_view::npos) return true;
  return std::all_of(host.begin(), host.end(),
                     [](char c) { return c == '.' || (c >= '0' && c <= '9'); });
}

// Takes the same time wherever the texts differ.
bool SameSecret(std::string_view one, std::string_view other) {
  if (one.size() != other.size()) return false;
  unsigned char different = 0;
  for (size_t i = 0; i < one.size(); ++i) {
    different = static_cast<unsigned char>(different | (one[i] ^ other[i]));
  }
  return different == 0;
}

}  // namespace

Guard::Guard(Options options) : options_(std::move(options)) {
  for (std::string& host : options_.hosts) host = HostName(host);
}

bool Guard::IsOurs(std::string_view host) const {
  if (IsNumeric(host) || host == "localhost" || host.ends_with(".localhost")) return true;
  // Nobody can publish a name of one word.
  if (host.find('.') == std::string_view::npos || host == "host.docker.internal") return true;
  return std::find(options_.hosts.begin(), options_.hosts.end(), host) != options_.hosts.end();
}

std::optional<std::string> Guard::CheckPage(const http::Fields& fields) const {
  const auto host = fields.Find("Host");
  if (host && !IsOurs(HostName(*host))) {
    return "the control endpoints do not answer for the host " + std::string(*host) +
           "; --control-host NAME adds a name";
  }
  if (const auto origin = fields.Find("Origin")) {
    const std::string own = Lowered(host.value_or(""));
    const std::string given = Lowered(*origin);
    if (own.empty() || (given != "http://" + own && given != "https://" + own)) {
      return "the control endpoints are not for web pages of another origin (Origin: " +
             std::string(*origin) + ")";
    }
  }
  if (const auto site = fields.Find("Sec-Fetch-Site");
      site && *site != "same-origin" && *site != "none") {
    return "the control endpoints are not for web pages of another origin (Sec-Fetch-Site: " +
           std::string(*site) + ")";
  }
  return std::nullopt;
}

bool Guard::HasToken(const http::Fields& fields) const {
  if (options_.token.empty()) return true;
  if (const auto token = fields.Find("x-dynarock-token")) return SameSecret(*token, options_.token);
  const std::string_view authorization = fields.Find("Authorization").value_or("");
  constexpr std::string_view kBearer = "bearer ";
  return Lowered(authorization.substr(0, kBearer.size())) == kBearer &&
         SameSecret(authorization.substr(kBearer.size()), options_.token);
}

}  // namespace dynarock::control
