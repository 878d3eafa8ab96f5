#include <nlohmann/json.hpp>

#include "cli/json_text.hpp"
#include "cli/search/search_view.hpp"

namespace winnow::cli {
namespace {

nlohmann::ordered_json digits(const std::optional<Timestamp>& moment) {
  return moment ? nlohmann::ordered_json(moment->digits()) : nlohmann::ordered_json();
}

nlohmann::ordered_json json(const VersionRun& run) {
  return {{"first_version", run.first},
          {"last_version", run.last},
          {"first_seen", run.first_seen.digits()},
          {"last_seen", run.last_seen.digits()},
          {"absent_until", digits(run.absent_until)},
          {"unread_before", run.unread_before},
          {"absent_from", digits(run.absent_from)},
          {"unread_after", run.unread_after}};
}

}  // namespace

std::string render_search_json(const std::vector<ShownHit>& hits) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const auto& [hit, snippet] : hits) {
    nlohmann::ordered_json runs = nlohmann::ordered_json::array();
    for (const VersionRun& run : hit.runs)
      runs.push_back(json(run));
    nlohmann::ordered_json pieces = nlohmann::ordered_json::array();
    for (const SnippetPiece& piece : snippet.pieces)
      pieces.push_back({{"text", piece.text}, {"hit", piece.is_hit}});
    list.push_back(
        {{"site", hit.site},
         {"series", hit.name},
         {"url", hit.url},
         {"versions", hit.versions},
         {"version", hit.version},
         {"first_seen", hit.first_seen.digits()},
         {"last_seen", hit.last_seen.digits()},
         {"title", hit.title},
         {"language", hit.language.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(hit.language)},
         {"runs", std::move(runs)},
         {"snippet", std::move(pieces)}});
  }
  return json_text(list);
}

}  // namespace winnow::cli
