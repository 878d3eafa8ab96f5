// What is kept of a page's tree, written as Markdown.
#pragma once

#include <string>
#include <string_view>

#include "extract/footnotes.hpp"
#include "extract/links.hpp"
#include "extract/page_tree.hpp"
#include "extract/style.hpp"

namespace winnow {

/// CommonMark with the tables of GitHub's: headings `#`, bullets `-`, numbers as the page counts, emphasis
/// `*` and
/// `**`, breaks as two spaces, tables of data as tables (those that only lay out the page as what they hold).
/// Lists that count by letters or Roman numerals, which Markdown has not, are bullets whose text begins with
/// the label: `- b. ...`. Footnotes are written where they stand in the page, `[^1]: ...`, and referred to by
/// `[^1]`, as most writers and readers of Markdown do; for CommonMark, which has none, both are text that
/// reads just so. Where CommonMark would take a note for a link's definition (`[^1]: Ibid.`) and show
/// nothing, its colon is escaped. Ends without a line end. Nesting of lists and quotes beyond 12 levels is
/// written flat.
[[nodiscard]] std::string write_markdown(const PageTree& tree, const Footnotes& footnotes,
                                         LinkResolver& links, const StyleRules& rules);

/// Whether a text opens with its own title, so that the page's needs not be written above it: an `<h1>`
/// with nothing but a few short lines before it, or a first line that is a heading, and above all others in
/// rank, or a document's name (extract/titles.hpp), or has the page's title in it or is part of that.
[[nodiscard]] bool opens_with_title(std::string_view markdown, std::string_view title);

}  // namespace winnow
