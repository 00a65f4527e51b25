#include "server/crypto/certificate.h"

#include <gtest/gtest.h>

#include "server/crypto/tls_context.h"

namespace dynarock::crypto {
namespace {

constexpr std::int64_t kNow = 1764072000;  // 2025-11-25T12:00:00Z

TEST(CertificateTest, HasItsNames) {
  const std::vector<std::string> names = {"localhost", "127.0.0.1", "::1", "db.test", "*.db.test"};
  const auto pair = MakeSelfSigned(names, kNow);
  ASSERT_TRUE(pair) << pair.error();
  EXPECT_TRUE(pair->certificate.starts_with("-----BEGIN CERTIFICATE-----\n"));
  EXPECT_TRUE(pair->key.starts_with("-----BEGIN EC PRIVATE KEY-----\n"));
  const auto facts = ReadCertificate(pair->certificate);
  ASSERT_TRUE(facts) << facts.error();
  EXPECT_EQ(facts->names, names);
  EXPECT_EQ(facts->not_after, "20280202");
}

TEST(CertificateTest, HoldsManyNames) {
  std::vector<std::string> names;
  for (int i = 0; i < 40; ++i) names.push_back("host-" + std::to_string(i) + ".example.test");
  const auto pair = MakeSelfSigned(names, kNow);
  ASSERT_TRUE(pair) << pair.error();
  EXPECT_EQ(ReadCertificate(pair->certificate)->names, names);
}

TEST(CertificateTest, IsNeverTheSame) {
  const auto one = MakeSelfSigned({"localhost"}, kNow);
  const auto other = MakeSelfSigned({"localhost"}, kNow);
  EXPECT_NE(one->key, other->key);
  EXPECT_NE(one->certificate, other->certificate);
}

TEST(CertificateTest, NormalisesAddresses) {
  EXPECT_EQ(NormalName("0:0::1"), "::1");
  EXPECT_EQ(NormalName("10.0.0.1"), "10.0.0.1");
  EXPECT_EQ(NormalName("host.test"), "host.test");
}

TEST(CertificateTest, Days) {
  EXPECT_EQ(Day(0), "19700101");
  EXPECT_EQ(Day(kNow), "20251125");
}

TEST(TlsContextTest, RefusesWhatDoesNotFit) {
  const PemPair good = *MakeSelfSigned({"localhost"}, kNow);
  const PemPair other = *MakeSelfSigned({"localhost"}, kNow);
  struct Case {
    const char* name;
    PemPair pair;
    const char* expected;  // the beginning; empty: accepted
  };
  std::string damaged = good.certificate;
  damaged[40] = damaged[40] == 'A' ? 'B' : 'A';
  std::string encrypted =
      "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n"
      "DEK-Info: AES-128-CBC,00000000000000000000000000000000\n\nAAAA\n"
      "-----END EC PRIVATE KEY-----\n";
  const Case cases[] = {
      {"good", good, ""},
      {"with a chain", {good.certificate + other.certificate, good.key}, ""},
      {"another key", {good.certificate, other.key}, "the key is not that of the certificate"},
      {"nothing", {"", ""}, "the certificate: it holds no certificate in PEM form"},
      {"exchanged",
       {good.key, good.certificate},
       "the certificate: it holds no certificate in PEM form"},
      {"no key", {good.certificate, "hello"}, "the key: it holds no private key in PEM form"},
      {"damaged certificate", {damaged, good.key}, "the certificate: "},
      {"cut key", {good.certificate, good.key.substr(0, 100)}, "the key: "},
      {"encrypted key",
       {good.certificate, encrypted},
       "the key: it is encrypted; dynarock takes keys without a password"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    const auto context = TlsContext::Make(c.pair);
    const std::string expected = c.expected;
    if (expected.empty()) {
      EXPECT_TRUE(context) << context.error();
    } else {
      ASSERT_FALSE(context);
      EXPECT_TRUE(context.error().starts_with(expected)) << context.error();
    }
  }
}

}  // namespace
}  // namespace dynarock::crypto
