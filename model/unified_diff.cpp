#include "model/unified_diff.hpp"

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

#include "model/alignment.hpp"

namespace winnow {
namespace {

using Lines = std::vector<std::string_view>;

constexpr std::uint32_t k_context = 3;

/// With their line ends, so that a last line without one is another line than the same with one.
Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

std::vector<Match> same_lines(const Lines& older, const Lines& newer) {
  std::unordered_map<std::string_view, std::uint32_t> numbers;
  const auto numbered = [&](const Lines& lines) {
    std::vector<std::uint32_t> result;
    for (const std::string_view line : lines)
      result.push_back(numbers.try_emplace(line, static_cast<std::uint32_t>(numbers.size())).first->second);
    return result;
  };
  const auto old_numbers = numbered(older);
  const auto new_numbers = numbered(newer);
  Effort effort;
  return align(old_numbers, new_numbers, effort);
}

/// Lines `begin` to `end` of either side; in a change, those removed and those added in their place.
struct Change {
  std::uint32_t old_begin = 0;
  std::uint32_t old_end = 0;
  std::uint32_t new_begin = 0;
  std::uint32_t new_end = 0;
};

std::vector<Change> changes(const Lines& older, const Lines& newer) {
  std::vector<Match> matches = same_lines(older, newer);
  matches.push_back({static_cast<std::uint32_t>(older.size()), static_cast<std::uint32_t>(newer.size())});
  std::vector<Change> result;
  Match at;
  for (const Match& match : matches) {
    if (match != at) result.push_back({at.old_index, match.old_index, at.new_index, match.new_index});
    at = {match.old_index + 1, match.new_index + 1};
  }
  return result;
}

void add_lines(std::string& out, char sign, const Lines& lines, std::uint32_t begin, std::uint32_t end) {
  for (std::uint32_t i = begin; i < end; ++i) {
    out += sign;
    out += lines[i];
    if (lines[i].back() != '\n') out += "\n\\ No newline at end of file\n";
  }
}

/// An empty range is named by the line before it.
std::string range(std::uint32_t begin, std::uint32_t end) {
  return fmt::format("{},{}", begin == end ? begin : begin + 1, end - begin);
}

}  // namespace

std::string unified_diff(std::string_view old_text, std::string_view new_text, std::string_view old_label,
                         std::string_view new_label) {
  const Lines older = lines_of(old_text);
  const Lines newer = lines_of(new_text);
  const std::vector<Change> all = changes(older, newer);
  if (all.empty()) return {};
  std::string out = fmt::format("--- {}\n+++ {}\n", old_label, new_label);
  for (auto first = all.begin(); first != all.end();) {
    auto last = first;  // of the hunk
    while (std::next(last) != all.end() && std::next(last)->old_begin - last->old_end <= 2 * k_context)
      ++last;
    const std::uint32_t before = std::min(k_context, first->old_begin);
    const std::uint32_t after = std::min(k_context, static_cast<std::uint32_t>(older.size()) - last->old_end);
    out += fmt::format("@@ -{} +{} @@\n", range(first->old_begin - before, last->old_end + after),
                       range(first->new_begin - before, last->new_end + after));
    std::uint32_t at = first->old_begin - before;
    for (; first != std::next(last); ++first) {
      add_lines(out, ' ', older, at, first->old_begin);
      add_lines(out, '-', older, first->old_begin, first->old_end);
      add_lines(out, '+', newer, first->new_begin, first->new_end);
      at = first->old_end;
    }
    add_lines(out, ' ', older, at, last->old_end + after);
  }
  return out;
}

}  // namespace winnow
