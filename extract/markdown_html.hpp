// A text as HTML.
#pragma once

#include <string>
#include <string_view>

namespace winnow {

/// Renders CommonMark with GitHub's tables, as winnow writes it or anybody else, to a fragment that is safe
/// to show whoever wrote the text: raw HTML comes out as the characters it is made of (`<br>` alone is a
/// break), links lead to http, https, mailto and tel or to a place relative to the page, images to http and
/// https or relative; any other target is left out, its words stay. UTF-8 in, UTF-8 out. At most some 40
/// times as long: a text with tables that would be longer is written without them, and one with a million
/// signs in a paragraph as its words. Footnotes (extract/markdown_notes.hpp) are a list at the end, with
/// links to and fro; an item of a list has its own number, though CommonMark would count on.
[[nodiscard]] std::string markdown_to_html(std::string_view markdown);

/// A whole document, with its charset, which needs nothing else to be shown.
[[nodiscard]] std::string html_document(std::string_view title, std::string body);

}  // namespace winnow
