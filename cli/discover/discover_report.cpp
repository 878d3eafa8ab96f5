#include "cli/discover/discover_report.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/counted.hpp"
#include "cli/digits_or_null.hpp"
#include "model/printable.hpp"
#include "model/url.hpp"

namespace winnow::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t k_widest_url = 64;
constexpr std::size_t k_longest_words = 40;

std::string date(const std::optional<Timestamp>& moment) {
  return moment ? moment->date() : "-";
}

/// A link's text, cut where it is long, at a character's end.
std::string shown_words(const std::string& words) {
  if (words.size() <= k_longest_words) return printable(words);
  std::size_t end = k_longest_words;
  while (end > 0 && (static_cast<unsigned char>(words[end]) & 0xC0U) == 0x80)
    --end;
  return printable(words.substr(0, end)) + "...";
}

/// A URL by its path where it is on the same site.
std::string shown_url(const std::string& url, const std::string& site) {
  const auto parsed = Url::parse(url);
  if (!parsed || registrable_domain(parsed->host) != site || parsed->host.find(site) > 4)
    return printable(url);
  return printable(parsed->path + (parsed->query ? "?" + *parsed->query : ""));
}

std::string way(const Finding& finding, const std::string& site) {
  switch (finding.by) {
    case FoundBy::index:
      return "index";
    case FoundBy::link:
      return fmt::format("link \"{}\" (homepage of {})", shown_words(finding.words), date(finding.when));
    case FoundBy::redirect:
      return fmt::format("redirect from {} ({})", shown_url(finding.words, site), date(finding.when));
    case FoundBy::canonical:
      return fmt::format("canonical of {} ({})", shown_url(finding.words, site), date(finding.when));
  }
  return {};
}

std::string how(const Finding& finding, const std::string& site) {
  return way(finding, site) + (finding.archive.empty() ? "" : " in " + printable(finding.archive));
}

std::string all_hows(const Candidate& candidate, const std::string& site) {
  std::string text;
  for (const Finding& finding : candidate.found)
    text += (text.empty() ? "" : "; ") + how(finding, site);
  return text;
}

std::string shown_status(const Candidate& page) {
  return page.status ? fmt::format("; status {}", *page.status) : std::string();
}

std::string line(const Candidate& page, const SiteDiscovery& discovery, std::string_view lead,
                 std::size_t url_width) {
  std::string text = fmt::format("{}  {:<10}  {:<10}  {:.2f} {:<7}  {:<{}}  {}", lead, date(page.from),
                                 date(page.to), page.confidence, sureness(page.confidence),
                                 printable(page.url), url_width, all_hows(page, discovery.site));
  for (const Takeover& takeover : discovery.takeovers) {
    if (takeover.to_urlkey == page.urlkey)
      text += fmt::format("; took over {} ({})", takeover.when.date(), name(takeover.evidence));
  }
  if (page.failure) {
    text += fmt::format("; {}could not be read: {}", page.read.empty() ? "" : "in part ",
                        describe(page.failure->reason));
  }
  if (page.then) text += fmt::format("; then {}{}", describe(*page.then), shown_status(page));
  return text + "\n";
}

std::size_t url_width(const std::vector<Candidate>& candidates) {
  std::size_t width = 3;
  for (const Candidate& candidate : candidates)
    width = std::max(width, std::min(candidate.url.size(), k_widest_url));
  return width;
}

std::string pages_table(const SiteDiscovery& discovery) {
  const std::size_t width = url_width(discovery.pages);
  std::string text =
      fmt::format("series  {:<10}  {:<10}  {:<12}  {:<{}}  found by\n", "from", "to", "sure", "URL", width);
  std::size_t number = 0;
  for (const auto& series : discovery.series) {
    ++number;
    for (const std::size_t page : series)
      text += line(discovery.pages[page], discovery, fmt::format("{:>6}", number), width);
  }
  return text;
}

