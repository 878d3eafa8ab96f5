#include "model/content_encoding.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <memory>
#include <optional>
#include <vector>

#include <brotli/decode.h>
#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include "model/error.hpp"
#include "model/handle.hpp"
#include "model/headers.hpp"

namespace winnow {
namespace {

using BrotliState = std::unique_ptr<BrotliDecoderState, FreeWith<BrotliDecoderDestroyInstance>>;
using ZstdStream = std::unique_ptr<ZSTD_DStream, FreeWith<ZSTD_freeDStream>>;

constexpr std::size_t k_buffer = 64U * 1024U;
/// Real answers name one coding, rarely two; each one costs a pass over up to `limit` bytes.
constexpr std::size_t k_max_codings = 4;

/// A string that grows by doubling, but never reserves more than the limit.
class Output {
public:
  explicit Output(std::size_t limit) : m_limit(limit) {}

  /// False when the limit would be passed; what fits is added.
  [[nodiscard]] bool append(const unsigned char* data, std::size_t size) {
    const std::size_t fitting = std::min(size, m_limit - m_body.size());
    const std::size_t wanted = m_body.size() + fitting;
    if (wanted > m_body.capacity())
      m_body.reserve(std::min(m_limit, std::max(wanted, 2 * m_body.capacity())));
    m_body.append(reinterpret_cast<const char*>(data), fitting);
    return fitting == size;
  }
  [[nodiscard]] Decoded finish(DecodeStatus status) { return {status, true, std::move(m_body)}; }

private:
  std::size_t m_limit;
  std::string m_body;
};

const unsigned char* unsigned_data(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

bool has_gzip_magic(std::string_view bytes) {
  return bytes.starts_with("\x1f\x8b\x08");
}

bool has_zstd_magic(std::string_view bytes) {
  return bytes.starts_with("\x28\xb5\x2f\xfd");
}

bool has_zlib_header(std::string_view bytes) {  // RFC 1950 §2.2: CM is 8, the two bytes divide by 31
  if (bytes.size() < 2) return false;
  const auto* data = unsigned_data(bytes);
  return (data[0] & 0x0fU) == 8U && (data[0] * 256U + data[1]) % 31U == 0;
}

/// One zlib stream, closed however it ends.
class Inflater {
public:
  explicit Inflater(int window_bits) {
    if (inflateInit2(&m_stream, window_bits) != Z_OK) throw error("out of memory while unpacking a body");
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() { inflateEnd(&m_stream); }
  [[nodiscard]] z_stream& stream() { return m_stream; }

private:
  z_stream m_stream{};
};

enum class ZlibFormat : int { gzip = 15 + 16, zlib = 15, raw = -15 };

/// All members of a gzip stream; what follows the last one and is no gzip is ignored, as browsers do.
Decoded inflate_all(std::string_view bytes, ZlibFormat format, std::size_t limit) {
  Inflater inflater(static_cast<int>(format));
  z_stream& stream = inflater.stream();
  Output output(limit);
  std::array<unsigned char, k_buffer> buffer{};
  std::size_t given = 0;
  stream.next_in = const_cast<unsigned char*>(unsigned_data(bytes));
  while (true) {
    if (stream.avail_in == 0) {  // zlib counts in 32 bits
      stream.avail_in = static_cast<unsigned>(std::min<std::size_t>(bytes.size() - given, 1U << 30U));
      given += stream.avail_in;
    }
    stream.next_out = buffer.data();
    stream.avail_out = static_cast<unsigned>(buffer.size());
    const int result = inflate(&stream, Z_NO_FLUSH);
    if (!output.append(buffer.data(), buffer.size() - stream.avail_out))
      return output.finish(DecodeStatus::too_large);
    if (result == Z_STREAM_END) {
      const std::string_view rest = bytes.substr(given - stream.avail_in);
      if (format != ZlibFormat::gzip || !has_gzip_magic(rest)) return output.finish(DecodeStatus::ok);
      inflateReset(&stream);
    } else if (result == Z_BUF_ERROR ||
               (result == Z_OK && stream.avail_in == 0 && given == bytes.size() && stream.avail_out != 0)) {
      return output.finish(DecodeStatus::truncated);
    } else if (result == Z_MEM_ERROR) {
      throw error("out of memory while unpacking a body");
    } else if (result != Z_OK) {
      return output.finish(DecodeStatus::damaged);
    }
  }
}

Decoded decode_brotli(std::string_view bytes, std::size_t limit) {
  const BrotliState state(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr));
  if (!state) throw error("out of memory while unpacking a body");
  Output output(limit);
  std::size_t available_in = bytes.size();
  const unsigned char* next_in = unsigned_data(bytes);
  while (true) {
    std::size_t available_out = 0;
    const auto result =
        BrotliDecoderDecompressStream(state.get(), &available_in, &next_in, &available_out, nullptr, nullptr);
    std::size_t size = 0;  // 0 asks for all that the decoder's ring buffer holds
    const unsigned char* piece = BrotliDecoderTakeOutput(state.get(), &size);
    if (size != 0 && !output.append(piece, size)) return output.finish(DecodeStatus::too_large);
    if (result == BROTLI_DECODER_RESULT_SUCCESS) return output.finish(DecodeStatus::ok);
    if (result == BROTLI_DECODER_RESULT_ERROR) return output.finish(DecodeStatus::damaged);
    if (result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT) return output.finish(DecodeStatus::truncated);
  }
}

Decoded decode_zstd(std::string_view bytes, std::size_t limit) {
  const ZstdStream stream(ZSTD_createDStream());
  if (!stream) throw error("out of memory while unpacking a body");
  // 8 MiB windows are what RFC 8878 asks decoders to support; a frame may claim terabytes.
  ZSTD_DCtx_setParameter(stream.get(), ZSTD_d_windowLogMax, 23);
  Output output(limit);
  std::vector<unsigned char> buffer(ZSTD_DStreamOutSize());
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  while (true) {
    ZSTD_outBuffer out{buffer.data(), buffer.size(), 0};
    const std::size_t result = ZSTD_decompressStream(stream.get(), &out, &in);
    if (!output.append(buffer.data(), out.pos)) return output.finish(DecodeStatus::too_large);
    if (ZSTD_isError(result) != 0) return output.finish(DecodeStatus::damaged);
    if (in.pos == in.size && result == 0) return output.finish(DecodeStatus::ok);
    if (in.pos == in.size && out.pos < out.size) return output.finish(DecodeStatus::truncated);
  }
}

/// Compressed bytes hold control characters within their first few dozen; text in any charset does not.
bool looks_like_text(std::string_view bytes) {
  return std::all_of(
      bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(bytes.size(), 512)),
      [](unsigned char c) { return c >= 0x20 || c == '\t' || c == '\n' || c == '\r' || c == '\f'; });
}

/// What begins like a file of its own, and is no compressed stream.
bool is_file(std::string_view bytes) {
  constexpr std::array<std::string_view, 8> k_files = {"%PDF-",      "\x89PNG", "\xff\xd8\xff", "GIF8",
                                                       "PK\x03\x04", "wOF",     "\xff\xfe",     "\xfe\xff"};
  return std::any_of(k_files.begin(), k_files.end(),
                     [&](std::string_view magic) { return bytes.starts_with(magic); });
}

/// A ninth of compressed bytes are control characters. Of text in any charset hardly any, but for the ESC of
/// ISO-2022 and UTF-16, which has NULs as well.
bool looks_compressed(std::string_view bytes) {
  const std::string_view start = bytes.substr(0, 512);
  if (is_file(start)) return false;
  const auto is_odd = [](unsigned char c) {
    return (c > 0 && c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b) || c == 0x7f;
  };
  const auto odd = static_cast<std::size_t>(std::count_if(start.begin(), start.end(), is_odd));
  const auto nuls = static_cast<std::size_t>(std::count(start.begin(), start.end(), '\0'));
  return odd * 32 > start.size() && nuls * 16 < start.size();
}

Decoded decode_deflate(std::string_view bytes, std::size_t limit) {
  if (has_zlib_header(bytes)) {  // RFC 9110 §8.4.1.2 means zlib; old servers sent bare deflate
    Decoded wrapped = inflate_all(bytes, ZlibFormat::zlib, limit);
    if (wrapped.status != DecodeStatus::damaged || !wrapped.body.empty()) return wrapped;
  }
  return inflate_all(bytes, ZlibFormat::raw, limit);
}

enum class Coding { gzip, deflate, br, zstd };

std::optional<Coding> parse_coding(std::string_view word) {
  if (iequals(word, "gzip") || iequals(word, "x-gzip")) return Coding::gzip;
  if (iequals(word, "deflate")) return Coding::deflate;
  if (iequals(word, "br")) return Coding::br;
  if (iequals(word, "zstd")) return Coding::zstd;
  return std::nullopt;  // identity, none, utf-8: seen, and nothing to undo
}

std::vector<Coding> parse_codings(std::string_view header) {
  std::vector<Coding> codings;
  while (!header.empty()) {
    const std::size_t comma = std::min(header.find(','), header.size());
    const std::string_view item = header.substr(0, comma);
    if (const auto coding = parse_coding(trim(item.substr(0, item.find(';'))))) codings.push_back(*coding);
    header.remove_prefix(std::min(comma + 1, header.size()));
  }
  return codings;
}

/// Undoes one coding, or leaves bytes that were never coded as they are.
Decoded undo(Coding coding, std::string bytes, std::size_t limit) {
  if (bytes.empty()) return {};
  Decoded decoded;
  switch (coding) {
    case Coding::gzip:
      if (!has_gzip_magic(bytes)) return {DecodeStatus::ok, false, std::move(bytes)};
      return inflate_all(bytes, ZlibFormat::gzip, limit);
    case Coding::deflate:
      decoded = decode_deflate(bytes, limit);
      break;
    case Coding::br:
      decoded = decode_brotli(bytes, limit);
      break;
    case Coding::zstd:
      decoded = decode_zstd(bytes, limit);
      break;
  }
  const bool failed = decoded.status == DecodeStatus::damaged || decoded.status == DecodeStatus::truncated;
  if (failed && looks_like_text(bytes)) return {DecodeStatus::ok, false, std::move(bytes)};
  if (failed && has_gzip_magic(bytes)) return inflate_all(bytes, ZlibFormat::gzip, limit);
  return decoded;
}

/// Compressed bytes in none of the codings that are claimed for them: in the one that they show.
std::optional<Decoded> undo_by_bytes(std::string_view bytes, std::size_t limit) {
  const bool is_zstd = has_zstd_magic(bytes);
  Decoded decoded = is_zstd                  ? decode_zstd(bytes, limit)
                    : has_zlib_header(bytes) ? inflate_all(bytes, ZlibFormat::zlib, limit)
                                             : decode_brotli(bytes, limit);
  const bool undone = decoded.status == DecodeStatus::ok || decoded.status == DecodeStatus::too_large ||
                      (is_zstd && decoded.status == DecodeStatus::truncated);
  return undone ? std::optional(std::move(decoded)) : std::nullopt;
}

}  // namespace

std::string describe(DecodeStatus status, std::size_t limit) {
  switch (status) {
    case DecodeStatus::too_large:
      return fmt::format("the body is larger than {} MiB", limit >> 20U);
    case DecodeStatus::truncated:
      return "the body's content-encoding ends too early";
    case DecodeStatus::damaged:
      return "the body's content-encoding is damaged";
    case DecodeStatus::ok:
      break;
  }
  assert(false && "nothing is wrong");
  return {};
}

Decoded decode_content(std::string bytes, std::string_view content_encoding, std::size_t limit) {
  const std::vector<Coding> codings = parse_codings(content_encoding);
  if (codings.size() > k_max_codings) return {DecodeStatus::damaged, false, std::move(bytes)};

  if (codings.empty() && has_gzip_magic(bytes)) {
    Decoded sniffed = inflate_all(bytes, ZlibFormat::gzip, limit);
    if (sniffed.status == DecodeStatus::damaged && sniffed.body.empty())
      return {DecodeStatus::ok, false, std::move(bytes)};
    return sniffed;
  }

  Decoded result{DecodeStatus::ok, false, std::move(bytes)};
  for (auto coding = codings.rbegin(); coding != codings.rend(); ++coding) {
    Decoded step = undo(*coding, std::move(result.body), limit);
    step.encoded = step.encoded || result.encoded;
    result = std::move(step);
    if (result.status == DecodeStatus::ok) continue;
    if (std::next(coding) != codings.rend()) result.body.clear();  // it is still encoded
    break;
  }
  const bool was_believed = result.encoded || content_encoding.empty();
  if (!was_believed && result.status == DecodeStatus::ok && looks_compressed(result.body)) {
    if (auto undone = undo_by_bytes(result.body, limit)) return std::move(*undone);
    result.status = DecodeStatus::damaged;
  }
  return result;
}

}  // namespace winnow
