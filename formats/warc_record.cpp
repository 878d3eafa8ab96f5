#include "formats/warc_record.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace winnow {
namespace {

using Why = NoRecord::Why;

constexpr std::size_t k_longest_line = 64U * 1024U;  // data: URIs make long WARC-Target-URIs
constexpr std::size_t k_most_lines = 1000;

/// "WARC/1.0" -> "1.0". Files of the drafts (0.17, 0.18) are read as 1.0.
std::optional<std::string> parse_version(std::string_view line) {
  constexpr std::string_view k_prefix = "WARC/";
  if (!line.starts_with(k_prefix)) return std::nullopt;
  const std::string_view version = trim(line.substr(k_prefix.size()));
  const bool plausible = version.size() >= 3 && version.size() <= 8 &&
                         version.find_first_not_of("0123456789.") == std::string_view::npos;
  if (!plausible) return std::nullopt;
  return std::string(version);
}

enum class HeaderEnd { blank_line, cut, too_long };

HeaderEnd read_headers(WarcStream& stream, Headers& headers) {
  std::string line;
  std::string pending;  // a field may go on in lines that begin with white space
  for (std::size_t count = 0; count < k_most_lines; ++count) {
    if (!stream.read_line(line, k_longest_line))
      return stream.peek() < 0 ? HeaderEnd::cut : HeaderEnd::too_long;
    if (!line.empty() && (line.front() == ' ' || line.front() == '\t')) {
      if (pending.size() + line.size() > k_longest_line) return HeaderEnd::too_long;
      pending += ' ';
      pending += trim(line);
      continue;
    }
    if (!pending.empty()) headers.add_line(pending);
    if (line.empty()) return HeaderEnd::blank_line;
    pending = line;
  }
  return HeaderEnd::too_long;
}

std::optional<std::uint64_t> parse_length(std::optional<std::string_view> text) {
  if (!text) return std::nullopt;
  std::uint64_t length = 0;
  const auto [end, failure] = std::from_chars(text->data(), text->data() + text->size(), length);
  if (failure != std::errc{} || end != text->data() + text->size()) return std::nullopt;
  return length;
}

/// 1.0: YYYY-MM-DDThh:mm:ssZ; 1.1 also allows fewer fields, or a fraction of up to nine digits.
std::optional<Timestamp> parse_date(std::optional<std::string_view> text) {
  if (!text) return std::nullopt;
  return Timestamp::parse_partial(text->substr(0, text->find('.')), Timestamp::Round::down);
}

bool needs_target(std::string_view type) {
  return type == "response" || type == "resource" || type == "revisit";
}

NoRecord too_large(WarcStream& stream, std::uint64_t length, const RecordLimits& limits) {
  const std::string what = fmt::format("a record of {} bytes is over the limit of {}", length, limits.block);
  const std::uint64_t wanted = std::min(length, limits.skipped);
  if (stream.skip(wanted) < wanted) return {Why::cut, what + ", and cut"};
  return {length > limits.skipped ? Why::cut : Why::too_large, what};
}

}  // namespace

std::string_view WarcRecord::target_uri() const {
  std::string_view uri = headers.first("WARC-Target-URI").value_or("");
  if (uri.size() >= 2 && uri.front() == '<' && uri.back() == '>') uri = uri.substr(1, uri.size() - 2);
  return uri;
}

std::variant<WarcRecord, NoRecord> read_record(WarcStream& stream, const RecordLimits& limits) {
  stream.skip_line_ends();
  if (stream.peek() < 0) return NoRecord{Why::end, {}};

  std::string line;
  const bool whole_line = stream.read_line(line, k_longest_line);
  auto version = parse_version(line);
  if (!version) return NoRecord{Why::damaged, "no WARC record begins here"};
  if (!whole_line) return NoRecord{Why::cut, "the record is cut in its header"};

  Headers headers;
  switch (read_headers(stream, headers)) {
    case HeaderEnd::cut:
      return NoRecord{Why::cut, "the record is cut in its header"};
    case HeaderEnd::too_long:
      return NoRecord{Why::damaged, "the record's header has no end"};
    case HeaderEnd::blank_line:
      break;
  }
  const auto length = parse_length(headers.first("Content-Length"));
  if (!length) return NoRecord{Why::damaged, "the record has no usable Content-Length"};
  const auto date = parse_date(headers.first("WARC-Date"));
  if (!date) return NoRecord{Why::damaged, "the record has no usable WARC-Date"};
  if (*length > limits.block) return too_large(stream, *length, limits);

  WarcRecord record{{},    std::move(*version), ascii_lower(headers.first("WARC-Type").value_or("")),
                    *date, std::move(headers),  {},
                    {}};
  if (needs_target(record.type) && record.target_uri().empty()) {
    return NoRecord{Why::damaged, "the record has no WARC-Target-URI"};
  }
  record.block.reserve(std::min<std::uint64_t>(*length, 1U << 20U));  // the length is a claim
  if (stream.read(record.block, *length) < *length)
    return NoRecord{Why::cut, "the record is cut in its block"};
  record.unpacked_end = stream.position();
  return record;
}

}  // namespace winnow
