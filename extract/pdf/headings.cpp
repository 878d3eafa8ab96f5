#include "extract/pdf/headings.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <set>
#include <string_view>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace winnow {
namespace {

/// Sizes in half points, so that rounding makes no two of one.
int rounded(double size) {
  return static_cast<int>(std::lround(2 * size));
}

/// That of most of the text.
int body_size(const std::vector<PdfParagraph>& paragraphs) {
  std::map<int, std::size_t> bytes;
  for (const PdfParagraph& paragraph : paragraphs)
    bytes[rounded(paragraph.size)] += paragraph.text.size();
  const auto most = std::max_element(bytes.begin(), bytes.end(),
                                     [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == bytes.end() ? 0 : most->first;
}

struct Letters {
  unsigned upper = 0;
  unsigned lower = 0;
  bool begins_upper = false;
};

Letters letters_of(std::string_view text) {
  Letters letters;
  const auto* data = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int64_t>(text.size());
  for (std::int64_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(data, at, size, c);
    if (!u_isalpha(c)) continue;
    const bool is_lower = u_islower(c) != 0;
    if (letters.upper + letters.lower == 0) letters.begins_upper = !is_lower;
    ++(is_lower ? letters.lower : letters.upper);
  }
  return letters;
}

/// No sentence, and no line of a table: it has letters, and few enough.
bool looks_like_title(const PdfParagraph& paragraph, const Letters& letters) {
  constexpr std::size_t k_longest = 160;
  constexpr std::size_t k_lines = 3;
  constexpr std::string_view k_sentence_ends = ".,;:";
  return paragraph.is_alone && paragraph.label != LabelKind::bullet && paragraph.text.size() <= k_longest &&
         paragraph.lines <= k_lines && letters.begins_upper && letters.upper + letters.lower >= 3 &&
         k_sentence_ends.find(paragraph.text.back()) == std::string_view::npos;
}

bool is_number(const PdfParagraph& paragraph, std::size_t depth) {
  return paragraph.label == LabelKind::number && paragraph.depth == depth;
}

/// A line between paragraphs of several, of which the one above has ended: where headings are only bold,
/// which pdftotext does not tell. Two such lines below each other are rather an address, or a list without
/// signs.
bool stands_alone(const std::vector<PdfParagraph>& paragraphs, std::size_t i) {
  constexpr std::size_t k_longest = 80;
  const PdfParagraph& line = paragraphs[i];
  const PdfParagraph& below = paragraphs[i + 1];
  if (i == 0 || line.lines > 1 || line.text.size() > k_longest || line.label != LabelKind::none) return false;
  const PdfParagraph& above = paragraphs[i - 1];
  const auto is_text = [](const PdfParagraph& paragraph) {
    return paragraph.cell.table == 0 && paragraph.lines > 1 && letters_of(paragraph.text).begins_upper;
  };
  constexpr std::string_view k_sentence_ends = ".:!?";
  return is_text(below) && is_text(above) &&
         k_sentence_ends.find(above.text.back()) != std::string_view::npos && below.label == LabelKind::none;
}

}  // namespace

std::vector<unsigned> heading_levels(const std::vector<PdfParagraph>& paragraphs) {
  const int body = body_size(paragraphs);
  constexpr double k_larger = 1.15;
  std::vector<unsigned> levels(paragraphs.size(), 0);
  std::set<int, std::greater<>> sizes;
  for (std::size_t i = 0; i + 1 < paragraphs.size(); ++i) {
    const PdfParagraph& paragraph = paragraphs[i];
    const Letters letters = letters_of(paragraph.text);
    if (!looks_like_title(paragraph, letters)) continue;
    const bool is_large = rounded(paragraph.size) >= k_larger * body;
    const bool has_neighbour = is_number(paragraphs[i + 1], paragraph.depth) ||
                               (i > 0 && levels[i - 1] == 0 && is_number(paragraphs[i - 1], paragraph.depth));
    const bool is_numbered = paragraph.label == LabelKind::number && !has_neighbour;
    const bool is_capitals = letters.lower == 0 && letters.upper >= 4;
    const bool stands_out = stands_alone(paragraphs, i);
    if (is_numbered) {
      levels[i] = static_cast<unsigned>(std::min<std::size_t>(paragraph.depth + 1, 6));
    } else if (is_large) {
      sizes.insert(rounded(paragraph.size));
      levels[i] = 1;
    } else if (is_capitals || stands_out) {
      levels[i] = i == 0 ? 1 : 2;
    }
  }
  for (std::size_t i = 0; i + 1 < paragraphs.size(); ++i) {
    const auto size = sizes.find(rounded(paragraphs[i].size));
    const bool by_size = levels[i] == 1 && size != sizes.end();
    if (by_size)
      levels[i] = static_cast<unsigned>(std::min<std::ptrdiff_t>(std::distance(sizes.begin(), size) + 1, 6));
  }
  return levels;
}

}  // namespace winnow
