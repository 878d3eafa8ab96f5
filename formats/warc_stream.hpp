// Bytes in the order in which a WARC parser wants them, plain or being unpacked.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "formats/warc_member.hpp"

namespace winnow {

class WarcStream {
public:
  WarcStream(WarcStream&&) = delete;  // it points into itself

  /// `bytes` (plain, or a range of compressed members) must outlive the stream.
  WarcStream(std::string_view bytes, Compression compression)
      : m_member(compression == Compression::none ? nullptr : std::make_unique<MemberReader>(bytes)),
        m_piece(compression == Compression::none ? bytes : std::string_view{}) {}

  /// Bytes read or skipped so far, unpacked.
  [[nodiscard]] std::uint64_t position() const { return m_position; }

  /// The next byte, which stays; -1 at the end.
  [[nodiscard]] int peek() { return fill() ? static_cast<unsigned char>(m_piece.front()) : -1; }

  /// Up to the next line feed, which is dropped like a carriage return before it. False at the end, or when
  /// the line is longer than `longest`.
  [[nodiscard]] bool read_line(std::string& line, std::size_t longest);

  /// Appends `size` bytes, fewer only at the end; returns how many.
  std::uint64_t read(std::string& into, std::uint64_t size);
  std::uint64_t skip(std::uint64_t size);

  /// Over the line ends between records; a file may hold nothing else, so only over a few thousand.
  void skip_line_ends();

  /// Moves to the next line that `matches`, within `most` bytes; false, somewhere behind, when there is none.
  template <class Predicate>
  [[nodiscard]] bool seek_line(Predicate matches, std::uint64_t most) {
    const std::uint64_t end = m_position + most;
    std::string line;
    while (m_position < end) {
      const std::uint64_t start = m_position;
      if (read_line(line, k_sought_line)) {
        if (!matches(line)) continue;
        put_back(std::move(line), start);
        return true;
      }
      if (!skip_line()) return false;
    }
    return false;
  }

  /// How a compressed stream ended; `whole` for plain bytes.
  [[nodiscard]] MemberReader::End end() const {
    return m_member ? m_member->end() : MemberReader::End::whole;
  }

private:
  static constexpr std::size_t k_sought_line = 256;

  bool fill();
  [[nodiscard]] bool skip_line();
  void put_back(std::string line, std::uint64_t start);
  std::string_view take(std::uint64_t most);

  std::unique_ptr<MemberReader> m_member;
  std::string_view m_piece;
  std::string m_put_back;  ///< when not empty, m_piece is its tail, and m_behind comes after
  std::string_view m_behind;
  std::uint64_t m_position = 0;
};

}  // namespace winnow
