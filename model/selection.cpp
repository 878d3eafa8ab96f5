#include "model/selection.hpp"

namespace winnow {
namespace {

constexpr std::string_view k_changes = "changes";
constexpr std::string_view k_every = "every:";

}  // namespace

std::optional<Selection> Selection::parse(std::string_view text) {
  if (text == "unique") return Selection(unique);
  if (text == "all") return Selection(all);
  if (text == k_changes) return Selection(changes);

  Kind kind = every;
  if (text.starts_with("changes,")) {
    kind = changes;
    text.remove_prefix(k_changes.size() + 1);
  } else if (text.ends_with(",changes")) {
    kind = changes;
    text.remove_suffix(k_changes.size() + 1);
  }
  if (!text.starts_with(k_every)) return std::nullopt;
  const auto period = Period::parse(text.substr(k_every.size()));
  if (!period) return std::nullopt;
  return Selection(kind, *period);
}

std::string Selection::text() const {
  std::string grid = period ? std::string(k_every) + period->text() : "";
  switch (kind) {
    case unique:
      return "unique";
    case all:
      return "all";
    case changes:
      return std::string(k_changes) + (period ? "," + grid : "");
    case every:
      return grid;
  }
  return {};
}

}  // namespace winnow
