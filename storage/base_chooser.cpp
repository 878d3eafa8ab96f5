#include "storage/base_chooser.hpp"

#include <algorithm>
#include <utility>

namespace winnow::storage {

namespace {

constexpr std::size_t k_window = 32;
// Masks: of long contents one window in 256, of short ones one in 16, among which those are.
constexpr std::uint64_t k_sampled = 255;
constexpr std::uint64_t k_sampled_of_short = 15;
constexpr std::size_t k_short = 16384;
constexpr std::size_t k_most_known = 1000;
// A stretch that hundreds of pages share tells little about which of them is nearest.
constexpr std::size_t k_most_with = 256;

// Odd constants without a pattern: the golden ratio's, and those of MurmurHash3's finalizer.
constexpr std::uint64_t k_factor = 0x9e3779b97f4a7c15;
constexpr std::uint64_t k_mix = 0xff51afd7ed558ccd;
constexpr std::uint64_t k_mix_again = 0xc4ceb9fe1a85ec53;

constexpr std::uint64_t power(std::uint64_t factor, std::size_t exponent) {
  std::uint64_t power = 1;
  for (std::size_t i = 0; i < exponent; ++i)
    power *= factor;
  return power;
}

}  // namespace

Fingerprint fingerprint(std::string_view bytes) {
  const std::uint64_t sampled = bytes.size() < k_short ? k_sampled_of_short : k_sampled;
  Fingerprint hashes;
  // Rabin-Karp, modulo 2^64.
  std::uint64_t rolling = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    rolling = rolling * k_factor + static_cast<unsigned char>(bytes[i]) + 1;
    if (i < k_window) continue;
    rolling -= power(k_factor, k_window) * (static_cast<unsigned char>(bytes[i - k_window]) + 1U);
    if ((rolling * k_mix >> 40U & sampled) == 0)
      hashes.push_back(static_cast<std::uint32_t>(rolling * k_mix_again >> 32U));
  }
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  return hashes;
}

void BaseChooser::add(const Base& base, Fingerprint fingerprint) {
  const std::uint64_t number = m_forgotten + m_known.size();
  for (const std::uint32_t hash : fingerprint) {
    auto& with = m_with[hash];
    with.push_back(number);
    if (with.size() > k_most_with) with.erase(with.begin());
  }
  m_known.push_back({base, std::move(fingerprint)});
  if (m_known.size() > k_most_known) forget_oldest();
}

void BaseChooser::forget_oldest() {
  for (const std::uint32_t hash : m_known.front().fingerprint) {
    const auto with = m_with.find(hash);
    if (with == m_with.end()) continue;
    if (with->second.front() == m_forgotten) with->second.erase(with->second.begin());
    if (with->second.empty()) m_with.erase(with);
  }
  m_known.pop_front();
  ++m_forgotten;
}

std::optional<Base> BaseChooser::choose(const Fingerprint& fingerprint) const {
  std::vector<std::uint32_t> shared(m_known.size());
  for (const std::uint32_t hash : fingerprint) {
    const auto with = m_with.find(hash);
    if (with == m_with.end()) continue;
    for (const std::uint64_t number : with->second)
      ++shared[static_cast<std::size_t>(number - m_forgotten)];
  }
  // Half a window stands for what the sample does not see.
  const auto unlike = [&](std::uint32_t windows) {
    return static_cast<double>(fingerprint.size() - windows) + 0.5;
  };
  std::optional<Base> best;
  double best_price = unlike(0);
  for (std::size_t i = 0; i < m_known.size(); ++i) {
    const Base& base = m_known[i].base;
    if (shared[i] == 0 || base.depth >= k_deepest || base.cost >= k_dearest) continue;
    const double room = std::min(1 - static_cast<double>(base.depth) / k_deepest,
                                 1 - static_cast<double>(base.cost) / static_cast<double>(k_dearest));
    // Of equals the later one: it is the nearer in time.
    if (const double price = unlike(shared[i]) / room; price <= best_price) {
      best = base;
      best_price = price;
    }
  }
  return best;
}

}  // namespace winnow::storage
