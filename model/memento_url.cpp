#include "model/memento_url.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "model/ascii.hpp"
#include "model/headers.hpp"
#include "model/url.hpp"

namespace winnow {
namespace {

constexpr std::string_view k_web = "/web/";

/// "id_", and "wkf_" (fonts), the only one of three letters.
bool is_flag(std::string_view text) {
  if (text.empty()) return true;
  return (text.size() == 3 || text.size() == 4) && text.back() == '_' &&
         std::all_of(text.begin(), text.end() - 1, is_lower);
}

}  // namespace

std::optional<MementoUrl> parse_memento_url(std::string_view url) {
  constexpr std::size_t k_most_digits = 14;
  constexpr std::size_t k_longest_flag = 4;
  for (auto at = url.find(k_web); at != std::string_view::npos; at = url.find(k_web, at + 1)) {
    const auto rest = url.substr(at + k_web.size());
    const auto head = rest.substr(0, k_most_digits + k_longest_flag + 1);
    const auto digits =
        static_cast<std::size_t>(std::find_if_not(head.begin(), head.end(), is_digit) - head.begin());
    const auto slash = head.find('/');
    if (digits == 0 || digits > k_most_digits || slash == std::string_view::npos) continue;
    const auto flag = head.substr(digits, slash - digits);
    if (is_flag(flag))
      return MementoUrl{url.substr(0, at), head.substr(0, digits), flag, rest.substr(slash + 1)};
  }
  return std::nullopt;
}

std::string memento_url(std::string_view archive, Timestamp timestamp, std::string_view flag,
                        std::string_view original) {
  return fmt::format("{}{}{}{}/{}", archive, k_web, timestamp.digits(), flag, original);
}

std::string archived_url(std::string_view original) {
  std::string url(original);
  for (const std::string_view escaped : {"http%3a", "https%3a", "ftp%3a"}) {
    if (iequals(original.substr(0, escaped.size()), escaped)) url = unquote(original);
  }
  for (const std::string_view scheme : {"http:/", "https:/"}) {
    const bool collapsed = iequals(std::string_view(url).substr(0, scheme.size()), scheme) &&
                           (url.size() == scheme.size() || url[scheme.size()] != '/');
    if (collapsed) url.insert(scheme.size(), 1, '/');
  }
  return url;
}

}  // namespace winnow
