// Rows of captures, pages and sites: found or made. For storage/*.cpp only.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/capture.hpp"
#include "storage/capture_state.hpp"
#include "storage/ids.hpp"
#include "storage/statement.hpp"
#include "storage/store.hpp"
#include "storage/tenures.hpp"

namespace winnow::storage {

/// What recording a result needs to know of its row.
struct CaptureRow {
  CaptureId id{};
  PageId page{};
  ArchiveId archive{};
  Timestamp timestamp;
  std::string original;
  std::string urlkey;
  std::optional<std::string> digest;
  Found found = Found::cdx;
  CaptureState state = CaptureState::listed;
  std::optional<CaptureId> redirect_of;  ///< the archived redirect that led to it
  bool has_body = false;
  bool has_given_text = false;
};

/// All calls within the caller's transaction.
class Captures {
public:
  Captures(Database& database, Tenures& tenures);

  ArchiveId archive(std::string_view url, std::string_view dialect);
  /// The page of this urlkey; entered if it is new, with the site given or else the URL's. Its score never
  /// falls.
  PageId page(const std::string& urlkey, const std::string& url, double score, const std::string& site = {});
  [[nodiscard]] double score(PageId page);

  Listed add(ArchiveId archive, std::span<const ListedCapture> rows);

  struct Added {
    CaptureId id{};
    bool is_new = false;
  };
  /// The row of this capture. One without a digest that was found by other means is completed by what an
  /// index says of the same archive, time and URL.
  Added ensure(ArchiveId archive, PageId page, const Capture& capture, Found found, CaptureState state,
               std::optional<CaptureId> redirect_of = std::nullopt);

  /// Precondition: the row exists.
  [[nodiscard]] CaptureRow row(CaptureId id);
  /// Any capture of the page at that time in that archive, the one with this URL first.
  [[nodiscard]] std::optional<CaptureId> find(ArchiveId archive, PageId page, Timestamp timestamp,
                                              const std::string& original);
  /// The other rows of the same archive, page and second: other spellings of the URL, or other digests.
  struct Twin {
    CaptureId id{};
    std::string original;
    std::optional<std::string> digest;
  };
  [[nodiscard]] std::vector<Twin> twins(const CaptureRow& row);
  /// Archived redirects on the way from a listed capture to this one.
  [[nodiscard]] int redirects(CaptureId capture);
  [[nodiscard]] bool is_indexed(ArchiveId archive, PageId page);
  void remove(CaptureId id);

private:
  Database& m_database;
  Tenures& m_tenures;
  Statement m_add_archive, m_archive;
  Statement m_add_site, m_site;
  Statement m_add_page, m_page, m_raise_score, m_score;
  Statement m_same_time, m_insert, m_complete;
  Statement m_row, m_find, m_of_second, m_origin, m_indexed, m_remove;
};

}  // namespace winnow::storage
