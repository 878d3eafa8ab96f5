// One document of several on a page.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "extract/page_tree.hpp"

namespace winnow {

/// The fragment of a URL as the name of a place in its page (prune.hpp): unescaped; empty where it names
/// none: routes of scripts (`#/legal`, `#!legal`), the top, what follows `:~:` (text to be highlighted).
[[nodiscard]] std::string place_named(std::string_view fragment);

/// Keeps of a page the document that begins at the place that prune() marked, and drops all else. Pages like
/// example.com/legal hold terms, privacy policy and imprint one below the other or in tabs, and links lead to
/// `/legal#privacy`. Gives the document's title, or nothing: then all is kept.
///
/// Most fragments lead to a chapter (`#cookies`, `#section-3`) or a page's content (`#main`), and to keep but
/// that would lose the policy. A place begins a document only when
/// - a title stands at it, within 80 characters: a heading, or the first line of an element;
/// - the page has several documents side by side: headings of the same rank, or neighbouring elements that
///   begin with a title each, with 800 characters of prose and more below. At least half of those name a
///   legal document (titles.hpp), and two of them two of privacy policy, cookie policy, terms, imprint;
/// - they do not stand below a title that is itself the name of one document, as the chapters of a policy do;
/// - it is one of them, or at least named as a document, and has no chapter's number.
/// A tab's panel has the tab's title where the page has as many of both.
///
/// The document reaches to the next heading of the same or a higher rank, or to the end of its element, tab
/// panel, or `<details>`. Evidence from names alone, or from ranks alone, was rejected: chapters are called
/// "Privacy Policy", and every policy has chapters of one rank.
///
/// To be called when select_content() has run.
[[nodiscard]] std::optional<std::string> select_document(PageTree& tree);

/// Keeps the part of a page whose heading is, or begins with, a title that somebody asked for: the best
/// TitleMatch, of several the highest rank, then the longest. It reaches as far as a document at a place
/// does, but need not be one: who names a chapter gets the chapter. Where no heading answers, a line in a
/// block of its own that is just the title counts for one, or a tab for its panel, unless it is a chapter's
/// in bold type. Gives the part's title, or nothing: then all is kept, and what is sought may be found in the
/// text's Markdown (extract/markdown_section.hpp), where also those titles are headings that the page only
/// looks like having.
[[nodiscard]] std::optional<std::string> select_titled(PageTree& tree, std::string_view title);

}  // namespace winnow
