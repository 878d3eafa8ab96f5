// Where a Memento archive keeps its captures, as its TimeMaps show it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/capture.hpp"
#include "model/timestamp.hpp"

namespace winnow {

/// A URI-M that is spelled as most are: `<prefix><14 digits><flag>/<original>`. Views into what was parsed.
struct SpelledMemento {
  std::string_view prefix;    ///< `https://archive.example/wayback/`
  std::string_view flag;      ///< empty, or `mp_` and such
  std::string_view original;  ///< with its scheme
};
[[nodiscard]] std::optional<SpelledMemento> spelled_memento(std::string_view uri, Timestamp timestamp);

/// The frontier is rows of page and time, without URI-Ms. Nearly all archives spell those alike, so that they
/// can be put together again; where one does not, its TimeGate is asked for the very second (RFC 7089 §4.1),
/// which takes a request more and gives the same memento. Rejected: a column of the store for each capture's
/// URI-M, which only archives without such a spelling (perma.cc) would need.
class MementoPlaces {
public:
  /// \pre memento is of this archive
  void see_memento(const std::optional<SpelledMemento>& memento);
  /// A TimeGate's URI and the original that it ends with.
  void see_timegate(std::string_view uri, std::string_view original);

  struct Request {
    std::string url;
    std::string accept_datetime;  ///< for a TimeGate: a header field's value; else empty
  };
  /// The request for a capture. `base_url`/timegate/ is asked when nothing was seen.
  [[nodiscard]] Request request(std::string_view base_url, const Capture& capture) const;

private:
  std::optional<std::string> m_prefix;
  std::string m_flag;
  std::string m_timegate;  // the original follows
  bool m_mixed = false;    // mementos are spelled in several ways
};

}  // namespace winnow
