#include "extract/doubled_references.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "extract/double_encoding.hpp"
#include "extract/page_tree.hpp"
#include "model/ascii.hpp"

namespace winnow {
namespace {

bool is_beyond_ascii(char c) {
  return static_cast<unsigned char>(c) >= 0x80;
}

/// Where the reference that begins at `at` ends; `at` when there is none.
std::size_t reference_end(std::string_view text, std::size_t at) {
  constexpr std::size_t k_longest = 10;  // "&thetasym;"
  if (at >= text.size() || text[at] != '&') return at;
  const std::size_t most = std::min(text.size(), at + k_longest);
  for (std::size_t i = at + 1; i < most; ++i) {
    if (text[i] == ';') return i == at + 1 ? at : i + 1;
    if (!is_letter_or_digit(text[i]) && !(text[i] == '#' && i == at + 1)) return at;
  }
  return at;
}

/// "&Acirc;", "&#195;", "&ETH;": one that may be a first byte. Rows of no-break spaces, and markup that is
/// shown, are most of all rows.
bool may_lead(std::string_view reference) {
  constexpr std::string_view k_others[] = {"&nbsp;", "&amp;", "&lt;", "&gt;", "&quot;", "&#160;", "&#39;"};
  return std::find(std::begin(k_others), std::end(k_others), reference) == std::end(k_others);
}

struct Run {
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::vector<Run> find_runs(std::string_view text) {
  std::vector<Run> runs;
  std::size_t at = 0;
  while ((at = text.find('&', at)) != std::string_view::npos) {
    const std::size_t first_end = reference_end(text, at);
    if (first_end == at || !may_lead(text.substr(at, first_end - at))) {
      at = std::max(at + 1, first_end);
      continue;
    }
    std::size_t begin = at;
    while (begin > 0 && is_beyond_ascii(text[begin - 1]))
      --begin;
    std::size_t end = first_end;
    for (std::size_t next = end; next < text.size(); end = next) {
      next = is_beyond_ascii(text[end]) ? end + 1 : reference_end(text, end);
      if (next == end) break;
    }
    if (begin != at || end != first_end) runs.push_back({begin, end});
    at = end;
  }
  return runs;
}

/// What the parser makes of each; of none when one holds a line end ("&NewLine;").
std::vector<std::string_view> read_runs(std::string_view text, const std::vector<Run>& runs,
                                        std::string& storage) {
  std::string page = "<pre>";
  for (const Run& run : runs) {
    page.append(text, run.begin, run.end - run.begin);
    page += '\n';
  }
  storage = PageTree(page).text_of(0);
  std::vector<std::string_view> read;
  std::string_view rest = storage;
  for (std::size_t end = 0; (end = rest.find('\n')) != std::string_view::npos; rest.remove_prefix(end + 1))
    read.push_back(rest.substr(0, end));
  if (read.size() != runs.size()) read.assign(runs.size(), {});
  return read;
}

bool may_be_doubled(std::string_view run) {
  if (!std::all_of(run.begin(), run.end(), is_beyond_ascii)) return false;
  for (std::size_t at = 0; at < run.size(); ++at) {
    const bool is_first_byte = (static_cast<unsigned char>(run[at]) & 0xC0U) == 0xC0U;
    if (is_first_byte && begins_double_encoded(run, at)) return true;
  }
  return false;
}

}  // namespace

std::optional<std::string> resolve_doubled_references(std::string_view utf8) {
  const std::vector<Run> runs = find_runs(utf8);
  if (runs.empty()) return std::nullopt;
  std::string storage;
  const std::vector<std::string_view> read = read_runs(utf8, runs, storage);
  std::optional<std::string> resolved;
  std::size_t at = 0;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (!may_be_doubled(read[i])) continue;
    if (!resolved) resolved.emplace();
    resolved->append(utf8, at, runs[i].begin - at);
    resolved->append(read[i]);
    at = runs[i].end;
  }
  if (resolved) resolved->append(utf8, at);
  return resolved;
}

}  // namespace winnow
