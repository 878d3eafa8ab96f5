// Which captures of a page a harvest fetches: `--captures`.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/period.hpp"

namespace winnow {

struct Selection {
  enum class Kind {
    unique,   ///< one capture of each distinct digest of a page; the others are inferred from it
    all,      ///< every capture, also those that were inferred before
    changes,  ///< bisection on the visible words, between the captures of a grid when there is a period
    every,    ///< a grid: of each period the capture nearest to its middle
  };
  using enum Kind;

  // NOLINTNEXTLINE(google-explicit-constructor): a kind alone is a selection.
  Selection(Kind chosen = unique) : kind(chosen) {}
  Selection(Kind chosen, Period grid) : kind(chosen), period(grid) {}

  Kind kind;
  std::optional<Period> period;  ///< of `every` always, of `changes` perhaps, of the others never

  /// `unique`, `all`, `changes`, `every:6mo`, `changes,every:7d` (in either order).
  [[nodiscard]] static std::optional<Selection> parse(std::string_view text);
  /// As parse() takes it; one spelling for each selection.
  [[nodiscard]] std::string text() const;

  /// Whether the next captures are chosen by what the last ones show.
  [[nodiscard]] bool in_rounds() const { return kind == changes || kind == every; }

  bool operator==(const Selection&) const = default;
};

}  // namespace winnow
