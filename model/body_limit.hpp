#pragma once

#include <cstddef>

namespace winnow {

/// Bytes of a body, on the wire as well as decoded, that are taken: what is larger is no page to read, and
/// the ledger, or a mark on the text, says so.
inline constexpr std::size_t k_largest_body = std::size_t{32} << 20U;

}  // namespace winnow
