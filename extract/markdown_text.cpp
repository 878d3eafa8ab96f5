#include "extract/markdown_text.hpp"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "model/ascii.hpp"

namespace winnow {
namespace {

constexpr std::size_t k_npos = std::string_view::npos;

bool is_word(char c) {
  return is_letter_or_digit(c) || (static_cast<unsigned char>(c) & 0x80U) != 0;
}
bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}
/// What inline Markdown may mean something by.
constexpr bool is_sign(char c) {
  return c == '\\' || c == '`' || c == '*' || c == '_' || c == '<';
}
bool is_ascii_punctuation(char c) {
  return c > ' ' && c < 0x7F && !is_word(c);
}

std::string_view trimmed_left(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  return line;
}

/// Rules, underlines of headings, and a table's line of dashes.
bool is_drawing(std::string_view line) {
  while (!line.empty() && is_space(line.back()))
    line.remove_suffix(1);
  if (line.empty() || line.find_first_not_of("-:| ") == k_npos)
    return line.find("--") != k_npos || line == "- - -";
  const char c = line.front();
  if (c != '*' && c != '_' && c != '=') return false;
  const char set[] = {c, ' '};  // an underline, unlike a rule, has no gaps
  const bool is_one_sign = line.find_first_not_of(std::string_view(set, c == '=' ? 1 : 2)) == k_npos;
  return is_one_sign && static_cast<std::size_t>(std::count(line.begin(), line.end(), c)) >= 3;
}

/// Takes the markers of the blocks that a line begins off its front: "> - 2. # ". Numbers are appended to
/// `numbers`, when there is such.
std::string_view without_markers(std::string_view line, std::string* numbers) {
  while (true) {
    line = trimmed_left(line);
    if (line.empty()) return line;
    const auto ends_at = [&](std::size_t at) { return at == line.size() || is_space(line[at]); };
    const char c = line.front();
    std::size_t marker = 0;
    if (c == '>') {
      marker = 1;
    } else if ((c == '-' || c == '*' || c == '+') && ends_at(1)) {
      marker = 1;
    } else if (c == '#') {
      const std::size_t run = std::min(line.find_first_not_of('#'), line.size());
      if (run <= 6 && ends_at(run)) return line.substr(run);  // "# 1. Scope": the number is the title's
    } else if (is_digit(c)) {
      std::size_t digits = 1;
      while (digits < line.size() && digits < 9 && is_digit(line[digits]))
        ++digits;
      if (digits < line.size() && (line[digits] == '.' || line[digits] == ')') && ends_at(digits + 1)) {
        marker = digits + 1;
        if (numbers != nullptr) numbers->append(line, 0, marker).append(" ");
      }
    }
    if (marker == 0) return line;
    line.remove_prefix(marker);
  }
}

/// Takes this many `>` off a line's front; nothing when it has fewer: the quotation is over.
std::optional<std::string_view> without_quotes(std::string_view line, std::ptrdiff_t quotes) {
  for (; quotes > 0; --quotes) {
    line = trimmed_left(line);
    if (!line.starts_with('>')) return std::nullopt;
    line.remove_prefix(1);
  }
  return line;
}

void append_row(std::string& out, std::string_view line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    out += line[i] == '|' && (i == 0 || line[i - 1] != '\\') ? ' ' : line[i];
  }
}

void append_literal(std::string& out, std::string_view line) {
  for (const char c : line) {
    if (is_ascii_punctuation(c)) out += '\\';
    out += c;
  }
}

