// Where a page's history has no text, and why: nothing was archived there, or it was and could not be had, or
// it was not asked for. What "no data" means, so that it is never taken for "no change".
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/timestamp.hpp"

namespace winnow {

/// What stands in the way of a text. Shown by name; append only.
enum class Hindrance {
  ledger,      ///< it could not be had: the ledger has the reason
  not_wanted,  ///< listed, and not asked for by the selections of the runs so far
  pending,     ///< in the frontier, still to be fetched
  status,      ///< held, an archived error or redirect
  no_text,     ///< held, and nothing to read in it
};
[[nodiscard]] std::string_view name(Hindrance hindrance);

/// What is known of one moment of a page.
struct DatedCapture {
  Timestamp timestamp;
  /// Nothing: its text takes part in the page's versions.
  std::optional<Hindrance> hindrance;
  std::string detail;  ///< of ledger the reason's name, of status the code
};

/// A time for which an archive's index was read to its end. Without a beginning: from the archive's first.
struct Look {
  std::optional<Timestamp> since;
  Timestamp until;
};

struct Gap {
  enum class Kind {
    before_first,  ///< up to the first text
    between,       ///< two texts
    after_last,    ///< from the last text on
    all,           ///< the page has no text at all
  };
  Kind kind = Kind::between;
  std::optional<Timestamp> from;  ///< the text before; nothing before the first one
  /// The text after, else the end of the last look or, if that is later, the last capture. Nothing when no
  /// index was read.
  std::optional<Timestamp> to;
  /// An archive's index was read for all of it: what it does not list was never archived there.
  bool index_read = false;
  std::uint64_t captures = 0;  ///< within, all without a text
  /// Of them, by hindrance and detail.
  std::map<std::pair<Hindrance, std::string>, std::uint64_t> hindrances;

  [[nodiscard]] std::chrono::seconds length() const;  ///< 0 when an end is open
};
[[nodiscard]] std::string_view name(Gap::Kind kind);

/// Half a year: the interval of the Princeton-Leuven corpus, in which it counts a page as seen or missing.
inline constexpr std::chrono::hours k_default_gap{24 * 183};

/// Finds the gaps of one page, or of the pages of a series taken together. Memory does not grow with the
/// captures, but with the gaps.
class GapFinder {
public:
  /// Gaps between texts, and after the last one, are told from `least` on. Before the first text and without
  /// any they always are.
  GapFinder(std::vector<Look> looks, std::chrono::seconds least);

  /// In order of time.
  void add(const DatedCapture& capture);
  [[nodiscard]] std::vector<Gap> finish();

private:
  void close(Gap::Kind kind, std::optional<Timestamp> to);
  [[nodiscard]] bool is_read(const std::optional<Timestamp>& from, Timestamp to) const;

  std::vector<Look> m_looks;  ///< by time, apart
  std::chrono::seconds m_least;
  std::optional<Timestamp> m_last_text;
  std::optional<Timestamp> m_last;  ///< capture, with or without a text
  Gap m_open;
  std::vector<Gap> m_gaps;
};

}  // namespace winnow
