#include "crawler/index_parser.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <utility>

#include "model/headers.hpp"

namespace winnow {

namespace {

constexpr std::size_t k_most_stray = 2048;

enum class OriginalKind { page, mailto_host, foreign, no_url };

OriginalKind kind_of(std::string_view original) {
  constexpr std::string_view k_http = "http://";
  constexpr std::string_view k_https = "https://";
  for (const auto scheme : {k_http, k_https}) {
    const auto begin = original.substr(0, scheme.size());
    if (original.size() > scheme.size() && (begin == scheme || iequals(begin, scheme))) {
      const auto host = original.substr(scheme.size());
      return host.starts_with("mailto:") ? OriginalKind::mailto_host : OriginalKind::page;
    }
  }
  // "soompi.com:80/privacy" has no scheme, "mailto:info@soompi.com" has: schemes have no dots here, hosts do.
  const auto colon = original.find(':');
  const auto name = original.substr(0, std::min(colon, original.find('/')));
  if (name.find('.') != std::string_view::npos) return OriginalKind::page;
  if (colon == std::string_view::npos) return OriginalKind::no_url;
  return iequals(name, "ftp") ? OriginalKind::page : OriginalKind::foreign;
}

template <class Number>
std::optional<Number> parse_number(std::string_view text) {
  Number number = 0;
  const auto* const end = text.data() + text.size();
  const auto [rest, problem] = std::from_chars(text.data(), end, number);
  if (problem != std::errc{} || rest != end) return std::nullopt;
  return number;
}

}  // namespace

CdxOddities& CdxOddities::operator+=(const CdxOddities& other) {
  for (const auto counter : {&CdxOddities::bad_rows,         &CdxOddities::overlong_rows,
                             &CdxOddities::repeated_rows,    &CdxOddities::foreign_originals,
                             &CdxOddities::no_url_originals, &CdxOddities::fuzzy_rows,
                             &CdxOddities::posted_rows,      &CdxOddities::elsewhere,
                             &CdxOddities::mailto_hosts,     &CdxOddities::repaired_timestamps,
                             &CdxOddities::same_moment,      &CdxOddities::hex_digests,
                             &CdxOddities::odd_digests,      &CdxOddities::missing_statuses,
                             &CdxOddities::odd_statuses,     &CdxOddities::odd_lengths,
                             &CdxOddities::spaced_rows,      &CdxOddities::cut_answers,
                             &CdxOddities::empty_answers,    &CdxOddities::cycling_keys}) {
    this->*counter += other.*counter;
  }
  return *this;
}

IndexParser::IndexParser(OnRows on_rows, std::size_t batch)
    : m_on_rows(std::move(on_rows)), m_batch_size(batch) {}

void IndexParser::take_row(const CdxFields& fields, std::string_view record) {
  if (record == m_previous) {
    ++m_oddities.repeated_rows;
    return;
  }
  const auto timestamp = Timestamp::parse_cdx(fields.timestamp);
  if (!timestamp || fields.urlkey.empty() || fields.original.empty() ||
      record.find('\0') != std::string_view::npos) {
    return take_stray(record);
  }
  m_last_was_bad = false;
  switch (kind_of(fields.original)) {
    case OriginalKind::foreign:
      ++m_oddities.foreign_originals;
      return;
    case OriginalKind::no_url:
      ++m_oddities.no_url_originals;
      return;
    case OriginalKind::mailto_host:
      ++m_oddities.mailto_hosts;
      break;
    case OriginalKind::page:
      break;
  }

  if (m_batch.capacity() == 0) m_batch.reserve(m_batch_size);
  Capture& row = m_batch.emplace_back(Capture{std::string(fields.urlkey), *timestamp,
                                              std::string(fields.original), std::string(fields.mimetype),
                                              std::nullopt, parse_cdx_digest(fields.digest), std::nullopt});
  if (fields.spaced) ++m_oddities.spaced_rows;
  if (fields.timestamp.size() != 14 || fields.timestamp.ends_with("60")) ++m_oddities.repaired_timestamps;
  complete(row, fields);
  m_previous.assign(record);
  ++m_rows;
  if (m_batch.size() >= m_batch_size) hand_over();
}

void IndexParser::complete(Capture& row, const CdxFields& fields) {
  if (fields.statuscode == "-") {
    if (row.mimetype != "warc/revisit") ++m_oddities.missing_statuses;
  } else if (const auto code = parse_number<int>(fields.statuscode); code && *code >= 100 && *code <= 999) {
    row.statuscode = *code;
  } else if (!fields.statuscode.empty()) {
    ++m_oddities.odd_statuses;
  }

  if (!row.digest && !fields.digest.empty() && fields.digest != "-") ++m_oddities.odd_digests;
  if (row.digest && fields.digest.size() >= 40) ++m_oddities.hex_digests;

  row.length = parse_number<std::uint64_t>(fields.length);
  if (!row.length && !fields.length.empty() && fields.length != "-") ++m_oddities.odd_lengths;

  m_moment.assign(fields.urlkey).append(" ").append(fields.timestamp);
  if (m_moment == m_previous_moment) ++m_oddities.same_moment;
  m_previous_moment.swap(m_moment);
}

void IndexParser::take_stray(std::string_view record) {
  ++m_oddities.bad_rows;
  m_last_was_bad = true;
  if (m_stray.size() < k_most_stray)
    m_stray.append(record.substr(0, k_most_stray - m_stray.size())).append("\n");
}

void IndexParser::hand_over() {
  if (m_batch.empty()) return;
  m_on_rows(std::move(m_batch));
  m_batch = {};
}

void LineParser::feed(std::string_view piece) {
  while (!piece.empty()) {
    const auto* const end = static_cast<const char*>(std::memchr(piece.data(), '\n', piece.size()));
    const std::size_t size = end == nullptr ? piece.size() : static_cast<std::size_t>(end - piece.data());
    const auto part = piece.substr(0, size);
    if (m_skipping) {
      m_skipping = end == nullptr;
    } else if (m_partial.size() + part.size() > k_longest_row) {
      ++m_oddities.overlong_rows;
      m_partial.clear();
      m_skipping = end == nullptr;
    } else if (end == nullptr) {
      m_partial.append(part);
    } else if (m_partial.empty()) {
      end_line(part);
    } else {
      m_partial.append(part);
      end_line(m_partial);
      m_partial.clear();
    }
    piece.remove_prefix(std::min(piece.size(), size + 1));
  }
}

void LineParser::finish() {
  m_cut = m_skipping || !m_partial.empty();
  if (!m_partial.empty()) end_line(m_partial);
  m_partial.clear();
  hand_over();
}

void LineParser::end_line(std::string_view line) {
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  if (!line.empty()) ++m_records;
  take_line(line);
}

}  // namespace winnow
