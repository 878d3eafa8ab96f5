#include <fmt/format.h>

#include "serve/history.hpp"
#include "serve/pages.hpp"
#include "serve/words.hpp"

namespace winnow::serve {
namespace {

View options(const History& history, std::size_t chosen) {
  View rows = view_list();
  for (std::size_t i = 0; i < history.versions.size(); ++i) {
    const VersionSummary& version = history.versions[i];
    const std::string kind = kind_words(version.kind);
    View row = view_object();
    row.set("value", selector(history.versions, i));
    row.set("label", fmt::format("{}: {}{}{}", version.number, version.first_seen.date(),
                                 kind.empty() ? "" : ", ", kind));
    row.set("chosen", i == chosen);
    rows << row;
  }
  return rows;
}

}  // namespace

std::string compare_form(const History& history, std::size_t from, std::size_t to, bool is_side) {
  if (history.versions.size() < 2) return {};
  View view = view_object();
  view.set("action", series_path(history.series.id) + "/diff");
  view.set("older", options(history, from));
  view.set("newer", options(history, to));
  view.set("is_side", is_side);
  return render("compare.html", view);
}

HttpAnswer chosen_diff(Readers& readers, const Asked& asked) {
  const auto history = read_history(readers, asked.parts().at(1));
  const auto from = history ? find_version(history->versions, asked.value("from")) : std::nullopt;
  const auto to = history ? find_version(history->versions, asked.value("to")) : std::nullopt;
  if (!from || !to)
    return message_page(404, "Not in the store", "The store has no such two versions of one series.");
  std::string path = diff_path(*history, *from, *to);
  if (asked.value("view") == "side") path += "?view=side";
  return {302, "", {{"Location", std::move(path)}}, std::string()};
}

}  // namespace winnow::serve
