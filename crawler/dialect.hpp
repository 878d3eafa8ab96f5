// What the dialects have in common, and where they differ: one function for each difference, chosen by
// Dialect.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "crawler/archive.hpp"
#include "crawler/cdx_query.hpp"
#include "crawler/index_parser.hpp"
#include "crawler/memento/memento_places.hpp"
#include "model/capture.hpp"
#include "model/headers.hpp"

namespace winnow {

/// Whether the archive's index can list more than the captures of one URL.
[[nodiscard]] bool lists_sites(Dialect dialect);

/// The request that asks the archive's index. \pre lists_sites(), or query.match is exact
[[nodiscard]] std::string index_url(const Archive& archive, const CdxQuery& query);

/// The reader of its answer. `places` is where TimeMaps are noted.
[[nodiscard]] std::unique_ptr<IndexParser> make_index_parser(const Archive& archive, const CdxQuery& query,
                                                             std::shared_ptr<MementoPlaces> places,
                                                             IndexParser::OnRows on_rows);

struct ReplayRequest {
  std::string url;
  std::vector<std::string> fields;  ///< header fields: `Name: value`
  std::string_view codings =
      "gzip";  ///< asked for: those that the archive would otherwise undo, or be bad at
};

/// The request for a capture's bytes.
[[nodiscard]] ReplayRequest replay_request(const Archive& archive, const MementoPlaces& places,
                                           const Capture& capture);

/// The archived response's own header fields, out of those of the archive's answer.
[[nodiscard]] Headers original_headers(const Archive& archive, const Headers& answer);

}  // namespace winnow
