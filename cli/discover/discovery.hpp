// Where a site's policy lived, and when: evidence gathered from an archive within a bounded number of
// requests.
//
//   index (one query of the whole domain) ----> candidates <---- links of the homepage, a few captures a
//   decade
//                                                | read: first and last capture, redirects behind the last
//                                                v
//                    judged by the text ----> pages, refused pages ----> takeovers, series
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "cli/date_option.hpp"
#include "cli/discover/archive_rounds.hpp"
#include "cli/discover/candidate.hpp"
#include "cli/discover/takeovers.hpp"

namespace winnow::cli {

// What a site may cost, repeats and hops not counted.
inline constexpr std::size_t k_most_lookups = 8;     ///< index queries beside the domain's and the homepage's
inline constexpr std::size_t k_most_homepages = 24;  ///< captures of the homepage
inline constexpr std::size_t k_most_read_pages = 24;  ///< candidates of which captures are read, four each
inline constexpr std::size_t k_most_turn_reads =
    24;  ///< captures that narrow down when a page changed its nature
inline constexpr std::uint64_t k_most_discovery_requests =
    2 + k_most_lookups + k_most_homepages + 4 * k_most_read_pages + k_most_turn_reads;

/// What pages are joined to series by.
struct SeriesEvidence {
  Homepage homepage;
  std::vector<Pointer> pointers;
  std::vector<Sighting> sightings;  ///< in time order
};

struct SiteDiscovery {
  std::string site;
  std::vector<Candidate> pages;                  ///< taken for the policy
  std::vector<std::vector<std::size_t>> series;  ///< of `pages`
  std::vector<Takeover> takeovers;
  std::vector<Candidate> refused;  ///< likeliest first
  std::uint64_t index_rows = 0;
  std::size_t homepages = 0;          ///< captures read
  std::vector<std::string> failures;  ///< what could not be asked or read, in words
  SeriesEvidence evidence;
};

/// Explores one site. Ends early, with what was found so far, when the rounds are closed.
[[nodiscard]] SiteDiscovery discover_site(ArchiveRounds& archive, const std::string& site,
                                          const DateRange& dates);

/// Enters judged candidates as pages or refused ones, with the series that the evidence makes of the former.
void sort_out(SiteDiscovery& discovery, std::vector<Candidate> judged);

}  // namespace winnow::cli
