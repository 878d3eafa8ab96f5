// The store: one SQLite file that holds captures, bodies, texts, versions, the ledger and the frontier.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/capture.hpp"
#include "model/selection.hpp"
#include "model/series.hpp"
#include "model/timestamp.hpp"
#include "storage/analysed_text.hpp"
#include "storage/capture_result.hpp"
#include "storage/capture_state.hpp"
#include "storage/discovery.hpp"
#include "storage/ids.hpp"
#include "storage/unread.hpp"

namespace winnow {

/// A row of an index, and how likely its page is the one that is looked for: pages with a higher score are
/// fetched first.
struct ListedCapture {
  Capture capture;
  double score = 0;
};

struct Listed {
  std::size_t added = 0;
  std::size_t known = 0;      ///< rows that the store had already
  std::vector<PageId> pages;  ///< of these rows, each once, in order of appearance
};

/// Which captures a run is about.
struct Scope {
  ArchiveId archive{};
  std::vector<PageId> pages;
  std::optional<Timestamp> since;  ///< inclusive
  std::optional<Timestamp> until;  ///< inclusive
  /// Earlier captures are not chosen, but those that were chosen before or are due on the ledger are fetched.
  std::optional<Timestamp> chosen_since = {};
};

/// Captures of a scope by state, once it is planned.
struct Plan {
  std::uint64_t pending = 0;
  std::uint64_t pending_bytes = 0;  ///< sum of the lengths that the index gives (compressed records)
  std::uint64_t held = 0;
  std::uint64_t inferred = 0;
  std::uint64_t missing = 0;       ///< on the ledger, and not to be asked again yet
  std::uint64_t listed = 0;        ///< wait for the capture of the same digest that is pending
  std::uint64_t inferred_now = 0;  ///< of inferred: by this plan, from what was held before
  std::int64_t versions = 0;       ///< that these have added
};

struct ClaimedCapture {
  CaptureId id{};
  Found found = Found::cdx;
  Capture capture;
};

/// What a batch of results added.
struct Recorded {
  std::size_t held = 0;
  std::size_t inferred = 0;
  std::size_t imported = 0;  ///< of import(): captures that were not known with their content
  std::size_t missing = 0;
  std::size_t substituted = 0;  ///< among missing
  std::size_t wanted =
      0;  ///< new rows of the frontier: redirect targets, next captures of a failed digest, next rounds
  std::size_t bodies = 0;  ///< new ones
  std::size_t texts = 0;   ///< new ones
  /// New ones: how many more there are. What comes between two captures of one version makes it two.
  std::int64_t versions = 0;

  Recorded& operator+=(const Recorded& other) {
    held += other.held;
    inferred += other.inferred;
    imported += other.imported;
    missing += other.missing;
    substituted += other.substituted;
    wanted += other.wanted;
    bodies += other.bodies;
    texts += other.texts;
    versions += other.versions;
    return *this;
  }
};

/// The store, open for writing. Every call is one transaction: its effects are seen whole or not at all, also
/// after SIGKILL. (Power loss may take the last transactions, never consistency: WAL, synchronous=NORMAL.)
/// Calls may come from several threads; they wait for each other. Another process that writes is waited for,
/// 30 seconds at most, then Error says who it is. All errors of the file, the disk or the database are Error,
/// with the path in them; what was committed before stays.
class Store {
public:
  /// Opens the store, made if it is not there, brought to this winnow's schema if it is older.
  /// Waits for other writers as long as `patience`, in each call.
  explicit Store(const std::filesystem::path& path,
                 std::chrono::milliseconds patience = std::chrono::seconds(30));
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  /// Enters this process in `runs`; once, before plan(). Claims of runs that died are void from here on.
  RunId begin_run(std::string_view command, std::string_view program);
  /// The same, but nothing when a living run has the same command: the work is being done.
  std::optional<RunId> begin_run_once(std::string_view command, std::string_view program);
  /// Gives back what was claimed and not recorded. `report` is JSON. A run that never ends so counts as
  /// killed.
  void end_run(int exit_code, std::string_view report);

  /// The archive with this base URL (no trailing slash) or `warc:`; entered if it is new.
  ArchiveId archive(std::string_view url, std::string_view dialect);

  /// Enters rows of an index, with the pages and sites they need. Rows known already (same archive, page,
  /// timestamp, original and digest) change nothing. Fast in batches of a thousand or more.
  Listed add_captures(ArchiveId archive, std::span<const ListedCapture> rows);

  /// Puts what the selection wants of the scope into the frontier, and its pages among those that claim()
  /// serves: the scopes of several calls add up (archive, dates and selection are those of the last). Missing
  /// captures are wanted again when their retry rule allows it, never twice in one run. Of a selection in
  /// rounds only the first is wanted here; record() wants the next ones.
  Plan plan(const Scope& scope, const Selection& selection);

  /// Takes up to `count` captures of the planned scopes out of the frontier for this run: best pages first,
  /// each in time order. No other process gets them as long as this one lives. Fewer than asked means that
  /// the frontier is empty now; results that are still to be recorded may fill it again (Recorded::wanted).
  std::vector<ClaimedCapture> claim(std::size_t count);

  /// Captures of the planned scopes that another living run has claimed: they are neither held nor ours to
  /// fetch.
  struct Elsewhere {
    std::uint64_t captures = 0;
    std::string holder;  ///< of the most: `pid 4711 (winnow backfill soompi.com)`
  };
  Elsewhere elsewhere();

  /// What the planned scopes' selection leaves unread; of pages that are at their end.
  Unread unread();

  /// Stores results: states, bodies, texts, provenance, ledger, inferred captures, versions. In one
  /// transaction.
  Recorded record(std::span<const CaptureResult> results);

  /// Stores captures that came with their content, under `found`; the rows are made if they are not there.
  /// Captures held already stay as they are.
  Recorded import(ArchiveId archive, Found found, std::span<const ImportedCapture> captures);

  /// The index was read to its end for these pages and dates: what it lists of them is known.
  void note_look(const Scope& scope);

  /// Joins pages to series, with what earlier calls said of the same pages; versions follow at once. A
  /// takeover of a page that the store has no capture of is left out. The number of pages whose tenures
  /// changed.
  std::size_t join(std::span<const Takeover> takeovers);

  /// What was said of versions' texts and their changes (AnalysisReader); known ones stay as they are.
  void note_analyses(std::span<const AnalysedText> texts);
  void note_changes(std::span<const MeasuredChange> changes);

  /// Versions that are new, and analysed, get their numbers in the order of arrival, by which exports go on
  /// (`arrivals`). The last number.
  std::int64_t note_arrivals();
  /// The user was told of those up to this number (WatchReader::told_versions()).
  void note_told(std::int64_t last_arrival);

  /// A site was looked through for its policy; in place of what an earlier call noted of it.
  void note_discovery(ArchiveId archive, const Discovery& discovery);

  /// Puts a whole target (a site or URL whose index could not be read) on the ledger.
  void note_target(ArchiveId archive, std::string_view target, const Missed& missed);
  /// Takes it off again: its index was read.
  void clear_target(ArchiveId archive, std::string_view target);

private:
  class Parts;
  std::unique_ptr<Parts> m_parts;
};

}  // namespace winnow
