// A store's captures as WARC records: who repeats whom.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
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
/// which is written first. Each record has a metadata record beside it with what the store knows and WARC has
/// no place for (capture_note()). Memory is that of one series' list of captures.
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
  /// After the last record; once. How their pages follow each other is a metadata record, unless there is
  /// nothing to tell.
  void finish(std::span<const Takeover> takeovers);

private:
  struct Kept {
    WarcOriginal original;
    std::uint64_t size = 0;
  };

  /// Archive, URL, time and body: what is the same in all of these is written once.
  using Key = std::tuple<std::string, std::string, std::uint64_t, Sha256>;
  /// A fetched capture that was written for an inferred one before its own turn, which may never come.
  struct StandIn {
    std::string target_uri;
    Timestamp date;
    std::string id;
    std::string note;
  };

  void write_stand_in(const VersionRecord& inferred, WarcResponse response);
  [[nodiscard]] const std::string& write(const Key& key, const VersionRecord& record,
                                         const WarcResponse& response, bool is_inferred);
  void end_series();

  WarcWriter m_writer;
  Timestamp m_written;
  Body m_body;
  Note m_note;
  std::pair<std::string, std::string> m_series;  ///< site and name, of what follows
  std::map<Sha256, Kept> m_bodies;               ///< written in it
  std::map<Key, std::string> m_written_ids;      ///< of records, likewise
  std::map<Key, StandIn> m_stand_ins;            ///< likewise
};

}  // namespace winnow
