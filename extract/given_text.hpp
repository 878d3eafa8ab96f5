// Markdown that somebody else extracted, as a text.
#pragma once

#include <string>
#include <string_view>

#include "model/text.hpp"

namespace winnow {

/// The text as it was given, with the fingerprint that an extracted one has, and marked so.
/// \pre both are UTF-8
[[nodiscard]] Text given_text(std::string_view title, std::string_view markdown);

/// Bytes that are Markdown (RFC 7763): decoded as a page is, by byte order mark, charset parameter of the
/// Content-Type, detection. Its title is what its first line says as a heading of the first level, and stays
/// part of the text. Never throws; cut at k_largest_body, which a mark tells.
[[nodiscard]] Text read_markdown(std::string_view bytes, std::string_view content_type);

/// Keeps of a text the part of this title (extract/markdown_section.hpp), which becomes its title, and marks
/// it so; the whole with the mark `no_section` when no heading answers. Its words are counted anew.
void select_section(Text& text, std::string_view title);

}  // namespace winnow
