#include "extract/open_tags.hpp"

namespace winnow {
namespace {

constexpr std::size_t k_max_depth = 512;      ///< where browsers stop nesting as well
constexpr std::size_t k_max_formatting = 16;  ///< reopened in every block that follows
/// What one document may cost the parser, in steps on the stack at about 20 ns. A page of 20,000 tags at
/// depth 30 costs a fifteenth of it.
constexpr std::uint64_t k_max_work = 60'000'000;
constexpr std::uint64_t k_element_work = 150;  ///< to make an element, or a formatting element once more
/// Memory is to stay below 12 times the page's size and 10 MB. Of 1,557 real pages the richest has 6,942
/// elements, in 625 kB.
constexpr std::size_t k_elements_of_any_page = 12'000;
constexpr std::size_t k_bytes_per_element = 140;

/// What an end tag or an implied end does not reach across.
enum Barrier : unsigned {
  k_scope = 1U << 0U,    ///< "element in scope": table cells, tables, templates, objects
  k_list = 1U << 1U,     ///< ol, ul
  k_button = 1U << 2U,   ///< button
  k_table = 1U << 3U,    ///< table, template: what table parts do not reach across
  k_special = 1U << 4U,  ///< any block: what an ordinary end tag does not reach across
};

unsigned barriers_of(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_HTML:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_TEMPLATE:
      return k_scope | k_table | k_special;
    case GUMBO_TAG_APPLET:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
    case GUMBO_TAG_MARQUEE:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_MATH:
    case GUMBO_TAG_FOREIGNOBJECT:
      return k_scope | k_special;
    case GUMBO_TAG_OL:
    case GUMBO_TAG_UL:
      return k_list | k_special;
    case GUMBO_TAG_BUTTON:
      return k_button | k_special;
    case GUMBO_TAG_ABBR:
    case GUMBO_TAG_ACRONYM:
    case GUMBO_TAG_AUDIO:
    case GUMBO_TAG_BDI:
    case GUMBO_TAG_BDO:
    case GUMBO_TAG_BLINK:
    case GUMBO_TAG_CANVAS:
    case GUMBO_TAG_CITE:
    case GUMBO_TAG_DATA:
    case GUMBO_TAG_DATALIST:
    case GUMBO_TAG_DEL:
    case GUMBO_TAG_DFN:
    case GUMBO_TAG_INS:
    case GUMBO_TAG_KBD:
    case GUMBO_TAG_LABEL:
    case GUMBO_TAG_LEGEND:
    case GUMBO_TAG_MAP:
    case GUMBO_TAG_MARK:
    case GUMBO_TAG_METER:
    case GUMBO_TAG_MULTICOL:
    case GUMBO_TAG_OPTGROUP:
    case GUMBO_TAG_OPTION:
    case GUMBO_TAG_OUTPUT:
    case GUMBO_TAG_PROGRESS:
    case GUMBO_TAG_Q:
    case GUMBO_TAG_RB:
    case GUMBO_TAG_RP:
    case GUMBO_TAG_RT:
    case GUMBO_TAG_RTC:
    case GUMBO_TAG_RUBY:
    case GUMBO_TAG_SAMP:
    case GUMBO_TAG_SPAN:
    case GUMBO_TAG_SPACER:
    case GUMBO_TAG_SUB:
    case GUMBO_TAG_SUP:
    case GUMBO_TAG_TIME:
    case GUMBO_TAG_UNKNOWN:
    case GUMBO_TAG_VAR:
    case GUMBO_TAG_VIDEO:
      return 0;
    default:
      return is_formatting(tag) ? 0U : static_cast<unsigned>(k_special);
  }
}

bool is_marker(GumboTag tag) {
  return tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH || tag == GUMBO_TAG_CAPTION || tag == GUMBO_TAG_APPLET ||
         tag == GUMBO_TAG_OBJECT || tag == GUMBO_TAG_MARQUEE || tag == GUMBO_TAG_TEMPLATE;
}

bool is_heading(GumboTag tag) {
  return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6;
}

bool closes_paragraph(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_DETAILS:
    case GUMBO_TAG_DIR:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_HGROUP:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_MENU:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_P:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_LISTING:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_SUMMARY:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_FORM:
      return true;
    default:
      return is_heading(tag);
  }
}

}  // namespace

