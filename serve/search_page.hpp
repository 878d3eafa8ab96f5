// Looking for words in all versions, as a page and as JSON.
#pragma once

#include <string>

#include "serve/asked.hpp"
#include "serve/http_server.hpp"
#include "serve/reader_pool.hpp"

namespace winnow::serve {

/// ?q= words, phrases in quotes, -without, begin* (storage/search_words.hpp) ?site= ?since= ?until= ?order=
/// best, first or last.
[[nodiscard]] HttpAnswer search_page(Readers& readers, const Asked& asked);
[[nodiscard]] HttpAnswer search_api(Readers& readers, const Asked& asked, const std::string& base);

}  // namespace winnow::serve
