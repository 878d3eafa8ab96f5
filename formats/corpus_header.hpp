// The line above a document of the Princeton-Leuven corpus, or of winnow's exports in its form, which says
// where its text is from.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/timestamp.hpp"
#include "model/version_record.hpp"

namespace winnow {

/// What the provenance header says.
struct CorpusHeader {
  std::string site;     ///< "soompi.com"
  Timestamp timestamp;  ///< of the capture; its date is spelled out in the header as well
  std::string url;      ///< the original's, unquoted
  bool live = false;    ///< fetched from the site itself: no archive is named
  /// Empty for the Wayback Machine; another archive's base URL; `warc:`.
  std::string archive = {};
  /// Of another archive the memento's URL, empty when it is not known; of `warc:` the file's name.
  std::string source = {};
  bool operator==(const CorpusHeader&) const = default;
};

/// The two forms of a header.
enum class HeaderForm {
  text,    ///< the line that begins an exported text, without a line end
  source,  ///< the comment of two lines that begins a page's source, without a line end behind `-->`
};

/// Of the Wayback Machine, as the corpus has it:
///   > *The following text is extracted and transformed from the soompi.com privacy policy that was archived
///   on 2011-05-21. Please check the [original snapshot on the Wayback Machine](https://...) for ...*
/// The capture's URL is quoted as Python's urllib.parse.quote() does. Of another archive, or a WARC file:
///   ... that was archived on 2011-05-21, at 19:56:25 UTC, from [http://...](http://...). Please check the
///   [original snapshot](https://...) at https://arquivo.pt/wayback for the most accurate reproduction.*
///   ... Please check the WARC file crawl.warc.gz:12 for the most accurate reproduction.*
/// Of a live page:
///   ... from the soomera.com privacy policy that was fetched from [https://soomera.com/p](https://soomera.
///   com/p) on 2026-11-22, at 13:05:12 UTC. The page may have changed since.*
/// In the latter two, URLs are as they are fetched, with what means something to Markdown or HTML escaped.
[[nodiscard]] std::string render_header(const CorpusHeader& header, HeaderForm form = HeaderForm::text);

/// Takes a header off the front of `text`. Nothing, and `text` as it was, when none is there in exactly one
/// of these forms, when its date is not its URL's, or its site is no host (a name of at most 253 bytes, an
/// address). For what it takes, render_header() gives back the same bytes.
[[nodiscard]] std::optional<CorpusHeader> take_header(std::string_view& text, HeaderForm form);

/// Of the Wayback Machine's the snapshot's URL as it stands in the header, of others' the source.
[[nodiscard]] std::string snapshot_url(const CorpusHeader& header);

/// Of a version's first capture.
[[nodiscard]] CorpusHeader header_of(const VersionRecord& record);

/// The capture that a replay URL names: `<archive>/web/<timestamp>[xx_]/<original>`, with the original quoted
/// or not. The site is the original's. Nothing when it is no such URL.
[[nodiscard]] std::optional<CorpusHeader> header_of_replay_url(std::string_view url);

}  // namespace winnow
