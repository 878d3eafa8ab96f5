#include "cli/harvest/live_pages.hpp"

#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "model/url.hpp"

namespace winnow::cli {
namespace {

bool is_below(std::string_view host, std::string_view domain) {
  return host == domain ||
         (host.ends_with(domain) && host.substr(0, host.size() - domain.size()).ends_with('.'));
}

bool names(const Target& target, const WatchedPage& page) {
  if (target.kind == Target::Kind::prefix) return page.urlkey.starts_with(urlkey(target.text));
  return page.site == target.text || is_below(urlkey_host(page.urlkey), target.text);
}

std::vector<LivePage> pages_of(std::size_t number, const Target& target,
                               const std::vector<WatchedPage>& known) {
  if (target.kind == Target::Kind::url) return {{number, LivePage::Kind::page, target.text}};
  std::vector<LivePage> pages;
  for (const WatchedPage& page : known) {
    if (names(target, page)) pages.push_back({number, LivePage::Kind::page, page.url});
  }
  if (!pages.empty()) return pages;
  const bool is_site = target.kind == Target::Kind::site;
  return {{number, is_site ? LivePage::Kind::homepage : LivePage::Kind::unknown, target.text}};
}

}  // namespace

std::vector<std::vector<LivePage>> live_pages(const std::vector<WatchedPage>& known,
                                              const std::vector<Target>& targets) {
  std::vector<std::vector<LivePage>> groups;
  std::map<std::string, std::size_t> group_of_site;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    for (LivePage& page : pages_of(i, targets[i], known)) {
      if (!seen.insert(page.url).second) continue;
      const auto [group, is_new] =
          group_of_site.emplace(registrable_domain(urlkey_host(urlkey(page.url))), groups.size());
      if (is_new) groups.emplace_back();
      groups[group->second].push_back(std::move(page));
    }
  }
  return groups;
}

}  // namespace winnow::cli
