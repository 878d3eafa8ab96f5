// Which encoding a page is in, and the page in UTF-8.
#pragma once

#include <string>
#include <string_view>

#include "extract/charset_labels.hpp"

namespace winnow {

struct Charset {
  const CharEncoding* encoding = nullptr;  ///< never null
  bool guessed = false;                    ///< nothing that can be believed declared it
};

/// In WHATWG's order: byte order mark, HTTP header, `<meta>` or XML declaration among the first 8 KiB,
/// detection (bytes that are UTF-8 are UTF-8; else ICU's detector; else windows-1252). As browsers do, a
/// `<meta>` that says UTF-16 means UTF-8, and one that says x-user-defined means windows-1252.
///
/// A declaration is overruled by the bytes only where they are certain:
/// - Declared as something else, but all of it is valid UTF-8 with at least one character beyond ASCII
/// (eight,
///   when the declared encoding is a multi-byte one of East Asia, whose short texts can look so by chance):
///   UTF-8. Pages saved from a browser are such, their `<meta>` tells what they once were. In a single-byte
///   encoding such bytes would be "Â©" and "Ã¼" throughout, which nobody means.
/// - Declared as UTF-8, but without a single valid character beyond ASCII, and with invalid bytes before the
///   last three (a page may be cut inside a character): what detection says.
[[nodiscard]] Charset choose_charset(std::string_view bytes, std::string_view content_type);

struct DecodedPage {
  std::string utf8;        ///< valid UTF-8 without byte order mark, NUL and control characters
  bool bad_bytes = false;  ///< some bytes were not valid in the encoding and became U+FFFD
};

[[nodiscard]] DecodedPage decode_page(std::string_view bytes, const CharEncoding& encoding);

/// How much of a byte sequence is UTF-8: valid sequences of two bytes and more, and where it is first not.
struct Utf8Census {
  std::size_t sequences = 0;
  std::size_t invalid = std::string_view::npos;  ///< offset of the first invalid byte
};
[[nodiscard]] Utf8Census count_utf8(std::string_view bytes);

}  // namespace winnow
