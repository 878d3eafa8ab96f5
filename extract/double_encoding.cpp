#include "extract/double_encoding.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include "extract/characters.hpp"
#include "extract/windows_1252.hpp"

namespace winnow {
namespace {

UChar32 next_character(std::string_view text, std::size_t& at) {
  UChar32 c = 0;
  auto next = static_cast<std::int64_t>(at);
  U8_NEXT(reinterpret_cast<const std::uint8_t*>(text.data()), next, static_cast<std::int64_t>(text.size()),
          c);
  at = static_cast<std::size_t>(next);
  return c;
}

struct Sequence {
  std::size_t begin = 0;  ///< in the text as it stands
  std::size_t end = 0;
  std::array<std::uint8_t, 4> bytes{};
  std::uint8_t size = 0;
  bool has_control = false;  ///< one of its characters is a C1 control
  bool is_certain = false;
  UChar32 character = 0;  ///< that it was
};

/// U+0000 to U+10FFFF that someone may have written.
bool is_written(UChar32 c) {
  const std::int8_t type = u_charType(c);
  return type != U_UNASSIGNED && type != U_PRIVATE_USE_CHAR && type != U_SURROGATE && type != U_CONTROL_CHAR;
}

/// The sequence that begins at `at`.
std::optional<Sequence> sequence_at(std::string_view text, std::size_t at) {
  Sequence sequence{.begin = at, .end = at};
  std::uint8_t wanted = 1;
  while (sequence.size < wanted) {
    if (sequence.end >= text.size()) return std::nullopt;
    const UChar32 c = next_character(text, sequence.end);
    const std::optional<std::uint8_t> byte = c < 0x80 ? std::nullopt : windows_1252_byte(c);
    if (!byte) return std::nullopt;
    if (sequence.size == 0) {
      if (!U8_IS_LEAD(*byte)) return std::nullopt;
      wanted = static_cast<std::uint8_t>(1 + U8_COUNT_TRAIL_BYTES(*byte));
    } else if (!U8_IS_TRAIL(*byte)) {
      return std::nullopt;
    }
    sequence.has_control = sequence.has_control || c < 0xA0;
    sequence.bytes[sequence.size++] = *byte;
  }
  std::int32_t read = 0;
  U8_NEXT(sequence.bytes.data(), read, sequence.size, sequence.character);
  if (sequence.character < 0) return std::nullopt;
  // A curly quote of windows-1252 that was taken for ISO 8859-1: "itÂ’s". Those that are none are parts of
  // what was encoded once more.
  if (sequence.character < 0xA0) {
    sequence.character = windows_1252_character(static_cast<std::uint8_t>(sequence.character));
    return sequence;
  }
  return is_written(sequence.character) ? std::optional(sequence) : std::nullopt;
}

constexpr bool is_one_of(std::uint8_t byte, std::string_view bytes) {
  return bytes.find(static_cast<char>(byte)) != std::string_view::npos;
}

/// Signs that join words or divide them without a space: ’ ‘ – — … • ‹ › „ ‚ “ ” NBSP « » · SHY ´ ¨.
bool may_join(std::uint8_t sign) {
  return is_one_of(sign, "\x92\x91\x96\x97\x85\x95\x8B\x9B\x84\x82\x93\x94\xA0\xAB\xBB\xB7\xAD\xB4\xA8");
}

/// Signs and letters that stand behind no capital Ã in any language: € ƒ ˆ ‰ Š Œ Ž ˜ š œ ž Ÿ ¢ £ ¤ ¥ ¦ ¬ ¯
/// ± µ ¶ ¸ ¼ ½ ¾.
bool follows_no_word(std::uint8_t sign) {
  return is_one_of(sign,
                   "\x80\x83\x88\x89\x8A\x8C\x8E\x98\x9A\x9C\x9E\x9F\xA2\xA3\xA4\xA5\xA6\xAC\xAF\xB1\xB5\xB6"
                   "\xB8\xBC\xBD\xBE");
}

/// What stands around a sequence; 0 at the text's ends.
struct Around {
  UChar32 before = 0;
  UChar32 behind = 0;  ///< mended, if it is a sequence
};

bool is_certain_pair(const Sequence& sequence, const Around& around) {
  const std::uint8_t lead = sequence.bytes[0];
  const std::uint8_t sign = sequence.bytes[1];
  constexpr std::uint8_t k_a_circumflex = 0xC2;
  constexpr std::uint8_t k_a_tilde = 0xC3;
  const bool is_latin_1 = lead == k_a_circumflex || lead == k_a_tilde;
  // Latin, Greek, Cyrillic, Hebrew, Arabic.
  if (sequence.has_control && is_one_of(lead, "\xC2\xC3\xC4\xC5\xCE\xCF\xD0\xD1\xD2\xD3\xD7\xD8\xD9"))
    return true;
  const bool is_romanian = sequence.character >= 0x218 && sequence.character <= 0x21B;
  const bool is_accent = lead == 0xCC && u_isalpha(around.before);
  if (!is_latin_1 && lead != 0xC4 && lead != 0xC5 && !is_romanian && !is_accent) return false;
  // "Å²" may be a square ångström, in "mÅ²".
  const bool may_be_unit = lead == 0xC5 && is_one_of(sign, "\xB1\xB2\xB3\xB9") && !u_isalpha(around.behind);
  if (u_islower(around.before)) return !may_be_unit;
  if (u_isupper(around.before)) return lead == k_a_tilde && follows_no_word(sign);
  if (sign == 0xA0) {
    // "Â" is a word of Welsh, and may begin a sentence, but behind a space.
    const bool ends_sentence = around.before != 0 && around.before < 0x80 &&
                               is_one_of(static_cast<std::uint8_t>(around.before), ".,;:!?)");
    return is_latin_1 && around.before != 0xA0 && (ends_sentence || !u_isalpha(around.behind));
  }
  if (u_isalpha(around.behind)) return !may_join(sign) || (lead == k_a_tilde && u_islower(around.behind));
  return is_latin_1 && !may_join(sign);
}

bool is_certain(const Sequence& sequence, const Around& around) {
  const std::uint8_t lead = sequence.bytes[0];
  const std::uint8_t sign = sequence.bytes[1];
  if (sequence.size == 2) return is_certain_pair(sequence, around);
  if (sequence.has_control) return true;
  switch (lead) {
    case 0xE2:
      return is_one_of(sign, "\x80\x82\x84\x86\x88\x98\x9C\x9E");
    case 0xE3:
      return sign == 0x80 || sign == 0x83;
    case 0xEF:
      return is_one_of(sign, "\xAC\xBC\xBD\xBF") || sequence.character == 0xFEFF;
    case 0xF0:
      return sign == 0x9F;
    default:
      return false;
  }
}

UScriptCode script_of(UChar32 c) {
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(c, &status);
  const bool is_japanese = script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA;
  return is_japanese ? USCRIPT_HAN : script;
}

/// Whether three in a row, of those from `begin` to `end`, are letters of one script that is not Latin. Equal
/// signs behind all letters may be a list's separators: "Ò·Ó·Ô·".
bool is_of_one_script(const std::vector<Sequence>& sequences, std::size_t begin, std::size_t end) {
  constexpr std::size_t k_few = 3;
  std::size_t length = 0;
  bool differ = false;
  UScriptCode before = USCRIPT_COMMON;
  for (std::size_t i = begin; i < end; ++i) {
    const UScriptCode script = script_of(sequences[i].character);
    const bool is_letter = script > USCRIPT_INHERITED && script != USCRIPT_LATIN;
    if (!is_letter || script != before) {
      length = is_letter ? 1 : 0;
      differ = false;
    } else {
      ++length;
      differ = differ || sequences[i].bytes[1] != sequences[i - 1].bytes[1];
    }
    before = script;
    if (length >= k_few && differ) return true;
  }
  return false;
}

/// What lies between two tags, or within one.
struct Stretch {
  std::vector<Sequence> sequences;
  bool has_other = false;  ///< there is something beyond ASCII that is no sequence
  bool has_certain = false;
};

/// Decides on those that directly follow each other.
void judge_run(std::string_view text, Stretch& stretch, std::size_t begin, std::size_t end, UChar32 before) {
  std::vector<Sequence>& sequences = stretch.sequences;
  bool certain = is_of_one_script(sequences, begin, end);
  for (std::size_t i = begin; i < end && !certain; ++i) {
    Around around{before, 0};
    if (i + 1 < end) {
      around.behind = sequences[i + 1].character;
    } else if (std::size_t at = sequences[i].end; at < text.size()) {
      around.behind = std::max(next_character(text, at), 0);
    }
    certain = is_certain(sequences[i], around);
    before = windows_1252_character(sequences[i].bytes[sequences[i].size - 1U]);
  }
  for (std::size_t i = begin; i < end; ++i)
    sequences[i].is_certain = certain;
  stretch.has_certain = stretch.has_certain || certain;
}

/// Fills `stretch` with what lies between `begin` and the next `<` or `>`; gives where that is.
std::size_t read_stretch(std::string_view text, std::size_t begin, Stretch& stretch) {
  stretch.sequences.clear();
  stretch.has_other = stretch.has_certain = false;
  std::size_t run = 0;
  UChar32 before_run = 0;
  UChar32 before = 0;
  const auto end_run = [&] {
    judge_run(text, stretch, run, stretch.sequences.size(), before_run);
    run = stretch.sequences.size();
  };
  std::size_t at = begin;
  while (at < text.size() && text[at] != '<' && text[at] != '>') {
    const auto byte = static_cast<std::uint8_t>(text[at]);
    if (byte < 0x80) {
      end_run();
      before = byte;
      ++at;
      continue;
    }
    if (std::optional<Sequence> sequence = sequence_at(text, at)) {
      if (run == stretch.sequences.size()) before_run = before;
      at = sequence->end;
      stretch.sequences.push_back(*sequence);
      continue;
    }
    end_run();
    stretch.has_other = true;
    before = std::max(next_character(text, at), 0);
  }
  end_run();
  return at;
}

struct Mended {
  std::string text;
  bool has_certain = false;
  bool has_other = false;
  bool has_left = false;  ///< sequences that are not certain stayed
};

enum class Extent { certain, all };

Mended mend(std::string_view text, Extent extent) {
  Mended mended;
  mended.text.reserve(text.size());
  Stretch stretch;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = read_stretch(text, at, stretch);
    const bool all = extent == Extent::all || (stretch.has_certain && !stretch.has_other);
    for (const Sequence& sequence : stretch.sequences) {
      if (!all && !sequence.is_certain) {
        mended.has_left = true;
        continue;
      }
      mended.text.append(text, at, sequence.begin - at);
      append_utf8(mended.text, sequence.character);
      at = sequence.end;
    }
    mended.has_certain = mended.has_certain || stretch.has_certain;
    mended.has_other = mended.has_other || stretch.has_other;
    const std::size_t behind = std::min(end + 1, text.size());
    mended.text.append(text, at, behind - at);
    at = behind;
  }
  return mended;
}

}  // namespace

bool begins_double_encoded(std::string_view utf8, std::size_t at) {
  return sequence_at(utf8, at).has_value();
}

std::optional<std::string> mend_double_encoding(std::string_view utf8) {
  constexpr int k_times = 3;
  std::optional<std::string> result;
  for (int i = 0; i < k_times; ++i) {
    Mended mended = mend(utf8, Extent::certain);
    if (!mended.has_certain) break;
    if (mended.has_left && !mended.has_other) mended = mend(utf8, Extent::all);
    result = std::move(mended.text);
    utf8 = *result;
  }
  return result;
}

}  // namespace winnow
