#include "storage/known_captures.hpp"

#include <optional>

#include "model/digest.hpp"
#include "model/timestamp.hpp"
#include "storage/capture_state.hpp"
#include "storage/database.hpp"
#include "storage/ids.hpp"
#include "storage/retry_sql.hpp"
#include "storage/statement.hpp"

namespace winnow {

using storage::guarded;
using storage::Statement;

class KnownCaptures::Queries {
public:
  Queries(const std::filesystem::path& path, std::string_view archive_url)
      : database(path, storage::Access::read),
        archive(archive_url),
        page(database, "SELECT id FROM pages WHERE urlkey = ?"),
        // What frontier.cpp infers captures from.
        body(database,
             "SELECT 1 FROM captures WHERE page_id = ? AND digest = ? AND state IN (2, 3) "
             "AND (represents = 1 OR (state = 3 AND found NOT IN (3, 4))) LIMIT 1"),
        row(database, ("SELECT c.state, coalesce(" + storage::rests("?6") +
                       ", 0) FROM captures c JOIN archives a ON a.id = c.archive_id "
                       "LEFT JOIN ledger l ON l.capture_id = c.id "
                       "WHERE c.page_id = ?1 AND c.timestamp = ?2 AND a.url = ?3 AND c.original = ?4 AND "
                       "c.digest IS ?5")
                          .c_str()) {}

  storage::Database database;
  std::string archive;
  Statement page, body, row;
  std::string urlkey;
  std::optional<PageId> page_id;  ///< of urlkey
};

KnownCaptures::KnownCaptures(const std::filesystem::path& store, std::string_view archive)
    : m_queries(guarded(store.string(), [&] { return std::make_unique<Queries>(store, archive); })) {}

KnownCaptures::~KnownCaptures() = default;

KnownCaptures::Known KnownCaptures::look(const Capture& row, const Selection& selection) {
  auto& queries = *m_queries;
  return guarded(queries.database.path(), [&] {
    if (row.urlkey != queries.urlkey) {
      queries.urlkey = row.urlkey;
      queries.page_id.reset();
      if (queries.page.bind(row.urlkey).step()) queries.page_id = queries.page.id<PageId>(0);
      queries.page.done();
    }
    if (!queries.page_id) return Known::no;
    std::optional<std::string> digest;
    if (row.digest) digest = base32(*row.digest);
    const bool each = selection.kind == Selection::all;
    if (!each && digest) {
      const bool has_body = queries.body.bind(*queries.page_id, *digest).step();
      queries.body.done();
      if (has_body) return Known::held;
    }
    Known known = Known::no;
    queries.row.bind(*queries.page_id, row.timestamp, queries.archive, row.original, digest,
                     Timestamp::now());
    if (queries.row.step()) {
      const auto state = queries.row.id<CaptureState>(0);
      const bool held = state == CaptureState::held || (state == CaptureState::inferred && !each);
      const bool blocked = state == CaptureState::missing && queries.row.integer(1) != 0;
      known = held ? Known::held : blocked ? Known::on_ledger : Known::no;
      queries.row.done();
    }
    return known;
  });
}

}  // namespace winnow
