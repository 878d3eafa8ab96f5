// Which of a site's pages took over from which, and the series that they are.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "cli/discover/candidate.hpp"
#include "model/series.hpp"

namespace winnow::cli {

/// That a redirect from a policy to another one is the site's word for where it has moved.
inline constexpr double k_redirect_confidence = 0.98;

/// The pages that a homepage called its policy at one moment.
struct Sighting {
  Timestamp when;
  std::set<std::string> urlkeys;
};

/// One archived redirect, or a page that names another URL as its own.
struct Pointer {
  std::string from_urlkey;
  std::string to_urlkey;
  Timestamp when;
  FoundBy by = FoundBy::redirect;  ///< or canonical
};

/// The takeovers between accepted pages, each pair's surest evidence. Pages that surer evidence joins already
/// are not joined again, so that there is one less than pages in each series, and beside them every redirect.
///
/// - A redirect counts also through pages that are none of the candidates.
/// - Texts: of the old page's last policy text against the new one's first; the same words, or a SimHash no
///   more than eight bits away (a tenth of the words differs in some ten) of at least a hundred words in one
///   language.
/// - A replaced link: two neighbouring sightings, of which the first has the old page and not the new one,
///   the second the new one and not the old one, in one language. (An archive's crawler gets the homepage in
///   the language of the country it runs in, and with it another policy.)
///
/// The new page began later than the old one and lasted longer (where the old one redirects, only the
/// former): others are copies beside it. Where it began after the old one's end, it took over with its first
/// capture at the latest.
///
/// `pages` are accepted candidates; `sightings` in time order.
[[nodiscard]] std::vector<Takeover> find_takeovers(const std::vector<Candidate>& pages,
                                                   const std::vector<Pointer>& pointers,
                                                   const std::vector<Sighting>& sightings);

/// Indexes into `pages`, each once: pages that takeovers join, in order of the time they began; series in
/// order of their surest page, then of time.
[[nodiscard]] std::vector<std::vector<std::size_t>> group_series(const std::vector<Candidate>& pages,
                                                                 const std::vector<Takeover>& takeovers);

}  // namespace winnow::cli
