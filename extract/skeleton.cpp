#include "extract/skeleton.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "extract/tag_scanner.hpp"
#include "model/ascii.hpp"

namespace winnow {
namespace {

// A mark: k_begin, the piece's number by letters, lowest first, k_end. k_begin is U+10FFFD, the last
// character for private use, which fonts of icons stay far below; gumbo makes U+FFFD of control characters.
constexpr std::string_view k_begin = "\xF4\x8F\xBF\xBD";
constexpr long k_begin_code = 0x10FFFD;
constexpr char k_end = '.';
constexpr std::size_t k_letters = 26;
constexpr std::size_t k_shortest_piece = 10;

bool is_reference_char(char c) {
  return is_letter(c) || is_digit(c) || c == '#';
}

/// Whether a numeric reference would become a mark's beginning.
bool is_mark(std::string_view reference) {
  if (!reference.starts_with("&#")) return false;
  reference.remove_prefix(2);
  const bool hex = !reference.empty() && (reference.front() | 0x20) == 'x';
  if (hex) reference.remove_prefix(1);
  long value = 0;
  for (const char c : reference) {
    const int digit = hex ? hex_value(c) : is_digit(c) ? c - '0' : -1;
    if (digit < 0 || value > k_begin_code) break;
    value = value * (hex ? 16 : 10) + digit;
  }
  return value == k_begin_code;
}

}  // namespace

Skeleton::Skeleton(std::string_view html) {
  if (html.find(k_begin) != std::string_view::npos) {
    m_html = html;
    return;
  }
  m_html.reserve(html.size() / 2);
  TagScanner scanner(html);
  Token token;
  std::size_t text_from = 0;
  std::size_t pre = 0;
  while (scanner.next(token)) {
    add_text(html.substr(text_from, token.begin - text_from), pre == 0);
    m_html += html.substr(token.begin, token.end - token.begin);
    text_from = token.end;
    const bool opens = token.kind == TokenKind::open;
    if (opens && (token.tag == GUMBO_TAG_TITLE || token.tag == GUMBO_TAG_TEXTAREA)) {
      const std::size_t end = std::min(scanner.raw_text_end(token.name), html.size());
      add_text(html.substr(text_from, end - text_from), false);
      text_from = end;
      scanner.seek(end);
    } else if (token.kind != TokenKind::comment &&
               (token.tag == GUMBO_TAG_PRE || token.tag == GUMBO_TAG_LISTING)) {
      if (opens) {
        ++pre;
      } else if (pre > 0) {
        --pre;
      }
    }
  }
  add_text(html.substr(text_from), pre == 0);
}

void Skeleton::add_text(std::string_view text, bool may_hide) {
  while (!text.empty()) {
    const std::size_t reference = std::min(text.find('&'), text.size());
    if (may_hide) {
      add_piece(text.substr(0, reference));
    } else {
      m_html += text.substr(0, reference);
    }
    text.remove_prefix(reference);
    if (text.empty()) return;
    std::size_t end = 1;
    while (end < text.size() && is_reference_char(text[end]))
      ++end;
    if (end < text.size() && text[end] == ';') ++end;
    if (!is_mark(text.substr(0, end))) m_html += text.substr(0, end);
    text.remove_prefix(end);
  }
}

void Skeleton::add_piece(std::string_view piece) {
  std::size_t space = 0;
  while (space < piece.size() && is_html_space(piece[space]))
    ++space;
  m_html += piece.substr(0, space);
  piece.remove_prefix(space);
  if (piece.size() < k_shortest_piece) {
    m_html += piece;
    return;
  }
  m_html += k_begin;
  for (std::size_t number = m_pieces.size(); number > 0; number /= k_letters)
    m_html += static_cast<char>('a' + number % k_letters);
  m_html += k_end;
  m_pieces.push_back(piece);
}

std::string_view Skeleton::filled(std::string_view parsed, Arena& arena) const {
  struct Part {
    std::string_view text;
    std::size_t end;  ///< in `parsed`
  };
  if (m_pieces.empty() || parsed.find(k_begin) == std::string_view::npos) return parsed;
  const auto next = [&](std::size_t at) -> Part {
    if (!parsed.substr(at).starts_with(k_begin)) {
      const std::size_t end = std::min(parsed.find(k_begin, at), parsed.size());
      return {parsed.substr(at, end - at), end};
    }
    at += k_begin.size();
    const std::size_t end = parsed.find(k_end, at);
    std::size_t number = 0;
    for (std::size_t i = end; i-- > at;)
      number = number * k_letters + static_cast<std::size_t>(parsed[i] - 'a');
    assert(number < m_pieces.size() && "nothing else makes marks");
    return {m_pieces[number], end + 1};
  };
  if (const Part only = next(0); only.end == parsed.size()) return only.text;
  std::size_t size = 0;
  for (std::size_t at = 0; at < parsed.size();) {
    const Part part = next(at);
    size += part.text.size();
    at = part.end;
  }
  char* const whole = static_cast<char*>(arena.allocate(size));
  char* out = whole;
  for (std::size_t at = 0; at < parsed.size();) {
    const Part part = next(at);
    std::memcpy(out, part.text.data(), part.text.size());
    out += part.text.size();
    at = part.end;
  }
  return {whole, size};
}

}  // namespace winnow
