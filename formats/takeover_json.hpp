// How pages follow each other in series, as it goes along with captures in a WARC file.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/series.hpp"

namespace winnow {

/// WARC-Target-URI of the metadata record that has them.
inline constexpr std::string_view k_takeovers_uri = "urn:winnow:takeovers";

/// A JSON array of objects: `from`, `to` (urlkeys), `when` (14 digits), `evidence`, `confidence`.
[[nodiscard]] std::string takeovers_json(std::span<const Takeover> takeovers);

/// Its inverse. What is no such list is empty, and what is none in it is left out: it comes from others'
/// files.
[[nodiscard]] std::vector<Takeover> parse_takeovers(std::string_view json);

}  // namespace winnow
