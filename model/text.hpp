// What was extracted from a body.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/digest.hpp"

namespace winnow {

/// Raised whenever the same bytes give another text; stored with each text.
inline constexpr int k_extractor = 1;

/// What a reader should know about a text. Stored by name (docs/store.md); append only.
enum class Mark {
  whole_page,       ///< no main content was found: this is all the page's visible text
  no_text,          ///< nothing visible (image, frameset or script only)
  not_html,         ///< a type that is not extracted: image, archive
  imported,         ///< Markdown taken over as it was given, not extracted by winnow
  too_deep,         ///< elements nested beyond the limit were flattened
  too_large,        ///< the page was cut at the size limit before parsing
  bad_bytes,        ///< bytes that are not valid in the page's charset became U+FFFD
  guessed_charset,  ///< nothing declared the charset; it was detected
  fallback,         ///< all its words are meant for browsers without scripts or frames (noscript, noframes)
  no_pdf_reader,    ///< a PDF that was not read, for want of pdftotext
  encrypted,        ///< a PDF that opens with a password only
  scanned,          ///< a PDF most of whose pages are without text: images
  damaged,          ///< a PDF that was cut or is broken: the text is what could be read
  timed_out,        ///< a PDF that took longer than allowed
  mended,           ///< bytes or characters of a wrong encoding were read as what they surely are
  section,          ///< the text is one part of the page, that was asked for
  no_section,       ///< a part was asked for by its title, no title answers, and the text is the whole
  needs_script      ///< a page without a word, but with scripts that would make some
};

[[nodiscard]] std::string_view name(Mark mark);
[[nodiscard]] std::optional<Mark> parse_mark(std::string_view name);

struct Text {
  std::string title;     ///< one line; empty when the page has none
  std::string markdown;  ///< CommonMark with tables; without the provenance header and the title line
  std::uint32_t word_count = 0;
  Sha256 words_sha256;  ///< of the visible words, one space between: what versions compare
  std::uint64_t simhash = 0;
  std::string charset;      ///< WHATWG name of the encoding the bytes were read in
  std::vector<Mark> marks;  ///< in enum order, each once
  int extractor = k_extractor;
  /// Whether the same bytes from another URL would have given other link targets.
  bool depends_on_url = false;
};

[[nodiscard]] bool has_mark(const Text& text, Mark mark);

}  // namespace winnow
