// WARC 1.1 (ISO 28500:2017; iipc.github.io/warc-specifications), one gzip member a record.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "model/digest.hpp"
#include "model/headers.hpp"
#include "model/timestamp.hpp"

namespace winnow {

/// An archived response as it is written down.
struct WarcResponse {
  std::string target_uri;
  Timestamp date;          ///< when it was captured
  std::string source_uri;  ///< the memento it was taken from (WARC-Source-URI); empty when there is none
  std::string ip_address;  ///< of the server, IPv4 or IPv6; left out when it is none
  int status = 200;
  Headers headers;  ///< as the server sent them
};

/// What a revisit repeats.
struct WarcOriginal {
  std::string target_uri;
  Timestamp date;
};

/// Writes records into `sink`. The same calls give the same bytes: record ids are made of what the record
/// says, nothing of the machine or the hour goes in.
class WarcWriter {
public:
  using Sink = std::function<void(std::string_view)>;
  /// Where a record lies: its member's place and length in all that was written.
  struct Place {
    std::uint64_t offset = 0;
    std::uint64_t length = 0;
    std::string id = {};  ///< WARC-Record-ID, without angle brackets
  };

  explicit WarcWriter(Sink sink) : m_sink(std::move(sink)) {}

  /// The first record: `fields` is application/warc-fields, `name: value` CRLF each.
  Place write_info(std::string_view fields, Timestamp date);

  /// The body is decoded. So the fields that tell of the bytes on the wire (Content-Encoding,
  /// Transfer-Encoding) are kept as `x-orig-` ones, as Browsertrix and its readers do, and Content-Length is
  /// the body's.
  Place write_response(const WarcResponse& response, std::string_view body);

  /// A capture whose body, of this digest and size, another record has (profile identical-payload-digest).
  /// Its head is unknown where only an index says so: there is no response to write down.
  enum class Head { known, unknown };
  Place write_revisit(const WarcResponse& response, const Sha1& payload, std::uint64_t payload_size,
                      const WarcOriginal& original, Head head);

  /// Something of ours about the captures: application/json.
  Place write_metadata(std::string_view uri, std::string_view json, Timestamp date);
  /// What is told of one record, `id`: application/warc-fields, as those of write_info().
  Place write_note(std::string_view uri, Timestamp date, std::string_view id, std::string_view fields);

private:
  Place write_record(std::string_view type, std::string_view uri, Timestamp date, std::string_view fields,
                     std::string_view head, std::string_view body);

  Sink m_sink;
  std::uint64_t m_written = 0;
};

}  // namespace winnow
