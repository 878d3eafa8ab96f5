#include <algorithm>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "extract/characters.hpp"
#include "extract/inline_markdown.hpp"
#include "model/ascii.hpp"
#include "model/percent_encoding.hpp"

namespace winnow {
namespace {

constexpr std::size_t k_npos = std::string_view::npos;

/// Letters beyond ASCII count: they are word characters to CommonMark, but for a few spaces and quotes.
bool is_word(char c) {
  return is_digit(c) || is_letter(c) || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

/// Where a backslash must stand for the line not to begin a list, heading, quote, rule, fence or link's
/// definition, nor to be a table's row or line of dashes; npos if nowhere.
std::size_t block_start(std::string_view text) {
  if (text.empty()) return k_npos;
  const char c = text.front();
  const std::size_t run = std::min(text.find_first_not_of(c), text.size());
  const bool ends_there = run == text.size() || text[run] == ' ';
  if (c == '#') return run <= 6 && ends_there ? 0 : k_npos;
  if (c == '>' || c == '|') return 0;
  // "[1]: there" would define a link, and show nothing.
  if (c == '[') return text.substr(std::min(text.find(']'), text.size() - 1) + 1, 1) == ":" ? 0 : k_npos;
  if (text.find_first_not_of("-:| ") == k_npos && text.find("--") != k_npos) return 0;
  if (c == '-' || c == '+') {
    const bool is_rule = c == '-' && text.find_first_not_of("- ") == k_npos;
    return (run == 1 && ends_there) || is_rule ? 0 : k_npos;
  }
  if (c == '=' || c == '~') return text.find_first_not_of(c) == k_npos || (c == '~' && run >= 3) ? 0 : k_npos;
  std::size_t digits = 0;
  while (digits < text.size() && is_digit(text[digits]))
    ++digits;
  if (digits == 0 || digits > 9 || digits == text.size()) return k_npos;
  if (text[digits] != '.' && text[digits] != ')') return k_npos;
  return digits + 1 == text.size() || text[digits + 1] == ' ' ? digits : k_npos;
}

/// None has a name of one letter: `AT&T;` is as it stands.
bool is_entity(std::string_view rest) {  // behind the ampersand
  std::size_t at = rest.starts_with('#') ? 1 : 0;
  const std::size_t begin = at;
  while (at < rest.size() && at < 32 && (is_letter(rest[at]) || is_digit(rest[at])))
    ++at;
  return at > begin && at < rest.size() && rest[at] == ';' && (at > 1 || begin > 0);
}

/// Of an underscore within a word, and of a few at its beginning (`__utma`): these open emphasis, which all
/// that could close it, escaped as it is, does not.
bool is_safe_underscore(std::string_view text, std::size_t at) {
  constexpr std::size_t k_few = 4;
  std::size_t begin = at;
  while (begin > 0 && at - begin < k_few && text[begin - 1] == '_')
    --begin;
  std::size_t end = at + 1;
  while (end < text.size() && end - at < k_few && text[end] == '_')
    ++end;
  if (end == text.size() || end - begin > k_few) return false;
  UChar32 after = 0;
  auto next = static_cast<std::int64_t>(end);
  U8_NEXT(reinterpret_cast<const std::uint8_t*>(text.data()), next, static_cast<std::int64_t>(text.size()),
          after);
  if (after < 0 || u_isalnum(after) == 0) return false;
  const bool in_word = begin > 0 && is_word(text[begin - 1]);
  return !in_word || end - begin == 1;
}

bool needs_escape(std::string_view text, std::size_t at) {
  const char before = at == 0 ? ' ' : text[at - 1];
  const char after = at + 1 == text.size() ? ' ' : text[at + 1];
  switch (text[at]) {
    case '\\':
      // At the end, `**` or a line's end may follow.
      return at + 1 == text.size() || (after != ' ' && !is_word(after));
    case '`':
      return true;
    case '*':
      return at == 0 || at + 1 == text.size() || before != ' ' || after != ' ';
    case '_':
      return !is_safe_underscore(text, at);
    case ']':
      // Two footnotes side by side are no link: `^2` is never defined.
      return after == '(' || (after == '[' && text.substr(at + 2, 1) != "^");
    case '<':
      return is_letter(after) || after == '/' || after == '!' || after == '?';
    case '&':
      return is_entity(text.substr(at + 1));
    default:
      return false;
  }
}

/// One of C0, or DEL, in one byte; one of C1 in two.
std::size_t control_size(std::string_view rest) {
  const auto byte = [rest](std::size_t at) { return static_cast<unsigned char>(rest[at]); };
  if (byte(0) < 0x20 || byte(0) == 0x7F) return 1;
  return byte(0) == 0xC2 && rest.size() > 1 && byte(1) < 0xA0 ? 2 : 0;
}

/// Of the character that begins there, when it is beyond ASCII and white space or seen by nobody (a mark of
/// direction): in an address it is its bytes, escaped. Other letters stay as people read them.
std::size_t unseen_size(std::string_view rest) {
  if ((static_cast<unsigned char>(rest.front()) & 0x80U) == 0) return 0;
  UChar32 c = 0;
  std::int64_t size = 0;
  U8_NEXT(reinterpret_cast<const std::uint8_t*>(rest.data()), size, static_cast<std::int64_t>(rest.size()),
          c);
  return c >= 0 && (u_isUWhiteSpace(c) != 0 || is_invisible(c)) ? static_cast<std::size_t>(size) : 0;
}

bool has_balanced_parentheses(std::string_view url) {
  int depth = 0;
  for (const char c : url) {
    if (c == '(') ++depth;
    if (c == ')' && --depth < 0) return false;
  }
  return depth == 0;
}

}  // namespace

std::string escape_markdown(std::string_view text, bool at_line_start) {
  std::string escaped;
  escaped.reserve(text.size() + text.size() / 32);
  const std::size_t start = at_line_start ? block_start(text) : k_npos;
  constexpr ByteSet k_signs([](char c) { return std::string_view("\\`*_]<&").find(c) != k_npos; });
  std::size_t copied = 0;
  const auto escape_at = [&](std::size_t at) {
    escaped += text.substr(copied, at - copied);
    escaped += '\\';
    copied = at;
  };
  if (start != k_npos && !k_signs.has(text[start])) escape_at(start);
  for (std::size_t i = k_signs.find_in(text); i < text.size(); i = k_signs.find_in(text, i + 1)) {
    if (i == start || needs_escape(text, i)) escape_at(i);
  }
  escaped += text.substr(copied);
  return escaped;
}

std::string link_destination(std::string_view url) {
  const bool balanced = has_balanced_parentheses(url);
  std::string destination;
  for (std::size_t i = 0; i < url.size(); ++i) {
    const char c = url[i];
    if (const std::size_t size = control_size(url.substr(i)); size > 0) {
      i += size - 1;
    } else if (const std::size_t unseen = unseen_size(url.substr(i)); unseen > 0) {
      append_percent_encoded(destination, url.substr(i, unseen));
      i += unseen - 1;
    } else if (c == ' ' || c == '<' || c == '>' || c == '\\' || c == '`') {
      // Two backticks of a paragraph would be code, which goes before links.
      append_percent_encoded(destination, c);
    } else if (c == '*') {
      destination += "\\*";  // md4c takes it for emphasis where the link stands in bold type
    } else if ((c == '(' || c == ')') && !balanced) {
      append_percent_encoded(destination, c);
    } else {
      destination += c;
    }
  }
  return destination;
}

}  // namespace winnow
