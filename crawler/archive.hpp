// The archives that can be asked: what they are called, where they are, how they answer and how often they
// may be asked.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/provenance.hpp"

namespace winnow {

/// How an archive is asked.
enum class Dialect {
  wayback,  ///< web.archive.org: /cdx/search/cdx, /web/<timestamp>id_/<url>
  pywb,     ///< pywb: <collection>/cdx with one JSON object a line, <collection>/<timestamp>id_/<url>
  memento,  ///< RFC 7089 alone: TimeMap and TimeGate
};

[[nodiscard]] std::string_view name(Dialect dialect);
[[nodiscard]] std::optional<Dialect> parse_dialect(std::string_view name);

/// Requests a minute of each kind; 0: unlimited.
struct Rates {
  double cdx_per_minute = 24;  ///< CDX and TimeMap: 80 % of what web.archive.org allows
  double replay_per_minute = 480;
};

struct Archive {
  std::string name;                ///< what --from calls it
  std::string base_url;            ///< http or https, without a slash at its end; or k_live_archive
  std::optional<Dialect> dialect;  ///< nothing: to be found out (dialect_question.hpp), or there is none
  Rates limits;                    ///< of the live sites: each host's
};

/// Whether it is no archive, but the sites themselves as they are now (live/live_fetch.hpp).
[[nodiscard]] inline bool is_live(const Archive& archive) {
  return archive.base_url == k_live_archive;
}

/// Those that winnow knows from the start, web.archive.org first; the live sites are the last.
[[nodiscard]] const std::vector<Archive>& known_archives();

/// The one that `from` names: by its name, by its host, or by its base URL. A base URL at the host of a known
/// archive has that one's dialect and limits; the dialect of any other one is to be found out. A bare
/// host with a dot or a port is a base URL of http. Throws UsageError when it is none of these.
[[nodiscard]] Archive find_archive(const std::vector<Archive>& archives, std::string_view from);

/// Whose requests are counted together: limits are an address's, so it is the host, and the port when it is
/// not the scheme's own: `web.archive.org`, `127.0.0.1:8080`. \pre an http(s) URL with a host
[[nodiscard]] std::string budget_name(std::string_view base_url);

/// The file of its budget in the folder of all budgets (budget_file.hpp). \pre not is_live()
[[nodiscard]] std::filesystem::path budget_file(const std::filesystem::path& folder, const Archive& archive);

/// An archive's address, checked and in the form of Archive::base_url. Throws UsageError, which quotes it.
[[nodiscard]] std::string checked_base_url(std::string_view url);

}  // namespace winnow
