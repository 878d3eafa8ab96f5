// Which URLs of a site look like its privacy policy: first by the archive's own filter, then by rank.
#pragma once

#include <string>
#include <string_view>

namespace winnow {

/// The CDX filter for a domain query over `site` ("soompi.com"): `urlkey:` and a regex that Java and RE2 read
/// alike and that matches whole urlkeys. Lets through every urlkey with a policy word of some thirty
/// languages in Latin letters behind the registrable domain: in a subdomain, the path or the query. Wide on
/// purpose: policy_url_score() narrows.
[[nodiscard]] std::string policy_url_filter(std::string_view site);

/// How much a capture looks like the site's privacy policy by its urlkey and CDX mimetype: 0 is clearly
/// something else (an image, a script, a feed, a forum thread, a tag page), 1 as sure as a URL can be.
/// Between them it ranks: a plain /privacy-policy before one deep in a help centre, that before a mere
/// mention.
[[nodiscard]] double policy_url_score(std::string_view urlkey, std::string_view mimetype);

/// What kind of place a urlkey is by the usual names of folders.
enum class UrlPlace {
  page,
  news,     ///< news, blogs, press releases, jobs
  listing,  ///< a tag's or category's page, a feed, a search: it brings other pages
  service   ///< forums, logins, a content management's own URLs; images, scripts and such
};
[[nodiscard]] UrlPlace place_of_url(std::string_view urlkey);

}  // namespace winnow
