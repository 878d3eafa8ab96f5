#include <algorithm>
#include <chrono>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/command.hpp"
#include "cli/counted.hpp"
#include "cli/json_text.hpp"
#include "cli/ledger/ledger_view.hpp"
#include "cli/output.hpp"
#include "cli/page_target.hpp"
#include "cli/store_option.hpp"
#include "model/error.hpp"
#include "model/headers.hpp"
#include "model/period.hpp"
#include "model/printable.hpp"
#include "model/reason.hpp"
#include "model/url.hpp"

namespace winnow::cli {
namespace {

constexpr std::size_t k_most_shown = 50;

struct Options {
  std::string target;
  std::string store;
  std::string reason;
  std::string retry;
  std::string longer_than = "6mo";
  std::optional<std::size_t> limit;
  bool counts = false;
  bool gaps = false;
  bool json = false;

  /// Programs get all, people a screenful, unless they say otherwise.
  [[nodiscard]] std::size_t most() const {
    if (limit.value_or(json ? 0 : k_most_shown) == 0) return std::numeric_limits<std::size_t>::max();
    return limit.value_or(k_most_shown);
  }
};

/// Whether an entry is of the target, and of the reason and rule that are asked for.
class EntryFilter {
public:
  EntryFilter(const Options& options, const std::vector<SeriesSummary>& all_series)
      : m_options(options), m_site(ascii_lower(options.target)), m_urlkey(urlkey(options.target)) {
    for (const SeriesSummary& series : all_series) {
      for (const PageTenure& page : series.pages)
        m_urlkeys.insert(page.urlkey);
    }
  }

  [[nodiscard]] bool is_wanted(const LedgerEntry& entry) const {
    return (m_options.reason.empty() || entry.reason == m_options.reason) &&
           (m_options.retry.empty() || entry.retry == m_options.retry);
  }

  [[nodiscard]] bool is_of_target(const LedgerEntry& entry) const {
    if (m_options.target.empty()) return true;
    if (entry.timestamp) return m_urlkeys.contains(entry.urlkey);
    return entry.site == m_site || entry.target == m_options.target || urlkey(entry.target) == m_urlkey;
  }

private:
  const Options& m_options;
  std::string m_site;
  std::string m_urlkey;
  std::set<std::string> m_urlkeys;
};

void say_how_many_more(std::uint64_t left, std::string_view one, std::string_view many) {
  write_stdout(fmt::format("... and {}; --limit 0 shows all\n", counted(left, one, many)));
}

ExitCode show_entries(const Options& options, const std::vector<SeriesSummary>& all_series) {
  LedgerReader ledger(store_path(options.store));
  const EntryFilter filter(options, all_series);
  const auto print = [&](const std::function<std::string(const LedgerEntry&)>& text) {
    std::size_t left = options.most();
    ledger.for_each_entry([&](const LedgerEntry& entry) {
      if (left == 0 || !filter.is_of_target(entry) || !filter.is_wanted(entry)) return;
      --left;
      write_stdout(text(entry));
    });
  };
  LedgerCounts counts;
  bool is_known = options.target.empty() || !all_series.empty();
  ledger.for_each_entry([&](const LedgerEntry& entry) {
    if (!filter.is_of_target(entry)) return;
    is_known = true;
    if (filter.is_wanted(entry)) counts.add(entry);
  });
  if (!is_known)
    throw error("the store has nothing of {}: backfill it first, or see how it is spelled there",
                options.target);
  if (options.counts) {
    write_stdout(options.json ? json_text(counts.json()) : counts.text());
  } else if (options.json) {
    print([](const LedgerEntry& entry) { return json_line(to_json(entry)) + "\n"; });
  } else {
    write_stdout(counts.text());
    print([](const LedgerEntry& entry) { return "\n" + to_text(entry); });
    if (counts.total() > options.most())
      say_how_many_more(counts.total() - options.most(), "more entry", "more entries");
  }
  return ExitCode::done;
}

/// As long as the calendar's spans of that period are on average: 6mo are 182 days and a half.
std::chrono::seconds average(const Period& period) {
  constexpr int k_spans = 400;
  return (period.begin(k_spans) - period.begin(0)) / k_spans;
}

ExitCode show_gaps(const Options& options, const std::vector<SeriesSummary>& all_series) {
  const auto least = Period::parse(options.longer_than);
  if (!least) throw usage_error("--longer-than {}: write 90d, 6mo or 1y", options.longer_than);
  LedgerReader ledger(store_path(options.store));
  std::size_t found = 0;
  std::size_t without = 0;
  for (const SeriesSummary& series : all_series) {
    // A site's index lists many pages that never had a text; named alone, one is shown.
    if (series.versions == 0 && all_series.size() > 1 && !options.json) {
      ++without;
      continue;
    }
    std::string lines;
    for (const Gap& gap : ledger.gaps(series.id, average(*least))) {
      if (++found > options.most()) continue;
      lines += options.json ? json_line(to_json(series, gap)) + "\n" : to_text(gap);
    }
    if (!options.json && !lines.empty()) lines.insert(0, printable(series.pages.back().url) + "\n");
    write_stdout(lines);
  }
  if (options.json) return ExitCode::done;
  if (found > options.most()) say_how_many_more(found - options.most(), "more gap", "more gaps");
  if (without > 0) write_stdout(counted(without, "page") + " without a text\n");
  return ExitCode::done;
}

ExitCode run(const Options& options) {
  StoreReader store(store_path(options.store));
  ExitCode code{};
  if (options.gaps) {
    code = show_gaps(options, options.target.empty() ? store.series_with_versions()
                                                     : require_series(store, options.target));
  } else {
    code = show_entries(
        options, options.target.empty() ? std::vector<SeriesSummary>() : store.find_series(options.target));
  }
  flush_stdout();
  return code;
}

}  // namespace

void add_ledger_command(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  auto* sub = app.add_subcommand("ledger", "Say what is not there and why: what could not be had, and gaps");
  sub->add_option("TARGET", options->target, "A site (soompi.com) or a URL; the whole store without one");
  add_store_option(*sub, options->store);
  auto* reason = sub->add_option("--reason", options->reason, "Only entries with this reason")
                     ->type_name("REASON")
                     ->check(CLI::IsMember(reason_names()));
  auto* retry = sub->add_option("--retry", options->retry, "Only entries that are asked for again so")
                    ->type_name("never|next-run|later")
                    ->check(CLI::IsMember(retry_names()));
  auto* counts = sub->add_flag("--counts", options->counts, "Count the entries by reason; list none");
  auto* gaps = sub->add_flag("--gaps", options->gaps,
                             "List the times of which a page has no text, and why, instead of entries")
                   ->excludes(reason)
                   ->excludes(retry)
                   ->excludes(counts);
  sub->add_option("--longer-than", options->longer_than,
                  "The shortest gap between two texts, or after the last")
      ->type_name("PERIOD")
      ->needs(gaps)
      ->capture_default_str();
  sub->add_option("--limit", options->limit,
                  fmt::format("List so many at most, 0 for all [{}, with --json all]", k_most_shown))
      ->type_name("N")
      ->check(CLI::Range(0, 1'000'000'000));
  sub->add_flag("--json", options->json, "Print one JSON object a line, with the answers that were received");
  sub->footer(
      "Example:\n  winnow ledger soompi.com\n  winnow ledger --counts\n  winnow ledger soompi.com --gaps "
      "--longer-than 1y\n"
      "An entry goes when its capture is held. Reasons and fields: docs/ledger.md.");
  sub->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace winnow::cli
