// What `winnow discover` prints of a site.
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "cli/discover/discovery.hpp"

namespace winnow::cli {

/// A person's table: a line a page, series after series; with `all` also the refused pages, each with its
/// reason.
[[nodiscard]] std::string to_text(const SiteDiscovery& discovery, bool all);

/// The same for programs, always with the refused pages; docs/discovery.md names the fields.
[[nodiscard]] nlohmann::ordered_json to_json(const SiteDiscovery& discovery);

}  // namespace winnow::cli