bool is_void(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_AREA:
    case GUMBO_TAG_BASE:
    case GUMBO_TAG_BASEFONT:
    case GUMBO_TAG_BGSOUND:
    case GUMBO_TAG_BR:
    case GUMBO_TAG_COL:
    case GUMBO_TAG_EMBED:
    case GUMBO_TAG_FRAME:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_IMAGE:
    case GUMBO_TAG_IMG:
    case GUMBO_TAG_INPUT:
    case GUMBO_TAG_KEYGEN:
    case GUMBO_TAG_LINK:
    case GUMBO_TAG_META:
    case GUMBO_TAG_PARAM:
    case GUMBO_TAG_SOURCE:
    case GUMBO_TAG_TRACK:
    case GUMBO_TAG_WBR:
      return true;
    default:
      return false;
  }
}

bool is_formatting(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_A:
    case GUMBO_TAG_B:
    case GUMBO_TAG_BIG:
    case GUMBO_TAG_CODE:
    case GUMBO_TAG_EM:
    case GUMBO_TAG_FONT:
    case GUMBO_TAG_I:
    case GUMBO_TAG_NOBR:
    case GUMBO_TAG_S:
    case GUMBO_TAG_SMALL:
    case GUMBO_TAG_STRIKE:
    case GUMBO_TAG_STRONG:
    case GUMBO_TAG_TT:
    case GUMBO_TAG_U:
      return true;
    default:
      return false;
  }
}

void OpenTags::pop_until_size(std::size_t size) {
  while (m_open.size() > size) {
    const GumboTag tag = m_open.back();
    m_open.pop_back();
    --m_count[tag];
    if (!is_marker(tag)) continue;
    while (!m_formatting.empty() && m_formatting.back().tag != GUMBO_TAG_LAST) {
      m_formatting.pop_back();
    }
    if (!m_formatting.empty()) m_formatting.pop_back();
    m_written_formatting = 0;
    for (auto it = m_formatting.rbegin(); it != m_formatting.rend() && it->tag != GUMBO_TAG_LAST; ++it) {
      m_written_formatting += it->written ? 1 : 0;
    }
  }
}

bool OpenTags::pop_to(GumboTag tag, unsigned barriers) {
  if (m_count[tag] == 0) return false;
  for (std::size_t i = m_open.size(); i-- > 0;) {
    if (m_open[i] == tag) {
      pop_until_size(i);
      return true;
    }
    if ((barriers_of(m_open[i]) & barriers) != 0) return false;
  }
  return false;
}

void OpenTags::close_implied(GumboTag tag) {
  if (closes_paragraph(tag)) pop_to(GUMBO_TAG_P, k_scope | k_button);
  const GumboTag top = m_open.empty() ? GUMBO_TAG_HTML : m_open.back();
  switch (tag) {
    case GUMBO_TAG_LI:
      pop_to(GUMBO_TAG_LI, k_scope | k_list);
      break;
    case GUMBO_TAG_DD:
    case GUMBO_TAG_DT:
      if (!pop_to(GUMBO_TAG_DD, k_special)) pop_to(GUMBO_TAG_DT, k_special);
      break;
    case GUMBO_TAG_OPTION:
    case GUMBO_TAG_OPTGROUP:
      if (top == GUMBO_TAG_OPTION) pop_until_size(m_open.size() - 1);
      break;
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
      if (!pop_to(GUMBO_TAG_TD, k_table)) pop_to(GUMBO_TAG_TH, k_table);
      break;
    case GUMBO_TAG_TR:
      pop_to(GUMBO_TAG_TR, k_table);
      break;
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_THEAD:
    case GUMBO_TAG_TFOOT:
      if (!pop_to(GUMBO_TAG_TBODY, k_table) && !pop_to(GUMBO_TAG_THEAD, k_table)) {
        pop_to(GUMBO_TAG_TFOOT, k_table);
      }
      break;
    default:
      if (is_heading(tag) && is_heading(top)) pop_until_size(m_open.size() - 1);
      break;
  }
}

