#include "extract/links.hpp"

#include <algorithm>
#include <array>

#include "model/headers.hpp"
#include "model/memento_url.hpp"

namespace winnow {
namespace {

constexpr std::array<std::string_view, 5> k_archives = {"https://web.archive.org", "http://web.archive.org",
                                                        "//web.archive.org", "http://www.web.archive.org",
                                                        ""};

/// Any site may have a path like "/web/2011/news": only an archive's leads to a URL with a scheme.
bool has_scheme(std::string_view original) {
  return original.find(':') <= 8;
}

/// Whether a reference says the same on every page. "http:page.html" does not (RFC 3986 5.2.2).
bool stands_alone(std::string_view reference) {
  const auto url = Url::parse(reference);
  return url && (!url->is_http() || reference.find("//") == reference.find(':') + 1);
}

}  // namespace

std::string_view unwrap_replay_url(std::string_view url) {
  while (const auto memento = parse_memento_url(url)) {
    if (std::find(k_archives.begin(), k_archives.end(), memento->archive) == k_archives.end()) break;
    if (!has_scheme(memento->original)) break;
    url = memento->original;
  }
  return url;
}

LinkResolver::LinkResolver(std::string_view page_url, std::string_view base_href) {
  m_base = Url::parse(unwrap_replay_url(page_url));
  base_href = trim(base_href);
  m_base_too_long = base_href.size() > k_longest_link;
  if (base_href.empty() || m_base_too_long) return;
  base_href = unwrap_replay_url(base_href);
  auto base = Url::parse(m_base ? resolve_url(*m_base, base_href) : std::string(base_href));
  if (!base || !base->is_http()) return;
  m_base = std::move(base);
  m_base_is_page = !stands_alone(base_href);
}

std::optional<std::string> LinkResolver::operator()(std::string_view href) {
  href = trim(href);
  if (href.empty() || href.size() > k_longest_link) return std::nullopt;
  href = unwrap_replay_url(href);
  constexpr std::array<std::string_view, 6> k_nowhere = {
      "javascript:", "data:", "vbscript:", "about:", "blob:", "file:"};
  for (const std::string_view scheme : k_nowhere) {
    if (iequals(href.substr(0, scheme.size()), scheme)) return std::nullopt;
  }
  if (m_base_too_long && !Url::parse(href)) return std::nullopt;
  m_used_page_url |= m_base_is_page && !stands_alone(href);
  std::string target = m_base ? resolve_url(*m_base, href) : std::string(href);
  if (target.size() > k_longest_link) return std::nullopt;
  return target;
}

}  // namespace winnow
