// The store's readers, of which each is for one thread at a time.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "storage/capture_reader.hpp"
#include "storage/ledger_reader.hpp"
#include "storage/overview_reader.hpp"
#include "storage/search_reader.hpp"
#include "storage/site_reader.hpp"
#include "storage/snippets.hpp"
#include "storage/store_reader.hpp"

namespace winnow::serve {

struct Readers {
  explicit Readers(const std::filesystem::path& path)
      : store(path), sites(path), ledger(path), overview(path), captures(path), search(path) {}
  StoreReader store;
  SiteReader sites;
  LedgerReader ledger;
  OverviewReader overview;
  CaptureReader captures;
  SearchReader search;
  Snippets snippets;
};

/// So many answers are made at once; the others wait for a while.
class ReaderPool {
public:
  /// Throws Error when there is no store at the path, or it is none.
  ReaderPool(std::filesystem::path path, std::size_t most);

  /// Given back when it goes.
  class Lease {
  public:
    Lease(ReaderPool& pool, std::unique_ptr<Readers> readers) : m_pool(pool), m_readers(std::move(readers)) {}
    ~Lease();
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Readers* operator->() const { return m_readers.get(); }
    Readers& operator*() const { return *m_readers; }

  private:
    ReaderPool& m_pool;
    std::unique_ptr<Readers> m_readers;
  };

  /// Throws Busy when none was free within ten seconds.
  [[nodiscard]] Lease lease();

private:
  void give_back(std::unique_ptr<Readers> readers);

  std::filesystem::path m_path;
  std::mutex m_mutex;
  std::condition_variable m_free;
  std::vector<std::unique_ptr<Readers>> m_idle;
  std::size_t m_to_open;  ///< that were not opened so far
};

/// Too much is asked for at once.
struct Busy : std::exception {};

}  // namespace winnow::serve
