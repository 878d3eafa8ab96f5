// Looking into the store: pages, versions, texts, provenance, bodies.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/digest.hpp"
#include "model/timestamp.hpp"
#include "model/version_record.hpp"
#include "storage/ids.hpp"

namespace winnow {

struct PageSummary {
  PageId id{};
  std::string site;
  std::string urlkey;
  std::string url;             ///< one that it was captured under
  double score = 0;            ///< rank among the site's pages
  std::uint64_t captures = 0;  ///< of every state
  std::uint32_t versions = 0;
};

struct DatedStatus {
  Timestamp timestamp;
  std::optional<int> statuscode;  ///< replayed, else the index's
};

/// The store, open for reading; several processes may read while one writes. Throws Error when there is no
/// store at the path, or when it is none. For one thread at a time.
class StoreReader {
public:
  explicit StoreReader(const std::filesystem::path& path);
  ~StoreReader();
  StoreReader(const StoreReader&) = delete;
  StoreReader& operator=(const StoreReader&) = delete;

  /// The pages of a site, of a URL or of a urlkey; those with versions first, then by score and urlkey. Empty
  /// when the store knows none.
  [[nodiscard]] std::vector<PageSummary> find_pages(std::string_view target);

  [[nodiscard]] std::vector<VersionSummary> versions(PageId page);  ///< oldest first
  /// Nothing when the page has no version of that number.
  [[nodiscard]] std::optional<VersionRecord> version(PageId page, std::uint32_t number);

  /// The page's last capture at or before the moment, of any state; of several in one second one with status
  /// 200.
  [[nodiscard]] std::optional<DatedStatus> last_capture(PageId page, Timestamp until);

  /// All versions by site, urlkey and number, one at a time: memory does not grow with the store. They are
  /// those of one moment, whatever is written meanwhile.
  void for_each_version(const std::function<void(const VersionRecord&)>& visit);

  /// The bytes of a body; nothing when the store does not hold it.
  [[nodiscard]] std::optional<std::string> body(const Sha256& sha256);

private:
  class Queries;
  std::unique_ptr<Queries> m_queries;
};

}  // namespace winnow
