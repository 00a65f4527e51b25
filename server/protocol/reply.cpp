#include "server/protocol/reply.h"

#include "storage/item/json.h"
#include "storage/item/wire_json.h"

namespace dynarock::protocol {

namespace {

constexpr std::string_view kCoral = "com.amazon.coral.service#";
constexpr std::string_view kValidate = "com.amazon.coral.validate#";
constexpr std::string_view kModelled = "com.amazonaws.dynamodb.v20120810#";

struct Wire {
  std::string_view prefix;
  std::string_view name;
  unsigned status = 400;
  std::string_view member = "message";
};

Wire WireOf(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kValidation:
      return {kValidate, "ValidationException"};
    case ErrorKind::kSerialization:
      return {kCoral, "SerializationException", 400, "Message"};
    case ErrorKind::kUnknownOperation:
      return {kCoral, "UnknownOperationException"};
    case ErrorKind::kConditionalCheckFailed:
      return {kModelled, "ConditionalCheckFailedException"};
    case ErrorKind::kResourceNotFound:
      return {kModelled, "ResourceNotFoundException"};
    case ErrorKind::kTableNotFound:
      return {kModelled, "TableNotFoundException"};
    case ErrorKind::kResourceInUse:
      return {kModelled, "ResourceInUseException"};
    case ErrorKind::kLimitExceeded:
      return {kModelled, "LimitExceededException"};
    case ErrorKind::kItemCollectionSizeLimit:
      return {kModelled, "ItemCollectionSizeLimitExceededException"};
    case ErrorKind::kDuplicateItem:
      return {kModelled, "DuplicateItemException"};
    case ErrorKind::kTransactionCanceled:
      return {kModelled, "TransactionCanceledException", 400, "Message"};
    case ErrorKind::kTransactionConflict:
      return {kModelled, "TransactionConflictException"};
    case ErrorKind::kTransactionInProgress:
      return {kModelled, "TransactionInProgressException", 400, "Message"};
    case ErrorKind::kIdempotentParameterMismatch:
      return {kModelled, "IdempotentParameterMismatchException", 400, "Message"};
    case ErrorKind::kTrimmedDataAccess:
      return {kModelled, "TrimmedDataAccessException"};
    case ErrorKind::kExpiredIterator:
      return {kModelled, "ExpiredIteratorException"};
    case ErrorKind::kAccessDenied:
      return {kCoral, "AccessDeniedException", 400, "Message"};
    case ErrorKind::kInternalFailure:
      return {kModelled, "InternalServerError", 500};
  }
  return {kModelled, "InternalServerError", 500};
}

void WriteReasons(JsonWriter& writer, const std::vector<CancellationReason>& reasons) {
  writer.Key("CancellationReasons");
  writer.BeginArray();
  for (const CancellationReason& reason : reasons) {
    writer.BeginObject();
    writer.Member("Code", reason.code);
    if (!reason.item.empty()) {
      writer.Key("Item");
      WriteItem(ItemView(reason.item), writer.Slot());
    }
    if (!reason.message.empty()) writer.Member("Message", reason.message);
    writer.EndObject();
  }
  writer.EndArray();
}

http::Reply Typed(const Wire& wire, std::string_view message, std::string_view item,
                  const std::vector<CancellationReason>& reasons, std::string_view content_type) {
  http::Reply reply;
  reply.status = wire.status;
  reply.content_type = content_type;
  JsonWriter writer(reply.body);
  writer.BeginObject();
  writer.Member("__type", std::string(wire.prefix).append(wire.name));
  if (!reasons.empty()) WriteReasons(writer, reasons);
  writer.Member(wire.member, message);
  if (!item.empty()) {
    writer.Key("Item");
    WriteItem(ItemView(item), writer.Slot());
  }
  writer.EndObject();
  return reply;
}

http::Reply Bare(std::string_view name, std::string_view content_type) {
  http::Reply reply;
  reply.status = 400;
  reply.content_type = content_type;
  JsonWriter writer(reply.body);
  writer.BeginObject();
  writer.Member("__type", std::string(kCoral).append(name));
  writer.EndObject();
  return reply;
}

}  // namespace

std::string_view ErrorName(ErrorKind kind) {
  return WireOf(kind).name;
}

http::Reply ErrorReply(const Error& error, std::string_view content_type) {
  if (error.kind == ErrorKind::kSerialization && error.message.empty()) {
    return NotJsonReply(content_type);
  }
  Wire wire = WireOf(error.kind);
  if (error.capital_message) wire.member = "Message";
  return Typed(wire, error.message, error.item, error.reasons, content_type);
}

http::Reply AuthErrorReply(std::string_view type, std::string_view message,
                           std::string_view content_type) {
  if (IsUtf8(message)) return Typed({kCoral, type}, message, {}, {}, content_type);
  // The message quotes a header field, and those may hold any bytes: read them as Latin-1.
  std::string text;
  for (const char c : message) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      text += c;
    } else {
      text += static_cast<char>(0xC0 | byte >> 6);
      text += static_cast<char>(0x80 | (byte & 0x3F));
    }
  }
  return Typed({kCoral, type}, text, {}, {}, content_type);
}

http::Reply HealthReply(std::string_view region) {
  http::Reply reply;
  reply.body.append("healthy: dynamodb.").append(region).append(".amazonaws.com ");
  return reply;
}

http::Reply LocalHealthReply() {
  http::Reply reply;
  reply.status = 400;
  reply.content_type = kAmzJson;
  JsonWriter writer(reply.body);
  writer.BeginObject();
  writer.Member("__type", std::string(kModelled) + "MissingAuthenticationToken");
  writer.Member("message",
                "Request must contain either a valid (registered) AWS access key ID or X.509 "
                "certificate.");
  writer.EndObject();
  return reply;
}

void AllowOrigin(std::string allowed, http::Reply& reply) {
  if (allowed != "*") reply.fields.emplace_back("Vary", "Origin");
  if (allowed.empty()) return;
  reply.fields.emplace_back("Access-Control-Allow-Origin", std::move(allowed));
  reply.fields.emplace_back("Access-Control-Expose-Headers",
                            "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date");
}

http::Reply NotFoundReply() {
  http::Reply reply;
  reply.status = 404;
  reply.body = "<UnknownOperationException/>\n";
  return reply;
}

http::Reply NotJsonReply(std::string_view content_type) {
  return Bare("SerializationException", content_type);
}

http::Reply UnknownOperationReply(std::string_view content_type, std::string_view message) {
  if (message.empty()) return Bare("UnknownOperationException", content_type);
  return ErrorReply(OfKind(ErrorKind::kUnknownOperation, std::string(message)), content_type);
}

http::Reply PreflightReply(const http::Fields& fields) {
  http::Reply reply;
  const auto echo = [&](std::string_view asked, std::string_view answered) {
    if (const auto value = fields.Find(asked)) {
      reply.fields.emplace_back(answered, *value);
    }
  };
  echo("Access-Control-Request-Headers", "Access-Control-Allow-Headers");
  echo("Access-Control-Request-Method", "Access-Control-Allow-Methods");
  reply.fields.emplace_back("Access-Control-Max-Age", "172800");
  return reply;
}

}  // namespace dynarock::protocol
