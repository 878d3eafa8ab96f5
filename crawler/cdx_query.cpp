#include "crawler/cdx_query.hpp"

#include <fmt/format.h>

#include "model/url.hpp"

namespace winnow {

std::string_view name(MatchType match) {
  switch (match) {
    case MatchType::exact:
      return "exact";
    case MatchType::prefix:
      return "prefix";
    case MatchType::host:
      return "host";
    case MatchType::domain:
      return "domain";
  }
  return "exact";
}

std::string cdx_url(std::string_view base_url, const CdxQuery& query) {
  std::string url = fmt::format("{}/cdx/search/cdx?url={}", base_url, quote_query_value(query.url));
  if (query.match != MatchType::exact) url += fmt::format("&matchType={}", name(query.match));
  if (query.since) url += fmt::format("&from={}", query.since->digits());
  if (query.until) url += fmt::format("&to={}", query.until->digits());
  for (const auto& filter : query.filters)
    url += fmt::format("&filter={}", quote_query_value(filter));
  if (!query.collapse.empty()) url += fmt::format("&collapse={}", quote_query_value(query.collapse));
  url += fmt::format("&limit={}&showResumeKey=true", k_cdx_page_rows);
  if (!query.resume_key.empty()) url += fmt::format("&resumeKey={}", quote_query_value(query.resume_key));
  return url;
}

}  // namespace winnow
