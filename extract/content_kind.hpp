// What kind of thing a body is.
#pragma once

#include <string_view>

namespace winnow {

enum class ContentKind {
  html,
  plain_text,
  other,  ///< PDF, image, archive...: not extracted
};

/// By the first bytes where they are certain, else by the Content-Type, else HTML: servers label a page
/// text/plain, and an error page application/pdf.
[[nodiscard]] ContentKind content_kind(std::string_view bytes, std::string_view content_type);

}  // namespace winnow
