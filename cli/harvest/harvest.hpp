// The pipeline that fills a store from an archive: index rows and answers in, committed results out.
//
//   ArchiveClient (this thread: libcurl) --FetchedCapture--> workers --CaptureResult--> writer (the store)
//        ^    '------------------------------index rows----------------------------------^  |
//        '------------------------------captures claimed from the frontier------------------'
//
// All queues are bounded, and a capture is only asked for while there is room for its answer, so memory does not
// grow with the job.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
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
  Strategy captures = Strategy::unique;
  std::optional<Timestamp> since;
  std::optional<Timestamp> until;
};

/// What a progress line shows.
struct HarvestProgress {
  std::uint64_t targets_listed = 0;
  std::uint64_t targets = 0;
  std::uint64_t answered = 0;
  std::uint64_t pending = 0;  ///< known to be left
  double seconds = 0;
};

/// The index query for a target: for a site, its pages whose URL looks like a privacy policy's.
[[nodiscard]] CdxQuery query_for(const Target& target, const HarvestOptions& options);

/// 0 leaves a row of this target's index out; more is fetched earlier.
[[nodiscard]] double score_for(const Target& target, const Capture& row);

/// Runs to the end, to the archive's refusal, or until interrupted(), then finishes what is under way. `show` is
/// called a few times a second. \pre store.begin_run() was called
[[nodiscard]] HarvestReport harvest(Store& store, const HarvestOptions& options, const std::vector<Target>& targets,
                                    const std::function<void(const HarvestProgress&)>& show);

}  // namespace winnow::cli
