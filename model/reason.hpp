// Why something is not there: the ledger's words, and when it is worth asking again.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

/// The web's failures. Their names are stored and shown: never change one, append only.
enum class Reason {
  substituted,        ///< the archive played another capture than the one asked for (that one was stored)
  excluded,           ///< the archive may not show it (owner's request, robots.txt, administrative block)
  not_archived,       ///< listed in the index, but the archive says it has not archived that URL
  unplayable,         ///< the archive failed to play a capture that it lists
  rate_limited,       ///< 429 or 503 from the archive itself, to the end of our patience
  refused,            ///< connection refused after 429s: the archive's firewall
  truncated,          ///< the body ended before its declared or encoded end
  too_large,          ///< more bytes than the limit, after decompression
  redirect_loop,      ///< the archive's own redirects never reached an archived response
  transport_error,    ///< no usable answer: DNS, TLS, time-out, reset
  bad_encoding,       ///< the body's content-encoding is damaged in the archive
  bad_index,          ///< the index answered with something that is no index (HTML, cut rows)
  robots_disallowed,  ///< the site's robots.txt does not let us fetch the page
  http_error,         ///< the site answered neither with the page nor with a redirect: 404, 403, 500
  no_policy,          ///< no page of the site was found to be its policy
  damaged,            ///< it was in the store, which can't read it back any more
  not_a_policy,       ///< a site was looked through: this page of it only looks like its policy
  soft_404,           ///< likewise: an error page that was served as a page
};

enum class Retry {
  never,     ///< asking again can't help
  next_run,  ///< the failure was of the moment
  later,     ///< only after a date (the ledger has it): archives do mend and re-include
};

[[nodiscard]] std::string_view name(Reason reason);  ///< `not-archived`: as the ledger stores and shows it
[[nodiscard]] std::optional<Reason> parse_reason(std::string_view name);
[[nodiscard]] std::string_view name(Retry retry);
[[nodiscard]] std::optional<Retry> parse_retry(std::string_view name);
[[nodiscard]] std::vector<std::string> reason_names();  ///< all of them
[[nodiscard]] std::vector<std::string> retry_names();
[[nodiscard]] Retry retry_rule(Reason reason);

/// One sentence for people: "the archive has excluded this page".
[[nodiscard]] std::string_view describe(Reason reason);

}  // namespace winnow
