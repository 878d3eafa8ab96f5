// Markdown without its syntax.
#pragma once

#include <string>
#include <string_view>

namespace winnow {

/// The text of a Markdown document as a reader sees it, white space not yet collapsed: what fingerprint.hpp
/// says of words, step 1. Knows what winnow writes and what html2text writes (the Princeton-Leuven corpus);
/// it is no CommonMark parser. Linear in the text's length.
[[nodiscard]] std::string markdown_to_text(std::string_view markdown);

}  // namespace winnow
