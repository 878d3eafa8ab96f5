// Captures served as web.archive.org serves its own: CDX, playback of the bytes as archived, Memento (RFC
// 7089).
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "formats/capture_index.hpp"
#include "serve/http_server.hpp"
#include "serve/replay_source.hpp"
#include "serve/replay_target.hpp"

namespace winnow::serve {

/// The archive's answers, without a network.
///
///   /cdx/search/cdx?url=...           rows, as text or JSON
///   /web/<timestamp>id_/<url>         the capture, or a redirect to the nearest one
///   /web/timemap/link/<url>           all mementos of a URL
///   /web/<url>                        timegate: a redirect by Accept-Datetime
class WaybackService {
public:
  /// `source` must outlive it.
  explicit WaybackService(ReplaySource& source) : m_source(source) {}

  /// Thread-safe. `base` begins the URLs in the answer: `http://127.0.0.1:8080`.
  [[nodiscard]] HttpAnswer answer(const HttpRequest& request, const std::string& base);

private:
  using Row = CaptureIndex::Row;
  using Range = CaptureIndex::Range;
  using Response = std::shared_ptr<const Played>;
  /// Captures of one page; not empty unless there are none.
  struct Page {
    std::shared_ptr<const CaptureIndex> index;
    Range rows;
  };

  [[nodiscard]] HttpAnswer cdx(std::string_view query_string);
  [[nodiscard]] HttpAnswer play(const PlayTarget& target, const std::string& base);
  [[nodiscard]] HttpAnswer timegate(const TimegateTarget& target, const HttpRequest& request,
                                    const std::string& base);
  [[nodiscard]] HttpAnswer timemap(const TimemapTarget& target, const std::string& base);
  [[nodiscard]] Page captures_of(const std::string& url);

  ReplaySource& m_source;
};

}  // namespace winnow::serve
