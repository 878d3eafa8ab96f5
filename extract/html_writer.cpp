#include "extract/html_writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "model/headers.hpp"
#include "model/html_escape.hpp"
#include "model/percent_encoding.hpp"

namespace winnow {
namespace {

using namespace std::string_view_literals;

// No other element of a rendered text has an id.
constexpr std::string_view k_note_anchor = "winnow-note";
constexpr std::string_view k_reference_anchor = "winnow-reference";
constexpr std::string_view k_replacement = "\uFFFD";

/// What a target leads by, and by nothing else. Character references before the scheme's colon (`java&#115;`,
/// `&colon;`) are refused: browsers undo them, nobody writes them.
template <std::size_t N>
bool is_safe(std::string_view target, const std::array<std::string_view, N>& schemes) {
  const std::size_t end = target.find_first_of(":/?#&");
  if (end == std::string_view::npos || (target[end] != ':' && target[end] != '&')) return true;
  if (target[end] == '&') return false;
  return std::any_of(schemes.begin(), schemes.end(),
                     [&](std::string_view scheme) { return iequals(target.substr(0, end), scheme); });
}

/// Of the blocks that are one element; empty for the others.
std::string_view name(MD_BLOCKTYPE type) {
  switch (type) {
    case MD_BLOCK_QUOTE:
      return "blockquote";
    case MD_BLOCK_UL:
      return "ul";
    case MD_BLOCK_OL:
      return "ol";
    case MD_BLOCK_LI:
      return "li";
    case MD_BLOCK_HR:
      return "hr";
    case MD_BLOCK_P:
      return "p";
    case MD_BLOCK_TABLE:
      return "table";
    case MD_BLOCK_THEAD:
      return "thead";
    case MD_BLOCK_TBODY:
      return "tbody";
    case MD_BLOCK_TR:
      return "tr";
    case MD_BLOCK_TH:
      return "th";
    case MD_BLOCK_TD:
      return "td";
    default:
      return {};
  }
}

bool holds_blocks(MD_BLOCKTYPE type) {
  return type != MD_BLOCK_LI && type != MD_BLOCK_P && type != MD_BLOCK_TR && type != MD_BLOCK_TH &&
         type != MD_BLOCK_TD;
}

/// White space and control characters, which browsers take out of a scheme, stay characters.
void append_target(std::string& out, std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= ' ' || byte == 0x7F) {
      append_percent_encoded(out, c);
    } else {
      append_escaped(out, std::string_view(&c, 1));
    }
  }
}

/// A link's target as the value of an attribute.
std::string target(const MD_ATTRIBUTE& attribute) {
  std::string value;
  for (unsigned i = 0; attribute.substr_offsets != nullptr && attribute.substr_offsets[i] < attribute.size;
       ++i) {
    const std::string_view part(attribute.text + attribute.substr_offsets[i],
                                attribute.substr_offsets[i + 1] - attribute.substr_offsets[i]);
    if (attribute.substr_types[i] == MD_TEXT_ENTITY) {
      value += part;
    } else if (attribute.substr_types[i] == MD_TEXT_NULLCHAR) {
      value += k_replacement;
    } else {
      append_target(value, part);
    }
  }
  return value;
}

}  // namespace

HtmlWriter::HtmlWriter(std::size_t most, const MarkdownNotes* notes) : m_most(most), m_notes(notes) {
  if (notes != nullptr) m_references.resize(notes->notes.size());
}

