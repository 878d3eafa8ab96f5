#include "extract/charset_detect.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>

#include <unicode/ucsdet.h>
#include <unicode/utf8.h>

#include "extract/charset_icu.hpp"
#include "extract/visible_bytes.hpp"
#include "model/ascii.hpp"
#include "model/handle.hpp"

namespace winnow {
namespace {

using Detector = std::unique_ptr<UCharsetDetector, FreeWith<ucsdet_close>>;

constexpr std::size_t k_window = 65536;

bool is_in(unsigned char byte, unsigned first, unsigned last) {
  return byte >= first && byte <= last;
}

/// ISO-2022 is 7-bit: valid UTF-8, whatever it says.
const CharEncoding* find_iso_2022(std::string_view bytes) {
  std::size_t escape = bytes.find('\x1B');
  for (; escape != std::string_view::npos; escape = bytes.find('\x1B', escape + 1)) {
    const std::string_view sequence = bytes.substr(escape + 1, 3);
    if (sequence.starts_with("$B") || sequence.starts_with("$@")) return find_encoding("iso-2022-jp");
    if (sequence.starts_with("$)C")) return find_encoding("iso-2022-kr");
  }
  return nullptr;
}

/// Vowel signs and tones stand behind a consonant or another sign, and the vowels that are written first
/// before a consonant. Text of two-byte encodings may look so; but there, what is between bytes of ASCII is
/// of even length, or often a single byte.
class ThaiCensus {
public:
  explicit ThaiCensus(std::string_view bytes) {
    unsigned char before = 0;
    std::size_t run = 0;
    for (const char c : bytes) {
      const auto byte = static_cast<unsigned char>(c);
      count_order(before, byte);
      before = byte;
      if (byte >= 0x80) {
        ++run;
        continue;
      }
      if (run > 0) count_run(run);
      run = 0;
    }
    if (run > 0) count_run(run);
  }

  [[nodiscard]] bool is_thai() const {
    constexpr std::size_t k_least = 8;
    return m_in_order >= k_least && m_in_order * 20 >= m_order * 19 && m_odd_runs * 5 >= m_runs &&
           m_short_runs * 8 <= m_runs;
  }

private:
  static bool is_consonant(unsigned char byte) { return is_in(byte, 0xA1, 0xCE); }
  static bool is_sign(unsigned char byte) {
    return byte == 0xD1 || is_in(byte, 0xD4, 0xDA) || is_in(byte, 0xE7, 0xEC);
  }

  void count_order(unsigned char before, unsigned char byte) {
    if (is_sign(byte)) {
      ++m_order;
      m_in_order += is_consonant(before) || is_sign(before) ? 1 : 0;
    }
    if (is_in(before, 0xE0, 0xE4)) {
      ++m_order;
      m_in_order += is_consonant(byte) ? 1 : 0;
    }
  }

  void count_run(std::size_t length) {
    ++m_runs;
    m_odd_runs += length % 2;
    m_short_runs += length == 1 ? 1 : 0;
  }

