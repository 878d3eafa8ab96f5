#include "storage/body_packer.hpp"

#include <algorithm>
#include <utility>

namespace winnow {

namespace {

// A harvest goes from page to page, a few at a time; 32 pages of 140 kB are 4.5 MB, of the longest 32 MB.
constexpr std::size_t k_most_pages = 32;
constexpr std::size_t k_longest_body = std::size_t{1} << 20U;

}  // namespace

Packed BodyPacker::pack(std::string_view page, std::string_view bytes) {
  Kept base;
  {
    const std::lock_guard lock(m_mutex);
    const auto kept = std::find_if(m_kept.begin(), m_kept.end(), [&](const Kept& k) { return k.page == page; });
    if (kept != m_kept.end()) base = *kept;
  }
  if (!base.bytes || base.depth >= k_longest_chain || bytes.size() > k_longest_body) return winnow::pack(bytes);
  return pack_patch(bytes, *base.bytes, base.sha256, base.depth);
}

void BodyPacker::keep(std::string_view page, const Sha256& sha256, std::string bytes, int depth) {
  if (bytes.empty() || bytes.size() > k_longest_body) return;
  Kept body{std::string(page), sha256, std::make_shared<const std::string>(std::move(bytes)), depth};
  const std::lock_guard lock(m_mutex);
  m_kept.remove_if([&](const Kept& kept) { return kept.page == page; });
  m_kept.push_front(std::move(body));
  if (m_kept.size() > k_most_pages) m_kept.pop_back();
}

}  // namespace winnow
