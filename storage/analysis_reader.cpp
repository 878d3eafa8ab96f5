#include "storage/analysis_reader.hpp"

#include <cassert>

#include "storage/content_chain.hpp"
#include "storage/database.hpp"
#include "storage/statement.hpp"

namespace winnow {

using storage::guarded;
using storage::Statement;

class AnalysisReader::Queries {
public:
  explicit Queries(const std::filesystem::path& path)
      : database(path, storage::Access::read),
        texts(
            database,
            "SELECT c.text_id, min(c.original) FROM unsettled u CROSS JOIN series e ON e.site_id = u.site_id "
            "CROSS JOIN versions v ON v.series_id = e.id CROSS JOIN captures c "
            "ON c.id = v.first_capture_id WHERE NOT EXISTS (SELECT 1 FROM analyses y "
            "WHERE y.text_id = c.text_id) GROUP BY c.text_id"),
        changes(database,
                "SELECT DISTINCT v.text_id_before, v.text_id, y.language FROM unsettled u "
                "CROSS JOIN series e ON e.site_id = u.site_id "
                "CROSS JOIN version_texts v ON v.series_id = e.id JOIN analyses y ON y.text_id = v.text_id "
                "WHERE v.text_id_before IS NOT NULL "
                "AND NOT EXISTS (SELECT 1 FROM changes d WHERE d.from_text_id = v.text_id_before "
                "AND d.to_text_id = v.text_id) ORDER BY v.series_id, v.first_seen, v.words_sha256"),
        text(database, "SELECT title, simhash FROM texts WHERE id = ?"),
        markdown(database, storage::Shelf::texts) {}

  storage::Database database;
  Statement texts, changes, text;
  storage::ContentChain markdown;
};

AnalysisReader::AnalysisReader(const std::filesystem::path& path)
    : m_queries(guarded(path.string(), [&] { return std::make_unique<Queries>(path); })) {}

AnalysisReader::~AnalysisReader() = default;

std::vector<UnanalysedText> AnalysisReader::texts() {
  return guarded(m_queries->database.path(), [&] {
    std::vector<UnanalysedText> texts;
    Statement& row = m_queries->texts.bind();
    while (row.step())
      texts.push_back({row.id<TextId>(0), row.text(1)});
    return texts;
  });
}

std::vector<UnmeasuredChange> AnalysisReader::changes() {
  return guarded(m_queries->database.path(), [&] {
    std::vector<UnmeasuredChange> changes;
    Statement& row = m_queries->changes.bind();
    while (row.step())
      changes.push_back({row.id<TextId>(0), row.id<TextId>(1), row.text(2)});
    return changes;
  });
}

Text AnalysisReader::text(TextId id) {
  return guarded(m_queries->database.path(), [&] {
    Text text;
    text.markdown = m_queries->markdown.read(static_cast<std::int64_t>(id)).bytes;
    [[maybe_unused]] const bool is_there = m_queries->text.bind(id).step();
    assert(is_there);
    text.title = m_queries->text.text(0);
    text.simhash = static_cast<std::uint64_t>(m_queries->text.integer(1));
    m_queries->text.done();
    return text;
  });
}

}  // namespace winnow
