#include "extract/pdf/running_lines.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "model/ascii.hpp"

namespace winnow {
namespace {

/// The value of a lower-case Roman numeral as front matter is numbered with; 0 when it is none.
long roman_value(std::string_view text) {
  constexpr std::size_t k_longest = 8;
  constexpr std::array<std::pair<char, long>, 5> k_letters = {
      {{'i', 1}, {'v', 5}, {'x', 10}, {'l', 50}, {'c', 100}}};
  if (text.empty() || text.size() > k_longest) return 0;
  long value = 0;
  long before = 0;
  for (const char c : text) {
    const auto* const letter =
        std::find_if(k_letters.begin(), k_letters.end(), [c](const auto& pair) { return pair.first == c; });
    if (letter == k_letters.end()) return 0;
    value += letter->second - (before < letter->second ? 2 * before : 0);
    before = letter->second;
  }
  return value;
}

/// A line as a pattern, with `#` for each number, and the numbers.
struct Pattern {
  std::string text;
  std::vector<long> numbers;
};

Pattern pattern_of(std::string_view line) {
  if (const long roman = roman_value(line); roman > 0) return {"#", {roman}};
  Pattern pattern;
  for (std::size_t i = 0; i < line.size();) {
    if (!is_digit(line[i])) {
      pattern.text += line[i++];
      continue;
    }
    constexpr long k_most = 1'000'000'000;
    long number = 0;
    for (; i < line.size() && is_digit(line[i]); ++i)
      number = std::min(10 * number + (line[i] - '0'), k_most);
    pattern.text += '#';
    pattern.numbers.push_back(number);
  }
  return pattern;
}

struct Occurrence {
  std::size_t page = 0;
  std::size_t line = 0;
  double top = 0;
  std::vector<long> numbers;
};

bool repeats(const Occurrence& one, const Occurrence& other) {
  constexpr std::size_t k_apart = 2;  // left and right pages
  constexpr double k_same_height = 4;
  if (other.page == one.page || other.page - one.page > k_apart) return false;
  if (std::abs(one.top - other.top) > k_same_height) return false;
  const long pages = static_cast<long>(other.page - one.page);
  return std::equal(one.numbers.begin(), one.numbers.end(), other.numbers.begin(), other.numbers.end(),
                    [pages](long a, long b) { return b == a || b - a == pages; });
}

/// The part of a page, above and below, that its header and footer stand in.
struct Edges {
  double above = 0;
  double below = 0;
};

/// A tenth, where several lines may be; as far as a sixth when only one is there.
Edges edges_of(const PdfPage& page) {
  constexpr double k_edge = 0.1;
  constexpr double k_widest = 1.0 / 6;
  Edges edges{k_edge * page.height, (1 - k_edge) * page.height};
  if (page.lines.empty()) return edges;
  const auto [first, last] =
      std::minmax_element(page.lines.begin(), page.lines.end(),
                          [](const PdfLine& a, const PdfLine& b) { return a.box.top < b.box.top; });
  if (first->box.bottom < k_widest * page.height) edges.above = std::max(edges.above, first->box.bottom);
  if (last->box.top > (1 - k_widest) * page.height) edges.below = std::min(edges.below, last->box.top);
  return edges;
}

bool is_at_edge(const PdfLine& line, const Edges& edges) {
  return line.box.bottom <= edges.above || line.box.top >= edges.below;
}

/// "7", "Page 7 of 9", "7/9": nothing but which page of how many it is.
bool is_page_number(std::string_view line, const Pattern& pattern, std::size_t page, std::size_t pages) {
  if (line == std::to_string(page)) return true;
  constexpr std::size_t k_longest = 24;
  const std::vector<long> both{static_cast<long>(page), static_cast<long>(pages)};
  return line.size() <= k_longest && pattern.numbers == both && pattern.text.ends_with('#');
}

std::size_t bytes_of(const PdfDocument& document) {
  std::size_t bytes = 0;
  for (const PdfPage& page : document.pages) {
    for (const PdfLine& line : page.lines)
      bytes += line.text.size();
  }
  return bytes;
}

}  // namespace

void drop_running_lines(PdfDocument& document) {
  std::map<std::string, std::vector<Occurrence>> patterns;
  std::vector<std::vector<bool>> dropped;
  for (std::size_t p = 0; p < document.pages.size(); ++p) {
    const PdfPage& page = document.pages[p];
    const Edges edges = edges_of(page);
    dropped.emplace_back(page.lines.size(), false);
    for (std::size_t i = 0; i < page.lines.size(); ++i) {
      const PdfLine& line = page.lines[i];
      if (!is_at_edge(line, edges)) continue;
      Pattern pattern = pattern_of(line.text);
      if (is_page_number(line.text, pattern, p + 1, document.pages.size())) dropped[p][i] = true;
      patterns[std::move(pattern.text)].push_back({p, i, line.box.top, std::move(pattern.numbers)});
    }
  }
  for (const auto& [text, lines] : patterns) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      // A pattern stands a few times on a page at most; more is no header.
      constexpr std::size_t k_neighbours = 8;
      for (std::size_t j = i + 1; j < std::min(lines.size(), i + k_neighbours); ++j) {
        if (!repeats(lines[i], lines[j])) continue;
        dropped[lines[i].page][lines[i].line] = true;
        dropped[lines[j].page][lines[j].line] = true;
      }
    }
  }
  PdfDocument without = document;
  for (std::size_t p = 0; p < without.pages.size(); ++p) {
    std::vector<PdfLine> kept;
    for (std::size_t i = 0; i < dropped[p].size(); ++i) {
      if (!dropped[p][i]) kept.push_back(std::move(without.pages[p].lines[i]));
    }
    without.pages[p].lines = std::move(kept);
  }
  if (2 * bytes_of(without) >= bytes_of(document)) document = std::move(without);
}

}  // namespace winnow
