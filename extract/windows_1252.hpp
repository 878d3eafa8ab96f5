// The encoding that Western bytes of no other name are in.
#pragma once

#include <cstdint>
#include <optional>

#include <unicode/umachine.h>

namespace winnow {

/// By WHATWG's index: the five bytes that Microsoft left without a character are C1 controls.
/// https://encoding.spec.whatwg.org/#windows-1252
[[nodiscard]] UChar32 windows_1252_character(std::uint8_t byte);

/// The byte of 80 to FF that a character is read from. C1 controls count as their bytes, for text that went
/// through ISO 8859-1 proper.
[[nodiscard]] std::optional<std::uint8_t> windows_1252_byte(UChar32 c);

}  // namespace winnow
