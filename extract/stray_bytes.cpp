#include "extract/stray_bytes.hpp"

#include <unicode/utf8.h>

namespace winnow {
namespace {

bool is_one_of(std::uint8_t byte, std::string_view bytes) {
  return bytes.find(static_cast<char>(byte)) != std::string_view::npos;
}

/// … ‘ ’ “ ” • – — ™ NBSP § © « ® ° ± · », in every windows-125x.
bool is_common_sign(std::uint8_t byte) {
  return is_one_of(byte, "\x85\x91\x92\x93\x94\x95\x96\x97\x99\xA0\xA7\xA9\xAB\xAE\xB0\xB1\xB7\xBB");
}

}  // namespace

void StrayBytes::count() {
  const auto* data = reinterpret_cast<const std::uint8_t*>(m_page.data());
  const auto size = static_cast<std::int64_t>(m_page.size());
  std::uint64_t all = 0;
  std::uint64_t foreign = 0;
  for (std::int64_t at = 0; at < size;) {
    const std::uint8_t first = data[at];
    if (first < 0x80) {
      ++at;
      continue;
    }
    UChar32 c = 0;
    U8_NEXT(data, at, size, c);
    if (c < 0) {
      ++m_invalid[first];
      continue;
    }
    ++m_valid[first];
    ++all;
    // Latin-1, "œ", punctuation, byte order marks and emoji.
    foreign += is_one_of(first, "\xC2\xC3\xC5\xE2\xEF\xF0") ? 0 : 1;
  }
  constexpr std::uint64_t k_few = 8;  // one in so many
  m_is_western = foreign * k_few <= all;
  m_counted = true;
}

bool StrayBytes::are_windows_1252(std::size_t begin, std::size_t end) {
  if (end == m_page.size()) return false;  // the page was cut here
  if (!m_counted) count();
  const bool is_behind_stray = begin > 0 && begin == m_end;
  m_end = end;
  const auto first = static_cast<std::uint8_t>(m_page[begin]);
  const auto behind = static_cast<std::uint8_t>(m_page[end]);
  const bool is_alone = end - begin == 1 && !U8_IS_TRAIL(behind);
  if (!m_is_western) {
    return is_alone && !is_behind_stray && is_common_sign(first);
  }
  // The end of "’", whose beginning was cut off.
  if (U8_IS_TRAIL(first)) return is_alone || first != 0x80;
  // "Â", "Ã" and "â" are rather what is left of a sequence, C0 80 a NUL, FF no letter that anybody writes.
  if (is_one_of(first, "\xC2\xC3\xE2\xFF") || (first == 0xC0 && behind == 0x80)) return false;
  return m_valid[first] < m_invalid[first];
}

}  // namespace winnow
