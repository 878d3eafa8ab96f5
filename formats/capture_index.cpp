#include "formats/capture_index.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <tuple>

#include "model/url.hpp"

namespace winnow {

std::uint32_t StringPool::intern(std::string_view text) {
  if (const auto found = m_ids.find(text); found != m_ids.end()) return found->second;
  const auto id = static_cast<std::uint32_t>(m_strings.size());
  m_ids.emplace(m_strings.emplace_back(text), id);
  return id;
}

CaptureIndex::Added CaptureIndex::add(const WarcCapture& found, std::uint32_t file,
                                      const WarcPosition& position) {
  const Capture& row = found.capture;
  Entry entry{row.timestamp.value(),
              position.offset,
              position.length,
              position.unpacked,
              m_urlkeys.intern(row.urlkey),
              m_texts.intern(row.original),
              m_texts.intern(row.mimetype),
              file,
              k_none,
              k_none,
              static_cast<std::uint16_t>(row.statuscode.value_or(0)),
              position.compression,
              row.digest.has_value(),
              row.length.has_value(),
              row.digest.value_or(Sha1{})};
  if (found.refers_to) {
    entry.refers_to = static_cast<std::uint32_t>(m_refers_to.size());
    const auto& target = *found.refers_to;
    m_refers_to.push_back(
        {m_texts.intern(target.uri), target.date ? target.date->value() : 0, target.not_modified});
  }
  m_rows.push_back(entry);
  return size() - 1;
}

void CaptureIndex::add_note(Added row, const WarcPosition& position) {
  m_notes.push_back({position, m_rows[row].note});
  m_rows[row].note = static_cast<std::uint32_t>(m_notes.size() - 1);
}

void CaptureIndex::seal() {
  m_sorted.resize(m_urlkeys.size());
  std::iota(m_sorted.begin(), m_sorted.end(), 0U);
  std::sort(m_sorted.begin(), m_sorted.end(),
            [this](std::uint32_t a, std::uint32_t b) { return m_urlkeys[a] < m_urlkeys[b]; });
  m_rank.resize(m_sorted.size());
  for (std::uint32_t rank = 0; rank < m_sorted.size(); ++rank)
    m_rank[m_sorted[rank]] = rank;

  const auto order = [this](const Entry& entry) {
    return std::tuple(m_rank[entry.urlkey], entry.timestamp, entry.file, entry.offset, entry.unpacked);
  };
  std::sort(m_rows.begin(), m_rows.end(),
            [&](const Entry& a, const Entry& b) { return order(a) < order(b); });

  m_first.assign(m_sorted.size() + 1, size());
  for (Row row = size(); row-- > 0;)
    m_first[urlkey_rank(row)] = row;

  for (Row row = 0; row < size(); ++row) {
    if (!is_revisit(row) && m_rows[row].has_digest) m_by_digest.push_back(row);
  }
  std::stable_sort(m_by_digest.begin(), m_by_digest.end(),
                   [this](Row a, Row b) { return m_rows[a].digest < m_rows[b].digest; });
}

CaptureIndex::Range CaptureIndex::of_urlkey(std::string_view urlkey) const {
  const auto found =
      std::lower_bound(m_sorted.begin(), m_sorted.end(), urlkey,
                       [this](std::uint32_t id, std::string_view key) { return m_urlkeys[id] < key; });
  if (found == m_sorted.end() || m_urlkeys[*found] != urlkey) return {};
  const auto rank = static_cast<std::size_t>(found - m_sorted.begin());
  return {m_first[rank], m_first[rank + 1]};
}

CaptureIndex::Range CaptureIndex::with_prefix(std::string_view prefix) const {
  const auto head = [&](std::uint32_t id) {
    return std::string_view(m_urlkeys[id]).substr(0, prefix.size());
  };
  const auto begin = std::lower_bound(m_sorted.begin(), m_sorted.end(), prefix,
                                      [&](std::uint32_t id, std::string_view key) { return head(id) < key; });
  const auto end = std::upper_bound(begin, m_sorted.end(), prefix,
                                    [&](std::string_view key, std::uint32_t id) { return key < head(id); });
  return {m_first[static_cast<std::size_t>(begin - m_sorted.begin())],
          m_first[static_cast<std::size_t>(end - m_sorted.begin())]};
}

CaptureIndex::Row CaptureIndex::lower_bound(Range range, Timestamp timestamp) const {
  const auto begin = m_rows.begin();
  return static_cast<Row>(
      std::lower_bound(begin + range.begin, begin + range.end, timestamp.value(),
                       [](const Entry& entry, std::uint64_t value) { return entry.timestamp < value; }) -
      begin);
}

std::optional<int> CaptureIndex::statuscode(Row row) const {
  if (m_rows[row].statuscode == 0) return std::nullopt;
  return m_rows[row].statuscode;
}

std::optional<Sha1> CaptureIndex::digest(Row row) const {
  if (!m_rows[row].has_digest) return std::nullopt;
  return m_rows[row].digest;
}

std::optional<std::uint64_t> CaptureIndex::length(Row row) const {
  if (!m_rows[row].has_length) return std::nullopt;
  return m_rows[row].position_length;
}

Capture CaptureIndex::capture(Row row) const {
  return {std::string(urlkey(row)),
          timestamp(row),
          std::string(original(row)),
          std::string(mimetype(row)),
          statuscode(row),
          digest(row),
          length(row)};
}

WarcPosition CaptureIndex::position(Row row) const {
  const Entry& entry = m_rows[row];
  return {entry.offset, entry.position_length, entry.unpacked, entry.compression};
}

std::vector<WarcPosition> CaptureIndex::notes(Row row) const {
  std::vector<WarcPosition> notes;
  for (std::uint32_t note = m_rows[row].note; note != k_none; note = m_notes[note].before)
    notes.push_back(m_notes[note].position);
  std::reverse(notes.begin(), notes.end());
  return notes;
}

std::optional<CaptureIndex::Row> CaptureIndex::revisited(Row revisit) const {
  const Entry& entry = m_rows[revisit];
  assert(entry.refers_to != k_none);
  if (const auto named = named_target(entry)) return named;
  return same_digest(revisit);
}

/// By WARC-Refers-To-Target-URI and -Date; the digests must agree where both records have one.
std::optional<CaptureIndex::Row> CaptureIndex::named_target(const Entry& revisit) const {
  const Target& target = m_refers_to[revisit.refers_to];
  const std::string& uri = m_texts[target.uri];
  if (uri.empty() || target.date == 0) return std::nullopt;
  const Range page = of_urlkey(winnow::urlkey(uri));
  const Row first = lower_bound(page, Timestamp::from_value(target.date));
  const Row end = std::min(page.end, first + k_most_alike);
  for (Row row = first; row < end && m_rows[row].timestamp == target.date; ++row) {
    const bool comparable = m_rows[row].has_digest && revisit.has_digest && !target.not_modified;
    if (!is_revisit(row) && (!comparable || m_rows[row].digest == revisit.digest)) return row;
  }
  return std::nullopt;
}

std::optional<CaptureIndex::Row> CaptureIndex::same_digest(Row revisit) const {
  const Entry& entry = m_rows[revisit];
  if (!entry.has_digest) return std::nullopt;
  const auto by_digest = [this](Row row, const Sha1& digest) { return m_rows[row].digest < digest; };
  const auto begin = std::lower_bound(m_by_digest.begin(), m_by_digest.end(), entry.digest, by_digest);
  const auto end =
      std::upper_bound(begin, m_by_digest.end(), entry.digest,
                       [this](const Sha1& digest, Row row) { return digest < m_rows[row].digest; });
  // They are in the order of all rows: of the same page the one of the same second, else the one before, else
  // the one behind.
  const auto behind = std::lower_bound(begin, end, revisit);
  const auto is_of_page = [&](Row row) { return m_rows[row].urlkey == entry.urlkey; };
  if (behind != end && is_of_page(*behind) && m_rows[*behind].timestamp == entry.timestamp) return *behind;
  if (behind != begin && is_of_page(*(behind - 1))) return *(behind - 1);
  if (behind != end && is_of_page(*behind)) return *behind;

  std::optional<Row> best;
  const auto cost = [&](Row row) {
    const std::uint64_t at = m_rows[row].timestamp;
    const std::uint64_t distance = at < entry.timestamp ? entry.timestamp - at : at - entry.timestamp;
    return std::pair(at > entry.timestamp, distance);
  };
  const auto last = begin + std::min<std::ptrdiff_t>(end - begin, k_most_alike);
  for (auto found = begin; found != last; ++found) {
    if (!best || cost(*found) < cost(*best)) best = *found;
  }
  return best;
}

}  // namespace winnow
