#include <memory>
#include <string>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "cli/counted.hpp"
#include "cli/export/export_formats.hpp"
#include "cli/page_target.hpp"
#include "cli/store_option.hpp"
#include "formats/bag_writer.hpp"
#include "formats/corpus_document.hpp"
#include "formats/evidence_report.hpp"
#include "formats/jsonl_record.hpp"
#include "formats/warc_export.hpp"
#include "model/error.hpp"
#include "model/printable.hpp"
#include "model/unified_diff.hpp"
#include "model/version.hpp"
#include "storage/export_reader.hpp"

namespace winnow::cli {
namespace {

struct Options {
  std::string store;
  std::string target;
  std::string folder;
};

void put_captures(ExportReader& reader, const ExportSelection& selection, BagWriter& bag) {
  bag.begin("captures.warc.gz");
  WarcExport out([&bag](std::string_view bytes) { bag.write(bytes); },
                 [&reader](const Sha256& sha256) { return reader.body(sha256); },
                 [](const WarcExport::Written&) {}, k_program, reader.last_written());
  reader.for_each(selection, ExportUnit::all_captures, ExportOrder::by_series,
                  [&out](const ExportedRecord& exported) { out.add(exported); });
  out.finish(reader.takeovers(selection));
  bag.end();
}

/// Texts, their differences, and the report on them. Returns how many versions there are.
std::size_t put_versions(ExportReader& reader, const ExportSelection& selection, const SeriesSummary& series,
                         BagWriter& bag) {
  std::string report = report_head(series.site, series.name, k_program, reader.last_written());
  std::string records;
  std::string before;
  std::string name_before;
  std::size_t versions = 0;
  reader.for_each(
      selection, ExportUnit::versions, ExportOrder::by_series, [&](const ExportedRecord& exported) {
        const std::string name = evidence_name(exported.record.version);
        const std::string document = render_version_document(exported.record);
        bag.add(fmt::format("versions/{}.md", name), document);
        std::string change;
        if (versions > 0) {
          change = fmt::format("changes/{}--{}.diff", name_before, name);
          bag.add(change, unified_diff(before, document, fmt::format("versions/{}.md", name_before),
                                       fmt::format("versions/{}.md", name)));
        }
        report += report_version(exported, change);
        records += jsonl_record(exported, WithText::no) + "\n";
        before = document;
        name_before = name;
        ++versions;
      });
  bag.add("report.html", report + report_foot());
  bag.add("versions.jsonl", records);
  return versions;
}

ExitCode run(const Options& options) {
  SeriesSummary series;
  {
    StoreReader store(store_path(options.store));
    const PageTarget target = parse_page_target(options.target);
    if (!std::holds_alternative<std::monostate>(target.version))
      throw usage_error("{}: evidence is of all versions of a series; name it without one", options.target);
    series = choose_series(store, target);
  }
  ExportReader reader(store_path(options.store));
  const ExportSelection selection{.series = series.id};
  BagWriter bag(options.folder);
  put_captures(reader, selection, bag);
  const std::size_t versions = put_versions(reader, selection, series, bag);
  bag.commit({{"Bag-Software-Agent", k_program},
              {"Bagging-Date", reader.last_written().date()},
              {"External-Identifier", printable(series.site + " " + series.name)},
              {"External-Description", fmt::format("{} of a privacy policy, their captures and provenance",
                                                   counted(versions, "version"))}});
  spdlog::info("{} of {} in {}", counted(versions, "version"), printable(series.name), options.folder);
  return ExitCode::done;
}

}  // namespace

void add_export_evidence(CLI::App& parent, Action& action) {
  auto options = std::make_shared<Options>();
  auto* sub =
      parent.add_subcommand("evidence", "All that proves a series' history, as a BagIt bag (RFC 8493)");
  sub->add_option("SERIES", options->target, "A site or a URL of its policy")->required();
  sub->add_option("DIR", options->folder, "Made; must not be there yet")->required();
  add_store_option(*sub, options->store);
  sub->footer(
      "Example:\n  winnow export evidence soompi.com soompi-evidence\nAll of the series, whole: there is "
      "nothing to choose. The captures as WARC, the text of each "
      "version, the differences between them by name of version and date,\na report with citations to read "
      "in "
      "a browser, and the SHA-256 of every file.");
  sub->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace winnow::cli
