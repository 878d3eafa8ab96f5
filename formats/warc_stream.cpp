#include "formats/warc_stream.hpp"

#include <algorithm>
#include <utility>

namespace winnow {

bool WarcStream::fill() {
  if (m_piece.empty()) m_piece = std::exchange(m_behind, {});
  if (m_piece.empty() && m_member) m_piece = m_member->next();
  return !m_piece.empty();
}

std::string_view WarcStream::take(std::uint64_t most) {
  const std::string_view taken =
      m_piece.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(most, m_piece.size())));
  m_piece.remove_prefix(taken.size());
  m_position += taken.size();
  return taken;
}

bool WarcStream::read_line(std::string& line, std::size_t longest) {
  line.clear();
  while (fill()) {
    const std::size_t feed = m_piece.substr(0, longest + 2 - line.size()).find('\n');
    if (feed != std::string_view::npos) {
      line += take(feed);
      take(1);
      if (line.ends_with('\r')) line.pop_back();
      return true;
    }
    line += take(longest + 2 - line.size());
    if (line.size() > longest) return false;
  }
  return false;
}

void WarcStream::skip_line_ends() {
  for (int most = 4096; most > 0; --most) {
    const int next = peek();
    if (next != '\r' && next != '\n') return;
    take(1);
  }
}

/// Over the rest of a line and its line feed; false at the end.
bool WarcStream::skip_line() {
  while (fill()) {
    const std::size_t feed = m_piece.find('\n');
    if (feed != std::string_view::npos) {
      take(feed + 1);
      return true;
    }
    take(m_piece.size());
  }
  return false;
}

/// \pre `line` was just read by read_line() from `start`; nothing is put back yet.
void WarcStream::put_back(std::string line, std::uint64_t start) {
  line += m_position - start == line.size() + 2 ? "\r\n" : "\n";
  fill();  // moves m_behind up
  m_behind = m_piece;
  m_put_back = std::move(line);
  m_piece = m_put_back;
  m_position = start;
}

std::uint64_t WarcStream::read(std::string& into, std::uint64_t size) {
  std::uint64_t left = size;
  while (left != 0 && fill()) {
    const std::string_view piece = take(left);
    into += piece;
    left -= piece.size();
  }
  return size - left;
}

std::uint64_t WarcStream::skip(std::uint64_t size) {
  std::uint64_t left = size;
  while (left != 0 && fill())
    left -= take(left).size();
  return size - left;
}

}  // namespace winnow
