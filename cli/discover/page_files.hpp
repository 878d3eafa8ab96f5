// `winnow discover --html`: which link of a page on disk is its site's policy.
#pragma once

#include <string>
#include <vector>

namespace winnow::cli {

/// A page and the URL that it was at; empty when unknown: all sites are the page's own then.
struct PageFile {
  std::string file;  ///< `-` is standard input; gzip is undone
  std::string url;
};

/// Files with their URLs, `@LIST` replaced by the lines of that file, `FILE<TAB>URL` each. Throws UsageError
/// when there are URLs, and not as many as files.
[[nodiscard]] std::vector<PageFile> parse_page_files(const std::vector<std::string>& files,
                                                     const std::vector<std::string>& urls);

/// Of one page the links that speak of privacy, with the verdict on each, best first; of many a line each:
/// `id<TAB>URL` of the best link, `-` where none is taken. The id is the file's name up to its first dot.
/// Throws Error when a file can't be read.
void print_policy_links(const std::vector<PageFile>& pages, bool json);

}  // namespace winnow::cli
