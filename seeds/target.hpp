// What a user asks for: sites, URLs, prefixes, and lists of them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/timestamp.hpp"

namespace winnow {

struct Target {
  enum class Kind {
    site,    ///< `soompi.com`: its policy is looked for among all pages of the host and its subdomains
    url,     ///< `soompi.com/privacy`, `https://...`: that page
    prefix,  ///< `soompi.com/legal/*`: every page below
  };
  Kind kind;
  std::string text;  ///< as an index is asked for it: a host in lower case; a URL; a URL without the `*`
  /// Earlier captures are known, and nobody asks for them again.
  std::optional<Timestamp> since = {};

  bool operator==(const Target&) const = default;
};

/// One target as written on the command line. Throws UsageError that says what was wrong with it.
[[nodiscard]] Target parse_target(std::string_view text);

/// A seed list: one target a line, `#` comments, blank lines, also `rank,domain` CSV as Tranco and Alexa
/// publish. Throws UsageError that names file and line.
[[nodiscard]] std::vector<Target> read_seed_list(const std::string& path);

/// The command line's targets, `@file` replaced by what the list holds; repeated ones once, in order.
[[nodiscard]] std::vector<Target> parse_targets(const std::vector<std::string>& arguments);

}  // namespace winnow
