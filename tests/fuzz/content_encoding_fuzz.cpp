// A Content-Encoding, line end, bytes.
#include "fuzz.hpp"
#include "model/content_encoding.hpp"

using namespace winnow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto [encoding, bytes] = fuzz::split_line(fuzz::as_text(data, size));
  constexpr std::size_t k_limit = 1U << 20U;
  const Decoded decoded = decode_content(std::string(bytes), encoding, k_limit);
  fuzz::demand(!decoded.encoded || decoded.body.size() <= k_limit, "decoding stops at the limit");
  if (!decoded.encoded && decoded.status == DecodeStatus::ok)
    fuzz::demand_equal(decoded.body, bytes, "what is not encoded is left as it is");
  const Decoded chunked = decode_chunked(std::string(bytes), k_limit);
  fuzz::demand(chunked.body.size() <= std::max(bytes.size(), k_limit), "chunks stop at the limit");
  fuzz::demand(chunked.encoded || chunked.status != DecodeStatus::ok || chunked.body == bytes,
               "what is not chunked is left as it is");
  return 0;
}
