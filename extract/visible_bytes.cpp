#include "extract/visible_bytes.hpp"

#include <algorithm>

#include "model/ascii.hpp"

namespace winnow {
namespace {

constexpr std::size_t k_npos = std::string_view::npos;

std::size_t find_high(std::string_view text, std::size_t from) {
  while (from + 8 <= text.size() && EightBytes(text.data() + from).are_ascii())
    from += 8;
  while (from < text.size() && static_cast<unsigned char>(text[from]) < 0x80)
    ++from;
  return from < text.size() ? from : k_npos;
}

/// Appends the bytes beyond ASCII, each with so many around it that a gap between two is no part of a
/// character.
void append_around_high(std::string_view text, std::string& sample) {
  constexpr std::size_t k_around = 128;
  std::size_t high = find_high(text, 0);
  while (high != k_npos) {
    const std::size_t begin = high - std::min(high, k_around);
    std::size_t end = high;
    while (high != k_npos && high <= end + 2 * k_around) {
      end = high + 1;
      high = find_high(text, end);
    }
    sample.append(text, begin, end + k_around - begin);
    sample += '\n';
  }
}

}  // namespace

bool VisibleTags::next(Token& token) {
  if (!m_scanner.next(token)) return false;
  if (token.kind != TokenKind::open || (token.tag != GUMBO_TAG_SCRIPT && token.tag != GUMBO_TAG_STYLE))
    return true;
  bool& is_unended = token.tag == GUMBO_TAG_SCRIPT ? m_unended_script : m_unended_style;
  if (is_unended) return true;
  const std::size_t end = m_scanner.raw_text_end(token.name);
  is_unended = end == k_npos;
  if (!is_unended) {
    token.end = end;
    m_scanner.seek(end);
  }
  return true;
}

std::string visible_sample(std::string_view bytes, std::size_t most) {
  std::string sample;
  VisibleTags tags(bytes);
  Token token;
  std::size_t from = 0;
  while (sample.size() < most && tags.next(token)) {
    append_around_high(bytes.substr(from, token.begin - from), sample);
    from = token.end;
  }
  if (sample.size() < most) append_around_high(bytes.substr(from), sample);
  sample.resize(std::min(sample.size(), most));
  return sample;
}

}  // namespace winnow
