// Which encoding bytes are in that nothing declares, or that are not what is declared.
#pragma once

#include <cstddef>
#include <string_view>

#include "extract/charset_labels.hpp"

namespace winnow {

/// How much of a byte sequence is UTF-8.
struct Utf8Census {
  std::size_t sequences = 0;                     ///< valid ones, of two bytes and more
  std::size_t invalid = std::string_view::npos;  ///< offset of the first invalid byte
  std::size_t invalid_count = 0;                 ///< invalid bytes, each start of a sequence cut short as one
};
[[nodiscard]] Utf8Census count_utf8(std::string_view bytes);

/// UTF-16 without a byte order mark: every other byte of markup is NUL. Null when it does not look so.
[[nodiscard]] const CharEncoding* looks_like_utf16(std::string_view bytes);

/// Never null. UTF-16, UTF-8 but for few bytes, ISO-2022 by its escapes; else ICU's guess at what a reader
/// sees (extract/visible_bytes.hpp), to which Thai and Ukrainian (KOI8-U), which it does not know, are added;
/// else windows-1252.
[[nodiscard]] const CharEncoding* detect_charset(std::string_view bytes, const Utf8Census& census);

/// GBK, GB 18030, Big5, EUC-JP, EUC-KR or Shift_JIS.
[[nodiscard]] bool is_east_asian(const CharEncoding& encoding);

/// Whether bytes that are no UTF-8 are certainly not in the encoding that was declared:
/// - declared as an East Asian one, where many of its characters are invalid or of no use, and those of
/// another are not;
/// - declared as windows-1252, what ISO-8859-1 is, the default of many servers: a text in another alphabet.
[[nodiscard]] bool is_surely_other(std::string_view bytes, const CharEncoding& declared);

}  // namespace winnow
