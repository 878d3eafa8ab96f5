// Which page or document a path is.
#pragma once

#include "serve/asked.hpp"
#include "serve/http_server.hpp"
#include "serve/reader_pool.hpp"

namespace winnow::serve {

/// What is made from the store and nothing else: the same until the store changes. `base` begins absolute
/// URLs.
[[nodiscard]] HttpAnswer route(Readers& readers, const Asked& asked, const std::string& base);

}  // namespace winnow::serve
