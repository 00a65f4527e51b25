#include "server/crypto/certificate.h"

#include <array>
#include <ctime>

#include <arpa/inet.h>
#include <mbedtls/asn1.h>
#include <mbedtls/asn1write.h>
#include <mbedtls/ecp.h>
#include <mbedtls/oid.h>
#include <mbedtls/pk.h>
#include <mbedtls/x509_crt.h>

#include "server/crypto/random.h"

namespace dynarock::crypto {

namespace {

// GeneralName's tags (RFC 5280 4.2.1.6).
constexpr unsigned char kDnsName = MBEDTLS_ASN1_CONTEXT_SPECIFIC | 2;
constexpr unsigned char kIpAddress = MBEDTLS_ASN1_CONTEXT_SPECIFIC | 7;

constexpr std::int64_t kSecondsPerDay = 86400;

struct Key {
  Key() { mbedtls_pk_init(&pk); }
  ~Key() { mbedtls_pk_free(&pk); }
  mbedtls_pk_context pk;
};

struct Writer {
  Writer() { mbedtls_x509write_crt_init(&cert); }
  ~Writer() { mbedtls_x509write_crt_free(&cert); }
  mbedtls_x509write_cert cert;
};

struct Number {
  Number() { mbedtls_mpi_init(&mpi); }
  ~Number() { mbedtls_mpi_free(&mpi); }
  mbedtls_mpi mpi;
};

// The 4 or 16 bytes of a numeric address; empty for a name.
std::string AddressBytes(const std::string& name) {
  std::array<char, 16> bytes;
  if (inet_pton(AF_INET, name.c_str(), bytes.data()) == 1) return {bytes.data(), 4};
  if (inet_pton(AF_INET6, name.c_str(), bytes.data()) == 1) return {bytes.data(), 16};
  return {};
}

std::string AddressText(std::string_view bytes) {
  char text[INET6_ADDRSTRLEN] = {};
  if (bytes.size() == 4) inet_ntop(AF_INET, bytes.data(), text, sizeof text);
  if (bytes.size() == 16) inet_ntop(AF_INET6, bytes.data(), text, sizeof text);
  return text;
}

void AppendDer(std::string& out, unsigned char tag, std::string_view content) {
  unsigned char length[8];
  unsigned char* at = length + sizeof length;
  const int size = mbedtls_asn1_write_len(&at, length, content.size());
  out += static_cast<char>(tag);
  out.append(reinterpret_cast<const char*>(at), static_cast<std::size_t>(size));
  out += content;
}

std::string Sequence(std::string_view content) {
  std::string out;
  AppendDer(out, MBEDTLS_ASN1_CONSTRUCTED | MBEDTLS_ASN1_SEQUENCE, content);
  return out;
}

int AddExtension(mbedtls_x509write_cert& cert, std::string_view oid, std::string_view value) {
  return mbedtls_x509write_crt_set_extension(&cert, oid.data(), oid.size(), 0,
                                             reinterpret_cast<const unsigned char*>(value.data()),
                                             value.size());
}

int AddNames(mbedtls_x509write_cert& cert, const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) {
    const std::string address = AddressBytes(name);
    if (address.empty()) {
      AppendDer(list, kDnsName, name);
    } else {
      AppendDer(list, kIpAddress, address);
    }
  }
  return AddExtension(cert, MBEDTLS_OID_SUBJECT_ALT_NAME, Sequence(list));
}

int AddPurpose(mbedtls_x509write_cert& cert) {
  std::string purpose;
  AppendDer(purpose, MBEDTLS_ASN1_OID, MBEDTLS_OID_SERVER_AUTH);
  return AddExtension(cert, MBEDTLS_OID_EXTENDED_KEY_USAGE, Sequence(purpose));
}

// YYYYMMDDhhmmss of midnight, as mbedTLS wants it.
std::string Midnight(std::int64_t seconds) {
  return Day(seconds) + "000000";
}

int FillIn(mbedtls_x509write_cert& cert, Key& key, const std::vector<std::string>& names,
           std::int64_t now) {
  std::array<unsigned char, 16> serial_bytes;
  Number serial;
  int status = RandomBytes(nullptr, serial_bytes.data(), serial_bytes.size());
  serial_bytes[0] = static_cast<unsigned char>((serial_bytes[0] & 0x3F) | 0x40);  // positive
  const auto then = [&status](auto&& step) {
    if (status == 0) status = step();
  };
  then([&] {
    return mbedtls_mpi_read_binary(&serial.mpi, serial_bytes.data(), serial_bytes.size());
  });
  then([&] { return mbedtls_x509write_crt_set_serial(&cert, &serial.mpi); });
  mbedtls_x509write_crt_set_version(&cert, MBEDTLS_X509_CRT_VERSION_3);
  mbedtls_x509write_crt_set_md_alg(&cert, MBEDTLS_MD_SHA256);
  mbedtls_x509write_crt_set_subject_key(&cert, &key.pk);
  mbedtls_x509write_crt_set_issuer_key(&cert, &key.pk);
  // Issuer and subject have to be the same, or it would not count as self-signed.
  constexpr const char* kName = "CN=dynarock,O=dynarock self-signed";
  then([&] { return mbedtls_x509write_crt_set_subject_name(&cert, kName); });
  then([&] { return mbedtls_x509write_crt_set_issuer_name(&cert, kName); });
  then([&] {
    return mbedtls_x509write_crt_set_validity(
        &cert, Midnight(now - kSecondsPerDay).c_str(),
        Midnight(now + (kSelfSignedDays - 1) * kSecondsPerDay).c_str());
  });
  then([&] { return mbedtls_x509write_crt_set_basic_constraints(&cert, 0, -1); });
  then([&] { return mbedtls_x509write_crt_set_subject_key_identifier(&cert); });
  then([&] { return mbedtls_x509write_crt_set_authority_key_identifier(&cert); });
  then([&] {
    return mbedtls_x509write_crt_set_key_usage(&cert, MBEDTLS_X509_KU_DIGITAL_SIGNATURE);
  });
  then([&] { return AddNames(cert, names); });
  then([&] { return AddPurpose(cert); });
  return status;
}

}  // namespace

