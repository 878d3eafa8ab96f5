#include "model/word_tokens.hpp"

#include <array>

#include "model/ascii.hpp"
#include "model/utf8.hpp"

namespace winnow {
namespace {

/// A joiner is part of a word that goes on behind it (`e.g`, `and/or`), a breaker never (`data—such`).
enum class Class { space, letter, ideograph, joiner, breaker };

bool is_space(char32_t c) {
  return c == ' ' || (c >= 0x09 && c <= 0x0d) || c == 0x85 || c == 0xa0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f ||
         c == 0x3000;
}

/// Han, Hiragana, Katakana.
bool is_ideograph(char32_t c) {
  return (c >= 0x3040 && c < 0x3100) || (c >= 0x3400 && c < 0x4dc0) || (c >= 0x4e00 && c < 0xa000) ||
         (c >= 0xf900 && c < 0xfb00) || (c >= 0x20000 && c < 0x40000) || c == 0x3005;
}

bool is_full_width_punctuation(char32_t c) {
  return (c >= 0x3001 && c < 0x3040) || (c >= 0xff01 && c < 0xff10) || (c >= 0xff1a && c < 0xff21) ||
         (c >= 0xff3b && c < 0xff41) || (c >= 0xff5b && c < 0xff66);
}

constexpr std::array<Class, 0x80> k_ascii = [] {
  std::array<Class, 0x80> classes{};
  for (unsigned char c = 0; c < 0x80; ++c) {
    const bool is_space = c == ' ' || (c >= 0x09 && c <= 0x0d);
    classes.at(c) = is_space                                   ? Class::space
                    : is_letter_or_digit(static_cast<char>(c)) ? Class::letter
                                                               : Class::joiner;
  }
  return classes;
}();

Class class_of(char32_t c) {
  if (c < 0x80) return k_ascii[c];
  if (is_space(c)) return Class::space;
  if (is_ideograph(c)) return Class::ideograph;
  // Apostrophes, the two hyphens and the middle dot of Catalan stand within words.
  if (c == 0x2018 || c == 0x2019 || c == 0x2010 || c == 0x2011 || c == 0xb7) return Class::joiner;
  const bool is_latin_sign =
      c == 0xa1 || c == 0xa7 || c == 0xa9 || c == 0xab || c == 0xae || c == 0xb6 || c == 0xbb || c == 0xbf;
  const bool is_sign = (c >= 0x2012 && c < 0x2028) || (c >= 0x2030 && c < 0x205f) || c == 0x2122 ||
                       is_full_width_punctuation(c);
  return is_latin_sign || is_sign ? Class::breaker : Class::letter;
}

class Tokenizer {
public:
  explicit Tokenizer(std::string_view text) : m_text(text) {}

  std::vector<WordToken> run() {
    while (m_at < m_text.size()) {
      const auto [code_point, size] = character_at(m_at);
      const Class first = class_of(code_point);
      if (first == Class::space) {
        if (m_text[m_at] == '\n') ++m_line;
        m_at += size;
      } else if (at_target()) {
        add(WordToken::Kind::sign, m_at + 2);
        add_target();
      } else if (first == Class::letter) {
        add(WordToken::Kind::word, end_of_word());
      } else if (first == Class::ideograph) {
        add(WordToken::Kind::word, m_at + size);
      } else {
        add(WordToken::Kind::sign, end_of_signs(m_at));
      }
    }
    return std::move(m_tokens);
  }

private:
  [[nodiscard]] Character character_at(std::size_t at) const {
    const auto byte = static_cast<unsigned char>(m_text[at]);
    return byte < 0x80 ? Character{byte, 1} : first_character(m_text.substr(at));
  }

  [[nodiscard]] bool at_target() const { return is_target_at(m_at); }
  [[nodiscard]] bool is_target_at(std::size_t at) const { return m_text.substr(at, 2) == "]("; }

  void add(WordToken::Kind kind, std::size_t end) {
    if (end > m_at) {
      m_tokens.push_back({kind, static_cast<std::uint32_t>(m_at), static_cast<std::uint32_t>(end), m_line});
    }
    m_at = end;
  }

  /// Up to the parenthesis that closes it, or to white space (ASCII's, CommonMark 6.3): a link's title is
  /// words.
  void add_target() {
    std::size_t end = m_at;
    int depth = 0;
    while (end < m_text.size()) {
      const auto [code_point, size] = first_character(m_text.substr(end));
      if (is_html_space(m_text[end]) || (code_point == ')' && depth == 0)) break;
      if (code_point == '(') ++depth;
      if (code_point == ')') --depth;
      end += size;
      const bool escapes = code_point == '\\' && end < m_text.size() && !is_html_space(m_text[end]);
      if (escapes) end += first_character(m_text.substr(end)).size;
    }
    add(WordToken::Kind::target, end);
  }

  [[nodiscard]] std::size_t end_of_word() const {
    std::size_t end = m_at;
    while (end < m_text.size()) {
      while (end < m_text.size() && is_letter_or_digit(m_text[end]))
        ++end;
      std::size_t next = end;
      Class found = Class::joiner;
      std::size_t size = 0;
      for (; next < m_text.size() && !is_target_at(next); next += size) {
        const Character character = character_at(next);
        found = class_of(character.code_point);
        size = character.size;
        if (found != Class::joiner) break;
      }
      if (found != Class::letter) return end;
      end = next + size;
    }
    return end;
  }

  [[nodiscard]] std::size_t end_of_signs(std::size_t end) const {
    while (end < m_text.size() && !is_target_at(end)) {
      const auto [code_point, size] = character_at(end);
      const Class found = class_of(code_point);
      if (found != Class::joiner && found != Class::breaker) return end;
      end += size;
    }
    return end;
  }

  std::string_view m_text;
  std::size_t m_at = 0;
  std::uint32_t m_line = 0;
  std::vector<WordToken> m_tokens;
};

}  // namespace

std::vector<WordToken> tokens(std::string_view text) {
  return Tokenizer(text).run();
}

std::size_t leading_space(std::string_view text) {
  std::size_t size = 0;
  while (size < text.size()) {
    const auto [code_point, width] = first_character(text.substr(size));
    if (!is_space(code_point)) break;
    size += width;
  }
  return size;
}

std::size_t trailing_space(std::string_view text) {
  // White space is up to three bytes long, and none is the end of another character.
  std::size_t end = text.size();
  while (end > 0) {
    std::size_t begin = end - 1;
    while (begin > 0 && end - begin < 3 && (static_cast<unsigned char>(text[begin]) & 0xc0U) == 0x80U)
      --begin;
    const auto [code_point, width] = first_character(text.substr(begin, end - begin));
    if (width != end - begin || !is_space(code_point)) break;
    end = begin;
  }
  return text.size() - end;
}

}  // namespace winnow
