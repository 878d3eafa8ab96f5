// A page for the parser, whose time goes by the character, with its long texts left out.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "extract/arena.hpp"

namespace winnow {

/// Tags stay as they are; of the text between them every piece of some length without a `&` is replaced by a
/// short mark that no page can hold. A parser that is fed with it builds the same tree, but for the marks: to
/// it a text is either white space or not. Debian's gumbo takes 100 ns a character of text, whatever it says.
///
/// Left as they are: white space at a text's beginning, which some places of a table ignore; texts in `pre`,
/// whose first line end goes; `title` and `textarea`; character references with all that may belong to them.
class Skeleton {
public:
  /// `html` is what prune() made, and must outlive it.
  explicit Skeleton(std::string_view html);

  [[nodiscard]] const std::string& html() const { return m_html; }

  /// A parsed text with what its marks stand for; in the page itself or in the arena.
  [[nodiscard]] std::string_view filled(std::string_view parsed, Arena& arena) const;

private:
  void add_text(std::string_view text, bool may_hide);
  void add_piece(std::string_view piece);

  std::string m_html;
  std::vector<std::string_view> m_pieces;
};

}  // namespace winnow
