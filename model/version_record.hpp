// One version of a page with everything that is known about it: what readers show and exports hand on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/capture.hpp"
#include "model/digest.hpp"
#include "model/provenance.hpp"
#include "model/text.hpp"
#include "model/text_change.hpp"
#include "model/timestamp.hpp"

namespace winnow {

/// Where a version stands in its page's history.
struct VersionSummary {
  std::uint32_t number = 0;  ///< 1 is the oldest; a newly found older version moves the later ones up
  Timestamp first_seen;      ///< of the first capture that shows it
  Timestamp last_seen;       ///< of the last one before another text, or of the last one there is
  /// The last capture of the version before: the words changed between it and first_seen. Nothing for the
  /// first.
  std::optional<Timestamp> changed_after;
  /// Captures that the index lists strictly between changed_after and first_seen (for the first version:
  /// before it) and that may be pages, but whose text is not known: not fetched, or on the ledger. 0 is a
  /// change between two captures that are adjacent in the archive.
  std::uint64_t unread_before = 0;
  std::uint64_t captures = 0;  ///< that confirm it, each with these words
  std::uint64_t unread = 0;    ///< likewise between first_seen and last_seen: what was not looked at
  std::string title;
  std::uint32_t word_count = 0;
  Sha256 text_sha256;
  Sha256 words_sha256;
  /// Nothing for the first version, and for those that came with a run that has not ended yet.
  std::optional<TextChange> change;
  /// The latest version before the previous one that has the same words: the text came back.
  std::optional<std::uint32_t> returns_to;
  /// The date that the text gives for itself ("Last updated May 10, 2018"), ISO 8601 as precise as it was
  /// said. Of the two readings of "03/04/2018" the one that fits when the text came up.
  std::optional<std::string> claimed_date;
  std::optional<std::string> claimed_or_date;  ///< the other reading
  std::string language;                        ///< BCP 47; empty when unknown
  std::string kind;  ///< what the gate takes it for: `policy`, `legal`...; empty before the run has ended
};

/// A version, its text and the first capture that shows it, which is what its header names.
struct VersionRecord {
  std::string site;
  VersionSummary version;
  Capture capture;      ///< as the index lists it; mimetype `-` when nothing is known
  std::string archive;  ///< base URL, or `warc:`
  std::string state;    ///< `held`, or `inferred` from another capture with the same digest
  std::optional<int> replayed_statuscode;  ///< nothing for an inferred capture
  /// Of the capture itself when it was fetched; of the fetched one with the same body when it is inferred.
  std::optional<Provenance> provenance;
  std::optional<Sha1> body_sha1;  ///< of the decoded body; nothing for a text imported without its HTML
  std::optional<Sha256> body_sha256;
  std::uint64_t body_size = 0;
  Text text;
};

}  // namespace winnow
