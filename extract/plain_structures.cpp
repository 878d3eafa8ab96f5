#include "extract/plain_structures.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "extract/plain_titles.hpp"

namespace winnow {
namespace {

constexpr std::string_view k_break = "  \n";

/// Bytes of the bullet that a line begins with, and of the space behind it; 0 when there is none.
std::size_t bullet_size(std::string_view line) {
  constexpr std::array<std::string_view, 14> k_bullets = {"•", "·", "‣", "◦", "▪", "●",   "○",
                                                          "■", "□", "►", "➢", "❖", "\\-", "\\*"};
  for (const std::string_view bullet : k_bullets) {
    if (line.starts_with(bullet) && line.size() > bullet.size() + 1 && line[bullet.size()] == ' ')
      return bullet.size() + 1;
  }
  return 0;
}

/// Of a paragraph whose lines, from the first or from the second on, all begin with the same bullet: those
/// lines as items. `lead` is what stands before them.
std::vector<ListItem> bullet_lines(std::string_view text, std::string_view& lead) {
  std::vector<ListItem> items;
  std::string_view bullet;
  bool is_first = true;
  while (!text.empty()) {
    const std::size_t end = text.find(k_break);
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + k_break.size());
    const std::size_t size = bullet_size(line);
    if (size == 0 && is_first) {
      lead = line;
    } else if (size == 0 || (!bullet.empty() && line.substr(0, size) != bullet)) {
      return {};
    } else {
      bullet = line.substr(0, size);
      items.push_back({{}, {{BlockKind::paragraph, std::string(line.substr(size))}}});
    }
    is_first = false;
  }
  return items;
}

Blocks with_bullets(Blocks blocks) {
  Blocks result;
  for (std::size_t i = 0; i < blocks.size();) {
    std::vector<ListItem> items;
    std::string_view lead;
    std::size_t next = i;
    for (; next < blocks.size() && blocks[next].kind == BlockKind::paragraph; ++next) {
      std::string_view own_lead;
      std::vector<ListItem> lines = bullet_lines(blocks[next].text, own_lead);
      if (lines.empty() || (!own_lead.empty() && next > i)) break;
      if (next == i) lead = own_lead;
      std::move(lines.begin(), lines.end(), std::back_inserter(items));
    }
    if (items.size() < 2) {
      result.push_back(std::move(blocks[i++]));
      continue;
    }
    if (!lead.empty()) result.push_back({BlockKind::paragraph, std::string(lead)});
    if (!result.empty() && result.back().kind == BlockKind::bullets) {
      extend_list(result.back(), std::move(items));
    } else {
      result.push_back(make_list(std::move(items), false, result));
    }
    i = next;
  }
  return result;
}

/// The number that a paragraph begins with, escaped as it is; 0 when it begins with none.
int leading_number(const Block& block) {
  if (block.kind != BlockKind::paragraph) return 0;
  int number = 0;
  const char* const end = block.text.data() + block.text.size();
  const auto [behind, failure] = std::from_chars(block.text.data(), end, number);
  const std::string_view rest(behind, static_cast<std::size_t>(end - behind));
  return failure == std::errc() && number > 0 && number < 1000 && rest.starts_with("\\. ") ? number : 0;
}

void number_items(Blocks& blocks) {
  std::vector<std::size_t> run;
  // Beside a list that the page has itself, the two would become one.
  const auto beside_list = [&](std::size_t i) {
    return (i > 0 && blocks[i - 1].kind == BlockKind::numbers) ||
           (i + 1 < blocks.size() && blocks[i + 1].kind == BlockKind::numbers);
  };
  const auto finish = [&] {
    if (std::any_of(run.begin(), run.end(), beside_list)) run.clear();
    for (std::size_t at = 0; run.size() > 1 && at < run.size(); ++at) {
      Block& block = blocks[run[at]];
      const std::size_t dot = block.text.find('\\');
      const std::string marker = block.text.substr(0, dot) + ". ";
      const std::string text = block.text.substr(dot + 3);
      block = {BlockKind::numbers, prefix_lines(text, marker, std::string(marker.size(), ' ')), '.'};
    }
    run.clear();
  };
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const int number = leading_number(blocks[i]);
    if (number == 0) continue;
    if (number != static_cast<int>(run.size()) + 1) finish();
    if (number == static_cast<int>(run.size()) + 1) run.push_back(i);
  }
  finish();
}

/// "________" and its like.
bool is_drawn_rule(const Block& block) {
  constexpr std::ptrdiff_t k_fewest = 5;
  constexpr std::string_view k_signs = "_-=*~";
  if (block.kind != BlockKind::paragraph) return false;
  if (block.text.find_first_not_of("\\_-=*~ ") != std::string::npos) return false;
  return std::count_if(block.text.begin(), block.text.end(),
                       [&](char c) { return k_signs.find(c) != std::string_view::npos; }) >= k_fewest;
}

}  // namespace

Blocks with_plain_structures(Blocks blocks) {
  for (Block& block : blocks) {
    if (is_drawn_rule(block)) block = {BlockKind::other, "---"};
  }
  blocks = with_plain_titles(std::move(blocks));
  blocks = with_bullets(std::move(blocks));
  number_items(blocks);
  return blocks;
}

}  // namespace winnow
