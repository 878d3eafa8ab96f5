#include "extract/inline_markdown.hpp"

#include <algorithm>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "extract/characters.hpp"

namespace winnow {
namespace {

UChar32 first_character(std::string_view text) {
  UChar32 c = 0;
  std::int64_t at = 0;
  const auto* data = reinterpret_cast<const std::uint8_t*>(text.data());
  if (text.empty()) return ' ';
  U8_NEXT(data, at, static_cast<std::int64_t>(text.size()), c);
  return c;
}

UChar32 last_character(std::string_view text) {
  std::size_t begin = text.size();
  while (begin > 0 && (static_cast<unsigned char>(text[--begin]) & 0xC0U) == 0x80U) {
  }
  return first_character(text.substr(begin));
}

bool is_space(UChar32 c) {
  return c == ' ' || c == '\n';
}
bool is_sure_punctuation(UChar32 c) {
  return u_ispunct(c) || (c < 0x80 && !u_isalnum(c) && !is_space(c));
}
/// Symbols are punctuation since CommonMark 0.31; before, and to md4c 0.4.8, they were letters.
bool is_punctuation(UChar32 c) {
  return is_sure_punctuation(c) || (U_MASK(u_charType(c)) & U_GC_S_MASK) != 0;
}

constexpr std::size_t size_of(UChar32 c) {
  return static_cast<std::size_t>(U8_LENGTH(c));
}

/// Puts delimiters around `inner`, which is written to `out` between `before`, when that is empty, and
/// `next`. CommonMark 6.2: between a letter and punctuation a delimiter is none (`**Note:**text`), so the
/// punctuation moves out. Delimiters that touch are one: what stands before both of them counts.
void wrap(std::string& out, std::string inner, std::string_view delimiter, UChar32 before, UChar32 next) {
  std::string tail;
  const auto last = [&] {
    std::string_view text = out;
    while (text.ends_with('*') && !text.ends_with("\\*"))
      text.remove_suffix(1);
    return text.empty() ? before : last_character(text);
  };
  const auto stuck = [](UChar32 outside, UChar32 inside) {
    return !is_space(outside) && !is_sure_punctuation(outside) && is_punctuation(inside);
  };
  while (!inner.empty() && inner.front() != '[' && inner.front() != '\\' && inner.front() != '*' &&
         stuck(last(), first_character(inner))) {
    std::size_t size = size_of(first_character(inner));
    while (size < inner.size() && inner[size] == ' ')
      ++size;
    out += inner.substr(0, size);
    inner.erase(0, size);
  }
  while (!inner.empty() && inner.back() != ')' && inner.back() != '*' && stuck(next, last_character(inner)) &&
         !(inner.size() > 1 && inner[inner.size() - 2] == '\\')) {
    const std::size_t size = size_of(last_character(inner));
    next = last_character(inner);
    tail.insert(0, inner.substr(inner.size() - size));
    inner.erase(inner.size() - size);
  }
  // Where `inner` begins or ends with a delimiter, this one is the same run, which was found to work.
  const auto works_at = [&](UChar32 outside, UChar32 edge, bool is_delimiter) {
    return !is_space(edge) && (is_delimiter || !stuck(outside, edge));
  };
  const bool works = !inner.empty() && works_at(last(), first_character(inner), inner.front() == '*') &&
                     works_at(next, last_character(inner), inner.back() == '*' && !inner.ends_with("\\*"));
  if (works) out += delimiter;
  out += inner;
  if (works) out += delimiter;
  out += tail;
}

}  // namespace

void InlineText::begin_run(const InlineFormat& format) {
  const bool first = m_runs.empty();
  const bool same = !first && m_breaks < 2 && m_runs.back().format == format;
  if (same && m_breaks == 1) {
    m_text += '\n';
  } else if (same && m_space) {
    m_text += ' ';
  } else if (!same) {
    m_runs.push_back({.begin = m_text.size(),
                      .format = format,
                      .breaks = first ? 0 : m_breaks,
                      .space = !first && m_space && m_breaks == 0});
  }
  m_space = false;
  m_breaks = 0;
}

void InlineText::add_break() {
  ++m_breaks;
}

void InlineText::add(std::string_view text, const InlineFormat& format) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int64_t>(text.size());
  std::int64_t at = 0;
  bool begun = false;
  while (at < size) {
    const std::int64_t begin = at;
    UChar32 c = data[at];
    if (c < 0x80) {
      ++at;
    } else {
      U8_NEXT_OR_FFFD(data, at, size, c);
    }
    if (c < 0x80 ? c == ' ' || (c >= '\t' && c <= '\r') : u_isUWhiteSpace(c) != 0) {
      m_space = true;
      begun = false;
      continue;
    }
    if ((c < 0x20 || c >= 0x7F) && is_invisible(c)) continue;
    if (c > ' ' && c < 0x7F)
      at = static_cast<std::int64_t>(plain_words_end(text, static_cast<std::size_t>(begin)));
    if (!begun) begin_run(format);
    begun = true;
    m_text.append(text, static_cast<std::size_t>(begin), static_cast<std::size_t>(at - begin));
  }
}

