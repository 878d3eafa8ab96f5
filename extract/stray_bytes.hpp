// Bytes of another encoding in a page of UTF-8.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace winnow {

/// Tells which invalid bytes of a page of UTF-8 have an answer: a quotation mark that was pasted from a
/// program of Windows ("Policy\x92s"), a footer that was included from an older file. They are windows-1252,
/// except where that is doubtful:
/// - A byte that begins characters elsewhere on the page begins one here, which was cut: "papieros\xC3..."
/// from a Polish newspaper's list of titles.
/// - Where the page's own characters are not those of Western Europe, a letter may be of windows-1250, -1251
/// or any other. There only a byte between valid characters, and only a sign that is the same in all of them,
/// has an answer.
class StrayBytes {
public:
  explicit StrayBytes(std::string_view page) : m_page(page) {}

  /// Of the invalid bytes from `begin` to `end`, the maximal part of a sequence that is cut short. To be
  /// asked in their order.
  [[nodiscard]] bool are_windows_1252(std::size_t begin, std::size_t end);

private:
  void count();

  std::string_view m_page;
  bool m_counted = false;
  bool m_is_western = false;
  std::size_t m_end = 0;                     ///< of the bytes that were last asked for
  std::array<std::uint32_t, 256> m_valid{};  ///< characters by their first byte
  std::array<std::uint32_t, 256> m_invalid{};
};

}  // namespace winnow
