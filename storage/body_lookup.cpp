#include "storage/body_lookup.hpp"

#include "storage/database.hpp"
#include "storage/statement.hpp"

namespace winnow {

using storage::guarded;

class BodyLookup::Query {
public:
  explicit Query(const std::filesystem::path& store)
      : database(store, storage::Access::read), body(database, "SELECT 1 FROM bodies WHERE sha256 = ?") {}

  storage::Database database;
  storage::Statement body;
};

BodyLookup::BodyLookup(const std::filesystem::path& store)
    : m_query(guarded(store.string(), [&] { return std::make_unique<Query>(store); })) {}

BodyLookup::~BodyLookup() = default;
BodyLookup::BodyLookup(BodyLookup&&) noexcept = default;
BodyLookup& BodyLookup::operator=(BodyLookup&&) noexcept = default;

bool BodyLookup::holds(const Sha256& sha256) {
  return guarded(m_query->database.path(), [&] {
    const bool held = m_query->body.bind(sha256).step();
    m_query->body.done();
    return held;
  });
}

}  // namespace winnow
