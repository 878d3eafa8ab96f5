#include "model/word_diff.hpp"

#include <algorithm>
#include <unordered_map>

#include "model/alignment.hpp"
#include "model/word_tokens.hpp"

namespace winnow {
namespace {

constexpr std::uint64_t k_largest_island = 3;  ///< words

/// Numbers for texts, the same for the same bytes.
class Interner {
public:
  std::uint32_t operator()(std::string_view text) {
    return m_numbers.try_emplace(text, static_cast<std::uint32_t>(m_numbers.size())).first->second;
  }

private:
  std::unordered_map<std::string_view, std::uint32_t> m_numbers;
};

/// A text's tokens, and its lines that have any.
class Side {
public:
  explicit Side(std::string_view text) : m_text(text), m_tokens(winnow::tokens(text)) {
    for (std::uint32_t i = 0; i < m_tokens.size(); ++i) {
      if (i == 0 || m_tokens[i].line != m_tokens[i - 1].line) m_lines.push_back(i);
    }
    m_lines.push_back(token_count());
  }

  [[nodiscard]] std::string_view text() const { return m_text; }
  [[nodiscard]] const WordToken& token(std::uint32_t i) const { return m_tokens[i]; }
  [[nodiscard]] std::uint32_t token_count() const { return static_cast<std::uint32_t>(m_tokens.size()); }
  [[nodiscard]] std::uint32_t line_count() const { return static_cast<std::uint32_t>(m_lines.size() - 1); }
  /// The line's first token; of line_count(), the end of all.
  [[nodiscard]] std::uint32_t line_begin(std::uint32_t line) const { return m_lines[line]; }

  [[nodiscard]] std::string_view bytes(std::uint32_t first, std::uint32_t end) const {
    const std::uint32_t begin = m_tokens[first].begin;
    return m_text.substr(begin, m_tokens[end - 1].end - begin);
  }

  [[nodiscard]] std::uint64_t words(std::uint32_t first, std::uint32_t end) const {
    return static_cast<std::uint64_t>(
        std::count_if(m_tokens.begin() + first, m_tokens.begin() + end,
                      [](const WordToken& token) { return token.kind == WordToken::Kind::word; }));
  }

  /// Whether the tokens have neighbours in their own line on both sides.
  [[nodiscard]] bool is_within_line(std::uint32_t first, std::uint32_t end) const {
    return first > 0 && end < token_count() && m_tokens[first - 1].line == m_tokens[end].line;
  }

private:
  std::string_view m_text;
  std::vector<WordToken> m_tokens;
  std::vector<std::uint32_t> m_lines;
};

/// Tokens that follow one another and are the same on both sides.
struct Run {
  std::uint32_t old_begin = 0;
  std::uint32_t new_begin = 0;
  std::uint32_t size = 0;
  [[nodiscard]] std::uint32_t old_end() const { return old_begin + size; }
  [[nodiscard]] std::uint32_t new_end() const { return new_begin + size; }
};

class Runs {
public:
  void add(std::uint32_t old_token, std::uint32_t new_token) {
    const bool goes_on =
        !m_runs.empty() && m_runs.back().old_end() == old_token && m_runs.back().new_end() == new_token;
    if (goes_on) {
      ++m_runs.back().size;
    } else {
      m_runs.push_back({old_token, new_token, 1});
    }
  }
  [[nodiscard]] const std::vector<Run>& all() const { return m_runs; }

private:
  std::vector<Run> m_runs;
};

void align_tokens(const Side& older, const Side& newer, Run lines_from, Run lines_to, Effort& effort,
                  Runs& runs) {
  const std::uint32_t old_begin = older.line_begin(lines_from.old_begin);
  const std::uint32_t new_begin = newer.line_begin(lines_from.new_begin);
  Interner number;
  // A word is not the same as a link's target that is spelled like it: one of them is counted.
  const auto numbers = [&](const Side& side, std::uint32_t begin, std::uint32_t end) {
    std::vector<std::uint32_t> result;
    for (std::uint32_t i = begin; i < end; ++i)
      result.push_back(3 * number(side.bytes(i, i + 1)) + static_cast<std::uint32_t>(side.token(i).kind));
    return result;
  };
  const auto old_numbers = numbers(older, old_begin, older.line_begin(lines_to.old_begin));
  const auto new_numbers = numbers(newer, new_begin, newer.line_begin(lines_to.new_begin));
  for (const Match& match : align(old_numbers, new_numbers, effort))
    runs.add(old_begin + match.old_index, new_begin + match.new_index);
}

/// The tokens of lines that are the same, and the same tokens between such lines.
std::vector<Run> same_tokens(const Side& older, const Side& newer) {
  Interner number;
  const auto numbers = [&](const Side& side) {
    std::vector<std::uint32_t> result;
    for (std::uint32_t line = 0; line < side.line_count(); ++line)
      result.push_back(number(side.bytes(side.line_begin(line), side.line_begin(line + 1))));
    return result;
  };
  const auto old_numbers = numbers(older);
  const auto new_numbers = numbers(newer);
  Effort effort;
  std::vector<Match> lines = align(old_numbers, new_numbers, effort);
  lines.push_back({older.line_count(), newer.line_count()});
  Runs runs;
  Run from;
  for (const Match& line : lines) {
    align_tokens(older, newer, from, {line.old_index, line.new_index, 0}, effort, runs);
    if (line.old_index == older.line_count()) break;
    const std::uint32_t begin = older.line_begin(line.old_index);
    const std::uint32_t size = older.line_begin(line.old_index + 1) - begin;
    for (std::uint32_t i = 0; i < size; ++i)
      runs.add(begin + i, newer.line_begin(line.new_index) + i);
    from = {line.old_index + 1, line.new_index + 1, 0};
  }
  return runs.all();
}

/// How much has changed between two runs: the words of the longer side.
std::uint64_t changed_words(const Side& older, const Side& newer, const Run& left, const Run& right) {
  return std::max(older.words(left.old_end(), right.old_begin), newer.words(left.new_end(), right.new_begin));
}

/// Without the runs that are islands in a change (word_diff() says which).
std::vector<Run> without_islands(const Side& older, const Side& newer, const std::vector<Run>& runs) {
  std::vector<Run> kept;
  Run left;  // ends where the change before the run begins
  std::uint64_t before = 0;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const Run& run = runs[i];
    const Run right = i + 1 < runs.size() ? runs[i + 1] : Run{older.token_count(), newer.token_count(), 0};
    before += changed_words(older, newer, i == 0 ? left : runs[i - 1], run);
    const std::uint64_t after = changed_words(older, newer, run, right);
    const std::uint64_t words = older.words(run.old_begin, run.old_end());
    const bool is_island = words <= k_largest_island && words <= before && words <= after && before > 0 &&
                           after > 0 && older.is_within_line(run.old_begin, run.old_end()) &&
                           newer.is_within_line(run.new_begin, run.new_end());
    if (is_island) {
      before += words;
    } else {
      kept.push_back(run);
      before = 0;
    }
  }
  return kept;
}

class PieceList {
public:
  void add(Piece::Kind kind, std::string_view text) {
    if (text.empty()) return;
    if (!m_pieces.empty() && m_pieces.back().kind == kind) {
      std::string_view& last = m_pieces.back().text;
      last = {last.data(), last.size() + text.size()};  // pieces of one kind follow each other in their text
    } else {
      m_pieces.push_back({kind, text});
    }
  }

