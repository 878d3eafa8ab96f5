// Markdown as plain text, for tools that count words and read lines.
#pragma once

#include <string>
#include <string_view>

#include "extract/markdown_text.hpp"

namespace winnow {

/// The plain words of a Markdown text, one block (paragraph, heading, list item, table row) a line; a hard
/// break ends a line, too. Ends without a line end. Linear in the text's length. The numbers of lists are
/// what people read, so they may be kept ("2. We share data"); what counts words and weighs them does
/// without.
[[nodiscard]] std::string plain_text(std::string_view markdown, ListNumbers numbers = ListNumbers::dropped);

/// Whether a line of Markdown is a block of its own or begins one, whatever stands around it.
[[nodiscard]] bool begins_block(std::string_view line);

}  // namespace winnow
