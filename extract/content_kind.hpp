// What kind of thing a body is.
#pragma once

#include <string_view>

namespace winnow {

enum class ContentKind {
  html,
  plain_text,
  other,  ///< image, archive...: not extracted
  pdf
};

/// By the first bytes where they are certain, else by the Content-Type, else HTML: servers label a page
/// text/plain, and an error page application/pdf. So a PDF is what begins with "%PDF-", and nothing else.
[[nodiscard]] ContentKind content_kind(std::string_view bytes, std::string_view content_type);

}  // namespace winnow
