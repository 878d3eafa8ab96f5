#include "extract/pdf/word_joiner.hpp"

#include <algorithm>
#include <cstddef>

namespace winnow {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

/// Lower case within ASCII, without signs around it.
std::string plain_word(std::string_view token) {
  while (!token.empty() && !is_letter(token.front()))
    token.remove_prefix(1);
  while (!token.empty() && !is_letter(token.back()))
    token.remove_suffix(1);
  std::string word(token);
  std::transform(word.begin(), word.end(), word.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return word;
}

/// Bytes of the hyphen that a line ends with, behind a letter.
std::size_t hyphen_size(std::string_view line) {
  for (const std::string_view hyphen : {"-", "\u2010"}) {
    if (line.ends_with(hyphen) && line.size() > hyphen.size() &&
        is_letter(line[line.size() - hyphen.size() - 1]))
      return hyphen.size();
  }
  return 0;
}

/// U+3000 to U+9FFF.
bool is_unspaced(std::string_view character) {
  const auto lead = static_cast<unsigned char>(character.front());
  return lead >= 0xE3 && lead <= 0xE9;
}

/// "https://example.org/a-": what is behind its line end is a part of it.
bool is_open_url(std::string_view text) {
  const std::string_view last = text.substr(text.rfind(' ') + 1);
  const bool is_url =
      last.find("://") != std::string_view::npos || last.find("www.") != std::string_view::npos;
  return is_url && (last.ends_with('/') || last.ends_with('-'));
}

std::string_view last_character(std::string_view text) {
  std::size_t at = text.size() - 1;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U)
    --at;
  return text.substr(at);
}

}  // namespace

WordJoiner::WordJoiner(const PdfDocument& document) {
  constexpr std::size_t k_most_words = 200'000;
  bool is_second_part = false;
  for (const PdfPage& page : document.pages) {
    for (const PdfLine& line : page.lines) {
      std::string_view text = line.text;
      while (!text.empty() && m_words.size() < k_most_words) {
        const std::size_t end = std::min(text.find(' '), text.size());
        const std::string_view token = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const bool is_part = is_second_part || (text.empty() && hyphen_size(token) > 0);
        if (!is_part) m_words.insert(plain_word(token));
        is_second_part = false;
      }
      is_second_part = hyphen_size(line.text) > 0;
    }
  }
}

bool WordJoiner::keeps_hyphen(std::string_view first, std::string_view second) const {
  const std::string before = plain_word(first);
  const std::string behind = plain_word(second);
  if (knows(before + behind)) return false;
  if (knows(before + '-' + behind)) return true;
  return knows(before) && knows(behind);
}

void WordJoiner::append(std::string& text, std::string_view line) const {
  if (text.empty() || line.empty()) {
    text += line;
    return;
  }
  constexpr std::string_view k_soft = "\u00AD";
  if (text.ends_with(k_soft)) {
    text.resize(text.size() - k_soft.size());
  } else if (is_open_url(text)) {
    // Nothing is between.
  } else if (const std::size_t hyphen = hyphen_size(text); hyphen > 0) {
    const std::size_t space = text.rfind(' ');
    const std::string_view first = std::string_view(text).substr(space == std::string::npos ? 0 : space + 1);
    const std::string_view second = line.substr(0, line.find(' '));
    const bool is_small = is_letter(line.front()) && !(line.front() >= 'A' && line.front() <= 'Z');
    if (is_small && !keeps_hyphen(first.substr(0, first.size() - hyphen), second))
      text.resize(text.size() - hyphen);
  } else if (!is_unspaced(last_character(text)) || !is_unspaced(line)) {
    text += ' ';
  }
  text += line;
}

}  // namespace winnow
