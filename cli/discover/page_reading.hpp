// What one archived response turned out to be.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "crawler/body.hpp"
#include "crawler/failure.hpp"
#include "crawler/replay_fetch.hpp"
#include "extract/gate/gate.hpp"
#include "model/digest.hpp"
#include "model/page_link.hpp"
#include "model/timestamp.hpp"

namespace winnow::cli {

/// A page as it was played, for the store: what is fetched to find a policy is not fetched again to have it.
struct PlayedPage {
  Capture capture;  ///< as the index lists it
  Provenance provenance;
  std::string content_type;
  DecodedBody body;
};

struct PageReading {
  std::string url;      ///< as it was truly captured
  Timestamp timestamp;  ///< likewise
  int status = 200;     ///< archived, whatever the index says
  /// Where it leads instead of being a page: an archived redirect's target, absolute (its own URL where it
  /// does not say), or that of a
  /// `<meta http-equiv=refresh>` on a page without a text to speak of. Empty for a page.
  std::string leads_to;
  std::string canonical;  ///< `<link rel=canonical>`, absolute; or empty
  Verdict gate;           ///< of its text alone; `not_found` of what is no page
  std::string language;   ///< BCP 47, or empty
  std::uint32_t word_count = 0;
  Sha256 words_sha256;
  std::uint64_t simhash = 0;
  std::vector<PageLink> links;
  /// Of the very capture that was asked for, status 200 and 2 MB at most; nothing else is kept.
  std::shared_ptr<const PlayedPage> played = nullptr;
};

/// Decodes, extracts and judges. Failure where nothing was played, or the bytes can't be decoded.
[[nodiscard]] std::variant<PageReading, Failure> read_capture(FetchResult&& fetched, std::size_t max_body);

}  // namespace winnow::cli