void HtmlWriter::enter(MD_BLOCKTYPE type, const void* detail) {
  if (type == MD_BLOCK_H) {
    m_out += fmt::format("<h{}>", static_cast<const MD_BLOCK_H_DETAIL*>(detail)->level);
  } else if (type == MD_BLOCK_CODE) {
    m_out += "<pre><code>";
  } else if (type == MD_BLOCK_OL) {
    const unsigned start = static_cast<const MD_BLOCK_OL_DETAIL*>(detail)->start;
    m_out += start == 1 ? "<ol>\n" : fmt::format("<ol start=\"{}\">\n", start);
    m_lists.push_back({true, start});
  } else if (type == MD_BLOCK_LI) {
    m_out += "<li>";
    m_bare_items.push_back({m_out.size() - 1, m_lists.size() - 1});
  } else if (const std::string_view tag = name(type); !tag.empty()) {
    m_out += fmt::format("<{}>{}", tag, holds_blocks(type) ? "\n" : "");
    if (type == MD_BLOCK_UL) m_lists.push_back({});
  }
}

void HtmlWriter::leave(MD_BLOCKTYPE type, const void* detail) {
  if (type == MD_BLOCK_H) {
    m_out += fmt::format("</h{}>\n", static_cast<const MD_BLOCK_H_DETAIL*>(detail)->level);
  } else if (type == MD_BLOCK_CODE) {
    m_out += "</code></pre>\n";
  } else if (const std::string_view tag = name(type); !tag.empty() && type != MD_BLOCK_HR) {
    if (type == MD_BLOCK_LI) number_items({});
    if (type == MD_BLOCK_OL || type == MD_BLOCK_UL) m_lists.pop_back();
    m_out += fmt::format("</{}>{}", tag, type == MD_BLOCK_TH || type == MD_BLOCK_TD ? "" : "\n");
  }
}

void HtmlWriter::enter(MD_SPANTYPE type, const void* detail) {
  if (type == MD_SPAN_IMG && ++m_images == 1) {
    const std::string source = target(static_cast<const MD_SPAN_IMG_DETAIL*>(detail)->src);
    m_out += "<img";
    if (is_safe(source, std::array{"http"sv, "https"sv})) m_out += " src=\"" + source + '"';
    m_out += " alt=\"";
  }
  if (m_images > 0) return;
  if (type == MD_SPAN_A) {
    m_in_link = true;
    const std::string href = target(static_cast<const MD_SPAN_A_DETAIL*>(detail)->href);
    const bool safe = is_safe(href, std::array{"http"sv, "https"sv, "mailto"sv, "tel"sv});
    m_out += safe ? "<a href=\"" + href + "\">" : "<a>";
  } else {
    m_out += type == MD_SPAN_EM ? "<em>" : type == MD_SPAN_STRONG ? "<strong>" : "<code>";
  }
}

void HtmlWriter::leave(MD_SPANTYPE type) {
  if (type == MD_SPAN_IMG && --m_images == 0) m_out += "\">";
  if (m_images > 0 || type == MD_SPAN_IMG) return;
  if (type == MD_SPAN_A) {
    m_in_link = false;
    m_out += "</a>";
  } else {
    m_out += type == MD_SPAN_EM ? "</em>" : type == MD_SPAN_STRONG ? "</strong>" : "</code>";
  }
}

void HtmlWriter::text(MD_TEXTTYPE type, std::string_view text) {
  if (!m_bare_items.empty()) {
    const std::string_view before = source_before(text);
    number_items(before.substr(before.rfind('\n') + 1));
  }
  switch (type) {
    case MD_TEXT_NULLCHAR:
      m_out += k_replacement;
      break;
    case MD_TEXT_BR:
      m_out += m_images > 0 ? " " : "<br>\n";
      break;
    case MD_TEXT_SOFTBR:
      m_out += m_images > 0 ? ' ' : '\n';
      break;
    case MD_TEXT_ENTITY:  // letters and digits between `&` and `;`: one letter names nothing
      if (text.size() == 3) {
        append_escaped(m_out, text);
      } else {
        m_out += text;
      }
      break;
    case MD_TEXT_HTML:
      if (m_images == 0 && (text == "<br>" || text == "<br/>" || text == "<br />")) {
        m_out += "<br>";
        break;
      }
      append_escaped(m_out, text);
      break;
    case MD_TEXT_NORMAL:
      append_with_references(text);
      break;
    default:
      append_escaped(m_out, text);
  }
}

