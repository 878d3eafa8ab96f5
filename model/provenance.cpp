#include "model/provenance.hpp"

#include <array>

namespace winnow {
namespace {

constexpr std::array<std::string_view, 3> k_hop_kinds = {"archived", "archive", "live"};
constexpr std::array<std::string_view, 4> k_digest_checks = {"unknown", "match-as-stored", "match-decoded",
                                                             "mismatch"};

template <class Enum, std::size_t N>
std::optional<Enum> parse_name(const std::array<std::string_view, N>& names, std::string_view name) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return {};
}

}  // namespace

DigestCheck check_digest(const std::optional<Sha1>& listed, const Sha1& decoded,
                         const std::optional<Sha1>& stored) {
  if (!listed) return DigestCheck::unknown;
  if (*listed == decoded) return DigestCheck::decoded;
  return stored == listed ? DigestCheck::as_stored : DigestCheck::mismatch;
}

std::string_view name(HopKind kind) {
  return k_hop_kinds[static_cast<std::size_t>(kind)];
}

std::string_view name(DigestCheck check) {
  return k_digest_checks[static_cast<std::size_t>(check)];
}

std::optional<HopKind> parse_hop_kind(std::string_view name) {
  return parse_name<HopKind>(k_hop_kinds, name);
}

std::optional<DigestCheck> parse_digest_check(std::string_view name) {
  return parse_name<DigestCheck>(k_digest_checks, name);
}

}  // namespace winnow
