// The pages of a site as an index lists them: which served, when, and which led elsewhere.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/capture.hpp"

namespace winnow {

/// One page's captures. Of captures in a row that one month and one digest have in common, only the first and
/// the last are kept: enough to know from when to when, and where to look.
struct IndexedPage {
  std::string urlkey;
  std::string original;           ///< of the last capture, whatever it was
  double url_score = 0;           ///< policy_url_score()
  std::vector<Capture> served;    ///< of a page (status 200, or a revisit), in time order
  std::vector<Capture> led_away;  ///< redirects, in time order
  std::uint64_t captures = 0;     ///< all, whatever their status

  /// The last spelling under which it served, else was captured at all; empty when it never was.
  [[nodiscard]] std::string url() const;
};

/// Gathers rows of any number of queries. Bounded: pages beyond k_most_pages are counted only.
class SiteIndex {
public:
  static constexpr std::size_t k_most_pages = 20'000;

  /// Enters a row, unless its page is clearly no policy's by its URL (policy_url_score() 0) and `wanted` is
  /// false. Rows of a page come in time order, as an index sorts them; those that come again, since an index
  /// was asked again, only count twice.
  void add(Capture&& row, bool wanted = false);

  /// Says that a page was asked for, so that it is known even where the archive has nothing of it.
  void add_page(const std::string& urlkey);

  [[nodiscard]] const IndexedPage* find(std::string_view urlkey) const;
  [[nodiscard]] const std::map<std::string, IndexedPage, std::less<>>& pages() const { return m_pages; }
  [[nodiscard]] std::uint64_t left_out() const { return m_left_out; }  ///< rows

private:
  std::map<std::string, IndexedPage, std::less<>> m_pages;
  std::uint64_t m_left_out = 0;
};

/// Which captures of a homepage to read: of each era the one nearest to its middle, and the last of all. An
/// era is about 30 months, of at most k_most_eras that divide the time from the first capture to the last. In
/// time order, each once.
inline constexpr std::size_t k_most_eras = 14;
[[nodiscard]] std::vector<Capture> choose_by_era(std::span<const Capture> captures);

/// The capture nearest to the middle of two moments, neither of which it has; nothing when none lies between.
[[nodiscard]] std::optional<Capture> choose_between(std::span<const Capture> captures, Timestamp after,
                                                    Timestamp before);

}  // namespace winnow
