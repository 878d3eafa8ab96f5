#include "extract/markdown_blocks.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "extract/characters.hpp"
#include "extract/inline_markdown.hpp"
#include "extract/style.hpp"

namespace winnow {
namespace {

bool is_list(const Block& block) {
  return block.kind == BlockKind::bullets || block.kind == BlockKind::numbers;
}

std::string roman(int number) {
  constexpr std::array<std::pair<int, std::string_view>, 13> k_signs = {{{1000, "m"},
                                                                         {900, "cm"},
                                                                         {500, "d"},
                                                                         {400, "cd"},
                                                                         {100, "c"},
                                                                         {90, "xc"},
                                                                         {50, "l"},
                                                                         {40, "xl"},
                                                                         {10, "x"},
                                                                         {9, "ix"},
                                                                         {5, "v"},
                                                                         {4, "iv"},
                                                                         {1, "i"}}};
  std::string text;
  for (const auto& [value, sign] : k_signs) {
    for (; number >= value; number -= value)
      text += sign;
  }
  return text;
}

std::string letters(int number) {  // a, b, ... z, aa, ab
  std::string text;
  for (; number > 0; number = (number - 1) / 26)
    text.insert(text.begin(), static_cast<char>('a' + (number - 1) % 26));
  return text;
}

bool is_tight(const ListItem& item) {
  if (item.blocks.size() <= 1)
    return item.blocks.empty() || item.blocks[0].text.find("\n\n") == std::string::npos;
  return item.blocks[0].kind == BlockKind::paragraph &&
         std::all_of(item.blocks.begin() + 1, item.blocks.end(),
                     [](const Block& block) { return is_list(block); });
}

/// Takes the first line off a text that is not empty; without its end and the white space before it.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  while (line.ends_with(' ') || line.ends_with('\t'))
    line.remove_suffix(1);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

/// Sentences, though few: a dozen words, and none of the signs that listings are full of.
bool is_prose(std::string_view text) {
  constexpr std::ptrdiff_t k_lines_of_prose = 300;  // bytes: a listing in a policy is a few lines
  constexpr int k_words = 12;
  if (std::ssize(text) >= k_lines_of_prose) return true;
  if (text.find_first_of("{}<>=|\\`_$#") != std::string_view::npos) return false;
  int words = 0;
  for_class_names(text, [&](std::string_view) { ++words; });
  return words >= k_words;
}

/// Bytes of the longest line, but not of one that was not set by hand.
std::size_t line_width(std::string_view text) {
  constexpr std::size_t k_widest = 72;
  std::size_t width = 0;
  while (!text.empty())
    width = std::max(width, take_line(text).size());
  return std::min(width, k_widest);
}

/// Whether a line ends where the next one's first word still had room beside it.
bool ends_early(std::string_view line, std::string_view next, std::size_t width) {
  constexpr std::size_t k_short_line = 50;
  next.remove_prefix(std::min(next.find_first_not_of(" \t"), next.size()));
  const std::size_t word = std::min(next.find_first_of(" \t\n"), next.size());
  return line.size() < k_short_line && line.size() + 1 + word <= width;
}

}  // namespace

std::string join_blocks(const Blocks& blocks, bool tight) {
  std::size_t size = 0;
  for (const Block& block : blocks)
    size += block.text.size() + 2;
  std::string text;
  text.reserve(size);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (i > 0) {
      const bool close = tight && is_list(blocks[i]) && blocks[i - 1].kind == BlockKind::paragraph;
      text += close ? "\n" : "\n\n";
    }
    text += blocks[i].text;
  }
  return text;
}

std::string heading_line(std::size_t rank, std::string_view text) {
  while (text.size() > 2 && text.front() == '*' && text.back() == '*' &&
         text.substr(1, text.size() - 2).find_first_of("*\\") == std::string_view::npos) {
    text = text.substr(1, text.size() - 2);
  }
  std::string line = std::string(rank, '#').append(" ").append(text);
  const std::size_t before_signs = line.find_last_not_of('#');
  const bool closes = line.back() == '#' && before_signs != std::string::npos && line[before_signs] == ' ';
  if (closes) line.insert(line.size() - 1, 1, '\\');
  return line;
}

