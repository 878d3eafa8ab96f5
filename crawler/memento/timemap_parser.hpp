// Mementos out of a TimeMap.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "crawler/index_parser.hpp"
#include "crawler/memento/memento_places.hpp"
#include "model/timestamp.hpp"

namespace winnow {

/// A TimeMap in application/link-format (RFC 7089 §5), one link at a time:
///
///   <http://www.soompi.com/privacy>; rel="original",
///   <https://archive.example/timegate/http://www.soompi.com/privacy>; rel="timegate",
///   <https://archive.example/timemap/2/http://...>; rel="timemap"; from="..."; until="...",
///   <https://archive.example/20110521195625/http://...>; rel="first memento"; datetime="Sat, 21 May 2011..."
///
/// A row is a memento within the dates asked for: with the URL that its own URI-M ends with, else the
/// TimeMap's original, and without status, digest and length, which no TimeMap tells. Mementos at other
/// archives, which aggregators list, are skipped: their requests are not this archive's budget. Other
/// TimeMaps that are named are where to go on.
class TimeMapParser final : public IndexParser {
public:
  struct Page {
    std::string base_url;  ///< of the archive
    std::string original;  ///< the page asked for
    std::optional<Timestamp> since;
    std::optional<Timestamp> until;
  };

  /// Notes in `places` where mementos and TimeGate are.
  TimeMapParser(Page page, std::shared_ptr<MementoPlaces> places, OnRows on_rows, std::size_t batch = 1000);

  void feed(std::string_view piece) override;
  void finish() override;

private:
  void end_link();
  void take_link(std::string_view target, std::string_view parameters);
  void take_memento(std::string_view target, std::string_view parameters);

  Page m_page;
  std::shared_ptr<MementoPlaces> m_places;
  std::string m_link;  // so far
  bool m_in_target = false;
  bool m_quoted = false;
  bool m_skipping = false;  // an overlong link
};

}  // namespace winnow
