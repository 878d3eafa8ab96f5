// What is made of the links of pages, for scripts/bench links.
//
//   winnow_policy_links [--all] PAGES.tsv
//
// Reads `id<TAB>file<TAB>URL` lines and prints `id<TAB>URL` of the page's best link to a privacy policy, `-`
// where there is none; with --all every link, with what was read at it and the verdict.
#include <exception>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include <fmt/format.h>

#include "crawler/policy_link.hpp"
#include "extract/page_links.hpp"

using namespace winnow;

namespace {

void print_all(const std::string& id, const std::vector<PageLink>& links, const std::string& url) {
  for (const PageLink& link : links) {
    const LinkVerdict verdict = judge_link(link, url);
    fmt::print("{}\t{:.2f}\t{}\t{}\t{}\t{}\t{}\t{}\n", id, verdict.score, name(verdict.kind),
               name(verdict.reason), link.in_footer ? "footer" : "-",
               link.text.empty() ? link.label : link.text, link.url, link.before);
  }
}

void run(const std::string& list, bool all) {
  std::ifstream lines(list);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream fields(line);
    std::string id, path, url;
    std::getline(fields, id, '\t');
    std::getline(fields, path, '\t');
    std::getline(fields, url);
    std::ifstream file(path, std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(file), {});
    Hints hints;
    hints.url = url;
    const auto links = page_links(bytes, hints);
    if (all) {
      print_all(id, links, url);
      continue;
    }
    const auto found = policy_links(links, url);
    fmt::print("{}\t{}\n", id, found.empty() ? "-" : found.front().link.url);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const bool all = argc == 3 && std::string(argv[1]) == "--all";
  if (argc != (all ? 3 : 2)) {
    fmt::print(stderr, "usage: winnow_policy_links [--all] PAGES.tsv\n");
    return 2;
  }
  try {
    run(argv[argc - 1], all);
  } catch (const std::exception& exception) {
    fmt::print(stderr, "{}\n", exception.what());
    return 1;
  }
  return 0;
}
