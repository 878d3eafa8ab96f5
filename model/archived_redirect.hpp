// Where archived redirects lead.
#pragma once

#include <optional>
#include <string>

#include "model/http_status.hpp"
#include "model/provenance.hpp"
#include "model/url.hpp"

namespace winnow {

/// The target, absolute, of an archived response that is a redirect to the web; nothing of other responses,
/// and of one that does not say where to.
[[nodiscard]] inline std::optional<std::string> archived_redirect(const Provenance& provenance) {
  if (!is_redirect(provenance.statuscode)) return std::nullopt;
  const auto location = provenance.original_headers.first("Location");
  const auto base = Url::parse(provenance.replayed_url);
  if (!location || location->empty() || !base) return std::nullopt;
  const auto target = Url::parse(resolve_url(*base, *location));
  if (!target || !target->is_http()) return std::nullopt;
  return target->str();
}

}  // namespace winnow
