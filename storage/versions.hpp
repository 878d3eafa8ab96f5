// Versions: the maximal runs of a series' captures, in time order, that show the same words. For
// storage/*.cpp only.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "model/digest.hpp"
#include "model/timestamp.hpp"
#include "storage/ids.hpp"
#include "storage/statement.hpp"

namespace winnow::storage {

/// Keeps the table `versions` in step with the captures, one capture at a time; whatever the order in which
/// they come, the outcome is the same. Sites whose versions, or texts of them, may have changed are put into
/// `unsettled`. A capture takes part when the view dated_texts has it: body or text
/// there, status 200 or unknown, at least one word. Captures of one second are ordered by their words' hash.
/// Cost: a few look-ups where a capture confirms, extends or begins a version; a scan of the version only
/// where it splits one. All calls within the caller's transaction.
class Versions {
public:
  explicit Versions(Database& database);

  struct Seen {
    SeriesId series{};
    Timestamp timestamp;
    Sha256 words;
    bool operator==(const Seen&) const = default;
  };
  /// How the capture takes part now, if it does.
  [[nodiscard]] std::optional<Seen> seen(CaptureId capture);

  /// Call after each single change of a capture, with seen() from before and after it.
  void update(CaptureId capture, const std::optional<Seen>& before, const std::optional<Seen>& after);

  /// Makes all versions of a series anew, once its tenures have changed.
  void rebuild(SeriesId series);

  /// Whether the series' versions are those that its captures make: reads only.
  [[nodiscard]] bool is_right(SeriesId series);

  /// Numbers the versions anew where some were put in between; before the transaction commits.
  void number();
  /// A transaction begins, or was rolled back.
  void forget() {
    m_renumber.clear();
    m_touched.clear();
    m_added = 0;
  }
  /// How many more versions there are than when the transaction began.
  [[nodiscard]] std::int64_t added() const { return m_added; }

private:
  struct Version {
    Timestamp first_seen;
    Sha256 words;
    Timestamp last_seen;
    int number = 0;
  };

  /// Captures one after another that show the same words.
  struct Run {
    Seen first;
    Timestamp last;
    std::int64_t captures = 0;
  };

  void touch(SeriesId series);
  void add(CaptureId capture, const Seen& seen);
  [[nodiscard]] std::vector<Run> runs(SeriesId series, std::uint64_t from, std::uint64_t to);
  void rebuild(SeriesId series, Timestamp from, Timestamp to);
  void remake(SeriesId series, std::uint64_t from, std::uint64_t to);
  [[nodiscard]] std::optional<Version> read(Statement& query);
  [[nodiscard]] CaptureId first_capture(const Seen& seen);

  Statement m_seen, m_before, m_after, m_insert, m_extend, m_extend_back, m_set_first, m_first_capture;
  Statement m_last_before, m_next, m_erase, m_scan, m_numbers, m_set_number, m_touch, m_all;
  /// Series that have versions out of their numbers.
  std::set<SeriesId> m_renumber;
  /// Series whose sites are in `unsettled` already.
  std::set<SeriesId> m_touched;
  std::int64_t m_added = 0;
};

}  // namespace winnow::storage