  /// What lies between two runs. White space that both begin or end with has not changed.
  void add_change(std::string_view older, std::string_view newer) {
    std::string_view lead = newer.substr(0, leading_space(newer));
    if (lead != older.substr(0, leading_space(older))) lead = {};
    older.remove_prefix(lead.size());
    newer.remove_prefix(lead.size());
    std::string_view trail = newer.substr(newer.size() - trailing_space(newer));
    if (trail != older.substr(older.size() - trailing_space(older))) trail = {};
    older.remove_suffix(trail.size());
    newer.remove_suffix(trail.size());
    add(Piece::Kind::same, lead);
    add(Piece::Kind::removed, older);
    add(Piece::Kind::added, newer);
    add(Piece::Kind::same, trail);
  }

  std::vector<Piece> take() { return std::move(m_pieces); }

private:
  std::vector<Piece> m_pieces;
};

}  // namespace

double WordDiff::share() const {
  const std::uint64_t all = old_words + new_words;
  return all == 0 ? 0 : static_cast<double>(words_removed + words_added) / static_cast<double>(all);
}

WordDiff word_diff(std::string_view old_text, std::string_view new_text) {
  const Side older(old_text);
  const Side newer(new_text);
  std::uint64_t same_words = 0;
  std::size_t old_at = 0;
  std::size_t new_at = 0;
  PieceList pieces;
  for (const Run& run : without_islands(older, newer, same_tokens(older, newer))) {
    for (std::uint32_t i = 0; i < run.size; ++i) {
      const WordToken& old_token = older.token(run.old_begin + i);
      const WordToken& new_token = newer.token(run.new_begin + i);
      pieces.add_change(old_text.substr(old_at, old_token.begin - old_at),
                        new_text.substr(new_at, new_token.begin - new_at));
      pieces.add(Piece::Kind::same, new_text.substr(new_token.begin, new_token.end - new_token.begin));
      old_at = old_token.end;
      new_at = new_token.end;
    }
    same_words += older.words(run.old_begin, run.old_end());
  }
  pieces.add_change(old_text.substr(old_at), new_text.substr(new_at));
  WordDiff diff{pieces.take(), 0, 0, older.words(0, older.token_count()),
                newer.words(0, newer.token_count())};
  diff.words_removed = diff.old_words - same_words;
  diff.words_added = diff.new_words - same_words;
  return diff;
}

}  // namespace winnow
