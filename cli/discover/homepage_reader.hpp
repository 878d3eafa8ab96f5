// A site's homepage, read a few times a decade.
#pragma once

#include <string>
#include <vector>

#include "cli/date_option.hpp"
#include "cli/discover/archive_rounds.hpp"
#include "cli/discover/candidate.hpp"

namespace winnow::cli {

/// Asks for the homepage's captures, one a month, in one query (in two when every one was a redirect), and
/// reads the one nearest to the middle of each era (choose_by_era()). Where two neighbours link to different
/// policies, one between them is read as well. Redirects are followed, at their own time, three hops at most.
/// No more than k_most_homepages are read.
class HomepageReader {
public:
  HomepageReader(ArchiveRounds& archive, const std::string& site, const DateRange& dates);

  void read();

  [[nodiscard]] Homepage take_homepage() { return std::move(m_homepage); }
  [[nodiscard]] std::vector<std::string>& failures() { return m_failures; }  ///< in words

private:
  void list();
  void fetch(const std::vector<Capture>& captures);
  [[nodiscard]] std::vector<Capture> between_changes() const;

  ArchiveRounds& m_archive;
  std::string m_site;
  const DateRange& m_dates;
  std::vector<Capture> m_captures;
  Homepage m_homepage;
  std::string m_unread;  ///< why the last capture that could not be read could not
  std::vector<std::string> m_failures;
};

}  // namespace winnow::cli
