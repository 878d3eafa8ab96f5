#include "serve/timemap.hpp"

#include <cassert>
#include <iterator>

#include <fmt/format.h>

#include "model/memento_url.hpp"
#include "model/url.hpp"

namespace winnow::serve {

Timemap::Timemap(const CaptureIndex& index, CaptureIndex::Range rows, std::string base_url)
    : m_index(index), m_rows(rows), m_next(rows.begin), m_base(std::move(base_url)) {
  assert(!rows.empty());
}

bool Timemap::fill(std::string& out, std::size_t size) {
  if (m_next == m_rows.begin) append_head(out);
  const std::size_t enough = out.size() + size;
  while (m_next < m_rows.end && out.size() < enough)
    append_memento(out, m_next++);
  return m_next < m_rows.end;
}

void Timemap::append_head(std::string& out) const {
  const std::string original = escape_for_request(m_index.original(m_rows.begin));
  fmt::format_to(
      std::back_inserter(out),
      "<{}>; rel=\"original\",\n"
      "<{}/web/timemap/link/{}>; rel=\"self\"; type=\"application/link-format\"; from=\"{}\"; until=\"{}\",\n"
      "<{}/web/{}>; rel=\"timegate\",\n",
      original, m_base, original, m_index.timestamp(m_rows.begin).http_date(),
      m_index.timestamp(m_rows.end - 1).http_date(), m_base, original);
}

void Timemap::append_memento(std::string& out, CaptureIndex::Row row) const {
  const bool first = row == m_rows.begin;
  const bool last = row + 1 == m_rows.end;
  const char* relation = first && last ? "first last memento"
                         : first       ? "first memento"
                         : last        ? "last memento"
                                       : "memento";
  const Timestamp timestamp = m_index.timestamp(row);
  fmt::format_to(std::back_inserter(out), "<{}>; rel=\"{}\"; datetime=\"{}\"{}\n",
                 memento_url(m_base, timestamp, "", escape_for_request(m_index.original(row))), relation,
                 timestamp.http_date(), last ? "" : ",");
}

}  // namespace winnow::serve
