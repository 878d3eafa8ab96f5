// Bytes of a page in, its text out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/content_kind.hpp"
#include "extract/prune.hpp"
#include "model/digest.hpp"
#include "model/text.hpp"

namespace winnow {

/// What is known of bytes besides themselves.
struct Hints {
  /// The original's, which links are resolved against; a replay URL stands for its original. Empty: what the
  /// page says itself by `<link rel=canonical>`.
  std::string url;
  std::string content_type;  ///< the HTTP header's value
  /// Of the URL that was asked for: selects a document of several on the page (extract/sections.hpp). Apart
  /// from `url`, and not for captures: a fragment is no part of what an archive names a page by, and if some
  /// captures of a page were read whole and others in part, there would be versions where nothing changed.
  std::string fragment;
  /// Title of the part that is wanted of a page, a PDF or a plain text; goes before the fragment. The text
  /// has the mark `section` then, or `no-section`.
  std::string section;
};

/// A page decoded and cut (extract/prune.hpp), not yet parsed: a quarter of the work of extract().
class PreparedPage {
public:
  PreparedPage(std::string_view bytes, const Hints& hints);

  /// Names what is going to be parsed: pages of one form have one text. Two exceptions, which the text tells:
  /// it depends_on_url, and the URLs differ; or it has the mark `fallback`, and the form says nothing of it.
  /// Two thirds of the captures of a page differ in nothing but script, style and markup that says nothing.
  [[nodiscard]] Sha256 form() const;

  [[nodiscard]] Text text() const;

private:
  std::string m_url;
  std::string m_place;    ///< what the fragment names (extract/sections.hpp)
  std::string m_section;  ///< the title
  ContentKind m_kind;
  std::string m_charset;
  std::vector<Mark> m_marks;
  std::string m_utf8;   ///< the whole page
  PrunedPage m_pruned;  ///< of HTML
  std::string m_pdf;    ///< the bytes
};

/// Reads a page: charset, tree, main content, Markdown, title, words; a PDF by pdftotext, where it is
/// installed (extract/pdf/). Never throws on any input (Error when there is no process left) and never
/// gives nothing silently: what went another way than usual is among the marks. Pure and re-entrant; the same
/// bytes and hints give the same text. Time and memory are bounded for hostile input as well: pages are cut
/// at k_largest_body, and extract/open_tags.hpp bounds what the parser sees. Title and Markdown hold no
/// control characters but the Markdown's line feeds and tabs.
///
/// Hints change the text: the URL is in its links (Text::depends_on_url), and a charset that only the
/// Content-Type names is in every letter. One body that came from two URLs, or with two headers, may be two
/// texts.
[[nodiscard]] Text extract(std::string_view bytes, const Hints& hints);

}  // namespace winnow