  std::size_t m_in_order = 0;
  std::size_t m_order = 0;
  std::size_t m_runs = 0;
  std::size_t m_odd_runs = 0;
  std::size_t m_short_runs = 0;
};

/// Most of what is beyond ASCII stands together: letters of another alphabet.
bool is_other_alphabet(std::string_view bytes) {
  std::size_t high = 0;
  std::size_t behind_high = 0;
  bool before = false;
  for (const char c : bytes) {
    const bool is_high = static_cast<unsigned char>(c) >= 0x80;
    high += is_high ? 1 : 0;
    behind_high += is_high && before ? 1 : 0;
    before = is_high;
  }
  return 2 * behind_high > high;
}

struct Guess {
  const CharEncoding* encoding = nullptr;  ///< null when nothing is likely
  std::int32_t confidence = 0;             ///< of 100
};

/// ICU's, to which Thai is added.
Guess guess_by_letters(std::string_view sample) {
  constexpr std::int32_t k_thai = 90;
  if (ThaiCensus(sample).is_thai()) return {find_encoding("windows-874"), k_thai};
  UErrorCode status = U_ZERO_ERROR;
  const Detector detector(ucsdet_open(&status));
  ucsdet_setText(detector.get(), sample.data(), static_cast<std::int32_t>(sample.size()), &status);
  const UCharsetMatch* match = ucsdet_detect(detector.get(), &status);
  if (U_FAILURE(status) || match == nullptr) return {};
  const std::int32_t confidence = ucsdet_getConfidence(match, &status);
  const char* name = ucsdet_getName(match, &status);
  const CharEncoding* found = U_SUCCESS(status) && name != nullptr ? find_encoding(name) : nullptr;
  // The detector's UTF-8 and UTF-16 are its guesses at binary noise: valid UTF-8 was settled before.
  if (found == nullptr || found->name.starts_with("UTF-")) return {};
  return {found, confidence};
}

/// A page without any text beyond ASCII may have a title in an attribute, or names in a script.
std::string sample_of(std::string_view bytes) {
  std::string sample = visible_sample(bytes, k_window);
  return sample.empty() ? std::string(bytes.substr(0, k_window)) : sample;
}

struct AsianCensus {
  std::size_t characters = 0;  ///< beyond ASCII
  std::size_t doubtful = 0;    ///< invalid, in private use, or halfwidth katakana, which are single bytes
};

AsianCensus count_asian(std::string_view sample, const CharEncoding& encoding) {
  AsianCensus census;
  decode_by_icu(sample, encoding, [&census](UChar32 c) {
    if (c < 0x80) return;
    ++census.characters;
    const bool is_private = c >= 0xE000 && c <= 0xF8FF;
    const bool is_halfwidth = c >= 0xFF61 && c <= 0xFF9F;
    census.doubtful += c == 0xFFFD || is_private || is_halfwidth ? 1 : 0;
  });
  return census;
}

/// Letters, to the detector, of another alphabet than Latin. A row of no-break spaces or bullets is none. Of
/// 1,900 policies in twenty languages of Latin letters none is taken for such; Russian has 40 to 54, Japanese
/// 100. Korean that ICU takes for Chinese has up to 85.
bool is_surely_not_latin(std::string_view sample) {
  constexpr std::ptrdiff_t k_least = 24;
  const auto letters = std::count_if(sample.begin(), sample.end(),
                                     [](char c) { return static_cast<unsigned char>(c) > 0xA0; });
  if (letters < k_least || !is_other_alphabet(sample)) return false;
  const Guess guess = guess_by_letters(sample);
  if (guess.encoding == nullptr) return false;
  constexpr std::int32_t k_sure = 35;
  constexpr std::int32_t k_sure_pairs = 90;
  constexpr std::string_view k_latin[] = {"windows-1252", "windows-1250", "windows-1254", "ISO-8859-2"};
  return guess.confidence >= (is_east_asian(*guess.encoding) ? k_sure_pairs : k_sure) &&
         std::find(std::begin(k_latin), std::end(k_latin), guess.encoding->name) == std::end(k_latin);
}

/// A twentieth of the characters are not what such a page has, and in what the detector takes it for almost
/// all are.
bool is_surely_another_asian(std::string_view sample, const CharEncoding& declared) {
  constexpr std::size_t k_least = 4;
  constexpr std::size_t k_share = 20;
  constexpr std::int32_t k_sure = 50;
  const AsianCensus in_declared = count_asian(sample, declared);
  if (in_declared.doubtful < k_least || in_declared.doubtful * k_share < in_declared.characters) return false;
  const Guess guess = guess_by_letters(sample);
  return guess.encoding != nullptr && guess.encoding != &declared && guess.confidence >= k_sure &&
         is_east_asian(*guess.encoding) &&
         count_asian(sample, *guess.encoding).doubtful * k_share < in_declared.doubtful;
}

/// Letters of Ukrainian, in KOI8-R parts of frames: є і ї.
bool has_ukrainian_letters(std::string_view bytes) {
  return bytes.find_first_of("\xA4\xA6\xA7") != std::string_view::npos;
}

}  // namespace

Utf8Census count_utf8(std::string_view bytes) {
  Utf8Census census;
  const auto size = static_cast<std::int64_t>(bytes.size());
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  std::int64_t at = 0;
  while (at < size) {
    if (at + 8 <= size && EightBytes(bytes.data() + at).are_ascii()) {
      at += 8;
      continue;
    }
    if (data[at] < 0x80) {
      ++at;
      continue;
    }
    const std::int64_t begin = at;
    UChar32 c = 0;
    U8_NEXT(data, at, size, c);
    if (c < 0) {
      if (census.invalid == std::string_view::npos) census.invalid = static_cast<std::size_t>(begin);
      ++census.invalid_count;
    } else {
      ++census.sequences;
    }
  }
  return census;
}

const CharEncoding* looks_like_utf16(std::string_view bytes) {
  constexpr std::size_t k_begin = 2048;
  constexpr std::size_t k_least = 4;
  constexpr std::size_t k_share = 16;
  bytes = bytes.substr(0, k_begin);
  if (bytes.find('\0') == std::string_view::npos) return nullptr;
  std::size_t big = 0;  // units that are ASCII
  std::size_t little = 0;
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    const auto first = static_cast<unsigned char>(bytes[i]);
    const auto second = static_cast<unsigned char>(bytes[i + 1]);
    big += first == 0 && is_in(second, '\t', '~') ? 1 : 0;
    little += second == 0 && is_in(first, '\t', '~') ? 1 : 0;
  }
  const std::size_t most = std::max(big, little);
  const std::size_t units = bytes.size() / 2;
  if (most < k_least || most * k_share < units || std::min(big, little) * k_share > most) return nullptr;
  return find_encoding(big > little ? "utf-16be" : "utf-16le");
}

