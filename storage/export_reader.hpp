// What is exported of a store: which versions or captures, in which order, and how far an export has come.
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
#include "model/exported_record.hpp"
#include "model/series.hpp"
#include "model/timestamp.hpp"
#include "storage/ids.hpp"

namespace winnow {

/// A point in the order in which versions came into one store. As text `<store's id>-<number>`.
struct ExportCursor {
  std::string store;         ///< sixteen hex digits
  std::uint64_t number = 0;  ///< of the last version that had come; 0 is before the first

  [[nodiscard]] std::string str() const;
  [[nodiscard]] static std::optional<ExportCursor> parse(std::string_view text);
  bool operator==(const ExportCursor&) const = default;
};

struct ExportSelection {
  std::vector<std::string> sites;  ///< lower case; empty: all
  std::optional<SeriesId> series;  ///< only this one
  std::optional<Timestamp> since;  ///< inclusive, as `until`: versions that were in force at some moment in
  std::optional<Timestamp> until;  ///< between, from first_seen to the next one's; captures taken in between
  bool with_minor = true;          ///< versions whose change is minor, too
  std::string language;            ///< `de` takes `de-AT` as well; empty: all
  std::optional<std::uint64_t> after;  ///< only versions that came after this ExportCursor::number
};

enum class ExportUnit {
  versions,
  captures,      ///< those that show a selected version
  all_captures,  ///< also those that show none: redirects, errors, pages without a text. Language, minor
                 ///< changes and cursor say nothing of these: where one of the three is given, they are left
                 ///< out
};

enum class ExportOrder {
  by_series,  ///< site, series' name, time
  by_time,    ///< of first_seen, then site and series' name. For ExportUnit::versions
};

/// Reads one moment of the store, that of its construction, whatever is written meanwhile. One record is in
/// memory at a time. For one thread. Throws Error as StoreReader does.
class ExportReader {
public:
  explicit ExportReader(const std::filesystem::path& path);
  ~ExportReader();
  ExportReader(const ExportReader&) = delete;
  ExportReader& operator=(const ExportReader&) = delete;

  /// Where an export of all that is here ends. A version that a run is still at work on comes after it.
  [[nodiscard]] ExportCursor cursor();
  /// When the store was last written to: the start of its latest run, so that the same store says the same.
  [[nodiscard]] Timestamp last_written();

  /// \pre name is lower case
  [[nodiscard]] bool has_site(const std::string& name);

  /// The same store and selection give the same records in the same order.
  void for_each(const ExportSelection& selection, ExportUnit unit, ExportOrder order,
                const std::function<void(const ExportedRecord&)>& visit);

  /// How the pages of the selected sites or series follow each other.
  [[nodiscard]] std::vector<Takeover> takeovers(const ExportSelection& selection);

  /// Throws Error when the store does not hold the body that a record names.
  [[nodiscard]] std::string body(const Sha256& sha256);

private:
  class Queries;
  std::unique_ptr<Queries> m_queries;
};

}  // namespace winnow
