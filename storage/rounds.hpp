// Rounds: the frontier of selections where each answer decides on the next question. For storage/*.cpp only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "model/selection.hpp"
#include "storage/ids.hpp"
#include "storage/next_round.hpp"
#include "storage/statement.hpp"

namespace winnow::storage {

/// Chooses the captures of a page round by round (next_round.hpp), from what the store knows when all answers
/// of the last round are recorded: nothing of it is kept in memory alone. The captures of an open round are
/// rows of `rounds` beside being pending, so that a run that was killed is continued with the same round and
/// ends with the same captures as one that ran through. Costs a scan of the page's captures a round.
///
/// All calls within the caller's transaction.
class Rounds {
public:
  explicit Rounds(Database& database);

  /// Which captures are chosen among: those of the archive, between the dates. What other archives have
  /// brought counts as known.
  struct Bounds {
    ArchiveId archive{};
    std::int64_t since = 0;
    std::int64_t until = 0;
  };
  /// For all pages, also those begun before. Another archive, or a selection that is not in rounds, ends
  /// those.
  void select(const Bounds& bounds, const Selection& selection);
  [[nodiscard]] bool chooses_in_rounds() const { return m_selection.in_rounds(); }

  /// Wants the first round of a page, or the next one of a page that an earlier run has begun.
  void begin(PageId page, std::optional<RunId> run);
  /// An answer for a capture of the page was recorded.
  void answered(CaptureId capture, PageId page);
  /// Wants the next rounds of the pages that got their answers; returns the number of captures wanted.
  std::size_t next(std::optional<RunId> run);
  /// The same for all pages that are not at their end: another process may have recorded their last answers.
  std::size_t next_of_all(std::optional<RunId> run);

  /// Of all pages that are at their end.
  [[nodiscard]] Unread unread() const;

private:
  struct List {
    std::vector<CaptureId> captures;
    std::vector<ListEntry> entries;  ///< in the same order
    bool is_excluded = false;        ///< the archive does not show this page at present
  };

  std::size_t advance(PageId page, std::optional<RunId> run);
  [[nodiscard]] bool has_pending(PageId page);
  [[nodiscard]] List read(PageId page, std::optional<RunId> run);

  Bounds m_bounds;
  Selection m_selection;
  std::map<PageId, std::optional<Unread>> m_pages;  ///< begun; with a value: at their end
  std::set<PageId> m_due;                           ///< got an answer since the last next()
  Statement m_pending, m_list, m_want, m_enter, m_leave;
};

}  // namespace winnow::storage
