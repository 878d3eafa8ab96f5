#include "storage/runs.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <string>
#include <string_view>
#include <vector>

#include <unistd.h>

#include "model/error.hpp"
#include "model/timestamp.hpp"

namespace winnow::storage {

namespace {

// Runs that nobody else may write beside.
constexpr std::array<std::string_view, 2> k_alone = {"winnow reextract", "winnow verify --repair"};

std::string host_name() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) return "?";
  return name.data();
}

}  // namespace

Runs::Runs(Database& database)
    : m_database(database),
      m_locks(database.path()),
      m_begin(database, "INSERT INTO runs(command, program, pid, host, started) VALUES(?, ?, ?, ?, ?)"),
      m_end(database, "UPDATE runs SET ended = ?, exit_code = ?, report = ? WHERE id = ?"),
      m_open(database, "SELECT id FROM runs WHERE ended IS NULL AND id IS NOT ?"),
      m_same(database, "SELECT 1 FROM runs WHERE ended IS NULL AND id IS NOT ? AND command = ?"),
      m_release(database, "UPDATE captures SET claimed_by = NULL WHERE claimed_by = ?") {}

RunId Runs::begin(std::string_view command, std::string_view program) {
  assert(!m_current);
  bury_dead();
  for (const std::string_view other : k_alone) {
    if (is_running(other)) throw_busy(other);
  }
  m_begin.run(command, program, ::getpid(), host_name(), Timestamp::now());
  const RunId run{m_database.handle().getLastInsertRowid()};
  // Before the commit: whoever sees the row finds the lock.
  m_locks.hold(run);
  m_current = run;
  return run;
}

RunId Runs::begin_once(std::string_view command, std::string_view program) {
  bury_dead();
  if (is_running(command)) throw_busy(command);
  return begin(command, program);
}

RunId Runs::begin_alone(std::string_view command, std::string_view program) {
  assert(std::find(k_alone.begin(), k_alone.end(), command) != k_alone.end());
  bury_dead();
  if (others_alive())
    throw error(
        "the store {} is in use by another run, and `{}` needs it for itself: try again when that is done",
        m_database.path(), command);
  return begin(command, program);
}

void Runs::throw_busy(std::string_view other) const {
  throw error("the store {} is being cared for by another `{}`; try again when it is done", m_database.path(),
              other);
}

void Runs::end(int exit_code, std::string_view report) {
  assert(m_current);
  m_release.run(*m_current);
  m_end.run(Timestamp::now(), exit_code, report, *m_current);
  m_current.reset();
}

void Runs::bury_dead() {
  std::vector<RunId> dead;
  m_open.bind(m_current);
  while (m_open.step()) {
    const auto run = m_open.id<RunId>(0);
    if (!m_locks.is_alive(run)) dead.push_back(run);
  }
  for (const RunId run : dead) {
    m_release.run(run);
    m_end.run(Timestamp::now(), std::nullopt, std::nullopt, run);
  }
}

bool Runs::others_alive() {
  const bool alive = m_open.bind(m_current).step();
  m_open.done();
  return alive;
}

bool Runs::is_running(std::string_view command) {
  const bool running = m_same.bind(m_current, command).step();
  m_same.done();
  return running;
}

}  // namespace winnow::storage
