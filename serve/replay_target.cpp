#include "serve/replay_target.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "model/headers.hpp"
#include "model/url.hpp"

namespace winnow::serve {
namespace {

constexpr std::string_view k_web = "/web/";
constexpr std::string_view k_timemap = "timemap/link/";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

std::string archived_url(std::string_view rest) {
  std::string url(rest);
  for (const std::string_view scheme : {"http", "https"}) {
    if (ascii_lower(rest.substr(0, scheme.size() + 3)) == fmt::format("{}%3a", scheme)) url = unquote(rest);
  }
  for (const std::string_view scheme : {"http:/", "https:/"}) {
    const bool collapsed = iequals(std::string_view(url).substr(0, scheme.size()), scheme) &&
                           (url.size() == scheme.size() || url[scheme.size()] != '/');
    if (collapsed) url.insert(scheme.size(), 1, '/');
  }
  return url;
}

/// "20110521195625id_/..." up to the slash.
std::optional<PlayTarget> parse_play(std::string_view rest) {
  const auto digits =
      static_cast<std::size_t>(std::find_if_not(rest.begin(), rest.end(), is_digit) - rest.begin());
  const std::size_t slash = rest.find('/');
  if (digits == 0 || digits > 14 || slash == std::string_view::npos || slash < digits) return std::nullopt;
  const std::string_view modifier = rest.substr(digits, slash - digits);
  const bool plausible = modifier.empty() || (modifier.size() == 3 && is_lower(modifier[0]) &&
                                              is_lower(modifier[1]) && modifier[2] == '_');
  if (!plausible) return std::nullopt;
  return PlayTarget{std::string(rest.substr(0, digits)), std::string(modifier),
                    archived_url(rest.substr(slash + 1))};
}

}  // namespace

ReplayTarget parse_replay_target(std::string_view target) {
  if (!target.starts_with(k_web)) return NoTarget{};
  const std::string_view rest = target.substr(k_web.size());
  if (rest.starts_with(k_timemap)) return TimemapTarget{archived_url(rest.substr(k_timemap.size()))};
  if (auto play = parse_play(rest)) {
    if (play->url.empty()) return NoTarget{};
    return std::move(*play);
  }
  if (rest.empty()) return NoTarget{};
  return TimegateTarget{archived_url(rest)};
}

}  // namespace winnow::serve
