// Which series a page's captures belong to. For storage/*.cpp only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "model/series.hpp"
#include "storage/ids.hpp"
#include "storage/statement.hpp"
#include "storage/versions.hpp"

namespace winnow::storage {

/// Keeps the tables `takeovers`, `series` and `tenures`. Each moment of a page belongs to exactly one series:
/// the one that takeovers gave it to, else the page's own. So no capture is ever without a series, and a
/// takeover that was told wrongly hides nothing. All calls within the caller's transaction.
class Tenures {
public:
  Tenures(Database& database, Versions& versions);

  /// A new page: a series of its own.
  void add_page(PageId page);

  /// Store::join()
  std::size_t join(std::span<const Takeover> takeovers);

private:
  struct Held {
    std::int64_t since;
    std::int64_t until;
    SeriesId series;
    bool operator==(const Held&) const = default;
  };
  using Pages = std::map<std::string, PageId>;  ///< by urlkey

  [[nodiscard]] std::optional<PageId> find(const std::string& urlkey);
  [[nodiscard]] std::vector<Takeover> all_about(const std::set<PageId>& pages, Pages& found);
  [[nodiscard]] SeriesId joined_series_of(const std::set<PageId>& pages, std::set<SeriesId>& taken);
  [[nodiscard]] SeriesId own_series(PageId page);
  [[nodiscard]] std::vector<Held> held(PageId page);

  Database& m_database;
  Versions& m_versions;
  Statement m_add_own, m_add_joined, m_add_tenure, m_erase_tenures, m_tenures, m_own, m_joined,
      m_remove_empty;
  Statement m_page, m_note, m_about;
};

}  // namespace winnow::storage
