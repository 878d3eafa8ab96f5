// What the dialects have in common, and where they differ: one function for each difference, chosen by
// Dialect.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "crawler/archive.hpp"
#include "crawler/cdx_query.hpp"
#include "crawler/index_parser.hpp"
#include "model/capture.hpp"
#include "model/headers.hpp"

namespace winnow {

/// The request that asks the archive's index.
[[nodiscard]] std::string index_url(const Archive& archive, const CdxQuery& query);

/// The reader of its answer.
[[nodiscard]] std::unique_ptr<IndexParser> make_index_parser(const Archive& archive,
                                                             IndexParser::OnRows on_rows);

/// The request for a capture's bytes.
[[nodiscard]] std::string replay_url(const Archive& archive, const Capture& capture);

/// The codings that are asked for with it: those that the archive would otherwise undo, or be bad at.
[[nodiscard]] std::string_view replay_codings(Dialect dialect);

/// The archived response's own header fields, out of those of the archive's answer.
[[nodiscard]] Headers original_headers(const Archive& archive, const Headers& answer);

}  // namespace winnow
