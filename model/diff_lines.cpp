#include "model/diff_lines.hpp"

#include <algorithm>

#include "model/word_tokens.hpp"

namespace winnow {
namespace {

constexpr std::size_t k_context = 3;

class LineBuilder {
public:
  void add(const Piece& piece) {
    const bool is_layout = leading_space(piece.text) == piece.text.size();
    if (piece.kind == Piece::Kind::removed && is_layout) return;
    // What takes the place of whole lines begins on one of its own.
    if (piece.kind == Piece::Kind::added && m_has_removed_lines && !is_layout) m_lines.emplace_back();
    m_has_removed_lines = false;
    std::string_view rest = piece.text;
    for (;;) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      add_part(piece.kind, rest.substr(0, end));
      if (end == rest.size()) return;
      m_lines.emplace_back();
      m_has_removed_lines = piece.kind == Piece::Kind::removed;
      rest.remove_prefix(end + 1);
    }
  }

  std::vector<DiffLine> take() {
    if (m_lines.back().spans.empty()) m_lines.pop_back();
    return std::move(m_lines);
  }

private:
  void add_part(Piece::Kind kind, std::string_view text) {
    if (kind == Piece::Kind::same) {
      add_span(kind, text);
      return;
    }
    const std::size_t lead = leading_space(text);
    const std::string_view rest = text.substr(lead);
    const std::string_view words = rest.substr(0, rest.size() - trailing_space(rest));
    add_span(Piece::Kind::same, text.substr(0, lead));
    add_span(kind, words);
    add_span(Piece::Kind::same, rest.substr(words.size()));
  }

  void add_span(Piece::Kind kind, std::string_view text) {
    if (text.empty()) return;
    m_lines.back().spans.push_back({kind, text});
    if (kind != Piece::Kind::same) m_lines.back().changed = true;
  }

  std::vector<DiffLine> m_lines = std::vector<DiffLine>(1);
  bool m_has_removed_lines = false;  ///< the piece before was removed and ran over several
};

}  // namespace

std::vector<DiffLine> diff_lines(const std::vector<Piece>& pieces) {
  LineBuilder builder;
  for (const Piece& piece : pieces)
    builder.add(piece);
  return builder.take();
}

std::vector<Stretch> stretches(const std::vector<DiffLine>& lines) {
  std::vector<bool> shown(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].changed) continue;
    const std::size_t from = i - std::min(i, k_context);
    const std::size_t to = std::min(i + k_context + 1, lines.size());
    std::fill(shown.begin() + static_cast<std::ptrdiff_t>(from),
              shown.begin() + static_cast<std::ptrdiff_t>(to), true);
  }
  std::vector<Stretch> result;
  for (std::size_t i = 0; i < lines.size();) {
    std::size_t end = i;
    while (end < lines.size() && shown[end] == shown[i])
      ++end;
    const bool folded = !shown[i] && end - i > 1;
    if (!folded && !result.empty() && !result.back().folded) {
      result.back().end = end;
    } else {
      result.push_back({i, end, folded});
    }
    i = end;
  }
  return result;
}

}  // namespace winnow
