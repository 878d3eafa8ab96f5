#include "extract/markdown_notes.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace winnow {
namespace {

/// Bytes of a note's label with what stands around it; 0 when a paragraph is no note.
std::size_t opening_size(std::string_view paragraph) {
  const std::string_view label = note_label(paragraph);
  if (label.empty()) return 0;
  std::size_t size = label.size() + 3;
  if (paragraph.substr(size, 1) == "\\") ++size;
  return paragraph.substr(size, 2) == ": " ? size + 2 : 0;
}

unsigned number_of(std::string_view label, const std::vector<MarkdownNote>& before) {
  const unsigned next = before.empty() ? 1 : before.back().number + 1;
  constexpr unsigned k_largest = 999'999;
  unsigned number = 0;
  const char* const end = label.data() + label.size();
  const auto [behind, failure] = std::from_chars(label.data(), end, number);
  return failure == std::errc() && behind == end && number <= k_largest ? number : next;
}

}  // namespace

std::string_view note_label(std::string_view text) {
  constexpr std::size_t k_longest = 40;
  if (!text.starts_with("[^")) return {};
  const std::size_t end = text.substr(2, k_longest + 1).find_first_of("] \t\r\n[");
  return end != std::string_view::npos && text[end + 2] == ']' ? text.substr(2, end) : std::string_view();
}

std::optional<MarkdownNotes> split_notes(std::string_view markdown) {
  MarkdownNotes split;
  std::string_view fence;
  bool begins_paragraph = true;
  bool in_note = false;
  std::size_t copied = 0;
  for (std::size_t at = 0; at < markdown.size();) {
    const std::size_t end = std::min(markdown.find('\n', at), markdown.size());
    const std::string_view line = markdown.substr(at, end - at);
    const bool is_empty = line.find_first_not_of(" \t\r") == std::string_view::npos;
    const bool was_in_note = std::exchange(in_note, false);
    if (!fence.empty()) {
      if (line.starts_with(fence)) fence = {};
    } else if (line.starts_with("```") || line.starts_with("~~~")) {
      fence = line.substr(0, std::min(line.find_first_not_of(line.front()), line.size()));
    } else if (const std::size_t opening = begins_paragraph || was_in_note ? opening_size(line) : 0;
               opening > 0 && split.indices.emplace(note_label(line), split.notes.size()).second) {
      if (!was_in_note) split.body.append(markdown, copied, at - copied);
      split.notes.push_back({line.substr(opening), number_of(note_label(line), split.notes)});
      in_note = true;
    } else if (was_in_note && !is_empty) {
      std::string_view& text = split.notes.back().text;
      text = markdown.substr(static_cast<std::size_t>(text.data() - markdown.data()),
                             end - static_cast<std::size_t>(text.data() - markdown.data()));
      in_note = true;
    }
    at = std::min(end + 1, markdown.size());
    if (in_note) copied = at;
    begins_paragraph = is_empty;
  }
  if (split.notes.empty()) return std::nullopt;
  split.body.append(markdown, copied);
  return split;
}

}  // namespace winnow