void HtmlWriter::write_notes(const std::function<void(std::string_view)>& render) {
  m_out += "<ol>\n";
  unsigned next = 1;
  for (std::size_t i = 0; i < m_notes->notes.size() && !is_full(); ++i) {
    const MarkdownNote& note = m_notes->notes[i];
    m_out += fmt::format("<li id=\"{}-{}\"", k_note_anchor, i + 1);
    if (note.number != next) m_out += fmt::format(" value=\"{}\"", note.number);
    next = note.number + 1;
    m_out += ">\n";
    render(note.text);
    if (m_references[i] > 0) {
      constexpr std::string_view k_end = "</p>\n";
      const bool in_paragraph = m_out.ends_with(k_end);
      if (in_paragraph) m_out.resize(m_out.size() - k_end.size());
      m_out += fmt::format(" <a href=\"#{}-{}\">↩</a>", k_reference_anchor, i + 1);
      if (in_paragraph) m_out += k_end;
    }
    m_out += "</li>\n";
  }
  m_out += "</ol>\n";
}

std::string_view HtmlWriter::source_before(std::string_view text) const {
  const std::less<> before;
  const char* const end = m_source.data() + m_source.size();
  if (before(text.data(), m_source.data()) || !before(text.data(), end)) return {};
  return m_source.substr(0, static_cast<std::size_t>(text.data() - m_source.data()));
}

void HtmlWriter::number_items(std::string_view line) {
  std::vector<std::optional<unsigned>> markers;
  while (true) {
    line.remove_prefix(std::min(line.find_first_not_of(" \t>"), line.size()));
    unsigned number = 0;
    const auto [behind, failure] = std::from_chars(line.data(), line.data() + line.size(), number);
    const bool is_number = failure == std::errc() && behind != line.data();
    const auto sign = is_number ? static_cast<std::size_t>(behind - line.data()) : 0;
    if (line.substr(std::min(sign + 1, line.size()), 1) != " ") break;
    if (std::string_view(is_number ? ".)" : "-*+").find(line[sign]) == std::string_view::npos) break;
    markers.push_back(is_number ? std::optional(number) : std::nullopt);
    line.remove_prefix(sign + 1);
  }
  for (; !m_bare_items.empty(); m_bare_items.pop_back()) {
    const BareItem item = m_bare_items.back();
    OpenList& list = m_lists[item.list];
    if (!markers.empty()) {
      if (list.ordered && markers.back() && *markers.back() != list.number) {
        list.number = *markers.back();
        m_out.insert(item.tag_end, fmt::format(" value=\"{}\"", list.number));
      }
      markers.pop_back();
    }
    ++list.number;
  }
}

void HtmlWriter::append_with_references(std::string_view text) {
  while (m_notes != nullptr && m_images == 0) {
    const std::size_t at = text.find("[^");
    if (at == std::string_view::npos) break;
    const std::string_view label = note_label(text.substr(at));
    const auto note = m_notes->indices.find(label);
    const bool is_escaped = at == 0 && source_before(text).ends_with('\\');
    append_escaped(m_out, text.substr(0, at));
    if (label.empty() || note == m_notes->indices.end() || is_escaped || m_in_link) {
      m_out += "[^";
      text.remove_prefix(at + 2);
      continue;
    }
    const unsigned again = ++m_references[note->second];
    m_out += fmt::format(R"(<sup><a href="#{}-{}" id="{}-{})", k_note_anchor, note->second + 1,
                         k_reference_anchor, note->second + 1);
    if (again > 1) m_out += fmt::format("-{}", again);
    m_out += fmt::format("\">{}</a></sup>", m_notes->notes[note->second].number);
    text.remove_prefix(at + label.size() + 3);
  }
  append_escaped(m_out, text);
}

}  // namespace winnow
