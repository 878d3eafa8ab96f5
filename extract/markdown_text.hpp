// Markdown without its syntax.
#pragma once

#include <string>
#include <string_view>

namespace winnow {

/// Of "2. We share data": words are compared without them, and read with them.
enum class ListNumbers { dropped, kept };

/// The text of a Markdown document as a reader sees it, white space not yet collapsed: what fingerprint.hpp
/// says of words, step 1. Knows what winnow writes and what html2text writes (the Princeton-Leuven corpus);
/// it is no CommonMark parser. Linear in the text's length.
[[nodiscard]] std::string markdown_to_text(std::string_view markdown,
                                           ListNumbers numbers = ListNumbers::dropped);

}  // namespace winnow
