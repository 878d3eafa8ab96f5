#include "crawler/pywb/pywb_url.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "model/url.hpp"

namespace winnow {

namespace {

/// `[!]field:regex` that matches the whole field, in pywb's spelling.
std::string pywb_filter(std::string_view filter) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> k_names = {
      {{"original", "url"}, {"mimetype", "mime"}, {"statuscode", "status"}}};
  const bool inverted = filter.starts_with('!');
  if (inverted) filter.remove_prefix(1);
  const auto colon = filter.find(':');
  auto field = filter.substr(0, colon);
  for (const auto& [cdx, pywb] : k_names) {
    if (field == cdx) field = pywb;
  }
  const auto regex = colon == std::string_view::npos ? std::string_view() : filter.substr(colon + 1);
  return fmt::format("{}~{}:(?:{})$", inverted ? "!" : "", field, regex);
}

}  // namespace

std::string pywb_index_url(std::string_view base_url, const CdxQuery& query) {
  std::string url =
      fmt::format("{}/cdx?url={}&matchType={}", base_url, quote_query_value(query.url), name(query.match));
  if (query.since) url += fmt::format("&from={}", query.since->digits());
  if (query.until) url += fmt::format("&to={}", query.until->digits());
  for (const auto& filter : query.filters)
    url += fmt::format("&filter={}", quote_query_value(pywb_filter(filter)));
  url += fmt::format(
      "&limit={}&allowFuzzy=false&output=json&fl=urlkey,timestamp,url,mime,status,digest,length,method,is_"
      "fuzzy",
      k_most_pywb_rows);
  return url;
}

std::string pywb_replay_url(std::string_view base_url, const Capture& capture) {
  return fmt::format("{}/{}id_/{}", base_url, capture.timestamp.digits(),
                     escape_for_request(capture.original));
}

}  // namespace winnow
