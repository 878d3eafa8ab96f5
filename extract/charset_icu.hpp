// The encodings that ICU has tables for.
#pragma once

#include <functional>
#include <string_view>

#include <unicode/umachine.h>

#include "extract/charset_labels.hpp"

namespace winnow {

/// Gives each character of the bytes, U+FFFD for what is invalid; a pair of surrogates as one. ICU's tables
/// are of other times than WHATWG's (compared byte by byte, 2026); those of its characters that differ and
/// that pages have are put right: in Chinese pages A3A0 for a space and 80 for "€", Belarusian in KOI8-U, and
/// what GB 18030 had in private use. Left alone are 125 characters that Big5-HKSCS has twice, and others as
/// rare.
void decode_by_icu(std::string_view bytes, const CharEncoding& encoding,
                   const std::function<void(UChar32)>& take);

}  // namespace winnow
