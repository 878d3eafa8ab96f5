// Digests: SHA-1 as web archives index bodies by it, SHA-256 as winnow names bodies and texts by it.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "model/handle.hpp"

struct evp_md_ctx_st;
extern "C" void EVP_MD_CTX_free(evp_md_ctx_st*);

namespace winnow {

/// N raw bytes; `Sha1` and `Sha256` are distinct types by their sizes.
template <std::size_t N>
struct Digest {
  std::array<std::uint8_t, N> bytes{};

  [[nodiscard]] std::string hex() const;  ///< lower case
  /// 2 * N hex digits of either case, nothing else.
  [[nodiscard]] static std::optional<Digest> from_hex(std::string_view hex);
  /// Exactly N raw bytes (a column of the store).
  [[nodiscard]] static std::optional<Digest> from_bytes(std::string_view raw);
  [[nodiscard]] std::string_view raw() const { return {reinterpret_cast<const char*>(bytes.data()), N}; }

  auto operator<=>(const Digest&) const =
      default;  // NOLINT(modernize-use-nullptr): clang-tidy 14 misreads <=>
};

using Sha1 = Digest<20>;
using Sha256 = Digest<32>;

extern template struct Digest<20>;
extern template struct Digest<32>;

[[nodiscard]] Sha1 sha1(std::string_view bytes);
[[nodiscard]] Sha256 sha256(std::string_view bytes);

/// SHA-256 of bytes that arrive in pieces.
class Sha256Hasher {
public:
  Sha256Hasher();
  void update(std::string_view bytes);
  [[nodiscard]] Sha256 finish();  ///< once

private:
  std::unique_ptr<evp_md_ctx_st, FreeWith<EVP_MD_CTX_free>> m_context;
};

/// RFC 4648 base32, upper case, no padding needed for 20 bytes: `V22RGWC6PPUPWGAAEUQLY3YJ6LAJWWZF`.
[[nodiscard]] std::string base32(const Sha1& digest);

/// A digest as CDX rows and WARC headers write it: 32 base32 characters, or 40 hex digits, with or without
/// "sha1:". Anything else (other algorithms, `-`, truncated) is nothing.
[[nodiscard]] std::optional<Sha1> parse_cdx_digest(std::string_view text);

/// For hash tables of digests: they are uniformly distributed already.
struct DigestHash {
  template <std::size_t N>
  std::size_t operator()(const Digest<N>& digest) const {
    std::size_t hash = 0;
    for (std::size_t i = 0; i < sizeof hash; ++i)
      hash = hash << 8U | digest.bytes[i];
    return hash;
  }
};

}  // namespace winnow
