#include "formats/warc_writer.hpp"

#include <array>
#include <memory>
#include <utility>

#include <fmt/format.h>
#include <zlib.h>

#include "formats/ip_address.hpp"
#include "model/ascii.hpp"
#include "model/error.hpp"
#include "model/handle.hpp"
#include "model/percent_encoding.hpp"

namespace winnow {

namespace {

using Deflate = std::unique_ptr<z_stream, FreeWith<deflateEnd>>;

/// A gzip member (RFC 1952) without a name or time, fed piece by piece.
class GzipMember {
public:
  explicit GzipMember(const WarcWriter::Sink& sink) : m_sink(sink) {
    constexpr int k_gzip = 15 + 16;
    constexpr int k_memory = 8;
    if (deflateInit2(&m_stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, k_gzip, k_memory, Z_DEFAULT_STRATEGY) !=
        Z_OK)
      throw error("no memory to compress a WARC record");
    m_end.reset(&m_stream);
  }

  void write(std::string_view bytes) {
    m_stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    m_stream.avail_in = static_cast<uInt>(bytes.size());  // bodies are far below 4 GiB
    while (m_stream.avail_in > 0)
      step(Z_NO_FLUSH);
  }

  std::uint64_t finish() {
    while (step(Z_FINISH) != Z_STREAM_END) {
    }
    return m_written;
  }

private:
  int step(int flush) {
    m_stream.next_out = m_out.data();
    m_stream.avail_out = static_cast<uInt>(m_out.size());
    const int result = deflate(&m_stream, flush);
    const std::size_t size = m_out.size() - m_stream.avail_out;
    m_sink({reinterpret_cast<const char*>(m_out.data()), size});
    m_written += size;
    return result;
  }

  const WarcWriter::Sink& m_sink;
  z_stream m_stream{};
  Deflate m_end;
  std::array<Bytef, 1U << 16U> m_out{};
  std::uint64_t m_written = 0;
};

/// A value that stays in its line: line ends and other controls are spaces.
std::string in_one_line(std::string_view value) {
  std::string line(value);
  for (char& c : line)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  return line;
}

/// Characters that would end a URI in a header or index line are escaped.
std::string as_uri(std::string_view uri) {
  return percent_encode_unless(uri, [](char c) { return static_cast<unsigned char>(c) > 0x20 && c != 0x7f; });
}

bool is_token(std::string_view name) {
  constexpr std::string_view k_others = "!#$%&'*+-.^_`|~";  // RFC 9110 §5.6.2
  for (const char c : name)
    if (!is_letter_or_digit(c) && k_others.find(c) == std::string_view::npos) return false;
  return !name.empty();
}

std::string render_head(const WarcResponse& response, std::uint64_t body_size) {
  // No reason was kept, and none is needed (RFC 9112 §4).
  std::string head = fmt::format("HTTP/1.1 {} {}\r\n", response.status, response.status == 200 ? "OK" : "");
  bool has_length = false;
  for (const auto& [name, value] : response.headers.fields()) {
    if (!is_token(name)) continue;
    if (iequals(name, "Content-Length")) {
      if (!std::exchange(has_length, true)) head += fmt::format("{}: {}\r\n", name, body_size);
    } else if (iequals(name, "Content-Encoding") || iequals(name, "Transfer-Encoding")) {
      head += fmt::format("x-orig-{}: {}\r\n", ascii_lower(name), in_one_line(value));
    } else {
      head += fmt::format("{}: {}\r\n", name, in_one_line(value));
    }
  }
  if (!has_length) head += fmt::format("Content-Length: {}\r\n", body_size);
  return head + "\r\n";
}

/// A UUID of version 8 (RFC 9562 §5.8: its bits are the maker's), of what the record says.
std::string record_uuid(std::string_view said) {
  auto digest = sha256(said).bytes;
  digest[6] = static_cast<std::uint8_t>((digest[6] & 0x0fU) | 0x80U);
  digest[8] = static_cast<std::uint8_t>((digest[8] & 0x3fU) | 0x80U);
  std::string uuid;
  for (std::size_t i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) uuid += '-';
    uuid += fmt::format("{:02x}", digest[i]);
  }
  return uuid;
}

std::string fields_of(const WarcResponse& response) {
  std::string fields;
  if (!response.source_uri.empty())
    fields += fmt::format("WARC-Source-URI: {}\r\n", as_uri(response.source_uri));
  if (is_ip_address(response.ip_address))
    fields += fmt::format("WARC-IP-Address: {}\r\n", response.ip_address);
  return fields;
}

constexpr std::string_view k_fields = "Content-Type: application/warc-fields\r\n";
constexpr std::string_view k_http = "Content-Type: application/http; msgtype=response\r\n";

}  // namespace

WarcWriter::Place WarcWriter::write_info(std::string_view fields, Timestamp date) {
  return write_record("warcinfo", {}, date, k_fields, {}, fields);
}

WarcWriter::Place WarcWriter::write_response(const WarcResponse& response, std::string_view body) {
  const std::string fields =
      fmt::format("{}{}WARC-Payload-Digest: sha1:{}\r\n", k_http, fields_of(response), base32(sha1(body)));
  return write_record("response", response.target_uri, response.date, fields,
                      render_head(response, body.size()), body);
}

WarcWriter::Place WarcWriter::write_revisit(const WarcResponse& response, const Sha1& payload,
                                            std::uint64_t payload_size, const WarcOriginal& original,
                                            Head head) {
  const std::string fields = fmt::format(
      "{}{}WARC-Payload-Digest: sha1:{}\r\n"
      "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest\r\n"
      "WARC-Refers-To-Target-URI: {}\r\nWARC-Refers-To-Date: {}\r\n",
      k_http, fields_of(response), base32(payload), as_uri(original.target_uri), original.date.iso());
  return write_record("revisit", response.target_uri, response.date, fields,
                      head == Head::known ? render_head(response, payload_size) : std::string(), {});
}

WarcWriter::Place WarcWriter::write_metadata(std::string_view uri, std::string_view json, Timestamp date) {
  return write_record("metadata", uri, date, "Content-Type: application/json\r\n", {}, json);
}

WarcWriter::Place WarcWriter::write_note(std::string_view uri, Timestamp date, std::string_view id,
                                         std::string_view fields) {
  return write_record("metadata", uri, date, fmt::format("WARC-Refers-To: <{}>\r\n{}", id, k_fields), {},
                      fields);
}

WarcWriter::Place WarcWriter::write_record(std::string_view type, std::string_view uri, Timestamp date,
                                           std::string_view fields, std::string_view head,
                                           std::string_view body) {
  const std::string block = fmt::format("{}{}", head, body);
  const std::string digest = base32(sha1(block));
  std::string id =
      "urn:uuid:" + record_uuid(fmt::format("{}\n{}\n{}\n{}\n{}", type, uri, date.digits(), fields, digest));
  std::string record = fmt::format("WARC/1.1\r\nWARC-Type: {}\r\nWARC-Record-ID: <{}>\r\nWARC-Date: {}\r\n",
                                   type, id, date.iso());
  if (!uri.empty()) record += fmt::format("WARC-Target-URI: {}\r\n", as_uri(uri));
  record +=
      fmt::format("{}WARC-Block-Digest: sha1:{}\r\nContent-Length: {}\r\n\r\n", fields, digest, block.size());
  const std::uint64_t offset = m_written;
  GzipMember member(m_sink);
  member.write(record);
  member.write(block);
  member.write("\r\n\r\n");
  const std::uint64_t length = member.finish();
  m_written += length;
  return {offset, length, std::move(id)};
}

}  // namespace winnow
