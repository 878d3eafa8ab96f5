// What the store knows of a capture beyond its WARC record, as it goes along with it in winnow's WARC files.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "model/capture.hpp"
#include "model/provenance.hpp"
#include "model/text.hpp"
#include "model/version_record.hpp"

namespace winnow {

/// One capture. A record may have several notes: two archives have one capture, or an index lists it under
/// two digests.
struct CaptureNote {
  std::string archive;
  std::string site;
  Capture capture;  ///< as the index lists it
  /// Known by its digest only: `provenance` is that of the fetched capture which stands for it.
  bool is_inferred = false;
  std::optional<Provenance> provenance;  ///< always there of what was fetched
  std::optional<Text> given_text;        ///< imported as Markdown, whatever the body says
};

/// The block of the metadata record (application/warc-fields) that tells of the capture: `winnow-capture: `
/// and a JSON object in one line (docs/export.md has the keys). WARC-Refers-To names the capture's record.
///
/// Of this type, because indexers (pywb, cdxj-indexer) pass over metadata of application/warc-fields. JSON by
/// itself would be listed as one more capture of the URL.
[[nodiscard]] std::string capture_note(const VersionRecord& record);

/// Of the fetched capture that stands for an inferred one, as far as the latter's record tells. \pre it has
/// provenance
[[nodiscard]] std::string stand_in_note(const VersionRecord& inferred);

/// Whether a metadata record's block is such a note.
[[nodiscard]] bool is_capture_note(std::string_view block);

/// Its inverse. Or why it can't be used, in a few words: it comes from others' files. What it says is of the
/// kinds that it should be, and its urlkey is of its URL's host; nothing else is known of it.
[[nodiscard]] std::variant<CaptureNote, std::string> parse_capture_note(std::string_view block);

}  // namespace winnow
