#include "serve/routes.hpp"

#include "serve/api.hpp"
#include "serve/history.hpp"
#include "serve/page_file.hpp"
#include "serve/pages.hpp"
#include "serve/search_page.hpp"

namespace winnow::serve {
namespace {

HttpAnswer nothing_here() {
  return message_page(404, "Nothing here", "There is no page at this address.");
}

/// From a version that is named alone to the difference from the one before, or to the version when it is the
/// first.
HttpAnswer to_changes(Readers& readers, const std::string& series, const std::string& version) {
  const auto history = read_history(readers, series);
  const auto index = history ? find_version(history->versions, version) : std::nullopt;
  if (!index) return message_page(404, "Not in the store", "The store has no such version.");
  std::string to = *index > 0 ? diff_path(*history, *index - 1, *index) : version_path(*history, *index);
  return {302, "", {{"Location", std::move(to)}}, std::string()};
}

HttpAnswer route_series(Readers& readers, const Asked& asked) {
  const auto& parts = asked.parts();
  if (parts.size() == 2) return series_page(readers, parts[1]);
  if (parts.size() == 3 && parts[2] == "diff") return chosen_diff(readers, asked);
  if (parts.size() == 5 && parts[2] == "diff") return diff_page(readers, asked);
  if (parts[2] != "version" || parts.size() < 4 || parts.size() > 5) return nothing_here();
  if (parts.size() == 4) return version_page(readers, parts[1], parts[3]);
  if (parts[4] == "text.md") return version_text(readers, parts[1], parts[3]);
  if (parts[4] == "body") return version_body(readers, parts[1], parts[3]);
  if (parts[4] == "changes") return to_changes(readers, parts[1], parts[3]);
  return nothing_here();
}

}  // namespace

HttpAnswer route(Readers& readers, const Asked& asked, const std::string& base) {
  const auto& parts = asked.parts();
  if (parts.empty()) return home_page(readers, asked);
  if (parts[0] == "site" && parts.size() == 2) return site_page(readers, parts[1]);
  if (parts[0] == "series" && parts.size() > 1) return route_series(readers, asked);
  if (parts.size() == 1 && parts[0] == "ledger") return ledger_page(readers, asked);
  if (parts.size() == 1 && parts[0] == "search") return search_page(readers, asked);
  if (parts.size() == 1 && parts[0] == "runs") return runs_page(readers, asked);
  if (parts[0] == "api") return api(readers, asked, base);
  if (parts.size() == 1 && parts[0] == "feed.atom") return feed(readers, "", base);
  if (parts.size() == 3 && parts[0] == "site" && parts[2] == "feed.atom") {
    // A misspelt name would be an empty feed for ever.
    const auto all = readers.store.find_series(parts[1]);
    if (all.empty() || all.front().site != parts[1]) return nothing_here();
    return feed(readers, parts[1], base);
  }
  if (parts.size() == 1 && parts[0] == "openapi.json")
    return {200, "application/json", {}, std::string(page_file("openapi.json"))};
  return nothing_here();
}

}  // namespace winnow::serve