bool OpenTags::withhold(GumboTag tag) {
  ++m_withheld[tag];
  m_flattened = true;
  return false;
}

bool OpenTags::open_formatting(GumboTag tag, bool plain) {
  if (tag == GUMBO_TAG_A || tag == GUMBO_TAG_NOBR) static_cast<void>(close_formatting(tag));
  constexpr std::size_t k_max_plain = 4096;  // unwritten entries cost nothing but the search for their ends
  if (plain ? m_formatting.size() >= k_max_plain : m_written_formatting >= k_max_formatting) {
    return withhold(tag);
  }
  m_formatting.push_back({tag, !plain});
  m_written_formatting += plain ? 0 : 1;
  return !plain;
}

bool OpenTags::close_formatting(GumboTag tag) {
  for (std::size_t i = m_formatting.size(); i-- > 0 && m_formatting[i].tag != GUMBO_TAG_LAST;) {
    if (m_formatting[i].tag != tag) continue;
    const bool written = m_formatting[i].written;
    m_formatting.erase(m_formatting.begin() + static_cast<std::ptrdiff_t>(i));
    m_written_formatting -= written ? 1 : 0;
    return written;
  }
  return false;
}

OpenTags::OpenTags(std::size_t page_bytes)
    : m_most_elements(k_elements_of_any_page + page_bytes / k_bytes_per_element) {}

bool OpenTags::has_room() const {
  return m_work <= k_max_work && m_elements <= m_most_elements;
}

bool OpenTags::add_void() {
  m_work += k_element_work;
  ++m_elements;
  if (!has_room()) m_flattened = true;
  return has_room();
}

bool OpenTags::open(GumboTag tag, bool plain) {
  m_work += m_open.size() + (m_written_formatting + 1) * k_element_work;
  m_elements += m_written_formatting + 1;
  if (!has_room()) return withhold(tag);
  if (is_formatting(tag)) return open_formatting(tag, plain);
  close_implied(tag);
  if (m_open.size() + m_written_formatting >= k_max_depth) return withhold(tag);
  m_open.push_back(tag);
  ++m_count[tag];
  if (is_marker(tag)) {
    m_formatting.push_back({GUMBO_TAG_LAST, false});
    m_written_formatting = 0;
  }
  return true;
}

bool OpenTags::close(GumboTag tag) {
  if (m_withheld[tag] > 0) {
    --m_withheld[tag];
    return false;
  }
  m_work += m_open.size() + 1;
  if (m_work > k_max_work) return false;
  if (is_formatting(tag)) return close_formatting(tag);
  if (tag == GUMBO_TAG_P || tag == GUMBO_TAG_BR) {
    // Without an open element these two end tags still make one, and with it a line.
    if (m_count[tag] == 0 && !add_void()) return false;
    pop_to(tag, k_scope | k_button);
    return true;
  }
  switch (tag) {
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_THEAD:
    case GUMBO_TAG_TFOOT:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
    case GUMBO_TAG_CAPTION:
      return pop_to(tag, k_table);
    case GUMBO_TAG_LI:
      return pop_to(tag, k_scope | k_list);
    case GUMBO_TAG_DD:
    case GUMBO_TAG_DT:
      return pop_to(tag, k_scope);
    default:
      break;
  }
  if (is_heading(tag)) {
    for (int other = GUMBO_TAG_H1; other <= GUMBO_TAG_H6; ++other) {
      if (pop_to(static_cast<GumboTag>(other), k_scope)) return true;
    }
    return false;
  }
  return pop_to(tag, (barriers_of(tag) & k_special) != 0 ? k_scope : k_special);
}

}  // namespace winnow
