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
/// text/plain, and an error page application/pdf.
/// - A PDF begins with "%PDF-"; as in PDF readers, within the first 1024 bytes, where there is no markup
/// before (unless the Content-Type says application/pdf) and an object behind.
/// - Binary are what begins as known formats do, and a beginning without a closing tag of which a twentieth
/// are WHATWG's binary data bytes (MIME Sniffing, 3). One such byte, which is enough there, is not here:
/// pages of Windows-1252 have stray controls, old ones a NUL. UTF-16 has many.
/// - Without a Content-Type, text that has neither a tag nor a character reference is plain.
[[nodiscard]] ContentKind content_kind(std::string_view bytes, std::string_view content_type);

}  // namespace winnow
