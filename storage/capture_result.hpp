// What became of one capture: the unit that a harvest hands to the store.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "model/capture.hpp"
#include "model/digest.hpp"
#include "model/evidence.hpp"
#include "model/provenance.hpp"
#include "model/reason.hpp"
#include "model/timestamp.hpp"
#include "storage/codec.hpp"
#include "storage/ids.hpp"

namespace winnow {

/// A body as it was read: its bytes, and what else decides its text.
struct Reading {
  Sha256 body;               ///< of the decoded bytes: the body's name
  std::string content_type;  ///< the header's value that it was extracted with
  std::string url;           ///< the URL that its links were resolved against

  bool operator==(const Reading&) const = default;
};

struct ReadingHash {
  std::size_t operator()(const Reading& reading) const { return DigestHash{}(reading.body); }
};

/// A decoded body and what was extracted from it.
struct BodyContent {
  Reading reading;
  Sha1 sha1;                   ///< of the decoded body
  std::uint64_t size = 0;      ///< of the decoded body, in bytes
  std::optional<Packed> body;  ///< absent only when BodyLookup knew it already
  std::optional<PackedText>
      text;  ///< absent when BodyLookup knew it already, and for what is never extracted
};

/// The archive answered with an archived response, whatever its status. What was truly replayed is in
/// `provenance` (replayed_url, replayed_timestamp, statuscode); when that is another page or time than the
/// row asked for, the store keeps it under its true name and puts the asked one on the ledger as
/// `substituted`.
struct Held {
  Provenance provenance;
  BodyContent content;
  std::string mimetype;  ///< of the archived response's Content-Type, without parameters; may be empty
  /// For an archived redirect: the capture that it leads to (its Location resolved against replayed_url, at
  /// the same timestamp). It joins the frontier unless the archive's index is known for that page.
  std::optional<Capture> follow;
};

/// The capture could not be had.
struct Missed {
  Reason reason = Reason::transport_error;
  std::optional<int> status;  ///< of the last answer
  std::string detail;         ///< a few words for people: curl's message, the archive's sentence
  std::vector<Hop> hops;
  std::optional<Timestamp> retry_at;  ///< for Retry::later; nothing leaves it to the store (30 days)
  Evidence evidence = {};             ///< of the last answer; empty when there was none
};

struct CaptureResult {
  CaptureId capture{};
  std::variant<Held, Missed> outcome;
};

/// A capture that comes with its content: from a file, not from the frontier.
struct ImportedCapture {
  Capture capture;
  /// The site that the document names, which need not be the URL's own: it becomes the page's, if that is
  /// new.
  std::string site;
  Provenance provenance;
  std::optional<BodyContent> body;  ///< absent for a Markdown document without its HTML twin
  /// A text that others extracted: it is this capture's, whatever winnow makes of the body.
  std::optional<PackedText> given_text;
  /// Digest and digest_check are what the file says of bytes that it has not (the encoded ones of an earlier
  /// fetch): they go for this capture, and no other one is inferred from it unless the body itself proves it.
  bool is_told = false;
  /// Was not fetched where the file is from, either: it has the body of another capture with its digest, and
  /// the provenance is that one's.
  bool is_inferred = false;
};

}  // namespace winnow