const CharEncoding* detect_charset(std::string_view bytes, const Utf8Census& census) {
  if (const CharEncoding* utf16 = looks_like_utf16(bytes)) return utf16;
  if (census.sequences == 0 && census.invalid_count == 0) {
    if (const CharEncoding* shifted = find_iso_2022(bytes)) return shifted;
  }
  constexpr std::size_t k_share = 4;
  if (census.invalid_count == 0 || census.sequences >= k_share * census.invalid_count)
    return find_encoding("utf-8");
  const CharEncoding* const western = find_encoding("windows-1252");
  const std::string sample = sample_of(bytes);
  const Guess guess = guess_by_letters(sample);
  constexpr std::int32_t k_confidence = 25;          // of 100; ICU's own floor for "maybe"
  constexpr std::int32_t k_confidence_or_none = 15;  // Ukrainian is to ICU a little Russian
  const std::int32_t least = is_other_alphabet(sample) ? k_confidence_or_none : k_confidence;
  if (guess.encoding == nullptr || guess.confidence < least) return western;
  if (guess.encoding->name == "KOI8-R" && has_ukrainian_letters(sample)) return find_encoding("koi8-u");
  return guess.encoding;
}

bool is_east_asian(const CharEncoding& encoding) {
  constexpr std::string_view k_names[] = {"GBK", "gb18030", "Big5", "EUC-JP", "EUC-KR", "Shift_JIS"};
  return std::find(std::begin(k_names), std::end(k_names), encoding.name) != std::end(k_names);
}

bool is_surely_other(std::string_view bytes, const CharEncoding& declared) {
  const bool is_latin = declared.name == "windows-1252";
  if (!is_latin && !is_east_asian(declared)) return false;
  const std::string sample = visible_sample(bytes, k_window);
  return is_latin ? is_surely_not_latin(sample) : is_surely_another_asian(sample, declared);
}

}  // namespace winnow
