#include "extract/facts/change_measure.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "extract/facts/date_forms.hpp"
#include "extract/gate/word_folder.hpp"
#include "model/ascii.hpp"
#include "model/utf8.hpp"
#include "model/word_diff.hpp"
#include "model/word_tokens.hpp"

namespace winnow {
namespace {

constexpr std::size_t k_counter_digits = 5;
constexpr std::size_t k_spelled_letters = 5;

/// One of the two texts, and where dates stand in it.
class DatedText {
public:
  DatedText(std::string_view text, const DateReader& reader) : m_text(text), m_tokens(tokens(text)) {
    for (std::size_t at = 0; const auto date = reader.next(text, at);) {
      m_dates.push_back({date->begin, date->end});
      at = std::max(date->end, at + 1);
    }
  }

  /// The tokens of a part of the text: a link's target alone is no target any more. \pre a view into the text
  [[nodiscard]] std::span<const WordToken> tokens_of(std::string_view piece) const {
    const auto begin = static_cast<std::size_t>(piece.data() - m_text.data());
    const auto at = [&](std::size_t place) {
      return std::partition_point(m_tokens.begin(), m_tokens.end(),
                                  [&](const WordToken& token) { return token.begin < place; });
    };
    return {at(begin), at(begin + piece.size())};
  }

  [[nodiscard]] std::string_view operator[](const WordToken& token) const {
    return m_text.substr(token.begin, token.end - token.begin);
  }

  [[nodiscard]] bool is_in_date(std::size_t begin, std::size_t end) const {
    const auto date = std::partition_point(m_dates.begin(), m_dates.end(),
                                           [&](const Span& span) { return span.end < end; });
    return date != m_dates.end() && date->begin <= begin;
  }

  /// A sign or name of a currency stands beside the number.
  [[nodiscard]] bool is_money(const WordToken& number) const {
    constexpr std::size_t k_reach = 8;
    constexpr std::array<std::string_view, 14> k_currencies = {
        "$",   "\u20ac", "\u00a3", "\u00a5", "\u20bd", "eur",     "usd",
        "gbp", "chf",    "dollar", "pound",  "kr",     "z\u0142", "\u5186"};
    const std::size_t begin = number.begin - std::min<std::size_t>(number.begin, k_reach);
    const std::string_view around = m_text.substr(begin, number.end + k_reach - begin);
    return std::any_of(k_currencies.begin(), k_currencies.end(),
                       [&](std::string_view currency) { return contains_any_case(around, currency); });
  }