/// What is left is inline Markdown; what stood in a fence is escaped.
std::string without_block_syntax(std::string_view markdown, ListNumbers numbers) {
  std::string out;
  out.reserve(markdown.size());
  std::string_view fence;
  std::ptrdiff_t quotes = 0;  // around the fence
  while (!markdown.empty()) {
    const std::size_t end = std::min(markdown.find('\n'), markdown.size());
    const std::string_view line = markdown.substr(0, end);
    markdown.remove_prefix(std::min(end + 1, markdown.size()));
    std::string_view content = trimmed_left(line);
    const auto fenced = fence.empty() ? std::nullopt : without_quotes(line, quotes);
    if (!fenced) fence = {};
    if (fenced && trimmed_left(*fenced).starts_with(fence)) {
      fence = {};
    } else if (fenced) {
      append_literal(out, *fenced);
    } else if (!is_drawing(content)) {
      content = without_markers(content, numbers == ListNumbers::kept ? &out : nullptr);
      if (content.starts_with("```")) {
        fence = content.substr(0, content.find_first_not_of('`'));
        quotes = std::count(line.begin(), line.end() - static_cast<std::ptrdiff_t>(content.size()), '>');
      } else if (!is_drawing(content)) {  // "> | --- |" is one
        if (content.starts_with('|')) {
          append_row(out, content);
        } else {
          out += content;
        }
      }
    }
    out += '\n';
  }
  return out;
}

/// Where the parentheses that open at `open` close; npos when they do not. As in CommonMark without white
/// space, but for a title, and with at most 32 more inside, so that what is no target is soon seen.
std::size_t target_end(std::string_view text, std::size_t open) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = open; i < text.size() && text[i] != '\n'; ++i) {
    if (text[i] == '\\') {
      ++i;
      quoted = quoted || text.substr(i, 1) == "\"";
    } else if (text[i] == '"') {
      quoted = true;
    } else if (text[i] == '(') {
      if (++depth > 32) return k_npos;
    } else if (text[i] == ')' && --depth == 0) {
      return i + 1;
    } else if (text[i] == ' ' && !quoted && text.substr(i + 1, 1) != "\"") {
      return k_npos;
    }
  }
  return k_npos;
}

class InlineStripper {
public:
  explicit InlineStripper(std::string_view text) : m_text(text) {
    assert(text.size() <= std::numeric_limits<Offset>::max());
  }

  std::string run() {
    find_links();
    find_underscore_ends();
    std::size_t skip = 0;
    for (m_at = 0; m_at < m_text.size(); ++m_at) {
      while (skip < m_skips.size() && m_skips[skip].begin < m_at)
        ++skip;
      if (skip < m_skips.size() && m_skips[skip].begin == m_at) {
        m_at = m_skips[skip].end - 1;
        continue;
      }
      if (is_sign(m_text[m_at])) {
        step();
        continue;
      }
      const std::size_t next = skip < m_skips.size() ? m_skips[skip].begin : m_text.size();
      constexpr ByteSet k_signs(is_sign);
      const std::size_t end = k_signs.find_in(m_text.substr(0, next), m_at + 1);
      m_out += m_text.substr(m_at, end - m_at);
      m_at = end - 1;
    }
    return std::move(m_out);
  }

private:
  /// In the text, which is far from 4 GiB: a page may hold millions of brackets and underscores.
  using Offset = std::uint32_t;

  struct Skip {
    Offset begin;
    Offset end;
  };

  void find_links() {
    std::vector<Offset> open;
    constexpr ByteSet k_signs([](char c) { return c == '\\' || c == '\n' || c == '[' || c == ']'; });
    for (std::size_t i = k_signs.find_in(m_text); i < m_text.size(); i = k_signs.find_in(m_text, i + 1)) {
      const char c = m_text[i];
      if (c == '\\') {
        ++i;
      } else if (c == '\n' && i + 1 < m_text.size() && m_text[i + 1] == '\n') {
        open.clear();
      } else if (c == '[') {
        open.push_back(static_cast<Offset>(i));
      } else if (c == ']' && !open.empty()) {
        const Offset begin = open.back();
        open.pop_back();
        const std::size_t end = m_text.substr(i + 1, 1) == "(" ? target_end(m_text, i + 1) : k_npos;
        if (end == k_npos) continue;
        const bool is_image =
            begin > 0 && m_text[begin - 1] == '!' && (begin < 2 || m_text[begin - 2] != '\\');
        if (is_image) {
          m_skips.push_back({begin - 1, static_cast<Offset>(end)});
        } else {
          m_skips.push_back({begin, begin + 1});
          m_skips.push_back({static_cast<Offset>(i), static_cast<Offset>(end)});
        }
        i = end - 1;
      }
    }
    std::sort(m_skips.begin(), m_skips.end(), [](const Skip& a, const Skip& b) { return a.begin < b.begin; });
  }

