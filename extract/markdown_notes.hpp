// The footnotes of a Markdown text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace winnow {

struct MarkdownNote {
  std::string_view text;  ///< Markdown, of one paragraph
  unsigned number = 0;    ///< its label where that is one, else one more than that of the note before it
};

/// A text and its notes, which stand nowhere else in it.
struct MarkdownNotes {
  std::string body;
  std::vector<MarkdownNote> notes;                            ///< as they follow one another
  std::unordered_map<std::string_view, std::size_t> indices;  ///< in `notes`, by label
};

/// Takes out the paragraphs that begin with `[^label]: `, as most readers of Markdown know footnotes, or with
/// `[^label]\: `, as winnow writes them where CommonMark would read something else. A label's first note
/// counts, others stay where they are. The views are of `markdown`. Nothing when there are no notes.
[[nodiscard]] std::optional<MarkdownNotes> split_notes(std::string_view markdown);

/// The label of the `[^label]` that a text begins with; empty when it begins with none. A label has no white
/// space or brackets and at most 40 bytes.
[[nodiscard]] std::string_view note_label(std::string_view text);

}  // namespace winnow