void InlineText::settle_emphasis_in_links() {
  for (std::size_t begin = 0; begin < m_runs.size();) {
    const std::uint32_t link = m_runs[begin].format.link;
    std::size_t end = begin;
    std::size_t strong = 0;
    std::size_t emphasis = 0;
    for (; end < m_runs.size() && m_runs[end].format.link == link; ++end) {
      strong += m_runs[end].format.strong ? 1 : 0;
      emphasis += m_runs[end].format.emphasis ? 1 : 0;
    }
    for (std::size_t i = begin; link != 0 && i < end; ++i) {
      Run& run = m_runs[i];
      run.inner_strong = run.format.strong && strong < end - begin;
      run.inner_emphasis = run.format.emphasis && emphasis < end - begin;
      if (run.inner_strong) run.format.strong = false;
      if (run.inner_emphasis) run.format.emphasis = false;
    }
    begin = end;
  }
}

/// What is strong and emphasized, between what is but one of them and, without a space, what is but the other
/// (`<em>a<b>b</b></em><b>c</b>`), cannot be said: CommonMark's delimiters nest. It stays what goes on.
void InlineText::settle_crossed_emphasis() {
  const auto is_both = [&](std::size_t i) { return m_runs[i].format.strong && m_runs[i].format.emphasis; };
  for (std::size_t begin = 1; begin < m_runs.size();) {
    std::size_t end = begin;
    while (end < m_runs.size() && is_both(end))
      ++end;
    if (end > begin && end < m_runs.size()) {
      const InlineFormat& before = m_runs[begin - 1].format;
      const Run& next = m_runs[end];
      const bool is_glued = next.breaks == 0 && !next.space;
      const bool to_strong = before.emphasis && !before.strong && next.format.strong;
      const bool to_emphasis = before.strong && !before.emphasis && next.format.emphasis;
      for (std::size_t i = begin; i < end && is_glued && (to_strong || to_emphasis); ++i)
        (to_strong ? m_runs[i].format.emphasis : m_runs[i].format.strong) = false;
    }
    begin = end + 1;
  }
}

/// Writes runs from the outermost format to the innermost.
class InlineText::Renderer {
public:
  Renderer(std::string_view text, const std::vector<Run>& runs, const std::vector<std::string>& targets,
           Breaks breaks, std::size_t& room)
      : m_text(text), m_runs(runs), m_targets(targets), m_breaks(breaks), m_room(room) {}

  std::string paragraphs() const {
    std::string out;
    for (std::size_t begin = 0; begin < m_runs.size();) {
      std::size_t end = begin + 1;
      while (end < m_runs.size() && (m_breaks == Breaks::space || m_runs[end].breaks < 2))
        ++end;
      if (begin > 0) out += m_breaks == Breaks::markup ? "<br>" : "\n\n";
      std::string paragraph;
      render_emphasis(paragraph, ' ', begin, end, 0, true);
      if (out.empty()) {
        out = std::move(paragraph);
      } else {
        out += paragraph;
      }
      begin = end;
    }
    return out;
  }

private:
  using Level = unsigned;  ///< from the outermost to the innermost, but for the first two
  static constexpr Level k_strong = 0;
  static constexpr Level k_emphasis = 1;
  static constexpr Level k_link = 2;
  static constexpr Level k_inner_strong = 3;  ///< in a link
  static constexpr Level k_inner_emphasis = 4;
  static constexpr Level k_code = 5;
  static constexpr Level k_text = 6;

  static std::uint32_t value(const Run& run, Level level) {
    switch (level) {
      case k_strong:
        return run.format.strong ? 1 : 0;
      case k_emphasis:
        return run.format.emphasis ? 1 : 0;
      case k_link:
        return run.format.link;
      case k_inner_strong:
        return run.inner_strong ? 1 : 0;
      case k_inner_emphasis:
        return run.inner_emphasis ? 1 : 0;
      default:
        return run.format.code ? 1 : 0;
    }
  }

  [[nodiscard]] std::string_view text(std::size_t run) const {
    const std::size_t begin = m_runs[run].begin;
    return m_text.substr(begin, (run + 1 < m_runs.size() ? m_runs[run + 1].begin : m_text.size()) - begin);
  }

  void separate(std::string& out, const Run& run) const {
    if (run.breaks > 0) return write_break(out);
    if (run.space) out += ' ';
  }

  void write_break(std::string& out) const {
    switch (m_breaks) {
      case Breaks::hard:
        out += "  \n";
        break;
      case Breaks::space:
        out += ' ';
        break;
      case Breaks::markup:
        out += "<br>";
        break;
    }
  }

  [[nodiscard]] UChar32 character_behind(std::size_t end) const {
    if (end == m_runs.size() || m_runs[end].breaks > 0 || m_runs[end].space) return ' ';
    return m_runs[end].format.link != 0 ? '[' : first_character(text(end));
  }

