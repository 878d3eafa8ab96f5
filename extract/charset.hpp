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
/// detection (extract/charset_detect.hpp). As browsers do, a `<meta>` that says UTF-16 means UTF-8, and one
/// that says x-user-defined means windows-1252. A script's text declares nothing.
///
/// A declaration is overruled by the bytes only where they are certain; then the next in order is asked:
/// - Declared as something else, but all of it is valid UTF-8 with at least one character beyond ASCII, or at
/// least eight are and a fifth of them at most is not; when the declared encoding is a multi-byte one of East
/// Asia, whose short texts can look so by chance, eight in any case. Pages saved from a browser are such:
/// their `<meta>` tells what they once were. In a single-byte encoding such bytes would be "Â©" and "Ã¼"
/// throughout, which nobody means.
/// - Declared as UTF-8, but most of what is beyond ASCII is not; a page may be cut inside a character.
/// - Declared as UTF-16, but without a NUL byte and valid UTF-8; or as anything, when every other byte of its
/// beginning is NUL.
/// - Declared as GBK, EUC-KR or EUC-JP, but no two bytes beyond ASCII stand together: "Policy\x92s" by a
/// program of Windows in China.
/// - Declared as an encoding of East Asia, or as windows-1252, but certainly not so (is_surely_other() in
/// extract/charset_detect.hpp).
[[nodiscard]] Charset choose_charset(std::string_view bytes, std::string_view content_type);

struct DecodedPage {
  std::string utf8;        ///< valid UTF-8 without byte order mark, NUL, control and noncharacters
  bool bad_bytes = false;  ///< some bytes were not valid in the encoding and became U+FFFD
  bool mended = false;     ///< some were not, and were read in another (extract/stray_bytes.hpp), or were so
                           ///< twice (extract/double_encoding.hpp)
};

[[nodiscard]] DecodedPage decode_page(std::string_view bytes, const CharEncoding& encoding);

}  // namespace winnow
