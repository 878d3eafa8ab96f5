#include "cli/discover/page_files.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/output.hpp"
#include "cli/read_input.hpp"
#include "crawler/policy_link.hpp"
#include "extract/page_links.hpp"
#include "model/body_limit.hpp"
#include "model/content_encoding.hpp"
#include "model/error.hpp"
#include "model/printable.hpp"

namespace winnow::cli {
namespace {

std::vector<PageFile> read_list(const std::string& list) {
  std::ifstream in(list);
  if (!in) throw error("{}: cannot be read", printable(list));
  std::vector<PageFile> pages;
  for (std::string line; std::getline(in, line);) {
    if (line.ends_with('\r')) line.pop_back();
    if (line.empty()) continue;
    const std::size_t tab = line.find('\t');
    pages.push_back({line.substr(0, tab), tab == line.npos ? "" : line.substr(tab + 1)});
  }
  return pages;
}

std::string id_of(const std::string& file) {
  const std::string name = std::filesystem::path(file).filename().string();
  return name.substr(0, name.find('.'));
}

std::vector<PageLink> links_of(const PageFile& page) {
  Decoded body = decode_content(read_input(page.file), "", k_largest_body);
  if (body.status == DecodeStatus::too_large) throw error("{}: too large", printable(page.file));
  Hints hints;
  hints.url = page.url;
  return page_links(body.body, hints);
}

/// Whether a refused link is worth a line: it has to do with privacy.
bool tells(const LinkVerdict& verdict) {
  return verdict.kind == LinkKind::cookie_policy ||
         (verdict.reason != LinkReason::no_policy && verdict.reason != LinkReason::no_page);
}

std::vector<PolicyLink> judged_links(const PageFile& page) {
  const auto links = links_of(page);
  std::vector<PolicyLink> judged = policy_links(links, page.url);
  for (const PageLink& link : links) {
    const LinkVerdict verdict = judge_link(link, page.url);
    const bool known = std::any_of(judged.begin(), judged.end(),
                                   [&](const PolicyLink& other) { return other.link.url == link.url; });
    if (!known && tells(verdict)) judged.push_back({link, verdict});
  }
  return judged;
}

const std::string& words_of(const PageLink& link) {
  return link.text.empty() ? link.label : link.text;
}

void print_table(const std::vector<PolicyLink>& links) {
  if (links.empty()) write_stdout("no link to a privacy policy\n");
  for (const auto& [link, verdict] : links) {
    const bool taken = verdict.kind == LinkKind::privacy_policy;
    write_stdout(fmt::format("{}  {:<14}  {:<13}  {}  \"{}\"\n",
                             taken ? fmt::format("{:.2f}", verdict.score) : "-   ", name(verdict.kind),
                             name(verdict.reason), printable(link.url), printable(words_of(link))));
  }
}

void print_json(const std::vector<PolicyLink>& links) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const auto& [link, verdict] : links) {
    all.push_back({{"url", link.url},
                   {"text", words_of(link)},
                   {"kind", name(verdict.kind)},
                   {"reason", name(verdict.reason)},
                   {"score", std::round(verdict.score * 1e4) / 1e4}});
  }
  write_stdout(all.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
}

}  // namespace

std::vector<PageFile> parse_page_files(const std::vector<std::string>& files,
                                       const std::vector<std::string>& urls) {
  std::vector<PageFile> pages;
  for (const std::string& file : files) {
    if (file.starts_with('@')) {
      auto listed = read_list(file.substr(1));
      std::move(listed.begin(), listed.end(), std::back_inserter(pages));
    } else {
      pages.push_back({file, {}});
    }
  }
  if (urls.empty()) return pages;
  if (urls.size() != pages.size())
    throw usage_error("--url: {} for {} files; give one each, in their order", urls.size(), pages.size());
  for (std::size_t i = 0; i < pages.size(); ++i)
    pages[i].url = urls[i];
  return pages;
}

void print_policy_links(const std::vector<PageFile>& pages, bool json) {
  if (pages.size() == 1) {
    const auto links = judged_links(pages.front());
    if (json)
      print_json(links);
    else
      print_table(links);
  } else {
    for (const PageFile& page : pages) {
      const auto links = policy_links(links_of(page), page.url);
      write_stdout(fmt::format("{}\t{}\n", printable(id_of(page.file)),
                               links.empty() ? "-" : printable(links.front().link.url)));
    }
  }
  flush_stdout();
}

}  // namespace winnow::cli
