// Which links of a page lead to the privacy policy of the page's own site: by what is read at them and by
// where they lead, in the languages of crawler/policy_terms.inc.
#pragma once

#include <string_view>
#include <vector>

#include "model/page_link.hpp"

namespace winnow {

enum class LinkKind { privacy_policy, cookie_policy, terms, other };
[[nodiscard]] std::string_view name(LinkKind kind);  ///< "privacy-policy"

/// Why a link was taken, or why not.
enum class LinkReason {
  relation,      ///< taken: `rel=privacy-policy` (RFC 6903)
  text_and_url,  ///< taken: both name a privacy policy
  text,          ///< taken: only what is read there does
  url,           ///< taken: only the URL does; at the link stands "Read more", or a picture
  other_site,    ///< taken, uncertain: another registrable domain's, as publishers' groups have them

  no_policy,      ///< speaks of cookies alone, of terms, or of nothing of the kind
  says_little,    ///< privacy is mentioned, among much else
  control,        ///< settings, choices, "do not sell": where one does something
  aside,          ///< for applicants, of children; a seal, an officer, advice
  other_place,    ///< a page that lists others, or news: "Data protection" as a newspaper's department
  part_of_page,   ///< a chapter of the page itself, whose URL names no policy
  other_company,  ///< on another site, and named as another's or met in a sentence
  no_page,        ///< mailto: and such
};
[[nodiscard]] std::string_view name(LinkReason reason);  ///< "other-site"

struct LinkVerdict {
  LinkKind kind = LinkKind::other;
  LinkReason reason = LinkReason::no_policy;
  double score = 0;  ///< that it is the site's privacy policy: from 0.6 to 1 when taken, else 0
  bool operator==(const LinkVerdict&) const = default;
};

/// Judges one link of a page by itself. No site is known by name. What stands on another registrable domain
/// may be the owner's (17 % of the policies of 300 pages were) or another company's ("the Google Privacy
/// Policy"): that is told by how the link stands on the page, and what is taken keeps the reason other_site.
/// `page_url` is the original's, not a replay URL; when it is empty, all sites are the page's own.
[[nodiscard]] LinkVerdict judge_link(const PageLink& link, std::string_view page_url);

struct PolicyLink {
  PageLink link;  ///< of several to one URL the one with the best score
  LinkVerdict verdict;
};

/// The links of a page that were taken, best first, each URL once, whatever its fragment. A policy that the
/// page calls by two names goes before one with one name.
[[nodiscard]] std::vector<PolicyLink> policy_links(const std::vector<PageLink>& links,
                                                   std::string_view page_url);

}  // namespace winnow
