#include "serve/api.hpp"

#include <algorithm>

#include "formats/jsonl_record.hpp"
#include "model/ascii.hpp"
#include "serve/api_json.hpp"
#include "serve/search_page.hpp"

namespace winnow::serve {
namespace {

constexpr std::uint64_t k_rows = 100;
constexpr std::uint64_t k_most_rows = 1000;
constexpr std::uint64_t k_most_page = 1'000'000;

HttpAnswer json_answer(const Json& json, int status = 200) {
  // What was archived need not be UTF-8.
  return {status, "application/json", {}, json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"};
}

HttpAnswer failure(int status, std::string_view sentence) {
  return json_answer({{"error", sentence}}, status);
}

Paging paging_of(const Asked& asked) {
  return {std::max<std::uint64_t>(1, asked.number("page", 1, k_most_page)),
          std::max<std::uint64_t>(1, asked.number("limit", k_rows, k_most_rows))};
}

template <class Rows, class... Base>
Json array_of(const Rows& rows, const Base&... base) {
  Json array = Json::array();
  for (const auto& row : rows)
    array.push_back(to_json(row, base...));
  return array;
}

HttpAnswer sites(Readers& readers, const Asked& asked, const std::string& base) {
  const Paging paging = paging_of(asked);
  std::string q = asked.value("q");
  std::transform(q.begin(), q.end(), q.begin(), to_lower);
  const std::string sort = asked.value("sort");
  const SiteOrder order = sort == "changed"    ? SiteOrder::changed
                          : sort == "versions" ? SiteOrder::versions
                                               : SiteOrder::name;
  const SiteList list = readers.sites.sites({q, order, paging.offset(), paging.size});
  return json_answer({{"total", list.total}, {"sites", array_of(list.sites, base)}});
}

HttpAnswer site(Readers& readers, const std::string& name, const std::string& base) {
  const auto all = readers.store.find_series(name);
  if (all.empty() || all.front().site != name) return failure(404, "the store has nothing of this site");
  return json_answer({{"site", name}, {"series", array_of(all, base)}});
}

HttpAnswer changes(Readers& readers, const Asked& asked, const std::string& base) {
  // Who has lost the cursor should not read all once more without noticing.
  const std::string cursor = asked.value("after");
  if (!std::all_of(cursor.begin(), cursor.end(), is_digit))
    return failure(400, "after is no number: write the cursor of the last answer, or nothing");
  const auto after = static_cast<std::int64_t>(asked.number("after", 0, 1ULL << 62U));
  const std::uint64_t limit = paging_of(asked).size;
  auto news = readers.overview.arrivals(after, asked.value("site"), limit + 1);
  const bool more = news.size() > limit;
  if (more) news.pop_back();
  return json_answer({{"cursor", news.empty() ? after : news.back().cursor},
                      {"more", more},
                      {"changes", array_of(news, base)}});
}

HttpAnswer version(Readers& readers, const History& history, const std::string& wanted) {
  const auto index = find_version(history.versions, wanted);
  auto record =
      index ? readers.store.version(history.series.id, history.versions[*index].number) : std::nullopt;
  if (!record) return failure(404, "the series has no such version");
  return {200,
          "application/json",
          {},
          jsonl_record({.record = std::move(*record), .series = history.series.name}) + "\n"};
}

HttpAnswer diff(Readers& readers, const History& history, const Asked& asked, const std::string& base) {
  const auto older = find_version(history.versions, asked.parts()[5]);
  const auto newer = find_version(history.versions, asked.parts()[6]);
  if (!older || !newer) return failure(404, "the series has no such two versions");
  const auto old_record = readers.store.version(history.series.id, history.versions[*older].number);
  const auto new_record = readers.store.version(history.series.id, history.versions[*newer].number);
  if (!old_record || !new_record) return failure(404, "the series has no such two versions");
  Json json = to_json(word_diff(old_record->text.markdown, new_record->text.markdown));
  json["older"] = version_json(history, *older, base);
  json["newer"] = version_json(history, *newer, base);
  return json_answer(json);
}

HttpAnswer series(Readers& readers, const Asked& asked, const std::string& base) {
  const auto& parts = asked.parts();
  const auto history = read_history(readers, parts[3]);
  if (!history) return failure(404, "the store has no such series");
  if (parts.size() == 4) return json_answer(to_json(history->series, base));
  if (parts.size() == 5 && parts[4] == "versions") {
    Json versions = Json::array();
    for (std::size_t i = 0; i < history->versions.size(); ++i)
      versions.push_back(version_json(*history, i, base));
    return json_answer({{"series", to_json(history->series, base)}, {"versions", std::move(versions)}});
  }
  if (parts.size() == 5 && parts[4] == "captures") {
    const Paging paging = paging_of(asked);
    const auto captures = readers.captures.series_captures(history->series.id, paging.offset(), paging.size);
    return json_answer({{"total", history->series.captures}, {"captures", array_of(captures)}});
  }
  if (parts.size() == 6 && parts[4] == "version") return version(readers, *history, parts[5]);
  if (parts.size() == 7 && parts[4] == "diff") return diff(readers, *history, asked, base);
  return failure(404, "there is nothing at this address");
}

}  // namespace

HttpAnswer api(Readers& readers, const Asked& asked, const std::string& base) {
  const auto& parts = asked.parts();
  if (parts.size() < 3 || parts[1] != "v1") return failure(404, "this is version 1: /api/v1/");
  const std::string& what = parts[2];
  if (what == "series" && parts.size() > 3) return series(readers, asked, base);
  if (what == "sites" && parts.size() == 3) return sites(readers, asked, base);
  if (what == "sites" && parts.size() == 4) return site(readers, parts[3], base);
  if (what == "changes" && parts.size() == 3) return changes(readers, asked, base);
  if (what == "search" && parts.size() == 3) return search_api(readers, asked, base);
  if (what == "ledger" && parts.size() == 3) {
    const Paging paging = paging_of(asked);
    return json_answer(
        {{"entries", array_of(readers.overview.ledger(
                         {asked.value("site"), asked.value("reason"), paging.offset(), paging.size}))}});
  }
  if (what == "runs" && parts.size() == 3) {
    const Paging paging = paging_of(asked);
    return json_answer({{"runs", array_of(readers.overview.runs(paging.offset(), paging.size))}});
  }
  return failure(404, "there is nothing at this address");
}

}  // namespace winnow::serve
