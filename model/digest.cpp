#include "model/digest.hpp"

#include <algorithm>
#include <cstring>

#include <openssl/evp.h>

#include "model/ascii.hpp"
#include "model/error.hpp"
#include "model/headers.hpp"

namespace winnow {
namespace {

constexpr std::string_view k_base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// A character's value in base32, of either case; -1 for others. A table, since an index is mostly digests:
/// digits and letters mix at random, and branches on them are mispredicted.
constexpr auto k_base32_values = [] {
  std::array<std::int8_t, 256> values{};
  values.fill(-1);
  for (std::size_t i = 0; i < k_base32.size(); ++i) {
    const auto c = static_cast<unsigned char>(k_base32[i]);
    values[c] = static_cast<std::int8_t>(i);
    if (i < 26) values[c | 0x20U] = static_cast<std::int8_t>(i);
  }
  return values;
}();

std::optional<Sha1> parse_base32(std::string_view text) {
  Sha1 digest;
  std::uint64_t bits = 0;
  int count = 0;
  std::size_t out = 0;
  for (const char c : text) {
    const int value = k_base32_values[static_cast<unsigned char>(c)];
    if (value < 0) return {};
    bits = bits << 5U | static_cast<std::uint64_t>(value);
    count += 5;
    if (count >= 8) {
      count -= 8;
      digest.bytes[out++] = static_cast<std::uint8_t>(bits >> static_cast<unsigned>(count));
    }
  }
  return digest;
}

template <std::size_t N>
Digest<N> digest_of(std::string_view bytes, const EVP_MD* algorithm) {
  Digest<N> digest;
  unsigned size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.bytes.data(), &size, algorithm, nullptr) != 1 ||
      size != N) {
    throw error("OpenSSL could not compute a digest");
  }
  return digest;
}

}  // namespace

template <std::size_t N>
std::string Digest<N>::hex() const {
  constexpr std::string_view k_digits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * N);
  for (const auto byte : bytes) {
    text += k_digits[byte >> 4U];
    text += k_digits[byte & 15U];
  }
  return text;
}

template <std::size_t N>
std::optional<Digest<N>> Digest<N>::from_hex(std::string_view hex) {
  if (hex.size() != 2 * N) return {};
  Digest digest;
  for (std::size_t i = 0; i < N; ++i) {
    const int high = hex_value(hex[2 * i]);
    const int low = hex_value(hex[2 * i + 1]);
    if (high < 0 || low < 0) return {};
    digest.bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return digest;
}

template <std::size_t N>
std::optional<Digest<N>> Digest<N>::from_bytes(std::string_view raw) {
  if (raw.size() != N) return {};
  Digest digest;
  std::memcpy(digest.bytes.data(), raw.data(), N);
  return digest;
}

template struct Digest<20>;
template struct Digest<32>;

Sha1 sha1(std::string_view bytes) {
  return digest_of<20>(bytes, EVP_sha1());
}

Sha256 sha256(std::string_view bytes) {
  return digest_of<32>(bytes, EVP_sha256());
}

Sha256Hasher::Sha256Hasher() : m_context(EVP_MD_CTX_new()) {
  if (!m_context || EVP_DigestInit_ex(m_context.get(), EVP_sha256(), nullptr) != 1) {
    throw error("OpenSSL could not start a digest");
  }
}

void Sha256Hasher::update(std::string_view bytes) {
  if (EVP_DigestUpdate(m_context.get(), bytes.data(), bytes.size()) != 1) {
    throw error("OpenSSL could not compute a digest");
  }
}

Sha256 Sha256Hasher::finish() {
  Sha256 digest;
  unsigned size = 0;
  if (EVP_DigestFinal_ex(m_context.get(), digest.bytes.data(), &size) != 1) {
    throw error("OpenSSL could not compute a digest");
  }
  return digest;
}

std::string base32(const Sha1& digest) {
  std::string text;
  text.reserve(32);
  std::uint64_t bits = 0;
  int count = 0;
  for (const auto byte : digest.bytes) {
    bits = bits << 8U | byte;
    count += 8;
    while (count >= 5) {
      count -= 5;
      text += k_base32[bits >> static_cast<unsigned>(count) & 31U];
    }
  }
  return text;
}

std::optional<Sha1> parse_cdx_digest(std::string_view text) {
  constexpr std::string_view k_prefix = "sha1:";
  if (text.size() > k_prefix.size() && iequals(text.substr(0, k_prefix.size()), k_prefix)) {
    text.remove_prefix(k_prefix.size());
  }
  if (text.size() == 32) return parse_base32(text);
  if (text.size() == 40) return Sha1::from_hex(text);
  return {};
}

}  // namespace winnow
