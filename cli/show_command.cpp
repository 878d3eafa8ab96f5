#include <memory>
#include <string>

#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include "cli/command.hpp"
#include "cli/date_option.hpp"
#include "cli/output.hpp"
#include "cli/page_target.hpp"
#include "cli/store_option.hpp"
#include "formats/corpus_document.hpp"
#include "formats/jsonl_record.hpp"
#include "model/error.hpp"

namespace winnow::cli {
namespace {

struct Options {
  std::string target;
  std::string store;
  std::uint32_t version = 0;  ///< 0: not given
  std::string at;
  bool raw = false;
  bool provenance = false;
};

PageTarget target(const Options& options) {
  const bool named = options.version != 0 || !options.at.empty();
  PageTarget target = named ? PageTarget{options.target, {}, {}} : parse_page_target(options.target);
  if (options.version != 0) target.version = options.version;
  if (!options.at.empty()) {
    target.version = parse_date_option("--at", options.at, Timestamp::Round::up);
  }
  return target;
}

std::string raw_body(StoreReader& store, const VersionRecord& record) {
  if (record.body_sha256) {
    if (auto body = store.body(*record.body_sha256)) return std::move(*body);
  }
  throw error("version {} was imported as Markdown: the store has no body of it", record.version.number);
}

std::string provenance_of(const VersionRecord& record, const std::string& series) {
  const ExportedRecord exported{.record = record, .series = series};
  return nlohmann::ordered_json::parse(jsonl_record(exported, WithText::no)).dump(2) + "\n";
}

/// A version is seen from its first capture to its last, and there may be an archived 404 or redirect
/// between.
void say_when_gone(StoreReader& store, SeriesId series, Timestamp moment) {
  const auto last = store.last_capture(series, moment);
  if (!last || last->statuscode.value_or(200) == 200) return;
  spdlog::info(
      "the last capture up to {}, of {}, has status {} and no text; this is the version seen before it",
      moment.date(), last->timestamp.date(), *last->statuscode);
}

ExitCode run(const Options& options) {
  const PageTarget wanted = target(options);
  StoreReader store(store_path(options.store));
  const SeriesSummary series = choose_series(store, wanted);
  const VersionSummary version = choose_version(store.versions(series.id), wanted.version);
  const auto record = store.version(series.id, version.number);
  if (!record)
    throw error("version {} of {} is being changed by another process; try again", version.number,
                wanted.page);
  if (const auto* const moment = std::get_if<Timestamp>(&wanted.version))
    say_when_gone(store, series.id, *moment);
  if (options.raw) {
    write_stdout(raw_body(store, *record));
  } else if (options.provenance) {
    write_stdout(provenance_of(*record, series.name));
  } else {
    write_stdout(render_version_document(*record));
  }
  flush_stdout();
  return ExitCode::done;
}

}  // namespace

void add_show_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  auto* sub = app.add_subcommand("show", "Print a version's text with its provenance header");
  sub->add_option(
         "TARGET", options->target,
         "A site or URL: its latest version; TARGET#3: its third; TARGET@2015-06: the one to be seen then")
      ->required();
  add_store_option(*sub, options->store);
  auto* version = sub->add_option("--version", options->version, "The version's number")
                      ->type_name("N")
                      ->check(CLI::Range(1, 1'000'000'000));
  sub->add_option("--at", options->at, "The version to be seen on this date (2011, 2011-05, 2011-05-21)")
      ->type_name("DATE")
      ->excludes(version);
  auto* raw = sub->add_flag("--raw", options->raw, "Print the body as it was captured, decoded");
  sub->add_flag("--provenance", options->provenance, "Print the record without its text, as JSON")
      ->excludes(raw);
  sub->footer(
      "Example:\n  winnow show soompi.com@2015\n  winnow show https://www.soompi.com/privacy --version 2 "
      "--raw");
  sub->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace winnow::cli