std::string refused_table(const SiteDiscovery& discovery) {
  const std::size_t width = url_width(discovery.refused);
  std::string text = fmt::format("refused         {:<{}}  found by\n", "URL", width);
  for (const Candidate& candidate : discovery.refused) {
    text += fmt::format("{:<14}  {:<{}}  {}{}\n", name(*candidate.refused), printable(candidate.url), width,
                        all_hows(candidate, discovery.site), shown_status(candidate));
  }
  return text;
}

/// To four decimals: the others say nothing, and differ between processors.
double rounded(double number) {
  return std::round(number * 1e4) / 1e4;
}

Json to_json(const Candidate& candidate) {
  Json found = Json::array();
  for (const Finding& finding : candidate.found) {
    Json entry = {{"by", name(finding.by)}};
    if (!finding.archive.empty()) entry["archive"] = finding.archive;
    if (finding.when) entry["timestamp"] = finding.when->digits();
    if (!finding.words.empty()) entry[finding.by == FoundBy::link ? "text" : "url"] = finding.words;
    entry["score"] = rounded(finding.score);
    found.push_back(std::move(entry));
  }
  Json json = {{"url", candidate.url}, {"urlkey", candidate.urlkey}};
  if (candidate.refused) {
    json["refused"] = name(*candidate.refused);
    json["reason"] = describe(*candidate.refused);
  } else {
    json["from"] = digits_or_null(candidate.from);
    json["to"] = digits_or_null(candidate.to);
    json["then"] = candidate.then ? Json(name(*candidate.then)) : Json(nullptr);
    json["confidence"] = rounded(candidate.confidence);
    json["sure"] = sureness(candidate.confidence);
  }
  if (candidate.status) json["status"] = *candidate.status;
  json["captures"] = candidate.captures;
  if (candidate.failure) {
    json["unread"] = {{"reason", name(candidate.failure->reason)}, {"detail", candidate.failure->detail}};
  }
  json["found"] = std::move(found);
  return json;
}

Json to_json(const Takeover& takeover) {
  return {{"from", takeover.from_urlkey},
          {"to", takeover.to_urlkey},
          {"timestamp", takeover.when.digits()},
          {"evidence", name(takeover.evidence)},
          {"confidence", rounded(takeover.confidence)}};
}

}  // namespace

std::string to_text(const SiteDiscovery& discovery, bool all) {
  std::string text = printable(discovery.site) + ": ";
  if (discovery.pages.empty()) {
    text += "no privacy policy found";
  } else {
    text += counted(discovery.pages.size(), "page") + " in " +
            counted(discovery.series.size(), "series", "series");
  }
  if (!discovery.refused.empty())
    text += fmt::format("; {} refused{}", discovery.refused.size(), all ? "" : " (--all shows them)");
  text += '\n';
  if (!discovery.pages.empty()) text += pages_table(discovery);
  if (all && !discovery.refused.empty()) text += refused_table(discovery);
  return text;
}

nlohmann::ordered_json to_json(const SiteDiscovery& discovery) {
  Json all_series = Json::array();
  for (const auto& series : discovery.series) {
    Json pages = Json::array();
    Json takeovers = Json::array();
    for (const std::size_t number : series) {
      const Candidate& page = discovery.pages[number];
      pages.push_back(to_json(page));
      for (const Takeover& takeover : discovery.takeovers) {
        if (takeover.to_urlkey == page.urlkey) takeovers.push_back(to_json(takeover));
      }
    }
    all_series.push_back({{"pages", std::move(pages)}, {"takeovers", std::move(takeovers)}});
  }
  Json refused = Json::array();
  for (const Candidate& candidate : discovery.refused)
    refused.push_back(to_json(candidate));
  return {{"site", discovery.site},           {"series", std::move(all_series)},
          {"refused", std::move(refused)},    {"index_rows", discovery.index_rows},
          {"homepages", discovery.homepages}, {"failures", discovery.failures}};
}

}  // namespace winnow::cli
