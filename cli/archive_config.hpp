// The archives of the config file, beside those that winnow knows.
#pragma once

#include <istream>
#include <string>
#include <vector>

#include "crawler/archive.hpp"

namespace winnow::cli {

/// The known archives as the config file changes them, then its own, in its order:
///
///   [archive.wayback]            # one that winnow knows: only what is named changes
///   cdx-rate = 12
///
///   [archive."my archive"]       # another one, for --from "my archive"
///   url = "https://pywb.example.org/collection"
///   dialect = "pywb"             # wayback, pywb or memento; found out by asking when left out
///   cdx-rate = 30                # requests a minute, 0 = unlimited
///   replay-rate = 60
///
/// Read by CLI11's reader, which takes the TOML that such tables need. Throws UsageError, which names `file`,
/// section and key: a budget that is not understood is not to be guessed.
[[nodiscard]] std::vector<Archive> read_archives(std::istream& config, const std::string& file);

/// The same of config_file(); the known ones alone when there is none.
[[nodiscard]] std::vector<Archive> configured_archives();

}  // namespace winnow::cli
