// Signatures verified against configured keys (AWS Signature Version 4), as the service does it.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "server/http/handler.h"
#include "server/protocol/auth.h"
#include "server/protocol/key_ring.h"

namespace dynarock::protocol {

// A request's date may be this far from the server's clock, both ways.
inline constexpr std::int64_t kMostSkewSeconds = 15 * 60;

// Checks in the service's order: the parts (ReadAuthorization), date, skew, signed Host, algorithm,
// credential scope, key id, signature, session token. Order and texts were recorded on the service
// by dynalite (2013); seen since then on DynamoDB: "Signature expired ... - 15 min." (2024, GitHub
// praetorian-inc/chariot-ui#453), "Signature not yet current ... + 15 min." (2019,
// aws/aws-sdk-js#2565), scope texts (2020 arnemolland/sigv4#15, 2021 aws/aws-sdk-js#4002), the
// signature's text without the canonical strings that it ended in at first (2021,
// AllocZero/EfficientDynamoDb#117), key id and token with and without full stop (2014
// yegor256/s3auth#237, 2015 totemstech/node-dynamodb#54).
//
// Query parameters are accepted like the header, as the service does (aws/aws-sdk-go#94);
// X-Amz-Expires does not change the 15 minutes, which is known of STS's presigned requests and
// assumed here. Any region is valid. The payload's hash is always computed, whatever
// X-Amz-Content-Sha256 says (a choice).
//
// `payload_hash`: SHA-256 of the body as sent, hexadecimal; `now`: seconds since the epoch.
std::expected<CredentialScope, AuthError> CheckSignature(const http::Request& request,
                                                         std::string_view payload_hash,
                                                         const KeyRing& keys, std::int64_t now);

// What CheckSignature signs for `request`, for the log: canonical request and string to sign.
std::string Explain(const http::Request& request, std::string_view payload_hash);

}  // namespace dynarock::protocol
