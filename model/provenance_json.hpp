// Provenance as JSON: the form in which the store keeps it and exports hand it on (docs/store.md has the
// keys).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/provenance.hpp"

namespace winnow {

/// One line, keys in a fixed order, empty fields left out. Bytes that are not UTF-8 (headers of old servers)
/// become U+FFFD.
[[nodiscard]] std::string to_json(const Provenance& provenance);

/// Its inverse; unknown keys are ignored, so that a newer winnow's records can be read.
/// Throws Error when the text is no such record.
[[nodiscard]] Provenance parse_provenance(std::string_view json);

/// Its parts, as the ledger keeps them: lists of `url`, `status`, `kind`, `location`, and of [name, value].
[[nodiscard]] std::string to_json(const std::vector<Hop>& hops);
[[nodiscard]] std::string to_json(const Headers& headers);

}  // namespace winnow
