#include "storage/compactor.hpp"

#include <filesystem>
#include <optional>

#include <fmt/format.h>

#include "model/error.hpp"
#include "storage/database.hpp"
#include "storage/repacking.hpp"
#include "storage/runs.hpp"

namespace winnow {

using storage::guarded;
using storage::WriteTransaction;

namespace {

constexpr double k_megabyte = 1e6;

}  // namespace

class Compactor::Parts {
public:
  Parts(const std::filesystem::path& path, std::string_view program)
      : database(path, storage::Access::care), runs(database) {
    WriteTransaction transaction(database);
    runs.begin_once("winnow compact", program);
    transaction.commit();
    bodies.emplace(database, storage::Shelf::bodies);
    texts.emplace(database, storage::Shelf::texts);
  }

  std::int64_t number(const char* sql) { return database.handle().execAndGet(sql).getInt64(); }

  PackedSize packed(const char* sql) {
    storage::Statement sums(database, sql);
    sums.step();
    return {static_cast<std::uint64_t>(sums.integer(0)), static_cast<std::uint64_t>(sums.integer(1)),
            static_cast<std::uint64_t>(sums.integer(2))};
  }

  bool step(storage::Repacking& shelf) {
    // Nothing of the store is locked while contents are packed.
    if (!shelf.pack_next()) return false;
    WriteTransaction transaction(database);
    shelf.write();
    transaction.commit();
    return true;
  }

  storage::Database database;
  storage::Runs runs;
  std::optional<storage::Repacking> bodies, texts;
};

Compactor::Compactor(const std::filesystem::path& path, std::string_view program)
    : m_parts(guarded(path.string(), [&] { return std::make_unique<Parts>(path, program); })) {}

Compactor::~Compactor() = default;

StoreSize Compactor::size() {
  return guarded(m_parts->database.path(), [&]() -> StoreSize {
    return {.bodies = m_parts->packed(
                "SELECT count(*), coalesce(sum(size), 0), coalesce(sum(length(content)), 0) FROM bodies"),
            .texts = m_parts->packed(
                "SELECT count(*), coalesce(sum(size), 0), coalesce(sum(length(markdown)), 0) FROM texts"),
            .file = static_cast<std::uint64_t>(m_parts->number("PRAGMA page_count") *
                                               m_parts->number("PRAGMA page_size"))};
  });
}

bool Compactor::step() {
  return guarded(m_parts->database.path(),
                 [&] { return m_parts->step(*m_parts->bodies) || m_parts->step(*m_parts->texts); });
}

std::uint64_t Compactor::left() const {
  return m_parts->bodies->left() + m_parts->texts->left();
}

std::uint64_t Compactor::damaged() const {
  return m_parts->bodies->damaged() + m_parts->texts->damaged();
}

Compactor::Shrunk Compactor::shrink() {
  return guarded(m_parts->database.path(), [&] {
    const std::int64_t page_size = m_parts->number("PRAGMA page_size");
    const std::int64_t pages = m_parts->number("PRAGMA page_count");
    const std::int64_t free = m_parts->number("PRAGMA freelist_count");
    // Less than a hundredth is not worth rewriting the rest.
    if (free * 100 < pages) return Shrunk::nothing_to_give;
    {
      WriteTransaction transaction(m_parts->database);
      m_parts->runs.bury_dead();
      const bool others = m_parts->runs.others_alive();
      transaction.commit();
      if (others) return Shrunk::others_write;
    }
    const auto needed = static_cast<std::uint64_t>((pages - free) * page_size);
    const auto folder = std::filesystem::absolute(m_parts->database.path()).parent_path();
    std::error_code unknown;
    const auto space = std::filesystem::space(folder, unknown);
    if (!unknown && space.available < 2 * needed) {
      throw error(
          "all is packed, but to hand back {:.1f} MB of the store {} takes {:.1f} MB of free disk for a "
          "while, and "
          "there are {:.1f} MB: make room and run compact again",
          static_cast<double>(free * page_size) / k_megabyte, m_parts->database.path(),
          2 * static_cast<double>(needed) / k_megabyte, static_cast<double>(space.available) / k_megabyte);
    }
    m_parts->database.handle().exec("VACUUM");
    m_parts->database.handle().exec("PRAGMA wal_checkpoint(TRUNCATE)");
    return Shrunk::done;
  });
}

void Compactor::end(int exit_code, std::string_view report) {
  guarded(m_parts->database.path(), [&] {
    WriteTransaction transaction(m_parts->database);
    m_parts->runs.end(exit_code, report);
    transaction.commit();
    // What was written last goes into the file itself, as far as readers let it.
    m_parts->database.handle().tryExec("PRAGMA wal_checkpoint(TRUNCATE)");
  });
}

}  // namespace winnow
