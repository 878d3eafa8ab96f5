// Packs the contents of one shelf anew, batch by batch. For storage/*.cpp only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/lru_cache.hpp"
#include "storage/base_chooser.hpp"
#include "storage/codec.hpp"
#include "storage/content_chain.hpp"
#include "storage/statement.hpp"

namespace winnow::storage {

/// A body and the depth that it has now. Sets that of all that rest on it. \pre in a transaction
struct BodyDepth {
  std::int64_t id = 0;
  std::int64_t depth = 0;
};
void deepen_what_rests_on(Database& database, std::vector<BodyDepth> changed);

/// Goes through the sites, their pages and times in order. What was packed so before stays, and others are
/// packed against it. A base has always been packed anew itself, so no circle can come about.
class Repacking {
public:
  Repacking(Database& database, Shelf shelf);

  /// Reads and packs the next contents, some 64; nothing is written. False at the end.
  bool pack_next();
  /// Stores what pack_next() has packed. \pre in a transaction
  void write();

  [[nodiscard]] std::uint64_t left() const { return m_left; }
  [[nodiscard]] std::uint64_t damaged() const { return m_damaged; }

private:
  struct Place {
    std::int64_t id = 0;
    std::int64_t site = 0;
    bool is_loose = false;
  };
  struct Done {
    std::int64_t id = 0;
    std::optional<std::int64_t> base;
    int depth = 0;
    Packed packed;
  };

  void find_places();
  void pack(std::int64_t id);
  void remember(std::int64_t id, const ContentChain::Unpacked& known);
  [[nodiscard]] std::shared_ptr<const std::string> bytes(std::int64_t id);
  [[nodiscard]] bool is_what_it_is_named(std::int64_t id, const std::string& bytes);

  Database& m_database;
  Shelf m_shelf;
  std::vector<Place> m_places;
  std::size_t m_next = 0;
  std::uint64_t m_left = 0;
  std::uint64_t m_damaged = 0;
  ContentChain m_chain;
  BaseChooser m_bases;
  LruCache<std::int64_t, std::shared_ptr<const std::string>> m_bytes;
  std::vector<Done> m_done;
  Statement m_name, m_update;
};

}  // namespace winnow::storage
