// What md4c finds in a Markdown text, as HTML: behind extract/markdown_html.hpp.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <md4c.h>

#include "extract/markdown_notes.hpp"

namespace winnow {

/// md4c's own HTML renderer passes raw HTML and any link through, or shows `<br>` as text: hence this one.
class HtmlWriter {
public:
  /// Full beyond `most` bytes. The notes, if there are any, must outlive it.
  HtmlWriter(std::size_t most, const MarkdownNotes* notes);

  /// What is written next comes from here: md4c hands over pieces of it.
  void read_from(std::string_view source) { m_source = source; }

  [[nodiscard]] bool is_full() const { return m_out.size() > m_most; }
  std::string take() { return std::move(m_out); }

  /// As md4c calls them.
  void enter(MD_BLOCKTYPE type, const void* detail);
  void leave(MD_BLOCKTYPE type, const void* detail);
  void enter(MD_SPANTYPE type, const void* detail);
  void leave(MD_SPANTYPE type);
  void text(MD_TEXTTYPE type, std::string_view text);

  /// The notes as a list, each rendered by `render`, which ends in this writer.
  void write_notes(const std::function<void(std::string_view)>& render);

private:
  struct OpenList {
    bool ordered = false;
    unsigned number = 1;  ///< of the next item, as a browser counts
  };
  struct BareItem {
    std::size_t tag_end = 0;  ///< where in m_out its `<li` ends
    std::size_t list = 0;     ///< in m_lists
  };

  /// What stands before a piece of the source; nothing when it is no piece of it.
  [[nodiscard]] std::string_view source_before(std::string_view text) const;

  /// CommonMark counts on from a list's first number, whatever the others say; winnow's lists say what the
  /// page shows (5, 9, 10; or 3, 2, 1). md4c does not tell, so the items that just began are looked up in
  /// `line`, which begins them and ends where their text begins.
  void number_items(std::string_view line);

  /// `[^1]` leads to its note, if there is one. An escaped one is a piece of its own, behind the backslash.
  void append_with_references(std::string_view text);

  std::size_t m_most;
  std::string m_out;
  std::string_view m_source;
  const MarkdownNotes* m_notes;
  std::vector<unsigned> m_references;  ///< to each note, so far
  std::vector<OpenList> m_lists;
  std::vector<BareItem> m_bare_items;  ///< whose text has not begun
  bool m_in_link = false;
  int m_images = 0;  ///< open: all inside is the outermost one's alternative text
};

}  // namespace winnow