  /// The word before is `version`, also in `v. 3`.
  [[nodiscard]] bool is_version_number(std::size_t begin) const {
    std::string_view before = m_text.substr(0, begin);
    while (!before.empty() && (before.back() == ' ' || before.back() == '.'))
      before.remove_suffix(1);
    const std::string_view word = before.substr(before.size() - std::min<std::size_t>(before.size(), 7));
    return contains_any_case(word, "version") || before.ends_with(" v");
  }

private:
  struct Span {
    std::size_t begin;
    std::size_t end;
  };
  std::string_view m_text;
  std::vector<WordToken> m_tokens;
  std::vector<Span> m_dates;
};

bool is_number(std::string_view word) {
  return std::all_of(word.begin(), word.end(),
                     [](char c) { return is_digit(c) || c == '.' || c == ',' || c == '\'' || c == '-'; });
}

bool is_year(std::string_view word) {
  return word.size() == 4 && all_digits(word) && (word.starts_with("19") || word.starts_with("20"));
}

/// "2019-2024" is two years.
bool is_years(std::string_view word) {
  const auto dash = word.find('-');
  return dash == std::string_view::npos ? is_year(word)
                                        : is_year(word.substr(0, dash)) && is_year(word.substr(dash + 1));
}

std::string folded(std::string_view word) {
  std::string result;
  WordFolder folder;
  folder.feed(word, [&result](unsigned char byte) {
    if (byte != ' ') result += static_cast<char>(byte);
  });
  return result;
}

std::u32string code_points(std::string_view text) {
  std::u32string points;
  while (!text.empty()) {
    const auto [point, size] = first_character(text);
    points += point;
    text.remove_prefix(size);
  }
  return points;
}

/// One letter within is another, put in or left out, at most: what stands before and behind a word makes it
/// another one (`legal`, `illegal`; `user`, `users`).
bool is_spelled_otherwise(std::string_view one, std::string_view other) {
  std::u32string a = code_points(one);
  std::u32string b = code_points(other);
  if (a.size() > b.size()) std::swap(a, b);
  if (a.size() < k_spelled_letters || b.size() - a.size() > 1) return false;
  if (a.front() != b.front() || a.back() != b.back()) return false;
  const auto [in_a, in_b] = std::mismatch(a.begin(), a.end(), b.begin());
  if (in_a == a.end()) return true;
  return std::equal(a.size() < b.size() ? in_a : in_a + 1, a.end(), in_b + 1, b.end());
}

struct ChangedWord {
  std::string folded;
  bool is_plain = false;      ///< letters, no address
  bool is_explained = false;  ///< as part of a date, or a counter
};

void read_words(std::string_view piece, const DatedText& text, std::vector<ChangedWord>& words) {
  for (const WordToken& token : text.tokens_of(piece)) {
    if (token.kind != WordToken::Kind::word) continue;
    const std::string_view word = text[token];
    const auto digits = static_cast<std::size_t>(std::count_if(word.begin(), word.end(), is_digit));
    const bool is_counter = is_number(word) && ((digits >= k_counter_digits && !text.is_money(token)) ||
                                                text.is_version_number(token.begin));
    words.push_back(
        {.folded = folded(word),
         .is_plain = digits == 0 && word.find_first_of("@./") == std::string_view::npos,
         .is_explained = is_counter || is_years(word) || text.is_in_date(token.begin, token.end)});
  }
}

std::string letters(const std::vector<ChangedWord>& words) {
  std::string letters;
  for (const ChangedWord& word : words)
    letters += word.folded;
  return letters;
}

bool are_alike(const ChangedWord& a, const ChangedWord& b) {
  return a.folded == b.folded || (a.is_plain && b.is_plain && is_spelled_otherwise(a.folded, b.folded));
}

/// Of one place, all that was removed and all that was added.
bool means_nothing(std::vector<ChangedWord> removed, std::vector<ChangedWord> added) {
  if (letters(removed) == letters(added)) return true;
  std::erase_if(removed, std::mem_fn(&ChangedWord::is_explained));
  std::erase_if(added, std::mem_fn(&ChangedWord::is_explained));
  return std::equal(removed.begin(), removed.end(), added.begin(), added.end(), are_alike);
}

bool is_minor(const WordDiff& diff, std::string_view old_text, std::string_view new_text,
              std::string_view language) {
  const DateReader reader(language);
  const DatedText old_dates(old_text, reader);
  const DatedText new_dates(new_text, reader);
  std::vector<ChangedWord> removed;
  std::vector<ChangedWord> added;
  for (const Piece& piece : diff.pieces) {
    switch (piece.kind) {
      case Piece::Kind::same:
        if (!means_nothing(std::exchange(removed, {}), std::exchange(added, {}))) return false;
        break;
      case Piece::Kind::removed:
        read_words(piece.text, old_dates, removed);
        break;
      case Piece::Kind::added:
        read_words(piece.text, new_dates, added);
        break;
    }
  }
  return means_nothing(std::move(removed), std::move(added));
}

}  // namespace

TextChange measure_change(const Text& older, const Text& newer, std::string_view language) {
  const WordDiff diff = word_diff(older.markdown, newer.markdown);
  return {.words_removed = diff.words_removed,
          .words_added = diff.words_added,
          .share = diff.share(),
          .simhash_distance = std::popcount(older.simhash ^ newer.simhash),
          .is_minor = is_minor(diff, older.markdown, newer.markdown, language)};
}

}  // namespace winnow
