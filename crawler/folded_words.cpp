#include "crawler/folded_words.hpp"

#include <array>
#include <cstdint>

#include "model/ascii.hpp"

namespace winnow {

namespace {

constexpr char32_t k_separator = U' ';
constexpr char32_t k_nothing = 0;

/// Takes one character off the front. A byte that begins none stands for itself, as in ISO 8859-1.
char32_t next_character(std::string_view& text) {
  const auto byte = [&text](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const unsigned char lead = byte(0);
  const std::size_t size = lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 1;
  char32_t character = size == 1 ? lead : lead & (0xFFU >> (size + 1));
  bool whole = size <= text.size();
  for (std::size_t i = 1; whole && i < size; ++i) {
    whole = (byte(i) & 0xC0U) == 0x80;
    character = (character << 6U) | (byte(i) & 0x3FU);
  }
  text.remove_prefix(whole ? size : 1);
  return whole ? character : lead;
}

void append_utf8(std::string& out, char32_t character) {
  const auto byte = [&out](char32_t value) { out += static_cast<char>(static_cast<unsigned char>(value)); };
  if (character < 0x80) return byte(character);
  if (character < 0x800) {
    byte(0xC0U | (character >> 6U));
  } else if (character < 0x10000) {
    byte(0xE0U | (character >> 12U));
    byte(0x80U | ((character >> 6U) & 0x3FU));
  } else {
    byte(0xF0U | (character >> 18U));
    byte(0x80U | ((character >> 12U) & 0x3FU));
    byte(0x80U | ((character >> 6U) & 0x3FU));
  }
  byte(0x80U | (character & 0x3FU));
}

struct Range {
  char32_t first, last;
};

template <std::size_t N>
bool is_within(char32_t character, const std::array<Range, N>& ranges) {
  for (const Range& range : ranges) {
    if (character >= range.first && character <= range.last) return true;
  }
  return false;
}

/// Marks upon letters (the dots of Devanagari and Bengali among them), and what is not seen: soft hyphen,
/// joiners, variation selectors, tatweel.
bool is_dropped(char32_t character) {
  static constexpr std::array<Range, 10> k_ranges{{{0xAD, 0xAD},
                                                   {0x300, 0x36F},
                                                   {0x591, 0x5C7},
                                                   {0x640, 0x640},
                                                   {0x64B, 0x652},
                                                   {0x93C, 0x93C},
                                                   {0x9BC, 0x9BC},
                                                   {0x200B, 0x200F},
                                                   {0xFE00, 0xFE0F},
                                                   {0xFEFF, 0xFEFF}}};
  return is_within(character, k_ranges);
}

/// Punctuation and symbols beyond ASCII, as far as they stand between words.
bool is_separator(char32_t character) {
  static constexpr std::array<Range, 10> k_ranges{{{0x80, 0xBF},
                                                   {0xD7, 0xD7},
                                                   {0xF7, 0xF7},
                                                   {0x60C, 0x61F},
                                                   {0x964, 0x965},
                                                   {0x2000, 0x2BFF},
                                                   {0x3000, 0x303F},
                                                   {0x30FB, 0x30FB},
                                                   {0xE000, 0xF8FF},
                                                   {0x1F000, 0x1FAFF}}};
  return is_within(character, k_ranges);
}

/// Latin letters with something on them: U+00C0 to U+017F, then the additional ones of Vietnamese.
char32_t plain_latin(char32_t character) {
  static constexpr std::string_view k_plain =
      "aaaaaaaceeeeiiiidnooooo_ouuuuytsaaaaaaaceeeeiiiidnooooo_ouuuuyty"
      "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllll"
      "nnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
  static_assert(k_plain.size() == 0x180 - 0xC0);
  static constexpr std::string_view k_vietnamese =
      "aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy";
  static_assert(k_vietnamese.size() == 0x1EFA - 0x1EA0);
  const auto letter = [](std::string_view letters, char32_t at) {
    return static_cast<char32_t>(static_cast<unsigned char>(letters[at]));
  };
  if (character >= 0xC0 && character < 0x180) return letter(k_plain, character - 0xC0);
  if (character >= 0x1EA0 && character < 0x1EFA) return letter(k_vietnamese, character - 0x1EA0);
  switch (character) {
    case 0x18F:  // Azerbaijani's e
    case 0x259:
      return U'e';
    case 0x1A0:
    case 0x1A1:
      return U'o';
    case 0x1AF:
    case 0x1B0:
      return U'u';
    case 0x218:
    case 0x219:
      return U's';
    case 0x21A:
    case 0x21B:
      return U't';
    default:
      return character;
  }
}

char32_t plain_greek(char32_t character) {
  static constexpr std::u32string_view k_accented = U"ΆΈΉΊΌΎΏΐάέήίΰϊϋόύώς";
  static constexpr std::u32string_view k_plain = U"αεηιουωιαεηιυιυουωσ";
  if (const auto at = k_accented.find(character); at != k_accented.npos) return k_plain[at];
  return character >= U'Α' && character <= U'Ω' ? character + 0x20 : character;
}

char32_t plain_cyrillic(char32_t character) {
  static constexpr std::u32string_view k_marked = U"йёїўґ";
  static constexpr std::u32string_view k_plain = U"иеіуг";
  if (character < 0x410) character += 0x50;
  if (character < 0x430) character += 0x20;
  if (character >= 0x460 && character % 2 == 0) ++character;
  const auto at = k_marked.find(character);
  return at == k_marked.npos ? character : k_plain[at];
}

char32_t plain_arabic(char32_t character) {
  static constexpr std::u32string_view k_variants = U"أإآىیکةۀ";
  static constexpr std::u32string_view k_plain = U"اااييكهه";
  const auto at = k_variants.find(character);
  return at == k_variants.npos ? character : k_plain[at];
}

std::string_view two_letters(char32_t character) {
  switch (character) {
    case U'ß':
    case U'ẞ':
      return "ss";
    case U'æ':
    case U'Æ':
      return "ae";
    case U'œ':
    case U'Œ':
      return "oe";
    default:
      return {};
  }
}

char32_t fold(char32_t character) {
  if (character < 0x80) {
    const auto c = static_cast<char>(static_cast<unsigned char>(character));
    if (!is_letter_or_digit(c)) return k_separator;
    return is_letter(c) ? character | 0x20U : character;
  }
  if (is_dropped(character)) return k_nothing;
  if (is_separator(character)) return k_separator;
  if (character >= 0xFF01 && character <= 0xFF5E) return fold(character - 0xFEE0);  // full width
  if (character < 0x250 || character == 0x259 || (character >= 0x1E00 && character < 0x1F00))
    return plain_latin(character);
  if (character >= 0x370 && character < 0x400) return plain_greek(character);
  if (character >= 0x400 && character < 0x530) return plain_cyrillic(character);
  if (character == 0x9DF) return 0x9AF;  // Bengali's letter with a dot, whose mark is dropped elsewhere
  if (character >= 0x531 && character < 0x557) return character + 0x30;  // Armenian
  if (character >= 0x600 && character < 0x700) return plain_arabic(character);
  return character;
}

}  // namespace

FoldedWords fold_words(std::string_view text) {
  FoldedWords folded;
  std::size_t begin = 0;
  const auto end_word = [&] {
    if (folded.letters.size() > begin) folded.words.push_back({begin, folded.letters.size()});
    begin = folded.letters.size();
  };
  while (!text.empty()) {
    const char32_t original = next_character(text);
    const char32_t character = fold(original);
    if (character == k_separator) {
      end_word();
    } else if (const auto two = two_letters(original); !two.empty()) {
      folded.letters += two;
    } else if (character != k_nothing) {
      append_utf8(folded.letters, character);
    }
  }
  end_word();
  return folded;
}

}  // namespace winnow
