#include "serve/cdx_answer.hpp"

#include <algorithm>
#include <deque>
#include <limits>

#include <nlohmann/json.hpp>

#include "model/digest.hpp"
#include "model/percent_encoding.hpp"

namespace winnow::serve {
namespace {

using Row = CaptureIndex::Row;
using Range = CaptureIndex::Range;

std::vector<Range> ranges(const CaptureIndex& index, const CdxQuery& query) {
  if (query.urlkey) return {index.of_urlkey(*query.urlkey)};
  std::vector<Range> found;
  for (const std::string& prefix : query.prefixes)
    found.push_back(index.with_prefix(prefix));
  return found;
}

std::uint64_t count(const std::vector<Range>& rows) {
  std::uint64_t total = 0;
  for (const Range& range : rows)
    total += range.end - range.begin;
  return total;
}

/// A field as the index writes it.
void get_field(const CaptureIndex& index, Row row, CdxField field, std::string& text) {
  switch (field) {
    case CdxField::urlkey:
      text = index.urlkey(row);
      break;
    case CdxField::timestamp:
      text = index.timestamp(row).digits();
      break;
    case CdxField::original:
      text = index.original(row);
      break;
    case CdxField::mimetype:
      text = index.mimetype(row);
      break;
    case CdxField::statuscode: {
      const auto status = index.statuscode(row);
      text = status ? std::to_string(*status) : "-";
      break;
    }
    case CdxField::digest: {
      const auto digest = index.digest(row);
      text = digest ? base32(*digest) : "-";
      break;
    }
    case CdxField::length: {
      const auto length = index.length(row);
      text = length ? std::to_string(*length) : "-";
      break;
    }
  }
}

/// A space or a line end within a field would make other fields of it.
void append_text(std::string& out, std::string_view field) {
  for (const char c : field) {
    if (static_cast<unsigned char>(c) <= 0x20) {
      append_percent_encoded(out, c);
    } else {
      out += c;
    }
  }
}

void append_json(std::string& out, const std::string& field) {
  const bool plain = std::all_of(field.begin(), field.end(),
                                 [](char c) { return c >= 0x20 && c < 0x7f && c != '"' && c != '\\'; });
  if (plain) {
    out.append(1, '"').append(field).append(1, '"');
  } else {
    out += nlohmann::json(field).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
  }
}

}  // namespace

std::uint64_t cdx_page_count(const CaptureIndex& index, const CdxQuery& query) {
  const std::uint64_t page_rows = query.page_blocks * k_cdx_block_rows;
  return (count(ranges(index, query)) + page_rows - 1) / page_rows;
}

CdxRows::CdxRows(const CaptureIndex& index, const CdxQuery& query)
    : m_index(index), m_query(query), m_ranges(ranges(index, query)), m_last(query.collapses.size()) {
  if (query.page) {
    const std::uint64_t page_rows = query.page_blocks * k_cdx_block_rows;
    const std::uint64_t first = std::min(*query.page, std::uint64_t{0xffffffffU}) * page_rows;
    std::uint64_t before = 0;
    for (Range& range : m_ranges) {
      const std::uint64_t size = range.end - range.begin;
      const auto clip = [&](std::uint64_t at) {
        return range.begin + static_cast<Row>(std::clamp(at, before, before + size) - before);
      };
      range = {clip(first), clip(first + page_rows)};
      before += size;
    }
  }
  if (query.resume) {
    const Range page = index.of_urlkey(query.resume->urlkey);
    skip_to(std::min<std::uint64_t>(
        index.lower_bound(page, query.resume->timestamp) + std::uint64_t{query.resume->nth}, page.end));
  }
}

/// Goes on at a row, with the row before it known to collapsing.
void CdxRows::skip_to(Row row) {
  Row before = row;
  for (Range& range : m_ranges) {
    const Row begin = range.begin;
    range.begin = std::clamp(row, range.begin, range.end);
    before = std::min(before, begin);
  }
  if (m_query.collapses.empty()) return;
  for (Row previous = row; previous > before;) {
    if (!passes(--previous)) continue;
    static_cast<void>(collapses_into_last(previous));
    return;
  }
}

std::optional<Row> CdxRows::next() {
  for (; m_range < m_ranges.size(); ++m_range) {
    Range& range = m_ranges[m_range];
    while (range.begin < range.end) {
      const Row row = range.begin++;
      if (passes(row) && !collapses_into_last(row)) return row;
    }
  }
  return std::nullopt;
}

bool CdxRows::passes(Row row) {
  const Timestamp timestamp = m_index.timestamp(row);
  if ((m_query.from && timestamp < *m_query.from) || (m_query.to && timestamp > *m_query.to)) return false;
  return std::all_of(m_query.filters.begin(), m_query.filters.end(), [&](const CdxFilter& filter) {
    get_field(m_index, row, filter.field, m_field);
    return re2::RE2::FullMatch(m_field, *filter.whole) != filter.negated;
  });
}

/// Several collapsings are a chain: each sees what those before it left.
bool CdxRows::collapses_into_last(Row row) {
  for (std::size_t i = 0; i < m_query.collapses.size(); ++i) {
    get_field(m_index, row, m_query.collapses[i].field, m_field);
    m_field.resize(std::min(m_field.size(), m_query.collapses[i].length));
    if (m_last[i] == m_field) return true;
    m_last[i] = m_field;
  }
  return false;
}

CdxAnswer::CdxAnswer(const CaptureIndex& index, CdxQuery query)
    : m_index(index),
      m_query(std::move(query)),
      m_rows(m_index, m_query),
      m_left(m_query.limit && *m_query.limit >= 0 ? static_cast<std::uint64_t>(*m_query.limit)
                                                  : std::numeric_limits<std::uint64_t>::max()) {
  for (std::uint64_t skipped = 0; skipped < m_query.offset && m_rows.next(); ++skipped) {
  }
  if (m_query.limit.value_or(0) < 0) {
    const std::uint64_t kept = std::uint64_t{0} - static_cast<std::uint64_t>(*m_query.limit);
    std::deque<Row> last;
    while (const auto row = m_rows.next()) {
      last.push_back(*row);
      if (last.size() > kept) last.pop_front();
    }
    m_last.assign(last.rbegin(), last.rend());
  }
}

std::optional<Row> CdxAnswer::next() {
  if (m_query.limit.value_or(0) < 0) {
    if (m_last.empty()) return std::nullopt;
    const Row row = m_last.back();
    m_last.pop_back();
    return row;
  }
  const auto row = m_rows.next();
  if (!row) return std::nullopt;
  if (m_left == 0) {
    // One row more than the limit is looked for, to know that there is one, and which.
    const Row first = m_index.lower_bound(m_index.of_urlkey(m_index.urlkey(*row)), m_index.timestamp(*row));
    m_resume = CdxResume{std::string(m_index.urlkey(*row)), m_index.timestamp(*row), *row - first};
    return std::nullopt;
  }
  --m_left;
  return row;
}

bool CdxAnswer::fill(std::string& out, std::size_t size) {
  const std::size_t enough = out.size() + size;
  while (out.size() < enough) {
    if (m_left == 0 && !m_query.show_resume_key) break;
    const auto row = next();
    if (!row) break;
    append_row(out, *row);
  }
  if (out.size() >= enough) return true;
  append_end(out);
  return false;
}

void CdxAnswer::append_row(std::string& out, Row row) {
  if (m_query.json) {
    if (!m_begun) {
      out += "[[";
      for (const CdxField field : m_query.fields) {
        out.append(field == m_query.fields.front() ? "\"" : ",\"")
            .append(k_cdx_fields[static_cast<std::size_t>(field)]);
        out += '"';
      }
      out += ']';
    }
    out += ",\n[";
  }
  m_begun = true;
  bool first = true;
  for (const CdxField field : m_query.fields) {
    if (!first) out += m_query.json ? ',' : ' ';
    first = false;
    get_field(m_index, row, field, m_field);
    if (m_query.json) {
      append_json(out, m_field);
    } else {
      append_text(out, m_field);
    }
  }
  out += m_query.json ? ']' : '\n';
}

void CdxAnswer::append_end(std::string& out) const {
  const bool has_key = m_query.show_resume_key && m_resume;
  if (!m_query.json) {
    if (has_key) out.append("\n").append(format_resume_key(*m_resume)).append("\n");
    return;
  }
  if (!m_begun) out += '[';
  if (has_key)
    out.append(m_begun ? ",\n[],\n[\"" : "[],\n[\"").append(format_resume_key(*m_resume)).append("\"]");
  out += "]\n";
}

}  // namespace winnow::serve