std::expected<PemPair, std::string> MakeSelfSigned(const std::vector<std::string>& names,
                                                   std::int64_t now) {
  Key key;
  Writer writer;
  PemPair pair;
  std::vector<unsigned char> text(16 * 1024);
  int status = mbedtls_pk_setup(&key.pk, mbedtls_pk_info_from_type(MBEDTLS_PK_ECKEY));
  const auto then = [&status](auto&& step) {
    if (status == 0) status = step();
  };
  then([&] {
    return mbedtls_ecp_gen_key(MBEDTLS_ECP_DP_SECP256R1, mbedtls_pk_ec(key.pk), RandomBytes,
                               nullptr);
  });
  then([&] { return FillIn(writer.cert, key, names, now); });
  then([&] {
    return mbedtls_x509write_crt_pem(&writer.cert, text.data(), text.size(), RandomBytes, nullptr);
  });
  if (status == 0) pair.certificate = reinterpret_cast<const char*>(text.data());
  then([&] { return mbedtls_pk_write_key_pem(&key.pk, text.data(), text.size()); });
  if (status == 0) pair.key = reinterpret_cast<const char*>(text.data());
  if (status != 0) {
    return std::unexpected("cannot make a certificate for TLS: " + Describe(status));
  }
  return pair;
}

std::expected<CertificateFacts, std::string> ReadCertificate(std::string_view pem) {
  // mbedTLS wants the zero at the end counted.
  const std::string text(pem);
  struct Chain {
    Chain() { mbedtls_x509_crt_init(&first); }
    ~Chain() { mbedtls_x509_crt_free(&first); }
    mbedtls_x509_crt first;
  } chain;
  if (text.find("-----BEGIN CERTIFICATE-----") == std::string::npos) {
    return std::unexpected("it holds no certificate in PEM form");
  }
  const int status = mbedtls_x509_crt_parse(
      &chain.first, reinterpret_cast<const unsigned char*>(text.c_str()), text.size() + 1);
  if (status < 0) return std::unexpected(Describe(status));
  if (status > 0) {
    return std::unexpected(std::to_string(status) + " of its certificates cannot be read");
  }
  CertificateFacts facts;
  const mbedtls_x509_time& end = chain.first.valid_to;
  char day[32];
  std::snprintf(day, sizeof day, "%04d%02d%02d", end.year, end.mon, end.day);
  facts.not_after = day;
  for (const auto* name = &chain.first.subject_alt_names; name != nullptr; name = name->next) {
    const std::string_view bytes(reinterpret_cast<const char*>(name->buf.p), name->buf.len);
    if (name->buf.tag == kDnsName) facts.names.emplace_back(bytes);
    if (name->buf.tag == kIpAddress) facts.names.push_back(AddressText(bytes));
  }
  return facts;
}

std::string NormalName(const std::string& name) {
  const std::string address = AddressBytes(name);
  return address.empty() ? name : AddressText(address);
}

std::string Day(std::int64_t seconds) {
  const auto time = static_cast<std::time_t>(seconds);
  std::tm parts{};
  gmtime_r(&time, &parts);
  char text[16];
  return {text, std::strftime(text, sizeof text, "%Y%m%d", &parts)};
}

}  // namespace dynarock::crypto
