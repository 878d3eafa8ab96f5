// How the pages of a series follow each other: which page took over from which, and what says so.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/timestamp.hpp"

namespace winnow {

/// One page took over another's part: what was the site's policy at `from_urlkey` was at `to_urlkey` later.
/// Pages that takeovers join are one series, however many lie between them; http and https, with and without
/// `www.`, are one page already (urlkey).
struct Takeover {
  /// What says so, the surest first. Stored by name: never change one, append only.
  enum class Evidence {
    redirect,       ///< an archived redirect of the old page leads to the new one
    canonical,      ///< the old URL answers with a page that names the new URL as its own (rel=canonical)
    same_text,      ///< the new page's first text has the very words of the old one's last
    near_text,      ///< it differs from it in little (SimHash)
    link_replaced,  ///< the homepage's link led to the old page, and leads to the new one later
  };

  std::string from_urlkey;
  std::string to_urlkey;  ///< another than from_urlkey
  /// From when on the policy is looked for at the new page: of the redirect, of the new page's first capture,
  /// of the first homepage that links to it.
  Timestamp when;
  Evidence evidence = Evidence::redirect;
  double confidence = 0;  ///< 0 to 1

  bool operator==(const Takeover&) const = default;
};

[[nodiscard]] std::string_view name(Takeover::Evidence evidence);  ///< `link-replaced`
[[nodiscard]] std::optional<Takeover::Evidence> parse_evidence(std::string_view name);

}  // namespace winnow
