#include "storage/repacking.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "model/digest.hpp"
#include "model/error.hpp"

namespace winnow::storage {

namespace {

constexpr std::size_t k_batch = 64;
constexpr std::size_t k_batch_bytes = std::size_t{16} << 20U;
constexpr std::size_t k_most_bytes = std::size_t{64} << 20U;

// A content belongs to the page and time that showed it first.
constexpr const char* k_places_of_bodies =
    "SELECT c.body_id, p.site_id, c.page_id, min(c.timestamp) FROM captures c JOIN pages p ON p.id = "
    "c.page_id "
    "WHERE c.body_id IS NOT NULL GROUP BY c.body_id ORDER BY 2, 3, 4, 1";
constexpr const char* k_places_of_texts =
    "SELECT c.text_id, p.site_id, c.page_id, min(c.timestamp) FROM captures c JOIN pages p ON p.id = "
    "c.page_id "
    "WHERE c.text_id IS NOT NULL GROUP BY c.text_id ORDER BY 2, 3, 4, 1";

}  // namespace

Repacking::Repacking(Database& database, Shelf shelf)
    : m_database(database),
      m_shelf(shelf),
      m_chain(database, shelf),
      m_bytes(k_most_bytes),
      m_name(database, shelf == Shelf::bodies ? "SELECT sha256, '' FROM bodies WHERE id = ?"
                                              : "SELECT sha256, title FROM texts WHERE id = ?"),
      m_update(database,
               shelf == Shelf::bodies
                   ? "UPDATE bodies SET base_id = ?, depth = ?, encoding = ?, content = ?, compacted = 1 "
                     "WHERE id = ?"
                   : "UPDATE texts SET base_id = ?1, encoding = ?3, markdown = ?4, compacted = 1 "
                     "WHERE id = ?5 AND ?2 >= 0") {
  find_places();
}

void Repacking::find_places() {
  std::unordered_set<std::int64_t> loose;
  Statement loose_ids(m_database, m_shelf == Shelf::bodies ? "SELECT id FROM bodies WHERE compacted IS NULL"
                                                           : "SELECT id FROM texts WHERE compacted IS NULL");
  while (loose_ids.step())
    loose.insert(loose_ids.integer(0));
  m_left = loose.size();
  if (loose.empty()) return;

  Statement places(m_database, m_shelf == Shelf::bodies ? k_places_of_bodies : k_places_of_texts);
  std::unordered_set<std::int64_t> sites;
  while (places.step()) {
    const std::int64_t id = places.integer(0);
    const bool is_loose = loose.erase(id) > 0;
    m_places.push_back({id, places.integer(1), is_loose});
    if (is_loose) sites.insert(places.integer(1));
  }
  // Of sites that have nothing new nothing is read.
  m_places.erase(std::remove_if(m_places.begin(), m_places.end(),
                                [&](const Place& place) { return !sites.contains(place.site); }),
                 m_places.end());
  // What no capture shows: the content of one that had another already.
  std::vector<std::int64_t> rest(loose.begin(), loose.end());
  std::sort(rest.begin(), rest.end());
  for (const std::int64_t id : rest)
    m_places.push_back({id, 0, true});
}

bool Repacking::pack_next() {
  m_done.clear();
  std::size_t packed = 0;
  std::size_t read = 0;
  for (; m_next < m_places.size() && packed < k_batch && read < k_batch_bytes; ++m_next) {
    const Place& place = m_places[m_next];
    if (place.is_loose) {
      pack(place.id);
      ++packed;
      --m_left;
    } else {
      try {
        remember(place.id, m_chain.read(place.id));
      } catch (const Error&) {
        // Damaged: nothing is packed against it, and `verify` tells.
      }
    }
    if (const auto now = m_bytes.find(place.id)) read += (*now)->size();
  }
  return packed > 0 || m_next < m_places.size();
}

void Repacking::remember(std::int64_t id, const ContentChain::Unpacked& known) {
  m_bases.add({id, known.depth, known.cost}, fingerprint(known.bytes));
  m_bytes.keep(id, std::make_shared<const std::string>(known.bytes), known.bytes.size());
}

std::shared_ptr<const std::string> Repacking::bytes(std::int64_t id) {
  if (const auto known = m_bytes.find(id)) return *known;
  return std::make_shared<const std::string>(m_chain.read(id).bytes);
}

bool Repacking::is_what_it_is_named(std::int64_t id, const std::string& bytes) {
  if (!m_name.bind(id).step()) return false;
  const auto name = m_name.digest<32>(0);
  const std::string title = m_name.text(1);
  m_name.done();
  return name == (m_shelf == Shelf::bodies ? sha256(bytes) : text_sha256(title, bytes));
}

void Repacking::pack(std::int64_t id) {
  ContentChain::Unpacked content;
  try {
    content.bytes = m_chain.read(id).bytes;
  } catch (const Error&) {
    ++m_damaged;
    return;
  }
  if (!is_what_it_is_named(id, content.bytes)) {
    ++m_damaged;
    return;
  }
  const std::string& bytes = content.bytes;
  const auto base = m_bases.choose(fingerprint(bytes));
  const auto base_bytes = base ? this->bytes(base->id) : std::make_shared<const std::string>();
  Done done{.id = id, .base = {}, .depth = 0, .packed = pack_dense(bytes, *base_bytes)};
  if (base && done.packed.encoding == Encoding::zstd_patch) {
    done.base = base->id;
    done.depth = base->depth + 1;
    content.cost = base->cost;
  }
  // The bytes that are there are not given up for some that were not read back.
  if (unpack(done.packed.encoding, done.packed.bytes, bytes.size(), *base_bytes) != bytes)
    throw error("packing a content anew failed; the store is as it was. Please report it");
  content.depth = done.depth;
  content.cost += bytes.size();
  remember(id, content);
  m_done.push_back(std::move(done));
}

void Repacking::write() {
  for (const Done& done : m_done)
    m_update.run(done.base, done.depth, done.packed.encoding, Blob{done.packed.bytes}, done.id);
  if (m_shelf == Shelf::texts) return;
  // What still rests on these as it was packed in haste.
  std::vector<BodyDepth> changed;
  changed.reserve(m_done.size());
  for (const Done& done : m_done)
    changed.push_back({done.id, done.depth});
  deepen_what_rests_on(m_database, std::move(changed));
}

void deepen_what_rests_on(Database& database, std::vector<BodyDepth> changed) {
  Statement resting(database, "SELECT id, depth FROM bodies WHERE base_id = ?");
  Statement set(database, "UPDATE bodies SET depth = ? WHERE id = ?");
  while (!changed.empty()) {
    const BodyDepth base = changed.back();
    changed.pop_back();
    const std::size_t before = changed.size();
    resting.bind(base.id);
    while (resting.step()) {
      if (resting.integer(1) != base.depth + 1) changed.push_back({resting.integer(0), base.depth + 1});
    }
    for (std::size_t i = before; i < changed.size(); ++i)
      set.run(changed[i].depth, changed[i].id);
  }
}

}  // namespace winnow::storage
