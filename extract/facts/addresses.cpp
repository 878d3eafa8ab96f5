#include "extract/facts/addresses.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "model/ascii.hpp"
#include "model/headers.hpp"
#include "model/url.hpp"

namespace winnow {
namespace {

constexpr std::size_t k_longest_target = 2048;

bool is_local(char c) {
  return is_letter_or_digit(c) || std::string_view(".!#$%&'*+/=?^_`{|}~-").find(c) != std::string_view::npos;
}
bool is_host(char c) {
  return is_letter_or_digit(c) || c == '.' || c == '-';
}

/// The address around an `@` (RFC 5322's dot-atom, as the web writes it: a host with a dot and a top level of
/// letters).
std::optional<std::string> address_around(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && at - begin < 64 && is_local(text[begin - 1]))
    --begin;
  while (begin < at && !is_letter_or_digit(text[begin]) && text[begin] != '_')
    ++begin;
  std::size_t end = at + 1;
  while (end < text.size() && end - at < 254 && is_host(text[end]))
    ++end;
  while (end > at && !is_letter_or_digit(text[end - 1]))
    --end;
  if (begin == at || end <= at + 1) return std::nullopt;
  const std::string_view host = text.substr(at + 1, end - at - 1);
  const std::size_t dot = host.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || host.size() - dot < 3 ||
      host.find("..") != std::string_view::npos)
    return std::nullopt;
  const std::string_view top = host.substr(dot + 1);
  if (std::any_of(top.begin(), top.end(), is_digit)) return std::nullopt;
  return ascii_lower(text.substr(begin, end - begin));
}

class Collector {
public:
  void emails_of(std::string_view text) {
    for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
      if (m_found.emails.size() == k_facts_entries) return;
      std::optional<std::string> address = address_around(text, at);
      if (address && m_emails.insert(*address).second) m_found.emails.push_back(std::move(*address));
    }
  }

  void target(std::string_view target) {
    if (target.starts_with('<')) target.remove_prefix(1);
    if (target.starts_with("mailto:")) return emails_of(unquote(target.substr(7, target.find('?') - 7)));
    const std::optional<Url> url = Url::parse(target);
    if (!url || !url->is_http() || url->host.empty()) return;
    std::string domain = registrable_domain(url->host);
    const auto [entry, is_new] = m_domains.emplace(domain, m_found.domains.size());
    if (!is_new) {
      ++m_found.domains[entry->second].links;
    } else if (m_found.domains.size() < k_facts_entries) {
      m_found.domains.push_back({std::move(domain), 1});
    } else {
      m_domains.erase(entry);
    }
  }

  Addresses take() { return std::move(m_found); }

private:
  Addresses m_found;
  std::unordered_set<std::string> m_emails;
  std::unordered_map<std::string, std::size_t> m_domains;
};

}  // namespace

Addresses find_addresses(std::string_view markdown, std::string_view blocks) {
  Collector collector;
  for (std::size_t at = 0; at < markdown.size();) {
    at = markdown.find_first_of("]<", at);
    if (at == std::string_view::npos) break;
    const bool link = markdown.substr(at, 2) == "](";
    const bool autolink = markdown[at] == '<';
    at += link ? 2 : 1;
    if (!link && !autolink) continue;
    const std::string_view rest = markdown.substr(at, k_longest_target);
    const std::size_t end = std::min(rest.find_first_of(autolink ? "<> \n" : " )\n"), rest.size());
    if (end < rest.size() && (link || rest[end] == '>')) collector.target(rest.substr(0, end));
    at += end;  // also over what is too long to be a target, so that each byte is read once
  }
  collector.emails_of(blocks);
  return collector.take();
}

}  // namespace winnow
