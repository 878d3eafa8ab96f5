#include "serve/diff_html.hpp"

#include <algorithm>
#include <functional>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "model/diff_lines.hpp"
#include "model/html_escape.hpp"
#include "model/printable.hpp"
#include "model/word_tokens.hpp"
#include "serve/reading_text.hpp"

namespace winnow::serve {
namespace {

using Kind = Piece::Kind;

bool has(const DiffLine& line, Kind kind) {
  return std::any_of(line.spans.begin(), line.spans.end(),
                     [kind](const Piece& span) { return span.kind == kind; });
}

bool is_blank(const DiffLine& line) {
  return std::all_of(line.spans.begin(), line.spans.end(), [](const Piece& span) {
    return span.text.find_first_not_of(" \t\r") == std::string_view::npos;
  });
}

/// Only removed words, so that a side-by-side view has it on the left alone.
bool is_gone(const DiffLine& line) {
  return has(line, Kind::removed) && std::all_of(line.spans.begin(), line.spans.end(), [](const Piece& span) {
           return span.kind == Kind::removed ||
                  span.text.find_first_not_of(" \t\r") == std::string_view::npos;
         });
}

bool is_new(const DiffLine& line) {
  return has(line, Kind::added) && std::all_of(line.spans.begin(), line.spans.end(), [](const Piece& span) {
           return span.kind == Kind::added || span.text.find_first_not_of(" \t\r") == std::string_view::npos;
         });
}

bool is_heading(const DiffLine& line) {
  return std::any_of(line.spans.begin(), line.spans.end(), [](const Piece& span) {
    return span.text.find(k_heading_sign) != std::string_view::npos;
  });
}

/// Something beside signs was removed or added.
bool has_changed_words(const DiffLine& line) {
  return std::any_of(line.spans.begin(), line.spans.end(), [](const Piece& span) {
    if (span.kind == Kind::same) return false;
    const auto parts = tokens(span.text);
    return std::any_of(parts.begin(), parts.end(),
                       [](const WordToken& part) { return part.kind == WordToken::Kind::word; });
  });
}

std::string words_of(const Piece& span) {
  std::string words(span.text);
  if (const std::size_t sign = words.find(k_heading_sign); sign != std::string::npos)
    words.erase(sign, words.substr(sign + 1).starts_with(' ') ? 2 : 1);
  return words;
}

enum class Side { both, left, right };

class Writer {
public:
  explicit Writer(DiffLayout layout) : m_layout(layout) {}

  void add(const std::vector<DiffLine>& lines, const Stretch& stretch) {
    if (stretch.folded) {
      const auto folded =
          std::count_if(lines.begin() + static_cast<std::ptrdiff_t>(stretch.begin),
                        lines.begin() + static_cast<std::ptrdiff_t>(stretch.end), std::not_fn(is_blank));
      m_result.html += fmt::format("<details class=\"fold\"><summary>{} unchanged line{}</summary>\n", folded,
                                   folded == 1 ? "" : "s");
    }
    for (std::size_t i = stretch.begin; i < stretch.end;) {
      if (is_blank(lines[i]) && !lines[i].changed) {
        ++i;
        continue;
      }
      std::size_t end = i + 1;
      if (lines[i].changed) {
        while (end < stretch.end && lines[end].changed)
          ++end;
      }
      add_run(lines, i, end);
      i = end;
    }
    if (stretch.folded) m_result.html += "</details>\n";
  }

  DiffHtml take() { return std::move(m_result); }

private:
  /// One line that is the same, or neighbouring lines that changed.
  void add_run(const std::vector<DiffLine>& lines, std::size_t begin, std::size_t end) {
    const bool changed = std::any_of(lines.begin() + static_cast<std::ptrdiff_t>(begin),
                                     lines.begin() + static_cast<std::ptrdiff_t>(end), has_changed_words);
    if (changed) m_result.html += fmt::format("<div class=\"change\" id=\"c{}\">\n", ++m_result.changes);
    if (m_layout == DiffLayout::inlined) {
      for (std::size_t i = begin; i < end; ++i)
        add_line(lines[i], Side::both);
    } else {
      add_rows(lines, begin, end);
    }
    if (changed) m_result.html += "</div>\n";
  }

  /// Lines that went stand beside those that came in their place.
  void add_rows(const std::vector<DiffLine>& lines, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end;) {
      std::size_t gone = i;
      while (gone < end && is_gone(lines[gone]))
        ++gone;
      std::size_t come = gone;
      while (come < end && is_new(lines[come]))
        ++come;
      const bool is_pair = come > i;
      const std::size_t next = is_pair ? come : i + 1;
      m_result.html +=
          fmt::format("<div class=\"row{}\"><div class=\"old\">", lines[i].changed ? "" : " same");
      for (std::size_t k = i; k < (is_pair ? gone : next); ++k)
        add_line(lines[k], Side::left);
      m_result.html += "</div><div class=\"new\">";
      for (std::size_t k = is_pair ? gone : i; k < next; ++k)
        add_line(lines[k], Side::right);
      m_result.html += "</div></div>\n";
      i = next;
    }
  }

  void add_line(const DiffLine& line, Side side) {
    m_result.html += fmt::format("<p class=\"{}\" dir=\"auto\">", is_heading(line) ? "l h" : "l");
    bool is_at_begin = true;
    for (const Piece& span : line.spans) {
      if ((side == Side::left && span.kind == Kind::added) ||
          (side == Side::right && span.kind == Kind::removed))
        continue;
      std::string words = words_of(span);
      if (is_at_begin) words.erase(0, words.find_first_not_of(' '));
      if (words.empty()) continue;
      is_at_begin = false;
      const std::string text = escape_html(printable_line(words));
      const std::string_view tag = span.kind == Kind::removed ? "del" : span.kind == Kind::added ? "ins" : "";
      m_result.html += tag.empty() ? text : fmt::format("<{0}>{1}</{0}>", tag, text);
    }
    m_result.html += "</p>\n";
  }

  DiffLayout m_layout;
  DiffHtml m_result;
};

}  // namespace

DiffHtml diff_html(const WordDiff& diff, DiffLayout layout) {
  const auto lines = diff_lines(diff.pieces);
  Writer writer(layout);
  for (const Stretch& stretch : stretches(lines))
    writer.add(lines, stretch);
  return writer.take();
}

}  // namespace winnow::serve
