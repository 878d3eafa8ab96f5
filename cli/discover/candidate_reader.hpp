// The candidates of one site: looked up in the index, and read here and there.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cli/date_option.hpp"
#include "cli/discover/archive_rounds.hpp"
#include "cli/discover/candidate.hpp"
#include "cli/discover/takeovers.hpp"
#include "crawler/site_index.hpp"

namespace winnow::cli {

class CandidateReader {
public:
  /// `homepage_urlkey`: what leads there is no candidate.
  CandidateReader(ArchiveRounds& archive, const DateRange& dates, std::string homepage_urlkey)
      : m_archive(archive), m_dates(dates), m_homepage_urlkey(std::move(homepage_urlkey)) {}

  /// Asks for all captures of the site whose URL looks like a policy's: one query. Returns its rows.
  std::uint64_t ask_index(const std::string& site);

  void add(const std::string& url, Finding finding);

  /// Reads the most promising candidates: the first and the last capture that served a page, and redirects
  /// behind the last. Whatever a redirect or a canonical link names becomes a candidate too. Then narrows
  /// down when a page that was the policy at one time and not at another changed.
  void read();

  /// Judges all; no more calls after it.
  [[nodiscard]] std::vector<Candidate> take_judged(const Homepage& homepage);

  [[nodiscard]] const std::vector<Pointer>& pointers() const { return m_pointers; }
  [[nodiscard]] std::vector<std::string>& failures() { return m_failures; }  ///< in words

private:
  struct Page {
    Candidate candidate;
    bool looked_up = false;  ///< the index was asked for it
    bool read = false;
  };
  struct Reads {
    std::vector<Capture> captures;
    std::vector<Page*> pages;  ///< whose each is
    void add(Page& page, const Capture& capture);
  };

  void look_up_unknown();
  bool read_next();
  void narrow_turns();
  void choose_captures(Page& page, Reads& reads) const;
  void fetch(const Reads& reads);
  void take_answer(Page& page, const Capture& asked, FetchResult&& fetched);
  void point_to(const Page& page, const std::string& target, Timestamp when, FoundBy by);
  void stand_for_equals(Candidate& candidate) const;
  void finish(Page& page, const Homepage& homepage) const;
  void sort_by_promise(std::vector<Page*>& pages) const;
  void note_failure(std::string_view what, const std::optional<Failure>& failure);
  [[nodiscard]] bool is_variant(const Candidate& candidate) const;
  [[nodiscard]] CdxQuery query(std::string url, MatchType match) const;

  ArchiveRounds& m_archive;
  const DateRange& m_dates;
  std::string m_homepage_urlkey;
  SiteIndex m_index;
  std::map<std::string, Page> m_pages;  ///< by urlkey
  std::vector<Pointer> m_pointers;
  std::vector<std::string> m_failures;
  std::size_t m_lookups = 0;
  std::size_t m_read_pages = 0;
};

}  // namespace winnow::cli
