// The documents of the Princeton-Leuven corpus, and winnow's own exports in their form: a text, or a page's
// source, below a line that says where it is from.
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
  bool operator==(const CorpusHeader&) const = default;
};

/// A headed document, taken apart; the views are into what was parsed.
struct CorpusDocument {
  CorpusHeader header;
  std::string snapshot_url;  ///< as it stands there, quoted: https://web.archive.org/web/<timestamp>id_/...;
                             ///< empty for a live page
  std::string_view title;    ///< of a Markdown document; empty for a source page
  std::string_view text;     ///< all that follows title line and empty line, or the comment and empty line
};

/// The line that begins an exported text, without a line end:
///   > *The following text is extracted and transformed from the soompi.com privacy policy that was archived
///   on 2011-05-21. Please check the [original snapshot on the Wayback Machine](https://...) for ...*
/// The capture's URL is quoted as Python's urllib.parse.quote() does. Of a live page:
///   > *The following text is extracted and transformed from the soomera.com privacy policy that was fetched
///   from [https://soomera.com/p](https://soomera.com/p) on 2026-11-22, at 13:05:12 UTC. The page may have
///   ...*
/// There the URL is as it is fetched, with what means something to Markdown or HTML escaped.
[[nodiscard]] std::string render_header(const CorpusHeader& header);

/// The comment of two lines that begins a page's source, without a line end behind `-->`.
[[nodiscard]] std::string render_html_header(const CorpusHeader& header);

/// Header, empty line, `# ` and title, empty line, text.
[[nodiscard]] std::string render_corpus_document(const CorpusHeader& header, std::string_view title,
                                                 std::string_view text);
/// Header, empty line, the page's source.
[[nodiscard]] std::string render_corpus_source(const CorpusHeader& header, std::string_view source);

/// A version of the store as such a document, or its body. The text ends with a line end, unless it was
/// imported: then it is given back as it was.
[[nodiscard]] std::string render_version_document(const VersionRecord& record);
[[nodiscard]] std::string render_version_source(const VersionRecord& record, std::string_view body);

/// The same for evidence, which claims nothing that is not so: of a capture from a WARC file or an archive
/// other than the Wayback Machine, the line above the text names that. Such a line is not read back.
[[nodiscard]] std::string render_evidence_document(const VersionRecord& record);

/// Reads a Markdown document with header and title line. Nothing when the header is not there in exactly that
/// form, when its date is not its URL's, when its site is no host (a name of at most 253 bytes, an address),
/// or when no title line follows: a document without origin is told apart and never given one. For what it
/// accepts, render_corpus_document() gives back the same bytes.
[[nodiscard]] std::optional<CorpusDocument> parse_corpus_document(std::string_view document);

/// Reads the source twin, by the same rules.
[[nodiscard]] std::optional<CorpusDocument> parse_corpus_source(std::string_view document);

/// The capture that a replay URL names: `<archive>/web/<timestamp>[xx_]/<original>`, with the original quoted
/// or not. The site is the original's. Nothing when it is no such URL.
[[nodiscard]] std::optional<CorpusHeader> header_of_replay_url(std::string_view url);

}  // namespace winnow
