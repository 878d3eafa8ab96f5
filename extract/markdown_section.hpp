// One part of a Markdown text, by its title.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace winnow {

struct MarkdownSection {
  std::string title;      ///< plain words
  std::string_view text;  ///< of the Markdown, from the heading on, without empty lines at its end
};

/// The part whose heading answers best to a title: the best TitleMatch (extract/titles.hpp), of several the
/// highest rank, then the longest. It reaches to the next heading of the same or a higher rank, but the
/// chapters "1.", "2." that follow a title of their own rank are its. Lines in bold type are headings of the
/// lowest rank. Nothing when no heading answers.
[[nodiscard]] std::optional<MarkdownSection> section_titled(std::string_view markdown,
                                                            std::string_view title);

}  // namespace winnow
