#include "crawler/memento/memento_places.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "model/ascii.hpp"
#include "model/url.hpp"

namespace winnow {

std::optional<SpelledMemento> spelled_memento(std::string_view uri, Timestamp timestamp) {
  const std::string digits = timestamp.digits();
  const auto at = uri.find(digits);
  if (at == std::string_view::npos || at == 0 || uri[at - 1] != '/') return std::nullopt;
  const auto rest = uri.substr(at + digits.size());
  const auto slash = rest.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto flag = rest.substr(0, slash);
  const bool is_flag =
      flag.empty() || (flag.size() <= 4 && flag.ends_with('_') &&
                       std::all_of(flag.begin(), flag.end() - 1, [](char c) { return is_letter(c); }));
  const auto original = rest.substr(slash + 1);
  if (!is_flag || (!original.starts_with("http://") && !original.starts_with("https://")))
    return std::nullopt;
  return SpelledMemento{uri.substr(0, at), flag, original};
}

void MementoPlaces::see_memento(const std::optional<SpelledMemento>& memento) {
  if (!memento) {
    m_mixed = true;
  } else if (!m_prefix) {
    m_prefix = memento->prefix;
    m_flag = memento->flag;
  } else {
    m_mixed = m_mixed || *m_prefix != memento->prefix || m_flag != memento->flag;
  }
}

void MementoPlaces::see_timegate(std::string_view uri, std::string_view original) {
  if (!original.empty() && uri.ends_with(original)) m_timegate = uri.substr(0, uri.size() - original.size());
}

MementoPlaces::Request MementoPlaces::request(std::string_view base_url, const Capture& capture) const {
  const auto original = escape_for_request(capture.original);
  if (m_prefix && !m_mixed)
    return {fmt::format("{}{}{}/{}", *m_prefix, capture.timestamp.digits(), m_flag, original), {}};
  const auto timegate = m_timegate.empty() ? fmt::format("{}/timegate/", base_url) : m_timegate;
  return {timegate + original, capture.timestamp.http_date()};
}

}  // namespace winnow
