#include "serve/policy_html.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "extract/markdown_html.hpp"
#include "model/ascii.hpp"
#include "model/html_escape.hpp"
#include "model/url.hpp"

namespace winnow::serve {
namespace {

/// What markdown_to_html() has escaped.
std::string unescaped(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, char>, 4> k_references = {
      {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}}};
  std::string plain;
  while (!text.empty()) {
    bool found = false;
    for (const auto& [reference, c] : k_references) {
      if (!text.starts_with(reference)) continue;
      plain += c;
      text.remove_prefix(reference.size());
      found = true;
      break;
    }
    if (found) continue;
    plain += text.front();
    text.remove_prefix(1);
  }
  return plain;
}

/// The value of an attribute of a tag that markdown_to_html() wrote: quoted, with quotes escaped.
std::string_view attribute(std::string_view tag, std::string_view name) {
  const std::string opening = fmt::format(" {}=\"", name);
  const std::size_t begin = tag.find(opening);
  if (begin == std::string_view::npos) return {};
  const std::string_view rest = tag.substr(begin + opening.size());
  return rest.substr(0, rest.find('"'));
}

bool leads_out(std::string_view url) {
  const auto parsed = Url::parse(url);
  return parsed && (parsed->is_http() || parsed->scheme == "mailto" || parsed->scheme == "tel");
}

/// Rewrites the tags of a fragment, each of which markdown_to_html() wrote: `<` stands nowhere else in it.
class Rewriter {
public:
  Rewriter(std::string_view html, const std::optional<Url>& base) : m_rest(html), m_base(base) {}

  PolicyHtml rewrite() {
    while (!m_rest.empty()) {
      const std::size_t text = std::min(m_rest.find('<'), m_rest.size());
      add_text(m_rest.substr(0, text));
      m_rest.remove_prefix(text);
      const std::size_t end = std::min(m_rest.find('>'), m_rest.size() - 1);
      if (!m_rest.empty()) add_tag(m_rest.substr(0, end + 1));
      m_rest.remove_prefix(std::min(end + 1, m_rest.size()));
    }
    return std::move(m_result);
  }

private:
  void add_text(std::string_view text) {
    m_result.html += text;
    if (m_in_heading) m_result.outline.back().text += text;
  }

  void add_tag(std::string_view tag) {
    const bool is_heading = tag.size() == 4 && tag[1] == 'h' && is_digit(tag[2]);
    if (is_heading) {
      const std::string id = fmt::format("s{}", m_result.outline.size() + 1);
      m_result.html += fmt::format("<h{} id=\"{}\">", tag[2], id);
      m_result.outline.push_back({tag[2] - '0', id, {}});
      m_in_heading = true;
    } else if (tag.starts_with("</h") && tag.size() == 5) {
      m_in_heading = false;
      m_result.html += tag;
    } else if (tag.starts_with("<img")) {
      if (const auto words = attribute(tag, "alt"); !words.empty())
        m_result.html += fmt::format("<span class=\"image\">{}</span>", words);
    } else if (tag.starts_with("<a href=\"#winnow-")) {  // to a note, and back
      m_result.html += tag;
    } else if (tag.starts_with("<a")) {
      add_link(attribute(tag, "href"));
    } else if (tag == "<table>") {
      m_result.html += "<div class=\"scroll\" tabindex=\"0\"><table>";
    } else if (tag == "</table>") {
      m_result.html += "</table></div>";
    } else {
      m_result.html += tag;
    }
  }

  void add_link(std::string_view href) {
    const std::string target = unescaped(href);
    const std::string url = m_base && !target.empty() ? resolve_url(*m_base, target) : target;
    if (!leads_out(url)) {
      m_result.html += "<a>";
      return;
    }
    m_result.html += fmt::format(R"(<a href="{}" rel="nofollow noopener noreferrer">)", escape_html(url));
  }

  std::string_view m_rest;
  const std::optional<Url>& m_base;
  PolicyHtml m_result;
  bool m_in_heading = false;
};

}  // namespace

PolicyHtml policy_html(std::string_view markdown, std::string_view base) {
  const std::optional<Url> url = Url::parse(base);
  const std::string html = markdown_to_html(markdown);
  return Rewriter(html, url).rewrite();
}

}  // namespace winnow::serve
