#include "crawler/dialect.hpp"

#include <utility>

#include <fmt/format.h>

#include "crawler/cdx_parser.hpp"
#include "crawler/memento/timemap_parser.hpp"
#include "crawler/pywb/pywb_parser.hpp"
#include "crawler/pywb/pywb_url.hpp"
#include "crawler/replay_response.hpp"
#include "model/memento_url.hpp"
#include "model/url.hpp"

namespace winnow {

namespace {

/// A seed list's "soompi.com/privacy" is a page as well.
std::string timemap_url(const Archive& archive, const CdxQuery& query) {
  const std::string_view scheme = query.url.find("://") == std::string::npos ? "http://" : "";
  return fmt::format("{}/timemap/link/{}{}", archive.base_url, scheme, escape_for_request(query.url));
}

}  // namespace

bool lists_sites(Dialect dialect) {
  return dialect != Dialect::memento;
}

std::string index_url(const Archive& archive, const CdxQuery& query) {
  switch (archive.dialect.value()) {
    case Dialect::pywb:
      return pywb_index_url(archive.base_url, query);
    case Dialect::memento:
      return query.resume_key.empty() ? timemap_url(archive, query) : query.resume_key;
    case Dialect::wayback:
      break;
  }
  return cdx_url(archive.base_url, query);
}

std::unique_ptr<IndexParser> make_index_parser(const Archive& archive, const CdxQuery& query,
                                               std::shared_ptr<MementoPlaces> places,
                                               IndexParser::OnRows on_rows) {
  switch (archive.dialect.value()) {
    case Dialect::pywb:
      return std::make_unique<PywbParser>(std::move(on_rows));
    case Dialect::memento:
      return std::make_unique<TimeMapParser>(
          TimeMapParser::Page{archive.base_url, query.url, query.since, query.until}, std::move(places),
          std::move(on_rows));
    case Dialect::wayback:
      break;
  }
  return std::make_unique<CdxParser>(std::move(on_rows));
}

ReplayRequest replay_request(const Archive& archive, const MementoPlaces& places, const Capture& capture) {
  switch (archive.dialect.value()) {
    case Dialect::pywb:
      // It undoes a coding that is not asked for, and the digest of the bytes as stored with it.
      return {pywb_replay_url(archive.base_url, capture), {}, "gzip, deflate, br, zstd"};
    case Dialect::memento: {
      auto request = places.request(archive.base_url, capture);
      ReplayRequest replay{std::move(request.url), {}};
      if (!request.accept_datetime.empty())
        replay.fields.push_back("Accept-Datetime: " + request.accept_datetime);
      return replay;
    }
    case Dialect::wayback:
      break;
  }
  // Most captures are stored gzipped; others are sent as they are.
  return {memento_url(archive.base_url, capture.timestamp, "id_", escape_for_request(capture.original)), {}};
}

Headers original_headers(const Archive& archive, const Headers& answer) {
  if (archive.dialect != Dialect::wayback) return original_headers_passed_on(archive.base_url, answer);
  Headers own = original_headers(answer);
  // Some servers in its manner say only so where an archived redirect led.
  const auto location = answer.first("Location");
  if (location && !own.has("Location"))
    own.add("Location", std::string(unrewritten_location(archive.base_url + "/web", *location)));
  return own;
}

}  // namespace winnow
