#include "extract/fingerprint.hpp"

#include <algorithm>
#include <array>

#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "extract/characters.hpp"
#include "extract/markdown_text.hpp"
#include "model/ascii.hpp"

namespace winnow {
namespace {

icu::StringPiece piece(std::string_view text) {
  return {text.data(), static_cast<std::int32_t>(text.size())};
}

/// The text itself where it is in form C already, which nearly all of the web is.
std::string normalized(std::string text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status) || (nfc->isNormalizedUTF8(piece(text), status) && U_SUCCESS(status))) return text;
  std::string result;
  icu::StringByteSink<std::string> sink(&result);
  status = U_ZERO_ERROR;
  nfc->normalizeUTF8(0, piece(text), sink, nullptr, status);
  return U_SUCCESS(status) ? result : text;
}

/// ICU is asked for what is not ASCII only: folding knows no context.
std::string case_folded(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const auto is_ascii = [](char c) { return (static_cast<unsigned char>(c) & 0x80U) == 0; };
    const auto* const other = std::find_if_not(text.begin(), text.end(), is_ascii);
    const auto plain = static_cast<std::size_t>(other - text.begin());
    result += text.substr(0, plain);
    for (std::size_t i = result.size() - plain; i < result.size(); ++i)
      result[i] = to_lower(result[i]);
    text.remove_prefix(plain);
    const auto* const end = std::find_if(text.begin(), text.end(), is_ascii);
    const auto size = static_cast<std::size_t>(end - text.begin());
    icu::StringByteSink<std::string> sink(&result);
    UErrorCode status = U_ZERO_ERROR;
    icu::CaseMap::utf8Fold(0, piece(text.substr(0, size)), sink, nullptr, status);
    if (U_FAILURE(status)) result += text.substr(0, size);
    text.remove_prefix(size);
  }
  return result;
}

bool is_dropped(UChar32 c) {
  return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x2064) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

/// How often each of 64 bits was set. Counts eight bits at a time, in the bytes of a word.
class BitCounts {
public:
  void add(std::uint64_t bits) {
    for (std::size_t lane = 0; lane < m_lanes.size(); ++lane)
      m_lanes[lane] += bits >> lane & 0x0101010101010101U;
    if (++m_in_lanes == 255) empty_lanes();
  }

  /// The bits that more than half of the added words have.
  [[nodiscard]] std::uint64_t majority(std::size_t added) {
    empty_lanes();
    std::uint64_t bits = 0;
    for (unsigned bit = 0; bit < 64; ++bit) {
      if (2 * m_counts[bit] > added) bits |= std::uint64_t{1} << bit;
    }
    return bits;
  }

private:
  void empty_lanes() {
    for (std::size_t lane = 0; lane < m_lanes.size(); ++lane) {
      for (std::size_t byte = 0; byte < 8; ++byte)
        m_counts[byte * 8 + lane] += m_lanes[lane] >> byte * 8 & 0xFFU;
    }
    m_lanes = {};
    m_in_lanes = 0;
  }

  std::array<std::uint64_t, 8> m_lanes{};  ///< byte b of lane l counts bit 8 b + l
  std::array<std::size_t, 64> m_counts{};
  int m_in_lanes = 0;
};

std::uint64_t simhash(const std::string& words) {
  constexpr std::size_t k_shingle = 4;
  constexpr std::size_t k_block = 4096;
  if (words.empty()) return 0;
  BitCounts counts;
  std::array<std::size_t, k_shingle> begins{};  // of the last words, the one being read included
  std::size_t read = 0;
  const auto end_word = [&](std::size_t end) {
    if (++read >= k_shingle) {
      const std::size_t begin = begins[read % k_shingle];
      counts.add(XXH64(words.data() + begin, end - begin, 0));
    }
    begins[read % k_shingle] = end + 1;
  };
  // Places are written at each byte and kept at spaces: a branch would be mispredicted at each word.
  std::array<std::size_t, k_block + 1> spaces{};
  for (std::size_t block = 0; block < words.size(); block += k_block) {
    std::size_t found = 0;
    for (std::size_t at = block; at < std::min(block + k_block, words.size()); ++at) {
      spaces[found] = at;
      found += words[at] == ' ' ? 1 : 0;
    }
    for (std::size_t i = 0; i < found; ++i)
      end_word(spaces[i]);
  }
  end_word(words.size());
  if (read < k_shingle) counts.add(XXH64(words.data(), words.size(), 0));
  return counts.majority(read < k_shingle ? 1 : read - k_shingle + 1);
}

}  // namespace

std::string visible_words(std::string_view markdown) {
  const std::string text = normalized(markdown_to_text(markdown));
  std::string words;
  words.reserve(text.size());
  const auto* data = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int64_t>(text.size());
  bool space = false;
  for (std::int64_t at = 0; at < size;) {
    const std::int64_t begin = at;
    at = static_cast<std::int64_t>(plain_words_end(text, static_cast<std::size_t>(at)));
    if (at == begin) {
      UChar32 c = 0;
      U8_NEXT_OR_FFFD(data, at, size, c);
      if (c == ' ' || u_isUWhiteSpace(c)) {
        space = true;
        continue;
      }
      if (c >= 0x80 && is_dropped(c)) continue;
    }
    if (space && !words.empty()) words += ' ';
    space = false;
    words.append(text, static_cast<std::size_t>(begin), static_cast<std::size_t>(at - begin));
  }
  return words;
}

Fingerprint fingerprint(std::string_view markdown) {
  const std::string words = visible_words(markdown);
  Fingerprint result;
  result.words_sha256 = sha256(words);
  if (words.empty()) return result;
  result.word_count = 1 + static_cast<std::uint32_t>(std::count(words.begin(), words.end(), ' '));
  result.simhash = simhash(case_folded(words));
  return result;
}

}  // namespace winnow
