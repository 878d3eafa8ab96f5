#include "extract/pdf/line_labels.hpp"

#include <algorithm>
#include <array>

#include "model/ascii.hpp"

namespace winnow {
namespace {

using namespace std::string_view_literals;

std::size_t bullet_size(std::string_view line) {
  // The last five are what Word's Symbol and Wingdings bullets become: U+F0B7, U+F0A7, U+F0D8, U+F0FC,
  // U+F076.
  constexpr std::array k_bullets = {"•"sv, "●"sv,      "○"sv,      "■"sv,      "□"sv,      "▪"sv,     "▫"sv,
                                    "‣"sv, "◦"sv,      "►"sv,      "➢"sv,      "➤"sv,      "❖"sv,     "✓"sv,
                                    "✔"sv, "·"sv,      "∙"sv,      "⁃"sv,      "−"sv,      "–"sv,     "-"sv,
                                    "*"sv, "\uF0B7"sv, "\uF0A7"sv, "\uF0D8"sv, "\uF0FC"sv, "\uF076"sv};
  const auto* const bullet = std::find_if(k_bullets.begin(), k_bullets.end(),
                                          [line](std::string_view sign) { return line.starts_with(sign); });
  return bullet == k_bullets.end() ? 0 : bullet->size();
}

/// "12.", "3)", "1.2", "1.2.": groups of up to three digits; `depth` is how many.
std::size_t number_size(std::string_view line, std::size_t& depth) {
  constexpr std::size_t k_digits = 3;
  constexpr std::size_t k_groups = 5;
  std::size_t at = 0;
  depth = 0;
  bool has_point = false;
  while (depth < k_groups) {
    std::size_t digits = 0;
    while (at + digits < line.size() && is_digit(line[at + digits]))
      ++digits;
    if (digits == 0) break;
    if (digits > k_digits) return 0;
    at += digits;
    ++depth;
    if (at == line.size() || line[at] != '.') break;
    ++at;
    has_point = true;
  }
  if (depth == 0) return 0;
  if (at < line.size() && line[at] == ')') {
    ++at;
    has_point = true;
  }
  return has_point ? at : 0;
}

/// "a)", "b.", "(c)", "iv.", "(12)".
std::size_t letter_size(std::string_view line) {
  const bool is_open = line.starts_with('(');
  std::size_t at = is_open ? 1 : 0;
  const std::size_t begin = at;
  constexpr std::string_view k_roman = "ivx";
  while (at < line.size() && at - begin < 4 && k_roman.find(line[at]) != std::string_view::npos)
    ++at;
  if (at == begin && is_open) {
    while (at < line.size() && at - begin < 2 && is_digit(line[at]))
      ++at;
  }
  if (at == begin && at < line.size() && is_letter(line[at])) ++at;
  if (at == begin || at == line.size()) return 0;
  if (is_open ? line[at] != ')' : line[at] != ')' && line[at] != '.') return 0;
  return at + 1;
}

}  // namespace

LineLabel label_of(std::string_view line) {
  LineLabel label;
  if (const std::size_t size = bullet_size(line); size > 0) {
    label = {LabelKind::bullet, size, 0};
  } else if (const std::size_t number = number_size(line, label.depth); number > 0) {
    label = {LabelKind::number, number, label.depth};
  } else if (const std::size_t letter = letter_size(line); letter > 0) {
    label = {LabelKind::letter, letter, 0};
  }
  if (label.kind == LabelKind::none) return {};
  if (label.size == line.size()) return label;
  if (line[label.size] != ' ') return {};
  ++label.size;
  return label;
}

}  // namespace winnow
