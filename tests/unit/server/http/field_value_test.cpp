#include "server/http/field_value.h"

#include <gtest/gtest.h>

namespace dynarock::http {
namespace {

TEST(FieldValueTest, AcceptsGzip) {
  const std::pair<const char*, bool> cases[] = {
      {"gzip", true},
      {"GZIP", true},
      {"x-gzip", true},
      {"deflate, gzip;q=1.0, *;q=0.5", true},
      {"gzip;q=0.001", true},
      {" deflate ,\tgzip ; q=0.5", true},
      {"*", true},
      {"", false},
      {"identity", false},
      {"deflate, br", false},
      {"gzip;q=0", false},
      {"gzip; q=0.000", false},
      {"gzip;q=0, *", false},
      {"*, gzip;Q=0", false},
      {"*;q=0", false},
      {"gzipped", false},
  };
  for (const auto& [value, accepts] : cases) EXPECT_EQ(AcceptsGzip(value), accepts) << value;
}

}  // namespace
}  // namespace dynarock::http
