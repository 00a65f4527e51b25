#include "server/protocol/signature.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "server/crypto/sha256.h"
#include "server/protocol/auth.h"

namespace dynarock::protocol {

namespace {

std::string_view Next(std::string_view& rest, char separator) {
  const size_t end = rest.find(separator);
  const std::string_view piece = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  return piece;
}

bool IsUnreserved(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

void AppendEncoded(std::string& out, std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  for (const char c : text) {
    if (IsUnreserved(c)) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += kDigits[byte >> 4];
      out += kDigits[byte & 15];
    }
  }
}

// RFC 3986 5.2.4, with empty segments dropped as well.
std::string CanonicalPath(std::string_view path) {
  std::vector<std::string_view> segments;
  const bool ends_in_slash = path.ends_with('/') || path.ends_with("/.") || path.ends_with("/..");
  while (!path.empty()) {
    const std::string_view segment = Next(path, '/');
    if (segment == "..") {
      if (!segments.empty()) segments.pop_back();
    } else if (!segment.empty() && segment != ".") {
      segments.push_back(segment);
    }
  }
  std::string out;
  for (const std::string_view segment : segments) {
    out += '/';
    AppendEncoded(out, segment);
  }
  if (out.empty() || ends_in_slash) out += '/';
  return out;
}

std::string CanonicalQuery(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> parameters;
  while (!query.empty()) {
    std::string_view value = Next(query, '&');
    if (value.empty()) continue;
    const std::string name = PercentDecoded(Next(value, '='));
    if (name == "X-Amz-Signature") continue;
    auto& [encoded_name, encoded_value] = parameters.emplace_back();
    AppendEncoded(encoded_name, name);
    AppendEncoded(encoded_value, PercentDecoded(value));
  }
  std::sort(parameters.begin(), parameters.end());
  std::string out;
  for (const auto& [name, value] : parameters) {
    if (!out.empty()) out += '&';
    out.append(name).append("=").append(value);
  }
  return out;
}

std::vector<std::string> SortedNames(std::string_view signed_headers) {
  std::vector<std::string> names;
  while (!signed_headers.empty()) {
    std::string name(Next(signed_headers, ';'));
    for (char& c : name) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 32);
    }
    names.push_back(std::move(name));
  }
  std::sort(names.begin(), names.end());
  return names;
}

void AppendValue(std::string& out, std::string_view value) {
  bool gap = false;
  bool any = false;
  for (const char c : value) {
    if (c == ' ' || c == '\t') {
      gap = true;
      continue;
    }
    if (gap && any) out += ' ';
    gap = false;
    any = true;
    out += c;
  }
}

}  // namespace

std::string CanonicalRequest(const SignedRequest& request) {
  std::string_view query = request.target.substr(0, request.target.find('#'));
  const std::string_view path = Next(query, '?');
  std::string out(request.method);
  out.append("\n").append(CanonicalPath(path));
  out.append("\n").append(CanonicalQuery(query)).append("\n");
  const std::vector<std::string> names = SortedNames(request.signed_headers);
  for (const std::string& name : names) {
    out.append(name).append(":");
    const char* separator = "";
    for (const std::string_view value : request.fields.FindAll(name)) {
      out += std::exchange(separator, ",");
      AppendValue(out, value);
    }
    out += '\n';
  }
  out += '\n';
  const char* separator = "";
  for (const std::string& name : names) {
    out.append(std::exchange(separator, ";")).append(name);
  }
  return out.append("\n").append(request.payload_hash);
}

std::string StringToSign(std::string_view date, std::string_view scope,
                         std::string_view canonical_request) {
  std::string out(kAlgorithm);
  out.append("\n").append(date).append("\n").append(scope).append("\n");
  return out += crypto::Hex(crypto::Sha256(canonical_request));
}

std::string Signature(std::string_view secret, std::string_view scope,
                      std::string_view string_to_sign) {
  std::string key = "AWS4";
  key.append(secret);
  while (!scope.empty()) key = crypto::View(crypto::HmacSha256(key, Next(scope, '/')));
  return crypto::Hex(crypto::HmacSha256(key, string_to_sign));
}

}  // namespace dynarock::protocol
