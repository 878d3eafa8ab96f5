// What all exports have in common on the command line: which versions, and since when.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/date_option.hpp"
#include "storage/export_reader.hpp"

namespace winnow::cli {

struct ExportOptions {
  std::string store;
  std::vector<std::string> sites;
  DateOptions dates;
  std::string minor = "yes";
  std::string language;
  bool captures = false;
  std::string after;
  std::string cursor_file;
};

/// Whether an export can be continued where the last one ended.
enum class WithCursor { yes, no };

/// --store, --site, --since, --until, --minor, --language, and with a cursor --captures, --after and
/// --cursor-file.
void add_export_options(CLI::App& sub, ExportOptions& options, WithCursor with_cursor);

/// One export on its way: the store's moment, the selection, and the cursor that it ends with.
class ExportJob {
public:
  /// For an export into one `file`, or into a folder when there is none. Throws UsageError for options that
  /// make no sense or a file that must not be replaced (check_export_file()), Error for a cursor that is not
  /// this store's.
  explicit ExportJob(const ExportOptions& options, const std::optional<std::string>& file = {});

  [[nodiscard]] ExportReader& reader() { return m_reader; }
  [[nodiscard]] const ExportSelection& selection() const { return m_selection; }
  /// Only what is new since a cursor is exported.
  [[nodiscard]] bool is_continued() const { return m_selection.after.has_value(); }

  /// Each selected version, or each capture that shows one.
  void for_each(const std::function<void(const ExportedRecord&)>& visit);

  /// When the output is complete and on its disk: the cursor goes into its file, and to stderr. Whoever is
  /// killed before gets the same records once more, and misses none.
  void finish();

private:
  std::filesystem::path m_cursor_file;
  bool m_captures;
  ExportReader m_reader;
  ExportCursor m_end;
  ExportSelection m_selection;
};

}  // namespace winnow::cli
