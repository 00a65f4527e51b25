// Replies of the JSON protocol: bodies, status codes and types of errors, and the fixed answers.
#pragma once

#include <string>
#include <string_view>

#include "server/http/handler.h"
#include "storage/item/error.h"

namespace dynarock::protocol {

inline constexpr std::string_view kAmzJson = "application/x-amz-json-1.0";
inline constexpr std::string_view kPlainJson = "application/json";

// {"__type":"<prefix>#<Name>","message":"..."} with the status, prefix and member spelling of the
// error's kind (recorded by dynalite; spelling of SerializationException as of today's service).
http::Reply ErrorReply(const Error& error, std::string_view content_type);

// The same for the errors of the layer that checks signatures (auth.h): `type` without prefix,
// lower-case message.
http::Reply AuthErrorReply(std::string_view type, std::string_view message,
                           std::string_view content_type);

// The name of an error's type ("ValidationException"), for logs.
std::string_view ErrorName(ErrorKind kind);

// Answers that never change. Bodies as recorded by dynalite.
http::Reply HealthReply(
    std::string_view region);  // 200 `healthy: dynamodb.<region>.amazonaws.com `
// 400, what DynamoDB Local says to a request without signature (observed by its users, for example
// in serverless-dynamodb-local's issue 236).
http::Reply LocalHealthReply();
http::Reply NotFoundReply();                              // 404 `<UnknownOperationException/>`
http::Reply NotJsonReply(std::string_view content_type);  // SerializationException without text
http::Reply UnknownOperationReply(std::string_view content_type,  // UnknownOperationException
                                  std::string_view message = {});
// To a request with an Origin field: `allowed` is that origin, "*", or empty where the page must not
// read the reply. The exposed fields are those that the service names.
void AllowOrigin(std::string allowed, http::Reply& reply);
// OPTIONS with Origin: allows what it asks for.
http::Reply PreflightReply(const http::Fields& fields);

}  // namespace dynarock::protocol
