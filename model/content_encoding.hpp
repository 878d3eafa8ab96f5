// HTTP content and transfer codings undone within a limit: the body as the browser would have seen it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace winnow {

enum class DecodeStatus {
  ok,
  truncated,  ///< the compressed stream ends too early; body holds what came before
  damaged,    ///< neither the declared coding nor plain bytes make sense of it; body holds what could be read
  too_large,  ///< decoding was stopped at the limit; body holds the first `limit` bytes
};

struct Decoded {
  DecodeStatus status = DecodeStatus::ok;
  bool encoded = false;  ///< a coding was undone: body differs from the input
  std::string body;
};

/// What is wrong with a body whose decoding within `limit` bytes had a status that is not ok, in words.
[[nodiscard]] std::string describe(DecodeStatus status, std::size_t limit);

/// Undoes Content-Encoding (gzip, x-gzip, deflate in both readings, br, zstd; a comma list, last first). The
/// header is not believed against the bytes: `gzip` over bytes that are none leaves them as they are, and
/// `1f 8b` without a header is unpacked; bytes that are visibly compressed, and not as it says, are undone as
/// what they are, or damaged (`compress`, for one, is not undone). Never allocates more than `limit` plus one
/// buffer. `bytes` is taken by value and moved through when there is nothing to undo.
[[nodiscard]] Decoded decode_content(std::string bytes, std::string_view content_encoding, std::size_t limit);

/// Undoes `Transfer-Encoding: chunked` (RFC 9112 §7.1), as WARC records keep it. Bytes that are not chunked
/// are returned as they are with `encoded` false.
[[nodiscard]] Decoded decode_chunked(std::string bytes, std::size_t limit);

}  // namespace winnow