  /// Strong type and emphasis in the order that nests: whichever reaches further stands outside. `written`
  /// are the levels that stand around these runs, `before` the character in front of what `out` begins with,
  /// their signs aside: they may come to nothing.
  void render_emphasis(std::string& out, UChar32 before, std::size_t begin, std::size_t end, unsigned written,
                       bool bare) const {
    const auto reach = [&](std::size_t from, Level level) {
      std::size_t to = from;
      while (to < end && (written & 1U << level) == 0 && value(m_runs[to], level) != 0)
        ++to;
      return to - from;
    };
    for (std::size_t i = begin; i < end;) {
      if (i > begin) separate(out, m_runs[i]);
      const std::size_t strong = reach(i, k_strong);
      const std::size_t emphasis = reach(i, k_emphasis);
      std::size_t group = i + std::max(strong, emphasis);
      if (group == i) {
        while (group < end && reach(group, k_strong) == 0 && reach(group, k_emphasis) == 0)
          ++group;
        render(out, before, i, group, k_link, bare);
      } else {
        const Level outer = strong >= emphasis ? k_strong : k_emphasis;
        const UChar32 last = out.empty() ? before : last_character(out);
        std::string inner;
        render_emphasis(inner, last, i, group, written | 1U << outer, false);
        wrap(out, std::move(inner), outer == k_strong ? "**" : "*", last, character_behind(group));
      }
      i = group;
    }
  }

  void render(std::string& out, UChar32 before, std::size_t begin, std::size_t end, Level level,
              bool bare) const {
    for (std::size_t i = begin; i < end;) {
      if (i > begin) separate(out, m_runs[i]);
      if (level == k_text) {
        write_text(out, i, bare && m_breaks == Breaks::hard);
        ++i;
        continue;
      }
      std::size_t group = i + 1;
      while (group < end && value(m_runs[group], level) == value(m_runs[i], level))
        ++group;
      if (value(m_runs[i], level) == 0) {
        render(out, before, i, group, level + 1, bare);
      } else {
        const UChar32 last = level == k_link ? '[' : out.empty() ? before : last_character(out);
        std::string inner;
        render(inner, last, i, group, level + 1, false);
        if (level == k_link) {
          write_link(out, inner, m_targets[m_runs[i].format.link - 1]);
        } else if (level == k_code) {
          out += inner.find('`') == std::string::npos ? '`' + inner + '`' : inner;
        } else {
          wrap(out, std::move(inner), level == k_inner_strong ? "**" : "*", last, character_behind(group));
        }
      }
      i = group;
    }
  }

  void write_link(std::string& out, const std::string& text, const std::string& target) const {
    if (target.size() > m_room) {
      out += text;
      return;
    }
    m_room -= target.size();
    if (out.ends_with('!')) out.insert(out.size() - 1, 1, '\\');  // or it would be an image
    out += '[' + text + "](" + link_destination(target) + ')';
  }

  void write_text(std::string& out, std::size_t run, bool bare) const {
    std::string_view left = text(run);
    InlineFormat format = m_runs[run].format;
    format.code = format.code && left.find('`') == std::string_view::npos;
    // Millions of short lines: growing by doubling would hold three times the text.
    if (out.empty())
      out.reserve(left.size() + 2 * static_cast<std::size_t>(std::count(left.begin(), left.end(), '\n')));
    for (;;) {
      const std::size_t end = left.find('\n');
      write_line(out, left.substr(0, end), format, bare && (out.empty() || out.back() == '\n'));
      if (end == std::string_view::npos) return;
      write_break(out);
      left.remove_prefix(end + 1);
    }
  }

  void write_line(std::string& out, std::string_view raw, const InlineFormat& format,
                  bool at_line_start) const {
    const std::string text = format.code ? std::string(raw) : escape_markdown(raw, at_line_start);
    const bool escape_brackets = format.link != 0 && !format.code && !has_balanced_brackets(text);
    const bool escape_bars = m_breaks == Breaks::markup;
    if (!escape_brackets && !escape_bars) {
      out += text;
      return;
    }
    bool escaped = false;
    for (const char c : text) {
      const bool is_markup = (escape_brackets && (c == '[' || c == ']')) || (escape_bars && c == '|');
      if (is_markup && !escaped) out += '\\';
      out += c;
      escaped = c == '\\' && !escaped;
    }
  }

  /// As CommonMark counts them in a link's text.
  static bool has_balanced_brackets(std::string_view text) {
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\\') {
        ++i;
      } else if (text[i] == '[') {
        ++depth;
      } else if (text[i] == ']' && --depth < 0) {
        return false;
      }
    }
    return depth == 0;
  }

  std::string_view m_text;
  const std::vector<Run>& m_runs;
  const std::vector<std::string>& m_targets;
  Breaks m_breaks;
  std::size_t& m_room;
};

std::string InlineText::take(const std::vector<std::string>& targets, Breaks breaks) {
  settle_emphasis_in_links();
  settle_crossed_emphasis();
  std::string markdown = Renderer(m_text, m_runs, targets, breaks, m_room).paragraphs();
  constexpr std::size_t k_usual = 65'536;
  if (m_text.capacity() > k_usual) m_text = {};  // a page in one paragraph: all of it is held long enough
  m_text.clear();
  m_runs.clear();
  m_space = false;
  m_breaks = 0;
  return markdown;
}

}  // namespace winnow
