#include <algorithm>
#include <charconv>
#include <optional>

#include "model/content_encoding.hpp"
#include "model/headers.hpp"

namespace winnow {
namespace {

/// A chunk's size line at `position` ("1a2b;extension" and CRLF or LF). Moves `position` behind it.
std::optional<std::size_t> read_size_line(std::string_view bytes, std::size_t& position) {
  constexpr std::size_t k_longest = 4096;  // extensions are unbounded in RFC 9112; real ones have a few bytes
  const std::string_view window = bytes.substr(position, k_longest);
  const std::size_t end = window.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  std::string_view digits = window.substr(0, end);
  digits = trim(digits.substr(0, digits.find(';')));
  std::size_t size = 0;
  const auto [stop, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), size, 16);
  if (failure != std::errc{} || stop != digits.data() + digits.size()) return std::nullopt;
  position += end + 1;
  return size;
}

bool skip_line_end(std::string_view bytes, std::size_t& position) {
  const std::string_view rest = bytes.substr(position, 2);
  const std::size_t length = rest == "\r\n" ? 2 : rest.starts_with('\n') ? 1 : 0;
  position += length;
  return length != 0;
}

}  // namespace

// The chunks are moved together within `bytes` itself: `filled` never passes `position`.
Decoded decode_chunked(std::string bytes, std::size_t limit) {
  std::size_t position = 0;
  std::size_t filled = 0;
  const auto finish = [&](DecodeStatus status) {
    bytes.resize(filled);
    return Decoded{status, true, std::move(bytes)};
  };

  for (bool first = true;; first = false) {
    if (!first && position == bytes.size()) return finish(DecodeStatus::truncated);
    const auto size = read_size_line(bytes, position);
    if (!size) {
      if (first) return {DecodeStatus::ok, false, std::move(bytes)};
      const bool cut = bytes.find('\n', position) == std::string::npos;
      return finish(cut ? DecodeStatus::truncated : DecodeStatus::damaged);
    }
    if (*size == 0) return finish(DecodeStatus::ok);  // trailers, if any, are no part of the body

    const std::size_t held = std::min(*size, bytes.size() - position);
    std::size_t behind = position + held;
    const bool ended = skip_line_end(bytes, behind);
    // A body that was stored with its chunks undone may still begin with a line that reads as a number.
    if (first && !ended && held == *size && behind != bytes.size())
      return {DecodeStatus::ok, false, std::move(bytes)};
    if (held > limit - filled) return {DecodeStatus::too_large, true, {}};
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(position), held,
                bytes.begin() + static_cast<std::ptrdiff_t>(filled));
    filled += held;
    if (held < *size || (!ended && behind == bytes.size())) return finish(DecodeStatus::truncated);
    if (!ended) return finish(DecodeStatus::damaged);
    position = behind;
  }
}

}  // namespace winnow
