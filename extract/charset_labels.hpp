// The names that pages call character encodings by.
#pragma once

#include <string_view>

namespace winnow {

/// One of the encodings of the web.
struct CharEncoding {
  std::string_view name;       ///< WHATWG's: "windows-1252", "UTF-8"
  std::string_view converter;  ///< ICU's name; empty for those that are decoded by our own tables
  std::string_view labels;     ///< lower case, one space between
};

/// The encoding that a label from a header, a `<meta>` or an XML declaration means, whatever its case and the
/// white space around it; null when it means none. https://encoding.spec.whatwg.org/#names-and-labels, so
/// that "latin1" and "ascii" are windows-1252. One deviation: the labels that WHATWG maps to "replacement"
/// (HZ, ISO-2022-KR, ISO-2022-CN) are real encodings here; that rule protects browsers from scripts, and an
/// archive has pages of 1998 to read.
[[nodiscard]] const CharEncoding* find_encoding(std::string_view label);

}  // namespace winnow
