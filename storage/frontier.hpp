// The frontier: which captures are to be fetched, and who fetches them. For storage/*.cpp only.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "storage/ids.hpp"
#include "storage/rounds.hpp"
#include "storage/statement.hpp"
#include "storage/store.hpp"

namespace winnow::storage {

/// All calls within the caller's transaction.
class Frontier {
public:
  explicit Frontier(Database& database);

  /// Adds these pages to those that claim() serves, and makes them the ones that the calls below plan.
  void add_scope(const Scope& scope);
  [[nodiscard]] bool has_scope() const { return m_archive.has_value(); }
  /// A page that came up under way; served after the others.
  void add_page(PageId page);

  /// Takes back what an earlier run's plan wanted and nobody has claimed; but not an open round of the same
  /// selection.
  void reset(const Selection& selection);
  /// \pre for all but `all`, captures whose digest is held are inferred already
  void want(const Selection& selection, std::optional<RunId> run);
  [[nodiscard]] Plan count();

  /// Groups of listed captures of the scope that have the digest of a held one.
  struct Inferable {
    PageId page{};
    std::string digest;
    CaptureId held{};
  };
  [[nodiscard]] std::vector<Inferable> inferable();

  [[nodiscard]] Store::Elsewhere elsewhere(RunId run);

  std::vector<ClaimedCapture> claim(RunId run, std::size_t count);
  /// Looks at all pages again: a claim was given back or a capture put before the last one claimed.
  void rewind() { m_position = 0; }

  /// Wants the next capture of this page and digest, when its representative could not be had and no other
  /// capture of it is wanted or held. True when there was one.
  bool want_next(PageId page, const std::string& digest);

  /// An answer for a capture of the page was recorded.
  void answered(CaptureId capture, PageId page) { m_rounds.answered(capture, page); }
  /// Wants the next rounds of pages that got all their answers; returns the number of captures wanted.
  std::size_t next_rounds(std::optional<RunId> run);
  /// Likewise, also of pages whose answers another process has recorded.
  std::size_t next_rounds_of_all(std::optional<RunId> run) { return m_rounds.next_of_all(run); }
  [[nodiscard]] Unread unread() const { return m_rounds.unread(); }

private:
  void want_first_rounds(std::optional<RunId> run);

  std::optional<ArchiveId> m_archive;
  std::optional<Timestamp> m_since;
  std::optional<Timestamp> m_until;
  std::optional<Timestamp> m_chosen_since;
  std::int64_t m_plan = 0;      ///< the number of the last scope
  std::int64_t m_position = 0;  ///< pages before it have nothing left to claim
  bool m_scope_table;           ///< made before the statements that name it are prepared
  Rounds m_rounds;
  Statement m_add_page, m_score, m_redirect_pages, m_pages;
  Statement m_end_rounds, m_reset, m_want_all, m_want_unique, m_want_due, m_count, m_inferable, m_elsewhere;
  Statement m_claim, m_mark, m_want_next;
};

}  // namespace winnow::storage
