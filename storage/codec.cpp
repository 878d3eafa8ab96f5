#include "storage/codec.hpp"

#include <algorithm>
#include <bit>
#include <memory>
#include <utility>

#include <zstd.h>

#include "model/error.hpp"
#include "model/handle.hpp"

namespace winnow {

namespace {

using CompressionContext = std::unique_ptr<ZSTD_CCtx, FreeWith<ZSTD_freeCCtx>>;
using DecompressionContext = std::unique_ptr<ZSTD_DCtx, FreeWith<ZSTD_freeDCtx>>;

// Of 400 neighbouring legal pages, 140 kB in the mean, CPU time a body and how much smaller they become:
// level -1 0.64 ms and 2.2 times, level 1 0.74 and 2.7, level 3 0.91 and 2.9; against the page's body before,
// level 1 0.45 and 7.8, level 3 0.42 and 11.8. Packing is the dearest step of a harvest without extraction.
constexpr int k_level = 1;
constexpr int k_patch_level = 3;
// Of what `compact` packs anew; docs/decisions/0004 has the figures of the others.
constexpr int k_dense_level = 9;

constexpr int k_shortest_window = 10;  // logarithm; zstd takes no shorter one

// Nothing larger is ever packed (bodies are capped long before); a damaged size must not allocate more.
constexpr std::size_t k_largest = std::size_t{1} << 31U;

std::size_t checked(std::size_t result, const char* what) {
  if (ZSTD_isError(result) != 0) throw error("zstd can't {}: {}", what, ZSTD_getErrorName(result));
  return result;
}

std::string compress(std::string_view bytes, std::string_view prefix, int level) {
  // A context is 1.3 MB to set up and is reused by the thread.
  thread_local const CompressionContext context(ZSTD_createCCtx());
  ZSTD_CCtx_reset(context.get(), ZSTD_reset_session_and_parameters);
  checked(ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, level), "be set up");
  if (!prefix.empty()) {
    // The window must reach from the body's end to the prefix's beginning.
    const auto window = static_cast<int>(std::bit_width(prefix.size() + bytes.size()));
    checked(ZSTD_CCtx_setParameter(context.get(), ZSTD_c_windowLog, std::max(window, k_shortest_window)),
            "be set up");
    checked(ZSTD_CCtx_refPrefix(context.get(), prefix.data(), prefix.size()), "take a prefix");
  }
  std::string packed(ZSTD_compressBound(bytes.size()), '\0');
  packed.resize(
      checked(ZSTD_compress2(context.get(), packed.data(), packed.size(), bytes.data(), bytes.size()),
              "compress a body"));
  packed.shrink_to_fit();
  return packed;
}

}  // namespace

Packed pack(std::string_view bytes) {
  return {.encoding = Encoding::zstd, .bytes = compress(bytes, {}, k_level), .base = {}, .depth = 0};
}

Packed pack_patch(std::string_view bytes, std::string_view base, const Sha256& base_sha256, int base_depth) {
  return {.encoding = Encoding::zstd_patch,
          .bytes = compress(bytes, base, k_patch_level),
          .base = base_sha256,
          .depth = base_depth + 1};
}

Packed pack_dense(std::string_view bytes, std::string_view base) {
  return {.encoding = base.empty() ? Encoding::zstd : Encoding::zstd_patch,
          .bytes = compress(bytes, base, k_dense_level),
          .base = {},
          .depth = 0};
}

std::string unpack(Encoding encoding, std::string_view packed, std::size_t size, std::string_view base) {
  if (encoding != Encoding::zstd && encoding != Encoding::zstd_patch) {
    throw error("a body in the store has encoding {}, which this winnow does not know: update winnow",
                static_cast<int>(encoding));
  }
  if (size > k_largest) throw error("a body in the store is damaged: it claims {} bytes", size);
  thread_local const DecompressionContext context(ZSTD_createDCtx());
  ZSTD_DCtx_reset(context.get(), ZSTD_reset_session_only);
  if (encoding == Encoding::zstd_patch) ZSTD_DCtx_refPrefix(context.get(), base.data(), base.size());
  std::string bytes(size, '\0');
  const std::size_t unpacked =
      ZSTD_decompressDCtx(context.get(), bytes.data(), bytes.size(), packed.data(), packed.size());
  if (ZSTD_isError(unpacked) != 0)
    throw error("a body in the store is damaged: {}", ZSTD_getErrorName(unpacked));
  if (unpacked != size) throw error("a body in the store is damaged: {} bytes instead of {}", unpacked, size);
  return bytes;
}

Sha256 text_sha256(std::string_view title, std::string_view markdown) {
  Sha256Hasher hasher;
  hasher.update(title);
  hasher.update("\n");
  hasher.update(markdown);
  return hasher.finish();
}

PackedText pack_text(Text text) {
  PackedText packed{.text = std::move(text), .sha256 = {}, .size = 0, .markdown = {}};
  packed.sha256 = text_sha256(packed.text.title, packed.text.markdown);
  packed.size = packed.text.markdown.size();
  packed.markdown = pack(packed.text.markdown);
  packed.text.markdown.clear();
  packed.text.markdown.shrink_to_fit();
  return packed;
}

}  // namespace winnow
