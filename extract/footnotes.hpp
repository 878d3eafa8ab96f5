// The footnotes of a page.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "extract/page_tree.hpp"

namespace winnow {

/// Labels ("1", "iv") of references and notes, each by its node: the reference's `<a>`, the note's block. A
/// note has one label, which no other has.
struct Footnotes {
  std::unordered_map<NodeIndex, std::string> references;
  std::unordered_map<NodeIndex, std::string> notes;
};

/// Finds footnotes as Word (`_ftn1`), LibreOffice, Google Docs, pandoc, MediaWiki and people write them. A
/// reference is a link to a place further down whose text is a number, a letter or a Roman numeral, raised or
/// in brackets; its note is the block or list item that begins there, and, outside of lists, with the same
/// label. Both or none: a raised number without a note, or a link to a chapter, stays as it is. Items of a
/// list of notes that nothing refers to are notes by their numbers.
///
/// Takes from the tree what Markdown says by itself: labels in front of notes, and the links back.
[[nodiscard]] Footnotes find_footnotes(PageTree& tree);

/// Whether an id is one that footnotes and references to them have: "_ftn1", "fnref:2", "cite_note-x-3",
/// "sdfootnote1sym". prune() keeps these.
[[nodiscard]] bool is_note_name(std::string_view id);

}  // namespace winnow
