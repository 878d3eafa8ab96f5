#include "crawler/live/robots.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include "model/ascii.hpp"
#include "model/headers.hpp"

namespace winnow {

namespace {

constexpr std::size_t k_most_rules = 20'000;
constexpr std::size_t k_longest_pattern = 4096;

/// One spelling for each path: unreserved and non-ASCII bytes as themselves where they are escaped and where
/// not, other escapes in upper case.
std::string normal(std::string_view path) {
  std::string out;
  out.reserve(path.size());
  for (std::size_t i = 0; i < path.size(); ++i) {
    const bool escape = path[i] == '%' && i + 2 < path.size();
    const int high = escape ? hex_value(path[i + 1]) : -1;
    const int low = escape ? hex_value(path[i + 2]) : -1;
    if (high < 0 || low < 0) {
      out += path[i];
      continue;
    }
    const char byte = static_cast<char>(high * 16 + low);
    const bool plain = is_letter_or_digit(byte) || static_cast<unsigned char>(byte) >= 0x80U ||
                       std::string_view("-._~").find(byte) != std::string_view::npos;
    if (plain) {
      out += byte;
    } else {
      out += '%';
      for (std::size_t digit = i + 1; digit <= i + 2; ++digit)
        out += is_lower(path[digit]) ? static_cast<char>(path[digit] - 'a' + 'A') : path[digit];
    }
    i += 2;
  }
  return out;
}

/// Greedy from the left: the first place where each piece between stars fits leaves most for the others. Time
/// is that of find() over path and pattern.
bool matches(std::string_view pattern, std::string_view path) {
  const bool to_the_end = pattern.ends_with('$');
  if (to_the_end) pattern.remove_suffix(1);
  bool first = true;
  while (true) {
    const auto star = pattern.find('*');
    const auto piece = pattern.substr(0, star);
    const bool last = star == std::string_view::npos;
    if (last && to_the_end)
      return first ? path == piece : path.size() >= piece.size() && path.ends_with(piece);
    const auto at = first ? (path.starts_with(piece) ? 0 : std::string_view::npos) : path.find(piece);
    if (at == std::string_view::npos) return false;
    if (last) return true;
    path.remove_prefix(at + piece.size());
    pattern.remove_prefix(star + 1);
    first = false;
  }
}

/// Seconds, as `10` or `0.5`.
std::optional<std::chrono::milliseconds> parse_delay(std::string_view value) {
  double seconds = 0;
  const auto [rest, problem] = std::from_chars(value.data(), value.data() + value.size(), seconds);
  if (problem != std::errc{} || rest != value.data() + value.size() || !(seconds >= 0)) return std::nullopt;
  const std::chrono::duration<double> delay(std::min(seconds, 1e9));
  return std::chrono::duration_cast<std::chrono::milliseconds>(delay);
}

}  // namespace

Robots Robots::parse(std::string_view text, std::string_view product) {
  if (text.size() > k_most_robots_bytes) {
    // Half a line is another rule: `Disallow: /` of `Disallow: /admin`.
    text = text.substr(0, k_most_robots_bytes);
    const auto end = text.find_last_of("\r\n");
    text = text.substr(0, end == std::string_view::npos ? 0 : end);
  }
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  Robots own;
  Robots everybody;
  bool named = false;      // a group names us
  bool for_us = false;     // the group being read does
  bool for_all = false;    // it is everybody's
  bool in_agents = false;  // user-agent lines that follow each other begin one group
  while (!text.empty()) {
    const auto end = text.find_first_of("\r\n");
    auto line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    line = line.substr(0, line.find('#'));
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const auto field = trim(line.substr(0, colon));
    const auto value = trim(line.substr(colon + 1));
    if (iequals(field, "user-agent")) {
      if (!in_agents) for_us = for_all = false;
      in_agents = true;
      // "winnow/1.0" and "winnow bot" name the product before.
      const auto name = value.substr(0, value.find_first_of("/ \t"));
      for_us = for_us || iequals(name, product);
      for_all = for_all || name == "*";
      named = named || for_us;
      continue;
    }
    const std::array<std::pair<Robots*, bool>, 2> groups = {{{&own, for_us}, {&everybody, for_all}}};
    if (iequals(field, "crawl-delay")) {
      in_agents = false;
      const auto delay = parse_delay(value);
      for (const auto& [rules, wanted] : groups) {
        if (wanted && delay) rules->m_crawl_delay = std::max(rules->m_crawl_delay, *delay);
      }
      continue;
    }
    const bool allow = iequals(field, "allow");
    if (!allow && !iequals(field, "disallow")) continue;  // Sitemap and such belong to no group (§2.2.4)
    in_agents = false;
    if (value.empty() || value.size() > k_longest_pattern) continue;  // nothing is disallowed
    for (const auto& [rules, wanted] : groups) {
      if (wanted && rules->m_rules.size() < k_most_rules) rules->m_rules.push_back({normal(value), allow});
    }
  }
  return named ? own : everybody;
}

bool Robots::allows(std::string_view path) const {
  if (path == "/robots.txt") return true;
  const std::string asked = normal(path.empty() ? "/" : path);
  std::size_t longest = 0;
  bool allowed = true;
  for (const auto& rule : m_rules) {
    const auto length = rule.pattern.size();
    if (length < longest || (length == longest && !rule.allow) || !matches(rule.pattern, asked)) continue;
    longest = length;
    allowed = rule.allow;
  }
  return allowed;
}

}  // namespace winnow
