#include "serve/api_json.hpp"

#include <fmt/format.h>

namespace winnow::serve {
namespace {

Json digits(const std::optional<Timestamp>& moment) {
  return moment ? Json(moment->digits()) : Json(nullptr);
}

template <class Value>
Json known(const std::optional<Value>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json change_json(const std::optional<TextChange>& change) {
  if (!change) return nullptr;
  return {{"words_removed", change->words_removed},
          {"words_added", change->words_added},
          {"share", change->share},
          {"simhash_distance", change->simhash_distance},
          {"minor", change->is_minor}};
}

std::int64_t number(SeriesId id) {
  return static_cast<std::int64_t>(id);
}

}  // namespace

Json to_json(const SiteOverview& overview, const std::string& base) {
  const SiteSummary& site = overview.site;
  return {{"site", site.name},
          {"series", site.series},
          {"versions", site.versions},
          {"captures", site.captures},
          {"first_seen", digits(site.first_seen)},
          {"last_seen", digits(site.last_seen)},
          {"changed", digits(site.changed)},
          {"last_look", digits(site.last_look)},
          {"ledger", site.ledger},
          {"waiting", site.waiting},
          {"url", base + site_path(site.name)}};
}

Json to_json(const SeriesSummary& series, const std::string& base) {
  Json pages = Json::array();
  for (const PageTenure& page : series.pages)
    pages.push_back({{"urlkey", page.urlkey},
                     {"url", page.url},
                     {"since", digits(page.since)},
                     {"until", digits(page.until)}});
  return {{"id", number(series.id)},     {"site", series.site},
          {"series", series.name},       {"score", series.score},
          {"versions", series.versions}, {"captures", series.captures},
          {"pages", std::move(pages)},   {"url", base + series_path(series.id)}};
}

Json version_json(const History& history, std::size_t index, const std::string& base) {
  const VersionSummary& version = history.versions[index];
  return {{"version", version.number},
          {"first_seen", version.first_seen.digits()},
          {"last_seen", version.last_seen.digits()},
          {"changed_after", digits(version.changed_after)},
          {"unread_before", version.unread_before},
          {"captures", version.captures},
          {"unread", version.unread},
          {"words", version.word_count},
          {"title", version.title},
          {"text_sha256", version.text_sha256.hex()},
          {"words_sha256", version.words_sha256.hex()},
          {"claimed_date", known(version.claimed_date)},
          {"language", version.language.empty() ? Json(nullptr) : Json(version.language)},
          {"kind", version.kind.empty() ? Json(nullptr) : Json(version.kind)},
          {"change", change_json(version.change)},
          {"returns_to", known(version.returns_to)},
          {"url", base + version_path(history, index)}};
}

Json to_json(const VersionNews& news, const std::string& base) {
  return {{"cursor", news.cursor},
          {"site", news.site},
          {"series_id", number(news.series)},
          {"original", news.page},
          {"version", news.number},
          {"first_seen", news.first_seen.digits()},
          {"changed_after", digits(news.changed_after)},
          {"title", news.title},
          {"words", news.word_count},
          {"change", change_json(news.change)},
          {"returns_to", known(news.returns_to)},
          {"url", fmt::format("{}{}/version/{}", base, series_path(news.series), news.first_seen.digits())}};
}

Json to_json(const SeriesCapture& capture) {
  return {{"timestamp", capture.timestamp.digits()},
          {"original", capture.original},
          {"state", capture.state},
          {"statuscode", known(capture.statuscode)},
          {"has_text", capture.has_text}};
}

Json to_json(const LedgerRow& entry) {
  return {{"archive", entry.archive},
          {"site", entry.site.empty() ? Json(nullptr) : Json(entry.site)},
          {"timestamp", digits(entry.timestamp)},
          {"target", entry.target},
          {"reason", entry.reason},
          {"status", known(entry.status)},
          {"detail", entry.detail},
          {"attempts", entry.attempts},
          {"noted", entry.noted.digits()},
          {"retry", entry.retry},
          {"retry_at", digits(entry.retry_at)}};
}

Json to_json(const RunRecord& run) {
  Json report = Json::parse(run.report, nullptr, false);
  return {{"id", static_cast<std::int64_t>(run.id)},
          {"command", run.command},
          {"program", run.program},
          {"started", run.started.digits()},
          {"ended", digits(run.ended)},
          {"exit_code", known(run.exit_code)},
          {"report", report.is_discarded() ? Json(nullptr) : std::move(report)}};
}

Json to_json(const WordDiff& diff) {
  Json pieces = Json::array();
  for (const Piece& piece : diff.pieces) {
    const char* kind = piece.kind == Piece::Kind::removed ? "removed"
                       : piece.kind == Piece::Kind::added ? "added"
                                                          : "same";
    pieces.push_back({{"kind", kind}, {"text", piece.text}});
  }
  return {{"words_removed", diff.words_removed},
          {"words_added", diff.words_added},
          {"share", diff.share()},
          {"pieces", std::move(pieces)}};
}

}  // namespace winnow::serve
