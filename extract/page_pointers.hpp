// Where a page says that it truly is, or that it has gone.
#pragma once

#include <string>
#include <string_view>

#include "extract/extract.hpp"

namespace winnow {

/// URLs as those of page_links(): absolute on a page of known URL, never into an archive; empty when there is
/// none.
struct PagePointers {
  std::string canonical;  ///< `<link rel=canonical>` (RFC 6596), the first
  std::string refresh;    ///< `<meta http-equiv=refresh>` that leads elsewhere within ten seconds, the first
};

/// Empty for what is no HTML. Scans the page's tags; never throws on any input.
[[nodiscard]] PagePointers page_pointers(std::string_view bytes, const Hints& hints);

}  // namespace winnow
