// What is asked of a CDX server, and the URL that asks it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/timestamp.hpp"

namespace winnow {

/// Which captures belong to CdxQuery::url.
enum class MatchType {
  exact,   ///< of that URL
  prefix,  ///< whose URL begins so
  host,    ///< of that host
  domain,  ///< of that host and all below it
};

[[nodiscard]] std::string_view name(MatchType match);  ///< as CDX servers spell it

struct CdxQuery {
  std::string url;  ///< for host and domain just the name: soompi.com
  MatchType match = MatchType::exact;
  std::optional<Timestamp> since;    ///< inclusive
  std::optional<Timestamp> until;    ///< inclusive
  std::vector<std::string> filters;  ///< `[!]field:regex`; the regex must match the whole field
  /// `field[:N]`: of rows in a row with one value there, or one beginning of N characters, only the first.
  /// For one page's captures; a pywb archive sends them all.
  std::string collapse;
  std::string resume_key;  ///< where to go on, as the server gave it
};

/// Rows asked for in one answer. The budget counts requests, not rows; the server's own maximum is 150,000.
inline constexpr int k_cdx_page_rows = 100'000;

/// The query at the archive of `base_url` (no slash at its end), in the dialect of web.archive.org: text rows
/// with the default fields, a resume key behind them.
/// https://github.com/internetarchive/wayback/tree/master/wayback-cdx-server
[[nodiscard]] std::string cdx_url(std::string_view base_url, const CdxQuery& query);

}  // namespace winnow