  [[nodiscard]] char before() const { return m_at == 0 ? '\n' : m_text[m_at - 1]; }
  [[nodiscard]] char after() const { return m_at + 1 == m_text.size() ? '\n' : m_text[m_at + 1]; }

  void step() {
    const char c = m_text[m_at];
    switch (c) {
      case '\\':
        if (is_ascii_punctuation(after())) ++m_at;
        if (m_at < m_text.size()) m_out += m_text[m_at];
        return;
      case '`':
        return;
      case '*':
        if (is_space(before()) && is_space(after())) m_out += c;
        return;
      case '_':
        if ((is_word(before()) && is_word(after())) || m_at < m_literal_end || opens_nothing()) m_out += c;
        return;
      case '<':
        if (!take_angle()) m_out += c;
        return;
      default:
        m_out += c;
    }
  }

  /// Where emphasis by underscores may end.
  void find_underscore_ends() {
    std::size_t skip = 0;
    for (std::size_t i = m_text.find('_'); i != k_npos; i = m_text.find('_', i + 1)) {
      while (skip < m_skips.size() && m_skips[skip].end <= i)
        ++skip;
      if (skip < m_skips.size() && m_skips[skip].begin <= i) continue;
      const char ahead = i + 1 < m_text.size() ? m_text[i + 1] : '\n';
      if (i == 0 || is_space(m_text[i - 1]) || is_word(ahead) || ahead == '_') continue;
      std::size_t escapes = i;
      while (escapes > 0 && m_text[escapes - 1] == '\\')
        --escapes;
      if ((i - escapes) % 2 == 0) m_underscore_ends.push_back(static_cast<Offset>(i));
    }
  }

  /// Underscores at a word's beginning that nothing closes in the paragraph are its own: `_ga`, `__utma`.
  bool opens_nothing() {
    const std::size_t word = m_text.find_first_not_of('_', m_at);
    if (word == k_npos || !is_word(m_text[word]) || is_word(before())) return false;
    if (m_paragraph_end <= m_at) m_paragraph_end = std::min(m_text.find("\n\n", m_at), m_text.size());
    while (m_next_end < m_underscore_ends.size() && m_underscore_ends[m_next_end] < word)
      ++m_next_end;
    if (m_next_end < m_underscore_ends.size() && m_underscore_ends[m_next_end] < m_paragraph_end)
      return false;
    m_literal_end = word;
    return true;
  }

  /// `<br>`, comments and autolinks.
  bool take_angle() {
    const std::string_view rest = m_text.substr(m_at);
    if (rest.starts_with("<br>") || rest.starts_with("<br/>") || rest.starts_with("<br />")) {
      m_out += ' ';
      m_at += rest.find('>');
      return true;
    }
    if (rest.starts_with("<!--") && !m_unended_comment) {
      const std::size_t end = rest.find("-->");
      m_unended_comment = end == k_npos;
      if (end == k_npos) return false;
      m_at += end + 2;
      return true;
    }
    if (rest.starts_with("<http://") || rest.starts_with("<https://") || rest.starts_with("<mailto:")) {
      if (m_link_end <= m_at) m_link_end = std::min(m_text.find_first_of("> \n", m_at), m_text.size());
      if (m_text.substr(m_link_end, 1) != ">") return false;
      m_out += m_text.substr(m_at + 1, m_link_end - m_at - 1);
      m_at = m_link_end;
      return true;
    }
    return false;
  }

  std::string_view m_text;
  std::string m_out;
  std::vector<Skip> m_skips;
  std::size_t m_at = 0;
  std::vector<Offset> m_underscore_ends;
  std::size_t m_next_end = 0;       ///< in these
  std::size_t m_paragraph_end = 0;  ///< of the one that the last underscore stands in
  std::size_t m_literal_end = 0;    ///< of the last underscores that open nothing
  bool m_unended_comment = false;
  std::size_t m_link_end = 0;  ///< of the last autolink seen, whole or broken off: the next is behind
};

}  // namespace

std::string markdown_to_text(std::string_view markdown, ListNumbers numbers) {
  return InlineStripper(without_block_syntax(markdown, numbers)).run();
}

}  // namespace winnow
