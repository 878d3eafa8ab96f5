#include "extract/pdf/paragraphs.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "extract/pdf/column_edges.hpp"
#include "extract/pdf/word_joiner.hpp"

namespace winnow {
namespace {

/// Line pitch of running text, in type sizes: the median over neighbouring lines of one block.
double usual_pitch(const PdfDocument& document) {
  std::vector<double> pitches;
  for (const PdfPage& page : document.pages) {
    for (std::size_t i = 1; i < page.lines.size(); ++i) {
      const PdfLine& above = page.lines[i - 1];
      const PdfLine& line = page.lines[i];
      const double pitch = line.box.top - above.box.top;
      constexpr double k_most = 3;
      if (line.block == above.block && pitch > 0 && pitch < k_most * line.size)
        pitches.push_back(pitch / line.size);
    }
  }
  constexpr double k_default = 1.1;
  if (pitches.empty()) return k_default;
  const auto middle = pitches.begin() + static_cast<std::ptrdiff_t>(pitches.size() / 2);
  std::nth_element(pitches.begin(), middle, pitches.end());
  return *middle;
}

bool ends_sentence(std::string_view text) {
  constexpr std::string_view k_after = "\"')]";
  while (!text.empty() && k_after.find(text.back()) != std::string_view::npos)
    text.remove_suffix(1);
  for (const std::string_view quote : {"”", "’", "»"}) {
    if (text.ends_with(quote)) text.remove_suffix(quote.size());
  }
  constexpr std::string_view k_ends = ".:;!?";
  return !text.empty() && (k_ends.find(text.back()) != std::string_view::npos || text.ends_with("。") ||
                           text.ends_with("：") || text.ends_with("；"));
}

bool begins_small(std::string_view text) {
  return !text.empty() && text.front() >= 'a' && text.front() <= 'z';
}

/// The next line's first word would have fitted behind this line.
bool ends_early(const PdfLine& line, const PdfLine& next, double right) {
  const double width = next.box.right - next.box.left;
  const std::size_t word = std::min(next.text.find(' '), next.text.size());
  const double needed = width * static_cast<double>(word + 1) / static_cast<double>(next.text.size() + 1);
  // Justified and hyphenated lines are uneven by a little.
  const double spare = 0.5 * line.size;
  return line.box.right + needed + spare < right;
}

bool are_centred(const PdfLine& one, const PdfLine& other) {
  constexpr double k_same = 3;
  const double middle = (one.box.left + one.box.right) / 2;
  const double other_middle = (other.box.left + other.box.right) / 2;
  return std::abs(middle - other_middle) < k_same && std::abs(one.box.left - other.box.left) > k_same;
}

bool same_size(const PdfLine& one, const PdfLine& other) {
  constexpr double k_other_size = 1.12;
  return one.size <= k_other_size * other.size && other.size <= k_other_size * one.size;
}

/// A bullet is always a list's; what looks like a number may be a sentence's last word, or an amount.
bool begins_item(const LineLabel& label, const PdfLine& above, bool above_ends_early) {
  if (label.kind == LabelKind::none) return false;
  return above_ends_early || ends_sentence(above.text) || above.text.ends_with(',') ||
         above.text.ends_with(" and") || above.text.ends_with(" or") ||
         (label.kind == LabelKind::bullet && label.size > 2);
}

}  // namespace

std::vector<PdfParagraph> paragraphs_of(const PdfDocument& document) {
  const WordJoiner joiner(document);
  const double pitch = usual_pitch(document);
  std::vector<PdfParagraph> paragraphs;
  const PdfLine* above = nullptr;
  double above_right = 0;  // edge of its column
  const auto goes_on = [&](const PdfLine& line, const LineLabel& label) {
    const bool is_cell = line.cell.table > 0;
    if (is_cell || paragraphs.empty() || paragraphs.back().cell.table > 0)
      return is_cell && !paragraphs.empty() && paragraphs.back().cell == line.cell;
    if (above == nullptr || !same_size(*above, line)) return false;
    const bool early = ends_early(*above, line, above_right);
    if (begins_item(label, *above, early)) return false;
    // Cells of one row or of the next, and items below each other.
    const double step = line.box.top - above->box.top;
    const bool is_beside = line.box.left > above->box.right || line.box.right < above->box.left;
    constexpr double k_next_row = 3;
    if (!above->is_alone && !line.is_alone && is_beside && std::abs(step) < k_next_row * line.size)
      return false;
    constexpr double k_same_left = 2;
    if (label.kind != LabelKind::none && label.kind == paragraphs.back().label &&
        std::abs(line.box.left - paragraphs.back().left) < k_same_left)
      return false;
    const bool is_below = step > 0 && line.box.left < above_right && line.box.right > above->box.left;
    constexpr double k_gap = 1.3;
    const bool is_next = is_below && step < k_gap * pitch * line.size;
    // Another page or column, or behind a picture.
    if (!is_next && (!is_below || line.block != above->block))
      return !is_below && label.kind == LabelKind::none && !ends_sentence(above->text) &&
             (begins_small(line.text) || !early);
    if (!is_next) return false;
    if (are_centred(*above, line)) return !ends_sentence(above->text);
    if (early) return !ends_sentence(above->text) && begins_small(line.text) && line.block == above->block;
    // The first line of a paragraph that is set in.
    return !(line.box.left > above->box.left + line.size / 2 && ends_sentence(above->text) &&
             paragraphs.back().label == LabelKind::none);
  };
  for (const PdfPage& page : document.pages) {
    const ColumnEdges edges(page);
    for (const PdfLine& line : page.lines) {
      const LineLabel label = label_of(line.text);
      if (goes_on(line, label)) {
        joiner.append(paragraphs.back().text, line.text);
        ++paragraphs.back().lines;
      } else {
        const bool is_cell = line.cell.table > 0;
        const std::size_t skipped = label.kind == LabelKind::bullet && !is_cell ? label.size : 0;
        paragraphs.push_back({line.text.substr(skipped), is_cell ? LabelKind::none : label.kind, label.depth,
                              line.box.left, line.size, 1, line.is_alone && !is_cell, line.cell});
      }
      above = &line;
      above_right = edges.right_of(line);
    }
  }
  return paragraphs;
}

}  // namespace winnow
