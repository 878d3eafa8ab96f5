#include "extract/windows_1252.hpp"

#include <algorithm>
#include <array>

namespace winnow {
namespace {

/// From 80 to 9F; the others are Unicode's own first 256.
constexpr std::array<std::uint16_t, 32> k_high = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

}  // namespace

UChar32 windows_1252_character(std::uint8_t byte) {
  return byte >= 0x80 && byte < 0xA0 ? UChar32{k_high[byte - 0x80U]} : UChar32{byte};
}

std::optional<std::uint8_t> windows_1252_byte(UChar32 c) {
  if (c >= 0x80 && c <= 0xFF) return static_cast<std::uint8_t>(c);
  const auto* const found = std::find(k_high.begin(), k_high.end(), c);
  if (c < 0x80 || found == k_high.end()) return std::nullopt;
  return static_cast<std::uint8_t>(0x80 + (found - k_high.begin()));
}

}  // namespace winnow
