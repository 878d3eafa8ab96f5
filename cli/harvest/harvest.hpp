// The pipeline that fills a store from an archive: index rows and answers in, committed results out.
//
//   ArchiveClient (this thread: libcurl) --FetchedCapture--> workers --CaptureResult--> writer (the store)
//        ^    '------------------------------index rows----------------------------------^  |
//        '------------------------------captures claimed from the frontier------------------'
//
// All queues are bounded, and a capture is only asked for while there is room for its answer, so memory does
// not grow with the job.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "cli/harvest/harvest_report.hpp"
#include "crawler/archive_client.hpp"
#include "model/timestamp.hpp"
#include "seeds/target.hpp"
#include "storage/store.hpp"

namespace winnow::cli {

struct HarvestOptions {
  std::filesystem::path store;
  ClientOptions client;
  Selection captures;
  std::optional<Timestamp> since;
  std::optional<Timestamp> until;
  std::optional<std::chrono::steady_clock::time_point> deadline;
  std::optional<std::uint64_t> max_requests;
  std::set<std::string> refused;  ///< urlkeys to leave out of a site
  std::set<std::string> found;    ///< sites whose policy has pages of its own among the targets
};

/// What a progress line shows.
struct HarvestProgress {
  std::string looking_through;  ///< the site; nothing is listed or fetched meanwhile
  std::uint64_t targets_listed = 0;
  std::uint64_t targets = 0;
  std::uint64_t answered = 0;
  std::uint64_t pending = 0;  ///< known to be left
  double seconds = 0;
};

/// The index query for a target: for a site, its pages whose URL looks like a privacy policy's.
[[nodiscard]] CdxQuery query_for(const Target& target, const HarvestOptions& options);

/// What a row's page is worth to a target: 0 leaves it out, more is fetched earlier. Rows of a page follow
/// each other, so the last answer is kept.
class PageScorer {
public:
  PageScorer(const Target& target, const HarvestOptions& options)
      : m_refused(&options.refused), m_is_site(target.kind == Target::Kind::site) {}
  [[nodiscard]] double score(const Capture& row);

private:
  const std::set<std::string>* m_refused;
  bool m_is_site;
  std::string m_urlkey;
  std::string m_mimetype;
  double m_score = 0;
};

/// Runs to the end, to the archive's refusal, to the options' bounds or until interrupted(), then finishes
/// what is under way. `show` is called a few times a second. \pre store.begin_run() was called
[[nodiscard]] HarvestReport harvest(Store& store, const HarvestOptions& options,
                                    const std::vector<Target>& targets,
                                    const std::function<void(const HarvestProgress&)>& show);

}  // namespace winnow::cli
