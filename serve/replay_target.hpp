// What a URL below /web/ asks an archive for.
#pragma once

#include <string>
#include <string_view>
#include <variant>

namespace winnow::serve {

/// `/web/20110521195625id_/http://www.soompi.com/privacy`
struct PlayTarget {
  std::string digits;    ///< of the timestamp, 1 to 14
  std::string modifier;  ///< `id_`, `if_`..., or empty
  std::string url;
};
/// `/web/http://www.soompi.com/privacy`
struct TimegateTarget {
  std::string url;
};
/// `/web/timemap/link/http://www.soompi.com/privacy`
struct TimemapTarget {
  std::string url;
};
struct NoTarget {};

using ReplayTarget = std::variant<NoTarget, PlayTarget, TimegateTarget, TimemapTarget>;

/// Takes a request's raw target apart. The URLs are archived_url()'s.
[[nodiscard]] ReplayTarget parse_replay_target(std::string_view target);

}  // namespace winnow::serve
