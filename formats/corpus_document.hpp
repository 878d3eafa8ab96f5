// The documents of the Princeton-Leuven corpus, and winnow's own exports in their form: a text, or a page's
// source, below a header that says where it is from.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "formats/corpus_header.hpp"
#include "model/version_record.hpp"

namespace winnow {

/// A headed document, taken apart; the views are into what was parsed.
struct CorpusDocument {
  CorpusHeader header;
  std::string_view title;  ///< of a Markdown document; empty for a source page
  std::string_view text;   ///< all that follows title line and empty line, or the comment and empty line
};

/// Header, empty line, `# ` and title, empty line, text.
[[nodiscard]] std::string render_corpus_document(const CorpusHeader& header, std::string_view title,
                                                 std::string_view text);
/// Header, empty line, the page's source.
[[nodiscard]] std::string render_corpus_source(const CorpusHeader& header, std::string_view source);

/// A version of the store as such a document, or its body. The text ends with a line end, unless it was
/// imported: then it is given back as it was.
[[nodiscard]] std::string render_version_document(const VersionRecord& record);
[[nodiscard]] std::string render_version_source(const VersionRecord& record, std::string_view body);

/// Reads a Markdown document with header (take_header()) and title line. Nothing when either is missing: a
/// document without origin is told apart and never given one. For what it accepts, render_corpus_document()
/// gives back the same bytes.
[[nodiscard]] std::optional<CorpusDocument> parse_corpus_document(std::string_view document);

/// Reads the source twin, by the same rules.
[[nodiscard]] std::optional<CorpusDocument> parse_corpus_source(std::string_view document);

}  // namespace winnow
