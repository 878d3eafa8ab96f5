// A store's captures as WARC records: who repeats whom.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <utility>

#include "formats/warc_writer.hpp"
#include "model/exported_record.hpp"
#include "model/series.hpp"

namespace winnow {

/// Takes records series by series. A capture whose body was written before in its series is a revisit. One
/// that is known from its digest only (`inferred`) is a revisit of the capture that was fetched in its place,
/// which is written first. Memory is that of one series' list of captures.
class WarcExport {
public:
  using Body = std::function<std::string(const Sha256&)>;

  /// A record that was written, for an index.
  struct Written {
    std::string target_uri;
    Timestamp date;
    std::string mimetype;  ///< `warc/revisit` of revisits
    std::optional<int> status;
    Sha1 payload;
    WarcWriter::Place place;
  };
  using Note = std::function<void(const Written&)>;

  /// `written` is when the store was written to last: no record tells of another hour.
  WarcExport(WarcWriter::Sink sink, Body body, Note note, std::string_view program, Timestamp written);

  /// False when it has no body that could be written: a text that was imported alone.
  bool add(const ExportedRecord& exported);
  /// How their pages follow each other, after them: a metadata record, unless there is nothing to tell.
  void add(std::span<const Takeover> takeovers);

private:
  struct Kept {
    WarcOriginal original;
    std::uint64_t size = 0;
  };

  void write(const VersionRecord& record, const WarcResponse& response, bool is_inferred);

  WarcWriter m_writer;
  Timestamp m_written;
  Body m_body;
  Note m_note;
  std::pair<std::string, std::string> m_series;                         ///< site and name, of what follows
  std::map<Sha256, Kept> m_bodies;                                      ///< written in it
  std::set<std::tuple<std::string, std::uint64_t, Sha256>> m_captures;  ///< URL, time and body, likewise
};

}  // namespace winnow
