#include "serve/history.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "model/printable.hpp"
#include "model/url.hpp"

namespace winnow::serve {
namespace {

std::optional<std::int64_t> parse_id(std::string_view text) {
  std::int64_t id = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (text.empty() || problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return id;
}

/// How far two moments are apart, as precisely as anybody asks.
std::string span_words(Timestamp from, Timestamp to) {
  const auto days = (to.time() - from.time()).count() / 86'400;
  if (days < 1) return "within a day";
  if (days < 60) return fmt::format("{} day{}", days, days == 1 ? "" : "s");
  if (days < 730) return fmt::format("{} months", days / 30);
  return fmt::format("{:.1f} years", static_cast<double>(days) / 365.25);
}

}  // namespace

std::optional<History> read_history(Readers& readers, std::string_view series) {
  const auto id = parse_id(series);
  if (!id) return std::nullopt;
  const auto site = readers.overview.site_of(SeriesId{*id});
  if (!site) return std::nullopt;
  for (SeriesSummary& found : readers.store.find_series(*site)) {
    if (found.id == SeriesId{*id}) return history_of(readers, std::move(found));
  }
  return std::nullopt;
}

History history_of(Readers& readers, SeriesSummary series) {
  auto versions = readers.store.versions(series.id);
  return {std::move(series), std::move(versions)};
}

std::string selector(const std::vector<VersionSummary>& versions, std::size_t index) {
  const bool is_second = index > 0 && versions[index - 1].first_seen == versions[index].first_seen;
  return is_second ? fmt::format("n{}", versions[index].number) : versions[index].first_seen.digits();
}

std::optional<std::size_t> find_version(const std::vector<VersionSummary>& versions,
                                        std::string_view selector) {
  if (selector.starts_with('n')) {
    const auto number = parse_id(selector.substr(1));
    if (!number || *number < 1 || *number > static_cast<std::int64_t>(versions.size())) return std::nullopt;
    return static_cast<std::size_t>(*number - 1);
  }
  const auto moment = Timestamp::parse_partial(selector, Timestamp::Round::up);
  if (!moment) return std::nullopt;
  for (std::size_t i = 0; i < versions.size(); ++i) {
    if (versions[i].first_seen == *moment) return i;
  }
  const auto after = std::find_if(versions.begin(), versions.end(), [&](const VersionSummary& version) {
    return version.first_seen > *moment;
  });
  if (after == versions.begin()) return std::nullopt;
  return static_cast<std::size_t>(after - versions.begin()) - 1;
}

std::string site_path(std::string_view site) {
  return "/site/" + quote_query_value(site);
}

std::string series_path(SeriesId series) {
  return fmt::format("/series/{}", static_cast<std::int64_t>(series));
}

std::string version_path(const History& history, std::size_t index) {
  return fmt::format("{}/version/{}", series_path(history.series.id), selector(history.versions, index));
}

std::string diff_path(const History& history, std::size_t older, std::size_t newer) {
  return fmt::format("{}/diff/{}/{}", series_path(history.series.id), selector(history.versions, older),
                     selector(history.versions, newer));
}

std::string between(const VersionSummary& version) {
  if (!version.changed_after) return {};
  if (version.changed_after->date() == version.first_seen.date())
    return fmt::format("two captures of {}", version.first_seen.date());
  return fmt::format("{} and {} ({})", version.changed_after->date(), version.first_seen.date(),
                     span_words(*version.changed_after, version.first_seen));
}

std::string heading(const std::string& title, const std::string& site) {
  return title.empty() ? site : printable_line(title);
}

}  // namespace winnow::serve
