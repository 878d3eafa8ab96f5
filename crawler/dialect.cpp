#include "crawler/dialect.hpp"

#include <utility>

#include "crawler/cdx_parser.hpp"
#include "crawler/pywb/pywb_parser.hpp"
#include "crawler/pywb/pywb_url.hpp"
#include "crawler/replay_response.hpp"
#include "model/memento_url.hpp"
#include "model/url.hpp"

namespace winnow {

std::string index_url(const Archive& archive, const CdxQuery& query) {
  return archive.dialect == Dialect::pywb ? pywb_index_url(archive.base_url, query)
                                          : cdx_url(archive.base_url, query);
}

std::unique_ptr<IndexParser> make_index_parser(const Archive& archive, IndexParser::OnRows on_rows) {
  if (archive.dialect == Dialect::pywb) return std::make_unique<PywbParser>(std::move(on_rows));
  return std::make_unique<CdxParser>(std::move(on_rows));
}

std::string replay_url(const Archive& archive, const Capture& capture) {
  if (archive.dialect == Dialect::pywb) return pywb_replay_url(archive.base_url, capture);
  return memento_url(archive.base_url, capture.timestamp, "id_", escape_for_request(capture.original));
}

std::string_view replay_codings(Dialect dialect) {
  // web.archive.org stores most captures gzipped and sends the others as they are. pywb undoes a coding that
  // is not asked for, and the digest of the bytes as stored with it.
  return dialect == Dialect::pywb ? "gzip, deflate, br, zstd" : "gzip";
}

Headers original_headers(const Archive& archive, const Headers& answer) {
  return archive.dialect == Dialect::wayback ? original_headers(answer)
                                             : original_headers_passed_on(archive.base_url, answer);
}

}  // namespace winnow
