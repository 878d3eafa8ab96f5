#include "cli/export/export_options.hpp"

#include <filesystem>
#include <fstream>
#include <optional>

#include <spdlog/spdlog.h>

#include "cli/export/export_target.hpp"
#include "cli/store_option.hpp"
#include "formats/atomic_file.hpp"
#include "model/error.hpp"
#include "model/headers.hpp"
#include "model/printable.hpp"

namespace winnow::cli {

namespace {

namespace fs = std::filesystem;

std::optional<std::uint64_t> number_of(std::string_view text, std::string_view where, const ExportCursor& end,
                                       const fs::path& store) {
  const auto cursor = ExportCursor::parse(trim(text));
  if (!cursor) {
    throw usage_error("{}: no cursor of an export ({} is one)", where, end.str());
  }
  if (cursor->store != end.store) {
    throw error("{}: the cursor {} is another store's; {} is the store {}. Export without it", where,
                cursor->str(), store.string(), end.store);
  }
  if (cursor->number > end.number) {
    throw error(
        "{}: the cursor {} is ahead of the store, which has come to {}: an older copy of it? Export "
        "without it",
        where, cursor->str(), end.number);
  }
  return cursor->number;
}

/// Nothing where there is no file yet: everything is new.
std::optional<std::uint64_t> read_cursor(const ExportOptions& options, const ExportCursor& end) {
  const fs::path store = store_path(options.store);
  if (!options.after.empty()) return number_of(options.after, "--after", end, store);
  if (options.cursor_file.empty() || !fs::exists(options.cursor_file)) return std::nullopt;
  std::ifstream file(options.cursor_file);
  std::string line;
  if (!std::getline(file, line)) throw error("can't read a cursor from {}", options.cursor_file);
  return number_of(line, options.cursor_file, end, store);
}

}  // namespace

void add_export_options(CLI::App& sub, ExportOptions& options, WithCursor with_cursor) {
  sub.add_option("--store", options.store, "The store's file [$WINNOW_STORE, else winnow.db]")
      ->type_name("FILE");
  sub.add_option("--site", options.sites, "Only this site; give it again for more")
      ->type_name("SITE")
      ->take_all();
  sub.add_option("--since", options.dates.since,
                 "Only versions that were in force on this date or later (2011, 2011-05, 2011-05-21)")
      ->type_name("DATE");
  sub.add_option("--until", options.dates.until, "Only versions that were in force on this date or before")
      ->type_name("DATE");
  sub.add_option("--minor", options.minor,
                 "no: leave out versions whose change means nothing: dates, counters, spelling, layout only")
      ->type_name("yes|no")
      ->check(CLI::IsMember({"yes", "no"}))
      ->capture_default_str();
  sub.add_option("--language", options.language, "Only texts in this language (en, pt-BR)")
      ->type_name("CODE");
  if (with_cursor == WithCursor::no) return;
  sub.add_flag("--captures", options.captures, "One record for each capture, in place of each version");
  auto* after = sub.add_option("--after", options.after,
                               "Only versions that came into the store after an earlier export, which has "
                               "said this cursor at its end")
                    ->type_name("CURSOR");
  sub.add_option("--cursor-file", options.cursor_file,
                 "Only versions that came after the cursor in this file (all, when there is no file yet); "
                 "the new one is written there when the export is complete")
      ->type_name("FILE")
      ->excludes(after);
}

ExportJob::ExportJob(const ExportOptions& options, const std::optional<std::string>& file)
    : m_cursor_file(options.cursor_file),
      m_captures(options.captures),
      m_reader(store_path(options.store)),
      m_end(m_reader.cursor()) {
  const fs::path store = store_path(options.store);
  if (file) check_export_file(*file, store);
  if (!options.cursor_file.empty()) {
    if (options.cursor_file == "-") throw usage_error("a cursor is kept in a file, - is none");
    check_export_file(options.cursor_file, store);
    if (file && is_same_file(*file, options.cursor_file))
      throw usage_error("{} can't be the export and its cursor file at once", *file);
  }
  const DateRange dates = parse_dates(options.dates);
  for (const std::string& site : options.sites) {
    m_selection.sites.push_back(ascii_lower(site));
    if (!m_reader.has_site(m_selection.sites.back()))
      throw error("the store has nothing of {}: winnow sites lists what it has", printable(site));
  }
  m_selection.since = dates.since;
  m_selection.until = dates.until;
  m_selection.with_minor = options.minor == "yes";
  m_selection.language = options.language;
  m_selection.after = read_cursor(options, m_end);
}

void ExportJob::for_each(const std::function<void(const ExportedRecord&)>& visit) {
  m_reader.for_each(m_selection, m_captures ? ExportUnit::captures : ExportUnit::versions,
                    ExportOrder::by_series, visit);
}

void ExportJob::finish() {
  if (!m_cursor_file.empty()) write_atomically(m_cursor_file, m_end.str() + "\n");
  spdlog::info("cursor {}", m_end.str());
}

}  // namespace winnow::cli
