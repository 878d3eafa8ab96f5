// The store as JSON and Atom, for programs. serve/pages/openapi.json describes it.
#pragma once

#include <string>

#include "serve/asked.hpp"
#include "serve/http_server.hpp"
#include "serve/reader_pool.hpp"

namespace winnow::serve {

/// All below /api/v1/. What is not there is 404, what cannot be understood 400, with `{"error": "..."}`.
[[nodiscard]] HttpAnswer api(Readers& readers, const Asked& asked, const std::string& base);

/// Atom (RFC 4287): the versions that began last, of a site or of all (empty).
[[nodiscard]] HttpAnswer feed(Readers& readers, const std::string& site, const std::string& base);

}  // namespace winnow::serve