std::string prefix_lines(std::string_view text, std::string_view first, std::string_view rest) {
  std::string_view blank = rest;
  while (blank.ends_with(' '))
    blank.remove_suffix(1);
  std::string out(first);
  while (true) {
    const std::size_t end = text.find('\n');
    out += text.substr(0, end);
    if (end == std::string_view::npos) return out;
    out += '\n';
    text.remove_prefix(end + 1);
    out += text.empty() || text.front() == '\n' ? blank : rest;
  }
}

Block make_list(std::vector<ListItem> items, bool numbers, const Blocks& before) {
  Block list{numbers ? BlockKind::numbers : BlockKind::bullets, {}, numbers ? '.' : '-'};
  if (!before.empty() && before.back().kind == list.kind && before.back().marker == list.marker) {
    list.marker = numbers ? ')' : '*';
  }
  const bool tight = std::all_of(items.begin(), items.end(), is_tight);
  list.is_tight = tight;
  for (ListItem& item : items) {
    std::string marker = numbers ? item.label + list.marker + ' ' : std::string{list.marker, ' '};
    if (!numbers && !item.label.empty()) {
      if (item.blocks.front().kind == BlockKind::paragraph) {
        item.blocks.front().text.insert(0, item.label + ' ');
      } else {
        item.blocks.insert(item.blocks.begin(), Block{BlockKind::paragraph, item.label});
      }
    }
    if (!list.text.empty()) list.text += tight ? "\n" : "\n\n";
    list.text += prefix_lines(join_blocks(item.blocks, tight), marker, std::string(marker.size(), ' '));
  }
  return list;
}

void extend_list(Block& list, std::vector<ListItem> items) {
  const Block more = make_list(std::move(items), false, {});
  list.is_tight = list.is_tight && more.is_tight;
  list.text += (list.is_tight ? "\n" : "\n\n") + more.text;
}

std::string list_label(int number, char type) {
  constexpr int k_largest = 3999;
  std::string label;
  if (number >= 1 && number <= k_largest) {
    if (type == 'a' || type == 'A') label = letters(number);
    if (type == 'i' || type == 'I') label = roman(number);
  }
  if (label.empty()) return std::to_string(number);
  if (type == 'A' || type == 'I') {
    std::transform(label.begin(), label.end(), label.begin(),
                   [](char c) { return static_cast<char>(c - 'a' + 'A'); });
  }
  return label;
}

Blocks make_preformatted(std::string text) {
  Blocks blocks;
  text = without_invisible(text);
  if (text.find_first_not_of(" \t\n") == std::string::npos) return blocks;
  std::string_view left = text;
  if (!is_prose(text)) {
    std::size_t longest = 0;
    for (std::size_t at = text.find('`'); at != std::string::npos; at = text.find('`', at)) {
      const std::size_t end = std::min(text.find_first_not_of('`', at), text.size());
      longest = std::max(longest, end - at);
      at = end;
    }
    const std::string fence(std::max<std::size_t>(3, longest + 1), '`');
    std::string code = fence + '\n';
    std::size_t empty_lines = 0;  // at either end they go
    while (!left.empty()) {
      const std::string_view line = take_line(left);
      if (line.empty()) {
        ++empty_lines;
        continue;
      }
      if (code.size() > fence.size() + 1) code.append(empty_lines, '\n');
      empty_lines = 0;
      code.append(line).append("\n");
    }
    blocks.push_back({BlockKind::other, code + fence});
    return blocks;
  }
  const std::size_t width = line_width(text);
  InlineText paragraph;
  const auto flush = [&] {
    if (!paragraph.empty())
      blocks.push_back({BlockKind::paragraph, paragraph.take({}, InlineText::Breaks::hard)});
  };
  while (!left.empty()) {
    const std::string_view line = take_line(left);
    if (line.empty()) {
      flush();
      continue;
    }
    paragraph.add(line, {});
    if (ends_early(line, left, width)) {
      paragraph.add_break();
    } else {
      paragraph.add_space();
    }
  }
  flush();
  return blocks;
}

}  // namespace winnow
