#include <algorithm>

#include <fmt/format.h>

#include "model/html_escape.hpp"
#include "model/printable.hpp"
#include "serve/api.hpp"
#include "serve/history.hpp"
#include "serve/words.hpp"

namespace winnow::serve {
namespace {

constexpr std::uint64_t k_entries = 50;

/// As XML may hold it: no control characters, and none of the two that are no characters at all.
std::string xml(std::string_view text) {
  std::string line = printable_line(text);
  for (const std::string_view none : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"}) {
    for (std::size_t at = line.find(none); at != std::string::npos; at = line.find(none, at))
      line.replace(at, none.size(), "?");
  }
  return escape_html(line);
}

/// A subscriber has not seen what came into the store since, however long ago the archive saw it first.
Timestamp updated_at(const VersionNews& news) {
  return std::max(news.learnt, news.first_seen);
}

std::string entry(const VersionNews& news, const std::string& base) {
  const std::string url =
      fmt::format("{}{}/version/{}", base, series_path(news.series), news.first_seen.digits());
  std::string what = news.page + (news.change ? ": " + change_words(*news.change) + "." : ".");
  if (news.changed_after)
    what += fmt::format(" It changed between {} and {}.", news.changed_after->date(), news.first_seen.date());
  return fmt::format(
      "<entry><id>{0}</id><title>{1}: version {2}, seen from {3}</title><published>{4}</published>"
      "<updated>{5}</updated><link href=\"{0}/changes\"/><summary>{6}</summary></entry>\n",
      xml(url), xml(news.site), news.number, news.first_seen.date(), news.first_seen.iso(),
      updated_at(news).iso(), xml(what));
}

}  // namespace

HttpAnswer feed(Readers& readers, const std::string& site, const std::string& base) {
  const auto news = readers.overview.last_arrived_changes(site, k_entries);
  Timestamp updated = Timestamp::from_value(19700101000000);
  for (const VersionNews& item : news)
    updated = std::max(updated, updated_at(item));
  const std::string self = base + (site.empty() ? "" : site_path(site)) + "/feed.atom";
  std::string out = fmt::format(
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n"
      "<id>{0}</id>\n<title>{1}</title>\n<updated>{2}</updated>\n<link rel=\"self\" href=\"{0}\"/>\n"
      "<author><name>winnow</name></author>\n",
      xml(self), site.empty() ? "Changes of privacy policies" : "Changes of " + xml(site), updated.iso());
  for (const VersionNews& item : news)
    out += entry(item, base);
  return {200, "application/atom+xml; charset=utf-8", {}, out + "</feed>\n"};
}

}  // namespace winnow::serve
