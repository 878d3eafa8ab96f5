// Text as phrases are looked for in it: lower case, no accents, one space between words.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace winnow {

/// Folds UTF-8, piece by piece, into the form that phrases are compared in:
///
/// - Letters and digits in simple case folding, without accents and other non-spacing marks ("Política" and
///   "POLITICA" are "politica"); compatibility forms as the letters they stand for (full width, ligatures).
/// - Anything else (also NUL and bytes that are no UTF-8) is a separator; a run of them is one space.
///   Characters that no reader sees (soft hyphens, zero-width spaces) vanish.
/// - Scripts that put no spaces between words (Han, kana, Hangul syllables, Thai, Lao, Khmer, Burmese) are
///   `solid`: a space stands between them and other letters, none among themselves. Korean does put spaces,
///   but its particles stick to the words.
class WordFolder {
public:
  /// Calls sink(unsigned char) for every byte of the folded text. Text must end at a character's end.
  template <class Sink>
  void feed(std::string_view text, Sink&& sink);

  /// Ends the word that is under way, so that a phrase that ends here is seen.
  template <class Sink>
  void end_word(Sink&& sink);

  /// Words so far; two characters of a solid script count as one.
  [[nodiscard]] unsigned words() const { return m_words + m_solid_characters / 2; }

private:
  enum class Last : unsigned char { space, letter, solid };

  template <class Sink>
  void feed_character(const unsigned char*& at, const unsigned char* end, Sink&& sink);

  Last m_last = Last::space;
  unsigned m_words = 0;
  unsigned m_solid_characters = 0;
};

namespace folding {

inline constexpr unsigned char k_separator = ' ';

inline constexpr std::array<unsigned char, 256> k_folded_bytes = [] {
  std::array<unsigned char, 256> table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    const auto byte = static_cast<unsigned char>(i);
    const bool upper = byte >= 'A' && byte <= 'Z';
    const bool letter = upper || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
    table[i] = upper ? static_cast<unsigned char>(byte + 32) : letter ? byte : k_separator;
  }
  return table;
}();

/// What an ASCII byte becomes: a letter, a digit or k_separator, as any other byte.
[[nodiscard]] constexpr unsigned char fold_ascii(unsigned char byte) {
  return k_folded_bytes[byte];
}

/// What a character beyond ASCII becomes.
struct Folded {
  enum class Kind : unsigned char { separator, dropped, letters, solid } kind = Kind::separator;
  unsigned char size = 0;
  unsigned char bytes[4] = {};
};

/// Reads one character at `at`, which is not ASCII, and moves behind it.
[[nodiscard]] Folded fold_character(const unsigned char*& at, const unsigned char* end);

}  // namespace folding

template <class Sink>
void WordFolder::feed(std::string_view text, Sink&& sink) {
  const auto* at = reinterpret_cast<const unsigned char*>(text.data());
  const auto* end = at + text.size();
  Last last = m_last;
  while (at != end) {
    if (*at >= 0x80) {
      m_last = last;
      feed_character(at, end, sink);
      last = m_last;
      continue;
    }
    const unsigned char folded = folding::fold_ascii(*at++);
    if (folded == folding::k_separator) {
      if (last != Last::space) sink(folded);
      last = Last::space;
      continue;
    }
    if (last != Last::letter) {
      if (last == Last::solid) sink(folding::k_separator);
      ++m_words;
      last = Last::letter;
    }
    sink(folded);
  }
  m_last = last;
}

template <class Sink>
void WordFolder::end_word(Sink&& sink) {
  if (m_last != Last::space) sink(folding::k_separator);
  m_last = Last::space;
}

template <class Sink>
void WordFolder::feed_character(const unsigned char*& at, const unsigned char* end, Sink&& sink) {
  const folding::Folded folded = folding::fold_character(at, end);
  if (folded.kind == folding::Folded::Kind::dropped) return;
  if (folded.kind == folding::Folded::Kind::separator) return end_word(sink);
  const Last kind = folded.kind == folding::Folded::Kind::solid ? Last::solid : Last::letter;
  if (m_last != kind && m_last != Last::space) sink(folding::k_separator);
  if (kind == Last::solid)
    ++m_solid_characters;
  else if (m_last != Last::letter)
    ++m_words;
  m_last = kind;
  for (unsigned i = 0; i < folded.size; ++i)
    sink(folded.bytes[i]);
}

}  // namespace winnow
