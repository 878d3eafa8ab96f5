// Which content another one is best packed against. For storage/*.cpp only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace winnow::storage {

/// Hashes of a sample of the content's 32-byte windows, about one in 256 bytes, more of short ones, in order,
/// each once. Which windows are in the sample depends on their bytes alone, so contents that share a stretch
/// share its hashes.
using Fingerprint = std::vector<std::uint32_t>;
[[nodiscard]] Fingerprint fingerprint(std::string_view bytes);

/// A content that others may be packed against.
struct Base {
  std::int64_t id = 0;
  int depth = 0;         ///< contents to be unpacked before it
  std::size_t cost = 0;  ///< bytes to be unpacked to have it, its own among them
};

/// Bounds of a chain: reading a content takes at most a millisecond (of the corpus 0.4 ms in the mean).
inline constexpr int k_deepest = 20;
inline constexpr std::size_t k_dearest = 1'500'000;

/// Knows the last 1,000 contents it was told of; some 50 MB where they are long and unlike.
class BaseChooser {
public:
  void add(const Base& base, Fingerprint fingerprint);

  /// The one that leaves the fewest windows to be spelled out, where a base that is dear to read must be the
  /// better for it. Nothing where the content is best packed by itself.
  [[nodiscard]] std::optional<Base> choose(const Fingerprint& fingerprint) const;

private:
  struct Known {
    Base base;
    Fingerprint fingerprint;
  };
  void forget_oldest();

  std::deque<Known> m_known;
  std::uint64_t m_forgotten = 0;  ///< the number of m_known.front()
  std::unordered_map<std::uint32_t, std::vector<std::uint64_t>> m_with;
};

}  // namespace winnow::storage
