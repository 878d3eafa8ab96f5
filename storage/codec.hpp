// How bodies and texts are packed for the store. Pure functions, meant for the worker threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "model/digest.hpp"
#include "model/text.hpp"

namespace winnow {

/// Stored with each packed column; append only.
enum class Encoding : int {
  zstd = 1,  ///< one zstd frame (RFC 8878) that states its content size
};

/// A body (or a text's Markdown) as the store keeps it.
struct Packed {
  Encoding encoding = Encoding::zstd;
  std::string bytes;
};

/// A text, ready to be stored.
struct PackedText {
  Text text;             ///< its markdown is moved out
  Sha256 sha256;         ///< of title, LF, Markdown: the text's name
  std::size_t size = 0;  ///< of the Markdown, in bytes
  Packed markdown;
};

[[nodiscard]] Packed pack(std::string_view bytes);
[[nodiscard]] PackedText pack_text(Text text);

/// Throws Error when the bytes are damaged or do not have `size` bytes unpacked.
[[nodiscard]] std::string unpack(Encoding encoding, std::string_view packed, std::size_t size);

[[nodiscard]] Sha256 text_sha256(std::string_view title, std::string_view markdown);

}  // namespace winnow
