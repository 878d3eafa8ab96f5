#include "crawler/cdx_parser.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <utility>

#include "model/headers.hpp"

namespace winnow {

namespace {

constexpr std::size_t k_longest_line = std::size_t{64} << 10U;
constexpr std::size_t k_most_stray = 2048;

struct Fields {
  std::string_view urlkey, timestamp, original, mimetype, statuscode, digest, length;
  bool spaced = false;
};

std::string_view cut_front(std::string_view& line) {
  if (line.empty()) return {};
  const auto* const blank = static_cast<const char*>(std::memchr(line.data(), ' ', line.size()));
  const std::size_t size = blank == nullptr ? line.size() : static_cast<std::size_t>(blank - line.data());
  const auto field = line.substr(0, size);
  line.remove_prefix(std::min(line.size(), size + 1));
  return field;
}

std::string_view cut_back(std::string_view& line) {
  if (line.empty()) return {};
  const auto* const blank = static_cast<const char*>(::memrchr(line.data(), ' ', line.size()));
  if (blank == nullptr) return std::exchange(line, {});
  const auto begin = static_cast<std::size_t>(blank - line.data());
  const auto field = line.substr(begin + 1);
  line = line.substr(0, begin);
  return field;
}

/// Four fields from the back, two from the front: what remains is the original, whatever blanks it has.
std::optional<Fields> split(std::string_view line) {
  Fields fields;
  fields.urlkey = cut_front(line);
  fields.timestamp = cut_front(line);
  fields.length = cut_back(line);
  fields.digest = cut_back(line);
  fields.statuscode = cut_back(line);
  fields.mimetype = cut_back(line);
  fields.original = line;
  if (fields.urlkey.empty() || fields.timestamp.empty() || line.empty()) return std::nullopt;
  fields.spaced = std::memchr(line.data(), ' ', line.size()) != nullptr;
  return fields;
}

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

}  // namespace

CdxOddities& CdxOddities::operator+=(const CdxOddities& other) {
  for (const auto counter :
       {&CdxOddities::bad_rows, &CdxOddities::overlong_rows, &CdxOddities::repeated_rows,
        &CdxOddities::foreign_originals, &CdxOddities::no_url_originals, &CdxOddities::mailto_hosts,
        &CdxOddities::repaired_timestamps, &CdxOddities::same_moment, &CdxOddities::hex_digests,
        &CdxOddities::odd_digests, &CdxOddities::missing_statuses, &CdxOddities::odd_statuses,
        &CdxOddities::odd_lengths, &CdxOddities::spaced_rows, &CdxOddities::cut_answers,
        &CdxOddities::empty_answers, &CdxOddities::cycling_keys}) {
    this->*counter += other.*counter;
  }
  return *this;
}

CdxParser::CdxParser(OnRows on_rows, std::size_t batch)
    : m_on_rows(std::move(on_rows)), m_batch_size(batch) {}

void CdxParser::feed(std::string_view piece) {
  while (!piece.empty()) {
    const auto* const end = static_cast<const char*>(std::memchr(piece.data(), '\n', piece.size()));
    const std::size_t size = end == nullptr ? piece.size() : static_cast<std::size_t>(end - piece.data());
    const auto part = piece.substr(0, size);
    if (m_skipping) {
      m_skipping = end == nullptr;
    } else if (m_partial.size() + part.size() > k_longest_line) {
      ++m_oddities.overlong_rows;
      m_partial.clear();
      m_skipping = end == nullptr;
    } else if (end == nullptr) {
      m_partial.append(part);
    } else if (m_partial.empty()) {
      take_line(part);
    } else {
      m_partial.append(part);
      take_line(m_partial);
      m_partial.clear();
    }
    piece.remove_prefix(std::min(piece.size(), size + 1));
  }
}

void CdxParser::finish() {
  m_cut = m_skipping || !m_partial.empty();
  if (!m_partial.empty()) take_line(m_partial);
  m_partial.clear();
  hand_over();
}

void CdxParser::take_line(std::string_view line) {
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  if (line.empty()) {
    m_key_follows = true;
  } else if (m_key_follows && line.find(' ') == std::string_view::npos && line.front() != '<') {
    m_resume_key = line;
    m_key_follows = false;
  } else if (line != "[]") {  // no captures, as JSON says it
    m_key_follows = false;
    take_row(line);
  }
}

void CdxParser::take_row(std::string_view line) {
  if (line == m_previous) {
    ++m_oddities.repeated_rows;
    return;
  }
  const auto fields = split(line);
  const auto timestamp = fields ? Timestamp::parse_cdx(fields->timestamp) : std::nullopt;
  if (!timestamp || line.find('\0') != std::string_view::npos) return take_stray(line);
  m_last_was_bad = false;
  switch (kind_of(fields->original)) {
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
  Capture& row = m_batch.emplace_back(Capture{std::string(fields->urlkey), *timestamp,
                                              std::string(fields->original), std::string(fields->mimetype),
                                              std::nullopt, parse_cdx_digest(fields->digest), std::nullopt});
  if (fields->spaced) ++m_oddities.spaced_rows;
  if (fields->timestamp.size() != 14 || fields->timestamp.ends_with("60")) ++m_oddities.repaired_timestamps;

  const auto& status = fields->statuscode;
  int code = 0;
  if (status == "-") {
    if (row.mimetype != "warc/revisit") ++m_oddities.missing_statuses;
  } else if (const auto [rest, problem] = std::from_chars(status.data(), status.data() + status.size(), code);
             problem == std::errc{} && rest == status.data() + status.size() && code >= 100 && code <= 999) {
    row.statuscode = code;
  } else {
    ++m_oddities.odd_statuses;
  }

  if (!row.digest && fields->digest != "-") ++m_oddities.odd_digests;
  if (row.digest && fields->digest.size() >= 40) ++m_oddities.hex_digests;

  const auto& length = fields->length;
  std::uint64_t bytes = 0;
  if (const auto [rest, problem] = std::from_chars(length.data(), length.data() + length.size(), bytes);
      problem == std::errc{} && rest == length.data() + length.size()) {
    row.length = bytes;
  } else if (length != "-") {
    ++m_oddities.odd_lengths;
  }

  if (m_previous.starts_with(line.substr(0, fields->urlkey.size() + 1 + fields->timestamp.size() + 1))) {
    ++m_oddities.same_moment;
  }
  m_previous.assign(line);
  ++m_rows;
  if (m_batch.size() >= m_batch_size) hand_over();
}

void CdxParser::take_stray(std::string_view line) {
  ++m_oddities.bad_rows;
  m_last_was_bad = true;
  if (m_stray.size() < k_most_stray)
    m_stray.append(line.substr(0, k_most_stray - m_stray.size())).append("\n");
}

void CdxParser::hand_over() {
  if (m_batch.empty()) return;
  m_on_rows(std::move(m_batch));
  m_batch = {};
}

}  // namespace winnow
