// A Content-Type, line end, bytes: whatever the charset, what comes out is UTF-8.
#include "extract/charset.hpp"
#include "shown_text.hpp"

using namespace winnow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto [content_type, bytes] = fuzz::split_line(fuzz::as_text(data, size));
  const Charset charset = choose_charset(bytes, content_type);
  fuzz::demand(charset.encoding != nullptr, "there is always an encoding");
  fuzz::demand(choose_charset(bytes, content_type).encoding == charset.encoding,
               "a choice is the same twice");

  const DecodedPage page = decode_page(bytes, *charset.encoding);
  fuzz::demand(fuzz::is_utf8(page.utf8), "what is decoded is UTF-8");
  fuzz::demand(page.utf8.find('\0') == std::string::npos, "no NUL gets through");
  fuzz::demand(!page.utf8.starts_with("\xEF\xBB\xBF"), "no byte order mark is left");
  fuzz::demand(!page.bad_bytes || page.utf8.find("\xEF\xBF\xBD") != std::string::npos,
               "bad bytes are seen as U+FFFD");
  // A byte or two become at most one character of the basic plane, four bytes one beyond it.
  fuzz::demand(page.utf8.size() <= 3 * bytes.size() + 4, "decoding does not multiply");

  const DecodedPage again = decode_page(page.utf8, *find_encoding("utf-8"));
  fuzz::demand(!again.bad_bytes, "what is decoded has no bad bytes");
  // Characters that were encoded twice are mended, and all else is left as it is.
  fuzz::demand(again.utf8.size() <= page.utf8.size(), "UTF-8 grows no longer");
  return 0;
}
