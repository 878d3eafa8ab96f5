#include "storage/versions.hpp"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

namespace winnow::storage {

namespace {

constexpr std::uint64_t k_end = 99'991'231'235'959;

}  // namespace

Versions::Versions(Database& database)
    : m_seen(database,
             "SELECT n.series_id, d.timestamp, d.words_sha256 FROM dated_texts d JOIN tenures n "
             "ON n.page_id = d.page_id AND d.timestamp >= n.since AND d.timestamp < n.until "
             "WHERE d.capture_id = ?"),
      m_before(database,
               "SELECT first_seen, words_sha256, last_seen, number FROM versions "
               "WHERE series_id = ? AND (first_seen, words_sha256) <= (?, ?) "
               "ORDER BY first_seen DESC, words_sha256 DESC LIMIT 1"),
      m_after(database,
              "SELECT first_seen, words_sha256, last_seen, number FROM versions "
              "WHERE series_id = ? AND (first_seen, words_sha256) > (?, ?) ORDER BY first_seen, words_sha256 "
              "LIMIT 1"),
      m_insert(database,
               "INSERT INTO versions(series_id, first_seen, words_sha256, last_seen, number, captures, "
               "first_capture_id) "
               "VALUES(?, ?, ?, ?, ?, ?, ?)"),
      m_extend(database,
               "UPDATE versions SET last_seen = max(last_seen, ?), captures = captures + 1 "
               "WHERE series_id = ? AND first_seen = ? AND words_sha256 = ?"),
      m_extend_back(database,
                    "UPDATE versions SET first_seen = ?, first_capture_id = ?, captures = captures + 1 "
                    "WHERE series_id = ? AND first_seen = ? AND words_sha256 = ?"),
      m_set_first(database,
                  "UPDATE versions SET first_capture_id = ? WHERE series_id = ? AND first_seen = ? AND "
                  "words_sha256 = ?"),
      // Captures of one second with the same words: chosen by what they are, not by when they came.
      m_first_capture(database,
                      "SELECT d.capture_id FROM tenures n CROSS JOIN dated_texts d ON d.page_id = n.page_id "
                      "JOIN captures c ON c.id = d.capture_id JOIN archives a ON a.id = c.archive_id "
                      "JOIN texts t ON t.id = d.text_id "
                      "WHERE n.series_id = ?1 AND n.since <= ?2 AND n.until > ?2 AND d.timestamp = ?2 "
                      "AND d.words_sha256 = ?3 ORDER BY c.original, a.url, c.digest, t.sha256, c.id LIMIT 1"),
      m_last_before(
          database,
          "SELECT first_seen, words_sha256, last_seen, number FROM versions "
          "WHERE series_id = ? AND first_seen < ? ORDER BY first_seen DESC, words_sha256 DESC LIMIT 1"),
      m_next(database,
             "SELECT first_seen, words_sha256, last_seen, number FROM versions "
             "WHERE series_id = ? AND first_seen > ? ORDER BY first_seen, words_sha256 LIMIT 1"),
      m_erase(database, "DELETE FROM versions WHERE series_id = ? AND first_seen BETWEEN ? AND ?"),
      // Of each page only what lies in the scanned time: a series may have a hundred thousand captures.
      m_scan(database,
             "SELECT d.timestamp, d.words_sha256 FROM tenures n CROSS JOIN dated_texts d "
             "ON d.page_id = n.page_id AND d.timestamp BETWEEN max(n.since, ?2) AND min(n.until - 1, ?3) "
             "WHERE n.series_id = ?1 ORDER BY d.timestamp, d.words_sha256"),
      m_numbers(database,
                "SELECT first_seen, words_sha256, last_seen, number FROM versions WHERE series_id = ? "
                "ORDER BY first_seen, words_sha256"),
      m_set_number(
          database,
          "UPDATE versions SET number = ? WHERE series_id = ? AND first_seen = ? AND words_sha256 = ?"),
      m_touch(database, "INSERT OR IGNORE INTO unsettled SELECT site_id FROM series WHERE id = ?"),
      m_all(database,
            "SELECT first_seen, words_sha256, last_seen, number, captures, first_capture_id FROM versions "
            "WHERE series_id = ? ORDER BY first_seen, words_sha256") {}

std::optional<Versions::Seen> Versions::seen(CaptureId capture) {
  std::optional<Seen> seen;
  if (m_seen.bind(capture).step()) {
    seen = Seen{m_seen.id<SeriesId>(0), m_seen.timestamp(1), m_seen.digest<32>(2)};
    m_seen.done();
  }
  return seen;
}

std::optional<Versions::Version> Versions::read(Statement& query) {
  if (!query.step()) return std::nullopt;
  Version version{query.timestamp(0), query.digest<32>(1), query.timestamp(2),
                  static_cast<int>(query.integer(3))};
  return version;
}

CaptureId Versions::first_capture(const Seen& seen) {
  m_first_capture.bind(seen.series, seen.timestamp, seen.words).step();
  const auto id = m_first_capture.id<CaptureId>(0);
  m_first_capture.done();
  return id;
}

void Versions::update(CaptureId capture, const std::optional<Seen>& before,
                      const std::optional<Seen>& after) {
  // Also where nothing changes here: the text may be another with the same words.
  if (after) touch(after->series);
  if (before == after) return;
  if (before) rebuild(before->series, before->timestamp, before->timestamp);
  // A rebuild has counted the capture in already where it is of the same page and time.
  if (after && !before) add(capture, *after);
}

void Versions::add(CaptureId capture, const Seen& seen) {
  const std::optional<Version> previous = read(m_before.bind(seen.series, seen.timestamp, seen.words));
  m_before.done();
  if (previous && previous->words == seen.words) {
    m_extend.run(seen.timestamp, seen.series, previous->first_seen, previous->words);
    if (seen.timestamp == previous->first_seen) {
      m_set_first.run(first_capture(seen), seen.series, seen.timestamp, seen.words);
    }
    return;
  }
  if (previous && std::tie(seen.timestamp, seen.words) < std::tie(previous->last_seen, previous->words)) {
    rebuild(seen.series, previous->first_seen, previous->last_seen);
    return;
  }
  const std::optional<Version> next = read(m_after.bind(seen.series, seen.timestamp, seen.words));
  m_after.done();
  if (next && next->words == seen.words) {
    m_extend_back.run(seen.timestamp, capture, seen.series, next->first_seen, next->words);
    return;
  }
  m_added += m_insert.run(seen.series, seen.timestamp, seen.words, seen.timestamp,
                          previous ? previous->number + 1 : 1, 1, capture);
  if (next) m_renumber.insert(seen.series);
}

void Versions::rebuild(SeriesId series, Timestamp from, Timestamp to) {
  // One version further on either side: neighbours may become one.
  if (const auto version = read(m_last_before.bind(series, from))) from = version->first_seen;
  if (const auto version = read(m_next.bind(series, to))) to = std::max(to, version->last_seen);
  m_next.done();
  // Versions that share their border's second with the next one come along.
  for (;;) {
    const auto below = read(m_last_before.bind(series, from));
    if (!below || below->last_seen < from) break;
    from = below->first_seen;
  }
  for (;;) {
    const auto above = read(m_last_before.bind(series, to.value() + 1));
    if (!above || above->last_seen <= to) break;
    to = above->last_seen;
  }
  m_last_before.done();

  remake(series, from.value(), to.value());
}

void Versions::rebuild(SeriesId series) {
  remake(series, 0, k_end);
}

void Versions::touch(SeriesId series) {
  if (m_touched.insert(series).second) m_touch.run(series);
}

std::vector<Versions::Run> Versions::runs(SeriesId series, std::uint64_t from, std::uint64_t to) {
  std::vector<Run> runs;
  m_scan.bind(series, from, to);
  while (m_scan.step()) {
    const Seen next{series, m_scan.timestamp(0), m_scan.digest<32>(1)};
    if (!runs.empty() && runs.back().first.words == next.words) {
      runs.back().last = next.timestamp;
      ++runs.back().captures;
    } else {
      runs.push_back({next, next.timestamp, 1});
    }
  }
  return runs;
}

bool Versions::is_right(SeriesId series) {
  const std::vector<Run> right = runs(series, 0, k_end);
  std::size_t place = 0;
  bool is_right = true;
  m_all.bind(series);
  while (m_all.step()) {
    is_right = is_right && place < right.size() && right[place].first.timestamp == m_all.timestamp(0) &&
               right[place].first.words == m_all.digest<32>(1) && right[place].last == m_all.timestamp(2) &&
               m_all.integer(3) == static_cast<std::int64_t>(place) + 1 &&
               right[place].captures == m_all.integer(4) &&
               first_capture(right[place].first) == m_all.id<CaptureId>(5);
    ++place;
  }
  return is_right && place == right.size();
}

void Versions::remake(SeriesId series, std::uint64_t from, std::uint64_t to) {
  touch(series);
  m_added -= m_erase.run(series, from, to);
  for (const Run& run : runs(series, from, to)) {
    m_added += m_insert.run(series, run.first.timestamp, run.first.words, run.last, 0, run.captures,
                            first_capture(run.first));
  }
  m_renumber.insert(series);
}

void Versions::number() {
  for (const SeriesId series : m_renumber) {
    std::vector<std::pair<int, Version>> wrong;
    int number = 0;
    m_numbers.bind(series);
    while (const auto version = read(m_numbers)) {
      if (version->number != ++number) wrong.emplace_back(number, *version);
    }
    for (const auto& [right, version] : wrong)
      m_set_number.run(right, series, version.first_seen, version.words);
  }
  m_renumber.clear();
  m_touched.clear();
}

}  // namespace winnow::storage
