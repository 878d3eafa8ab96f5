// How bodies and texts are packed for the store. Pure functions, meant for the worker threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/digest.hpp"
#include "model/text.hpp"

namespace winnow {

/// Stored with each packed column; append only.
enum class Encoding : int {
  zstd = 1,        ///< one zstd frame (RFC 8878) that states its content size
  zstd_patch = 2,  ///< the same, with another body's bytes as its prefix
};

/// A body (or a text's Markdown) as the store keeps it.
struct Packed {
  Encoding encoding = Encoding::zstd;
  std::string bytes;
  std::optional<Sha256> base;  ///< of zstd_patch: the body whose bytes are the prefix
  int depth = 0;               ///< bodies to be unpacked before this one
};

/// A text, ready to be stored.
struct PackedText {
  Text text;             ///< its markdown is moved out
  Sha256 sha256;         ///< of title, LF, Markdown: the text's name
  std::size_t size = 0;  ///< of the Markdown, in bytes
  Packed markdown;
};

[[nodiscard]] Packed pack(std::string_view bytes);
/// Small when the two are nearly the same. `base_sha256` and `base_depth` are those of the base's own
/// packing.
[[nodiscard]] Packed pack_patch(std::string_view bytes, std::string_view base, const Sha256& base_sha256,
                                int base_depth);
/// Slower and smaller: by itself where `base` is empty, else against it. Whose bytes those are, and the
/// depth, the caller knows.
[[nodiscard]] Packed pack_dense(std::string_view bytes, std::string_view base);
[[nodiscard]] PackedText pack_text(Text text);

/// `base` is the unpacked base of a zstd_patch. Throws Error when the bytes are damaged or do not have `size`
/// bytes unpacked.
[[nodiscard]] std::string unpack(Encoding encoding, std::string_view packed, std::size_t size,
                                 std::string_view base = {});

[[nodiscard]] Sha256 text_sha256(std::string_view title, std::string_view markdown);

}  // namespace winnow
