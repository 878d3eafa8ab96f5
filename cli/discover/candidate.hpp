// A page that may have held a site's policy: what speaks for it, and what it turned out to be.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/discover/page_reading.hpp"
#include "crawler/policy_link.hpp"
#include "crawler/site_index.hpp"
#include "model/timestamp.hpp"

namespace winnow::cli {

/// How a candidate was found.
enum class FoundBy {
  index,      ///< the archive lists it, and its URL looks like a policy's
  link,       ///< the site's homepage linked to it
  redirect,   ///< another candidate led to it
  canonical,  ///< another candidate named it as its own URL
};
[[nodiscard]] std::string_view name(FoundBy by);

struct Finding {
  FoundBy by = FoundBy::index;
  std::optional<Timestamp> when;  ///< of the homepage or page that led here; nothing of the index
  std::string words;              ///< the link's text; the URL that led here
  double score = 0;               ///< 0 to 1: how much it says alone
  std::string archive;            ///< where several were asked: its name
};

/// Why a page is not taken for the site's policy. Names are shown: never change one, append only.
enum class Refusal {
  other_company,   ///< a link to another company's policy
  homepage,        ///< the homepage under this URL, or a redirect to it
  news,            ///< a news post or an article about a policy
  listing,         ///< a tag's or category's page, which brings others
  soft_404,        ///< an error page, or next to nothing, that was served as a page
  other_document,  ///< another legal document: terms, cookies, imprint
  control,         ///< settings and choices: where one does something
  aside,           ///< for applicants, of children, a seal
  parked,          ///< a domain for sale
  login,           ///< a login form or captcha
  empty,           ///< needs JavaScript to show anything
  never_archived,  ///< the archive has no capture that served a page
  leads_away,      ///< every capture only redirects to another page
  variant,         ///< a candidate's URL with a query behind it
  unread,          ///< not looked at: others were likelier
  error_status,    ///< an archived error: 404, 410, 500
};
[[nodiscard]] std::string_view name(Refusal refusal);      ///< "soft-404"
[[nodiscard]] std::string_view describe(Refusal refusal);  ///< "an error page that was served as a page"

struct Candidate {
  std::string urlkey;
  std::string url;
  std::uint64_t captures = 0;      ///< all that the index lists, whatever their status
  std::vector<Finding> found;      ///< each way with its best score
  std::vector<PageReading> read;   ///< of this page, in time order once sorted
  std::optional<Failure> failure;  ///< why a capture could not be read
  std::vector<Capture> listed;     ///< the first and the last that served a page, as the index has them
  std::optional<Timestamp> first;  ///< capture that served a page
  std::optional<Timestamp> last;

  // What judge() says.
  std::optional<Refusal> refused;
  double confidence = 0;  ///< that it is the site's policy, 0 to 1; of a refused page what its finding says
  std::optional<Timestamp> from;  ///< first and last capture that served the policy, as far as is known
  std::optional<Timestamp> to;
  std::optional<Refusal> then;  ///< what it serves after `to`, where that is no policy any more
  std::optional<int> status;    ///< the archived one, where it was refused or is `then` for that
};

void sort_by_time(std::vector<PageReading>& readings);

/// Enters a finding, or betters the one of its kind in its archive.
void add_finding(Candidate& candidate, Finding finding);

/// How much all findings together say that this is the site's policy, 0 to 1, before anything is read.
[[nodiscard]] double promise(const Candidate& candidate);

/// A link's refusal in the words of this table; nothing for links that have nothing to do with privacy.
[[nodiscard]] std::optional<Refusal> refusal_of(const LinkVerdict& verdict, std::string_view url);

/// The captures between which a page became or ceased to be the policy, where others lie unread between: two
/// neighbours of `read`, which is in time order.
struct Turn {
  Timestamp after, before;
};
[[nodiscard]] std::vector<Turn> turns(const Candidate& candidate);

/// A site's homepage as it was read here and there.
struct Homepage {
  std::string urlkey;
  std::vector<PageReading> read;  ///< in time order
};

/// Decides on a candidate whose captures have been read.
void judge(Candidate& candidate, const Homepage& homepage);

/// What was read is a policy, or may be: the gate says so, or can't say in that language.
[[nodiscard]] bool is_policy(const PageReading& reading);

/// "certain" from 0.9, "likely" from 0.75, else "unsure"; of two decimals, as it is shown.
[[nodiscard]] std::string_view sureness(double confidence);

}  // namespace winnow::cli
