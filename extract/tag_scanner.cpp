#include "extract/tag_scanner.hpp"

#include <algorithm>

#include "model/ascii.hpp"
#include "model/headers.hpp"

namespace winnow {
namespace {

constexpr std::size_t k_npos = std::string_view::npos;

bool ends_name(char c) {
  return is_html_space(c) || c == '/' || c == '>';
}

/// Whether `name` stands at `position`, in any case, and ends there as a tag's name does.
bool name_at(std::string_view html, std::size_t position, std::string_view name) {
  if (position + name.size() >= html.size()) return false;
  return ends_name(html[position + name.size()]) && iequals(html.substr(position, name.size()), name);
}

std::size_t plain_end(std::string_view html, std::size_t from, std::string_view name) {
  for (std::size_t at = html.find("</", from); at != k_npos; at = html.find("</", at + 2)) {
    if (name_at(html, at + 2, name)) return at;
  }
  return k_npos;
}

std::size_t script_end(std::string_view html, std::size_t from) {
  enum class State { data, escaped, double_escaped };
  State state = State::data;
  for (std::size_t at = from; at < html.size(); ++at) {
    if (state != State::data && html[at] == '-' && html.substr(at, 3) == "-->") {
      state = State::data;
      at += 2;
      continue;
    }
    if (html[at] != '<') {
      if (state == State::data) {
        at = html.find('<', at);
        if (at == k_npos) return k_npos;
        --at;
      }
      continue;
    }
    if (html.substr(at, 4) == "<!--") {
      if (state == State::data) state = State::escaped;
      // `<!-->` ends at once: the two dashes are seen again.
      at += 1;
    } else if (html.substr(at, 2) == "</" && name_at(html, at + 2, "script")) {
      if (state != State::double_escaped) return at;
      state = State::escaped;
    } else if (state == State::escaped && name_at(html, at + 1, "script")) {
      state = State::double_escaped;
    }
  }
  return k_npos;
}

}  // namespace

bool next_attribute(std::string_view& attributes, RawAttribute& out) {
  std::size_t at = 0;
  while (at < attributes.size() && (is_html_space(attributes[at]) || attributes[at] == '/'))
    ++at;
  if (at == attributes.size()) return false;
  const std::size_t begin = at;
  ++at;  // an equals sign in first place belongs to the name
  while (at < attributes.size() && !is_html_space(attributes[at]) && attributes[at] != '/' &&
         attributes[at] != '=') {
    ++at;
  }
  out.name = attributes.substr(begin, at - begin);
  std::size_t end = at;
  while (at < attributes.size() && is_html_space(attributes[at]))
    ++at;
  out.value = {};
  if (at < attributes.size() && attributes[at] == '=') {
    ++at;
    while (at < attributes.size() && is_html_space(attributes[at]))
      ++at;
    if (at < attributes.size() && (attributes[at] == '"' || attributes[at] == '\'')) {
      const std::size_t close = std::min(attributes.find(attributes[at], at + 1), attributes.size());
      out.value = attributes.substr(at + 1, close - at - 1);
      at = std::min(close + 1, attributes.size());
    } else {
      const std::size_t first = at;
      while (at < attributes.size() && !is_html_space(attributes[at]))
        ++at;
      out.value = attributes.substr(first, at - first);
    }
    end = at;
  }
  out.whole = attributes.substr(begin, end - begin);
  attributes.remove_prefix(end);
  return true;
}

std::size_t TagScanner::tag_end(std::size_t from) const {
  std::size_t at = from;
  // Quotes only count after an equals sign: `<p title=it's>` and `<a"b>` end at their first `>`.
  bool after_equals = false;
  while (at < m_html.size()) {
    const char c = m_html[at];
    if (c == '>') return at + 1;
    if (after_equals && (c == '"' || c == '\'')) {
      std::size_t close = m_html.find(c, at + 1);
      // A quote that is never closed would swallow the page: the tag ends at the next `>` instead. Happens at
      // most once for each of the two quotes, so the scan stays linear.
      if (close == k_npos) {
        close = m_html.find('>', at + 1);
        return close == k_npos ? m_html.size() : close + 1;
      }
      at = close + 1;
      after_equals = false;
      continue;
    }
    if (c == '=') {
      after_equals = true;
    } else if (!is_html_space(c)) {
      if (after_equals) {  // an unquoted value: up to white space
        while (at < m_html.size() && !is_html_space(m_html[at]) && m_html[at] != '>')
          ++at;
        after_equals = false;
        continue;
      }
    }
    ++at;
  }
  return m_html.size();
}

std::size_t TagScanner::comment_end(std::size_t from) const {
  if (m_html.substr(from, 1) == ">") return from + 1;   // <!-->
  if (m_html.substr(from, 2) == "->") return from + 2;  // <!--->
  for (std::size_t at = m_html.find("--", from); at != k_npos; at = m_html.find("--", at + 1)) {
    if (m_html.substr(at + 2, 1) == ">") return at + 3;
    if (m_html.substr(at + 2, 2) == "!>") return at + 4;
  }
  return m_html.size();
}

bool TagScanner::next(Token& token) {
  while (m_position < m_html.size()) {
    const std::size_t at = m_html.find('<', m_position);
    if (at == k_npos || at + 1 >= m_html.size()) break;
    const char c = m_html[at + 1];
    token = {.begin = at};
    if (is_letter(c) || (c == '/' && at + 2 < m_html.size() && is_letter(m_html[at + 2]))) {
      token.kind = c == '/' ? TokenKind::close : TokenKind::open;
      const std::size_t name = at + (c == '/' ? 2 : 1);
      std::size_t name_end = name;
      while (name_end < m_html.size() && !ends_name(m_html[name_end]))
        ++name_end;
      token.end = tag_end(name_end);
      token.name = m_html.substr(name, name_end - name);
      token.tag = gumbo_tagn_enum(token.name.data(), static_cast<unsigned int>(token.name.size()));
      token.attributes = m_html.substr(name_end, token.end - name_end);
      if (token.attributes.ends_with('>')) token.attributes.remove_suffix(1);
    } else if (c == '!' || c == '?' || c == '/') {
      if (m_html.substr(at + 1, 3) == "!--") {
        token.end = comment_end(at + 4);
      } else {
        const std::size_t close = m_html.find('>', at + 2);
        token.end = close == k_npos ? m_html.size() : close + 1;
      }
    } else {
      m_position = at + 1;
      continue;
    }
    m_position = token.end;
    return true;
  }
  return false;
}

std::size_t TagScanner::raw_text_end(std::string_view name) const {
  if (iequals(name, "script")) {
    const std::size_t end = script_end(m_html, m_position);
    if (end != k_npos) return end;
  }
  return plain_end(m_html, m_position, name);
}

}  // namespace winnow
