#include "storage/search_words.hpp"

#include <algorithm>
#include <array>

#include "model/ascii.hpp"
#include "model/utf8.hpp"
#include "model/word_tokens.hpp"

namespace winnow {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

template <std::size_t N>
bool is_in(const std::array<Range, N>& ranges, char32_t c) {
  return std::any_of(ranges.begin(), ranges.end(), [c](Range r) { return c >= r.first && c <= r.last; });
}

bool is_left_out(char32_t c) {
  constexpr std::array<Range, 12> k_left_out = {{
      {0xad, 0xad},    // soft hyphen
      {0x300, 0x36f},  // accents that stand alone
      {0x591, 0x5bd},  // Hebrew points
      {0x5bf, 0x5bf},
      {0x5c1, 0x5c2},
      {0x5c4, 0x5c7},
      {0x640, 0x640},  // Arabic: the line that widens a word, and the vowels' signs
      {0x64b, 0x65f},
      {0x670, 0x670},
      {0x200b, 0x200f},  // without width, and directions
      {0x202a, 0x202e},
      {0x2060, 0x206f},
  }};
  return is_in(k_left_out, c) || c == 0xfeff;
}

/// Scripts with signs that are no letters to unicode61.
bool is_moved(char32_t c) {
  const bool is_danda = c == 0x964 || c == 0x965 || c == 0x970;
  return ((c >= 0x900 && c <= 0x109f) || (c >= 0x1780 && c <= 0x17ff)) && !is_danda;
}

/// Han and kana are words of their own already (model/word_tokens.hpp).
bool stands_alone(char32_t c) {
  constexpr std::array<Range, 3> k_alone = {{
      {0xe00, 0x109f},   // Thai, Lao, Tibetan, Burmese
      {0x1780, 0x17ff},  // Khmer
      {0xac00, 0xd7a3},  // Hangul
  }};
  return is_in(k_alone, c);
}

char32_t without_width(char32_t c) {
  constexpr std::array<Range, 3> k_full_width = {{{0xff10, 0xff19}, {0xff21, 0xff3a}, {0xff41, 0xff5a}}};
  return is_in(k_full_width, c) ? c - 0xfee0 : c;
}

void append_plane_15(std::string& text, char32_t offset) {
  text += '\xf3';
  text += static_cast<char>(0x80U | (0x30U | offset >> 12U));
  text += static_cast<char>(0x80U | (offset >> 6U & 0x3fU));
  text += static_cast<char>(0x80U | (offset & 0x3fU));
}

class Folder {
public:
  explicit Folder(std::vector<SearchWord>* places = nullptr) : m_places(places) {}

  /// `offset`: where the word begins in the Markdown.
  void add(std::string_view word, std::uint32_t offset = 0) {
    end_word();
    for (std::size_t at = 0; at < word.size();) {
      const auto [code_point, size] = first_character(word.substr(at));
      const auto begin = static_cast<std::uint32_t>(offset + at);
      add(without_width(code_point), word.substr(at, size), begin);
      // A star in a word is emphasis (`pri**va**cy`); one that is meant has a backslash.
      if (code_point == '\\' && at + 1 < word.size() && word[at + 1] == '*') ++at;
      at += size;
    }
  }

  std::string take() { return std::move(m_words); }

private:
  void add(char32_t c, std::string_view bytes, std::uint32_t begin) {
    const auto end = static_cast<std::uint32_t>(begin + bytes.size());
    if (is_left_out(c) || c == '*') return;
    if (c < 0x80 ? !is_letter_or_digit(static_cast<char>(c)) : c == 0xfffd) return end_word();
    const bool is_alone = stands_alone(c);
    if (is_alone) end_word();
    if (m_places != nullptr) {
      if (m_is_in_word) {
        m_places->back().end = end;
      } else {
        m_places->push_back({static_cast<std::uint32_t>(m_words.size()), begin, end});
      }
    }
    m_is_in_word = true;
    if (is_moved(c)) {
      append_plane_15(m_words, c);
    } else if (c < 0x80) {
      m_words += static_cast<char>(c);
    } else {
      m_words += bytes;
    }
    if (is_alone) end_word();
  }

  void end_word() {
    if (m_is_in_word) m_words += ' ';
    m_is_in_word = false;
  }

