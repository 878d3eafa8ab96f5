#include "storage/body_lookup.hpp"

#include "storage/database.hpp"
#include "storage/statement.hpp"

namespace winnow {

using storage::guarded;

class BodyLookup::Query {
public:
  explicit Query(const std::filesystem::path& store)
      : database(store, storage::Access::read),
        body(database,
             "SELECT b.depth, EXISTS (SELECT 1 FROM readings r WHERE r.body_id = b.id AND r.content_type = ? "
             "AND r.url IN ('', ?)) FROM bodies b WHERE b.sha256 = ?") {}

  storage::Database database;
  storage::Statement body;
};

BodyLookup::BodyLookup(const std::filesystem::path& store)
    : m_query(guarded(store.string(), [&] { return std::make_unique<Query>(store); })) {}

BodyLookup::~BodyLookup() = default;
BodyLookup::BodyLookup(BodyLookup&&) noexcept = default;
BodyLookup& BodyLookup::operator=(BodyLookup&&) noexcept = default;

BodyLookup::Known BodyLookup::knows(const Reading& reading) {
  return guarded(m_query->database.path(), [&]() -> Known {
    storage::Statement& query = m_query->body;
    if (!query.bind(reading.content_type, reading.url, reading.body).step()) return {};
    const Known known{true, query.integer(1) != 0, static_cast<int>(query.integer(0))};
    query.done();
    return known;
  });
}

}  // namespace winnow
