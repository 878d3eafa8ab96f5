// Kinds of short pages that have no examples to learn from.
#pragma once

#include <optional>

#include "extract/gate/features.hpp"
#include "extract/gate/gate.hpp"

namespace winnow {

/// What a page plainly is, by its own words: an error, a parked domain, a login, a captcha, a shell. Nothing
/// for everything else, and for any page of some length: policies speak of passwords, errors and domains too.
[[nodiscard]] std::optional<PageKind> plain_kind(const GateCounts& counts);

/// Whether a text is laid out as front and index pages are: short lines, and hardly a paragraph. The model
/// has seen too few of them to tell them from articles in their page's dress.
[[nodiscard]] bool looks_like_index(const GateCounts& counts);

}  // namespace winnow
