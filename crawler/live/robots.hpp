// robots.txt: what a site allows winnow to fetch from it (RFC 9309). Pure.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

/// What is read of a robots.txt at most (§2.5): whole lines; the rest is as if it were not there.
inline constexpr std::size_t k_most_robots_bytes = std::size_t{500} * 1024;

/// The rules that hold for one robot.
class Robots {
public:
  /// There is no robots.txt (§2.3.1.3).
  [[nodiscard]] static Robots allow_all() { return {}; }

  /// The rules of all groups that name `product` ("winnow"), whatever its case; when none does, those of `*`.
  /// Any text can be read.
  [[nodiscard]] static Robots parse(std::string_view text, std::string_view product);

  /// Whether a URL's path and query may be fetched: by the longest pattern that matches, Allow before
  /// Disallow of the same length. `*` is any run of bytes, `$` at a pattern's end the end of the path.
  /// Escapes are compared as the bytes they stand for, but %2F stays apart from `/` (§2.2.2).
  [[nodiscard]] bool allows(std::string_view path) const;

  /// Crawl-delay, which is no part of the RFC and widely written; 0 when there is none.
  [[nodiscard]] std::chrono::milliseconds crawl_delay() const { return m_crawl_delay; }

private:
  struct Rule {
    std::string pattern;
    bool allow = false;
  };
  std::vector<Rule> m_rules;
  std::chrono::milliseconds m_crawl_delay{0};
};

}  // namespace winnow
