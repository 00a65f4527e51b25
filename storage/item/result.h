// Failures as values: Result<T> is a T or an Error.
#pragma once

#include <expected>
#include <utility>

#include "storage/item/error.h"

namespace dynarock {

template <class T = void>
using Result = std::expected<T, Error>;

// Wraps an Error for `return`: `return Fail(Validation("..."));`.
inline std::unexpected<Error> Fail(Error error) {
  return std::unexpected<Error>(std::move(error));
}

}  // namespace dynarock

#define DYNAROCK_CONCAT_(a, b) a##b
#define DYNAROCK_CONCAT(a, b) DYNAROCK_CONCAT_(a, b)
#define DYNAROCK_TRY_(tmp, decl, call)                                         \
  auto tmp = (call);                                                           \
  if (!tmp) return std::unexpected<::dynarock::Error>(std::move(tmp).error()); \
  decl = std::move(*tmp)
// DYNAROCK_TRY(auto x, Call()): evaluates Call(), returns its Error from the enclosing function, or
// binds x.
#define DYNAROCK_TRY(decl, ...) \
  DYNAROCK_TRY_(DYNAROCK_CONCAT(result_, __LINE__), decl, (__VA_ARGS__))
// DYNAROCK_CHECK(Call()): the same for Result<void>.
#define DYNAROCK_CHECK(...)                                                        \
  do {                                                                             \
    if (auto check_result_ = (__VA_ARGS__); !check_result_)                        \
      return std::unexpected<::dynarock::Error>(std::move(check_result_).error()); \
  } while (0)
