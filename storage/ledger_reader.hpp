// Looking into the ledger, and at what a series' captures are besides texts.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/gap.hpp"
#include "model/timestamp.hpp"
#include "storage/ids.hpp"

namespace winnow {

/// Why a capture, or the index of a whole target, could not be had.
struct LedgerEntry {
  std::string archive;                 ///< base URL
  std::string site;                    ///< of a target its URL's; `-` for none
  std::string urlkey;                  ///< empty for a target
  std::optional<Timestamp> timestamp;  ///< nothing for a target
  std::string target;         ///< the capture's original, or the site, URL or prefix that was asked for
  std::string reason;         ///< by name (model/reason.hpp)
  std::optional<int> status;  ///< of the last answer
  std::string detail;
  std::string headers;     ///< JSON: list of [name, value] (model/evidence.hpp)
  std::string body_start;  ///< the answer's first bytes, escaped
  std::string hops;        ///< JSON: list of url, status, kind, location
  std::uint64_t attempts = 0;
  Timestamp noted;
  std::string retry;                  ///< by name: never, next-run, later
  std::optional<Timestamp> retry_at;  ///< of `later`
};

/// The store's ledger, open for reading. Throws Error as StoreReader does. For one thread at a time.
class LedgerReader {
public:
  explicit LedgerReader(const std::filesystem::path& path);
  ~LedgerReader();
  LedgerReader(const LedgerReader&) = delete;
  LedgerReader& operator=(const LedgerReader&) = delete;

  /// Targets first, then captures by site, urlkey and timestamp; one at a time.
  void for_each_entry(const std::function<void(const LedgerEntry&)>& visit);

  /// The gaps of a series' history: of each page while it had the policy.
  [[nodiscard]] std::vector<Gap> gaps(SeriesId series, std::chrono::seconds least);

private:
  class Queries;
  std::unique_ptr<Queries> m_queries;
};

}  // namespace winnow