  std::vector<SearchWord>* m_places;
  std::string m_words;
  bool m_is_in_word = false;
};

void add_text(Folder& folder, std::string_view text) {
  for (const WordToken& token : tokens(text)) {
    if (token.kind == WordToken::Kind::word)
      folder.add(text.substr(token.begin, token.end - token.begin), token.begin);
  }
}

bool has_words(std::string_view text) {
  const auto found = tokens(text);
  return std::any_of(found.begin(), found.end(),
                     [](const WordToken& token) { return token.kind == WordToken::Kind::word; });
}

/// Straight and curly ones: phrases are pasted from where they stand.
std::size_t quote_size(std::string_view text) {
  if (text.starts_with('"')) return 1;
  for (const std::string_view quote : {"“", "”", "„"}) {
    if (text.starts_with(quote)) return quote.size();
  }
  return 0;
}

/// One word or phrase of a query.
struct Term {
  std::string words;
  bool is_prefix = false;
  bool is_unwanted = false;
};

class QueryParser {
public:
  explicit QueryParser(std::string_view query) : m_rest(query) {}

  std::optional<Term> next() {
    while (true) {
      m_rest.remove_prefix(leading_space(m_rest));
      if (m_rest.empty()) return std::nullopt;
      Term term;
      if (m_rest.starts_with('-')) {
        term.is_unwanted = true;
        m_rest.remove_prefix(1);
      }
      const std::string_view written = quote_size(m_rest) > 0 ? take_phrase() : take_word();
      term.is_prefix = written.ends_with('*') || m_rest.starts_with('*');
      if (m_rest.starts_with('*')) m_rest.remove_prefix(1);
      if (!has_words(written)) continue;
      // What people write is no Markdown: a star within it stands between words.
      std::string plain(written);
      std::replace(plain.begin(), plain.end(), '*', ' ');
      Folder folder;
      add_text(folder, plain);
      term.words = folder.take();
      return term;
    }
  }

private:
  /// To the closing quote, or to the end.
  std::string_view take_phrase() {
    m_rest.remove_prefix(quote_size(m_rest));
    std::size_t end = 0;
    while (end < m_rest.size() && quote_size(m_rest.substr(end)) == 0)
      ++end;
    const std::string_view phrase = m_rest.substr(0, end);
    m_rest.remove_prefix(end);
    if (!m_rest.empty()) m_rest.remove_prefix(quote_size(m_rest));
    return phrase;
  }

  std::string_view take_word() {
    std::size_t end = 0;
    while (end < m_rest.size() && leading_space(m_rest.substr(end)) == 0 &&
           quote_size(m_rest.substr(end)) == 0)
      ++end;
    const std::string_view word = m_rest.substr(0, end);
    m_rest.remove_prefix(end);
    return word;
  }

  std::string_view m_rest;
};

void append_term(std::string& expression, std::string_view joined_by, const Term& term) {
  if (!expression.empty()) expression += joined_by;
  // The folded words hold no quote: of ASCII, letters, digits and spaces alone.
  expression += '"' + term.words + '"';
  if (term.is_prefix) expression += " *";
}

}  // namespace

std::string search_words(std::string_view title, std::string_view markdown) {
  Folder folder;
  add_text(folder, title);
  add_text(folder, markdown);
  return folder.take();
}

LocatedWords locate_search_words(std::string_view markdown) {
  LocatedWords located;
  Folder folder(&located.places);
  add_text(folder, markdown);
  located.words = folder.take();
  return located;
}

std::optional<std::string> match_expression(std::string_view query) {
  std::string wanted;
  std::string unwanted;
  QueryParser parser(query);
  while (const auto term = parser.next()) {
    if (term->is_unwanted) {
      append_term(unwanted, " OR ", *term);
    } else {
      append_term(wanted, " AND ", *term);
    }
  }
  if (wanted.empty()) return std::nullopt;
  return unwanted.empty() ? wanted : "(" + wanted + ") NOT (" + unwanted + ")";
}

std::string mark_expression(std::string_view query) {
  std::string wanted;
  QueryParser parser(query);
  while (const auto term = parser.next()) {
    if (!term->is_unwanted) append_term(wanted, " OR ", *term);
  }
  return wanted;
}

}  // namespace winnow
