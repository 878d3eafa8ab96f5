#include "storage/stats_reader.hpp"

#include <algorithm>
#include <set>
#include <vector>

#include <SQLiteCpp/Transaction.h>

#include "storage/capture_state.hpp"
#include "storage/database.hpp"
#include "storage/statement.hpp"

namespace winnow {

using storage::guarded;
using storage::Statement;

namespace {

constexpr std::int64_t k_year = 10'000'000'000;  // of a timestamp's digits

constexpr const char* k_captures =
    "SELECT c.timestamp / 10000000000 AS year, c.state, count(*) FROM captures c ";
constexpr const char* k_of_site =
    "JOIN pages p ON p.id = c.page_id JOIN sites s ON s.id = p.site_id WHERE s.name = ? ";
constexpr const char* k_by_year = "GROUP BY year, c.state";

constexpr const char* k_versions =
    "SELECT e.site_id, e.id, v.first_seen, v.last_seen, t.word_count, y.reading_grade, coalesce(y.language, "
    "''), "
    "coalesce(y.kind, '') FROM sites s CROSS JOIN series e ON e.site_id = s.id "
    "CROSS JOIN versions v ON v.series_id = e.id CROSS JOIN captures c ON c.id = v.first_capture_id "
    "CROSS JOIN texts t ON t.id = c.text_id LEFT JOIN analyses y ON y.text_id = t.id "
    "WHERE ?1 = '' OR s.name = ?1 ORDER BY s.id, e.id, v.first_seen, v.words_sha256";

/// The last version of a series in a year.
struct Text {
  std::uint32_t words = 0;
  std::optional<double> grade;
};

std::uint32_t median(std::vector<std::uint32_t>& values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// Versions come by site, series and time.
class Counter {
public:
  explicit Counter(StoreStats& stats) : m_stats(stats) {}

  void add(Statement& row) {
    const std::int64_t site = row.integer(0);
    const std::int64_t series = row.integer(1);
    if (series != m_series) end_series();
    if (site != m_site) end_site();
    m_site = site;
    m_series = series;
    ++m_versions;
    const auto first = static_cast<int>(row.integer(2) / k_year);
    const auto last = static_cast<int>(row.integer(3) / k_year);
    ++m_stats.years[first].versions;
    Text text{static_cast<std::uint32_t>(row.integer(4)), {}};
    if (!row.is_null(5)) text.grade = row.real(5);
    for (int year = first; year <= last; ++year)
      m_texts[year] = text;
    m_language = row.text(6);
    m_kind = row.text(7);
  }

  void finish() {
    end_series();
    end_site();
    m_stats.median_versions = median(m_versions_of_series);
    for (auto& [year, words] : m_words)
      m_stats.years[year].median_words = median(words);
    for (const auto& [year, grades] : m_grades)
      m_stats.years[year].mean_grade = grades.sum / static_cast<double>(grades.count);
  }

private:
  struct Grades {
    double sum = 0;
    std::uint64_t count = 0;
  };

  void end_series() {
    if (m_versions == 0) return;
    ++m_stats.series;
    m_stats.versions += m_versions;
    m_stats.most_versions = std::max(m_stats.most_versions, m_versions);
    m_versions_of_series.push_back(m_versions);
    ++m_stats.languages[m_language];
    ++m_stats.kinds[m_kind];
    for (const auto& [year, text] : m_texts) {
      ++m_stats.years[year].series;
      m_words[year].push_back(text.words);
      if (text.grade) {
        m_grades[year].sum += *text.grade;
        ++m_grades[year].count;
      }
      m_years_of_site.insert(year);
    }
    m_texts.clear();
    m_versions = 0;
  }

  void end_site() {
    if (m_years_of_site.empty()) return;
    ++m_stats.sites;
    for (const int year : m_years_of_site)
      ++m_stats.years[year].sites;
    m_years_of_site.clear();
  }

  StoreStats& m_stats;
  std::int64_t m_site = 0;
  std::int64_t m_series = 0;
  std::uint32_t m_versions = 0;
  std::string m_language;  // of the series' last version so far
  std::string m_kind;
  std::map<int, Text> m_texts;
  std::set<int> m_years_of_site;
  std::vector<std::uint32_t> m_versions_of_series;
  std::map<int, std::vector<std::uint32_t>> m_words;
  std::map<int, Grades> m_grades;
};

void add_captures(StoreStats& stats, Statement& rows) {
  while (rows.step()) {
    YearStats& year = stats.years[static_cast<int>(rows.integer(0))];
    const auto count = static_cast<std::uint64_t>(rows.integer(2));
    switch (rows.id<CaptureState>(1)) {
      case CaptureState::listed:
      case CaptureState::pending:
        year.listed += count;
        break;
      case CaptureState::held:
        year.held += count;
        break;
      case CaptureState::inferred:
        year.inferred += count;
        break;
      case CaptureState::missing:
        year.missing += count;
        break;
    }
  }
}

}  // namespace

class StatsReader::Queries {
public:
  explicit Queries(const std::filesystem::path& path)
      : database(path, storage::Access::read),
        captures(database, (std::string(k_captures) + k_by_year).c_str()),
        captures_of_site(database, (std::string(k_captures) + k_of_site + k_by_year).c_str()),
        versions(database, k_versions) {}

  storage::Database database;
  Statement captures, captures_of_site, versions;
};

StatsReader::StatsReader(const std::filesystem::path& path)
    : m_queries(guarded(path.string(), [&] { return std::make_unique<Queries>(path); })) {}

StatsReader::~StatsReader() = default;

StoreStats StatsReader::stats(std::string_view site) {
  return guarded(m_queries->database.path(), [&] {
    const SQLite::Transaction one_moment(m_queries->database.handle());
    StoreStats stats;
    add_captures(stats, site.empty() ? m_queries->captures.bind() : m_queries->captures_of_site.bind(site));
    Counter counter(stats);
    Statement& rows = m_queries->versions.bind(site);
    while (rows.step())
      counter.add(rows);
    counter.finish();
    return stats;
  });
}

}  // namespace winnow
