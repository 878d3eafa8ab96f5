#include "storage/body_packer.hpp"

#include <utility>

namespace winnow {

namespace {

// Few pages are longer; as the base of another a body costs its length in memory.
constexpr std::size_t k_longest_body = std::size_t{1} << 20U;

}  // namespace

Packed BodyPacker::pack(std::string_view page, std::string_view bytes) {
  const auto base = m_kept.find(std::string(page));
  if (!base || (*base)->depth >= k_longest_chain || bytes.size() > k_longest_body) return winnow::pack(bytes);
  return pack_patch(bytes, (*base)->bytes, (*base)->sha256, (*base)->depth);
}

void BodyPacker::keep(std::string_view page, const Sha256& sha256, std::string bytes, int depth) {
  if (bytes.empty() || bytes.size() > k_longest_body) return;
  const std::size_t cost = page.size() + bytes.size();
  m_kept.keep(std::string(page), std::make_shared<const Kept>(Kept{sha256, std::move(bytes), depth}), cost);
}

}  // namespace winnow
