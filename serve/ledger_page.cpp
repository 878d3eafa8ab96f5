#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "model/printable.hpp"
#include "model/reason.hpp"
#include "serve/history.hpp"
#include "serve/pages.hpp"
#include "serve/words.hpp"

namespace winnow::serve {
namespace {

constexpr std::uint64_t k_entries = 100;
constexpr std::uint64_t k_runs = 50;

View reason_rows(const Asked& asked, const std::vector<std::pair<std::string, std::uint64_t>>& reasons,
                 const std::string& site, const std::string& chosen) {
  View rows = view_list();
  for (const auto& [reason, count] : reasons) {
    View row = view_object();
    row.set("reason", reason);
    row.set("count", grouped(count));
    row.set("chosen", reason == chosen);
    row.set("reason_href", asked.with({{"site", site}, {"reason", reason}}));
    rows << row;
  }
  return rows;
}

std::string again(const LedgerRow& entry) {
  if (entry.retry_at) return "from " + entry.retry_at->date();
  return entry.retry == "never" ? "never" : "with the next run";
}

View entry_rows(const std::vector<LedgerRow>& entries) {
  View rows = view_list();
  for (const LedgerRow& entry : entries) {
    View row = view_object();
    row.set("why", entry.reason);
    row.set("target", printable(entry.target));
    row.set("detail",
            entry.detail.empty() ? View(View::type::bool_false) : View(printable_line(entry.detail)));
    row.set("captured", entry.timestamp ? entry.timestamp->date() : "");
    row.set("status", entry.status ? std::to_string(*entry.status) : "");
    row.set("noted", entry.noted.date());
    row.set("again", again(entry));
    rows << row;
  }
  return rows;
}

std::string took(const RunRecord& run) {
  if (!run.ended) return {};
  const auto seconds = (run.ended->time() - run.started.time()).count();
  if (seconds < 100) return fmt::format("{} s", seconds);
  return seconds < 6000 ? fmt::format("{} min", seconds / 60)
                        : fmt::format("{:.1f} h", static_cast<double>(seconds) / 3600);
}

std::string outcome(const RunRecord& run) {
  if (!run.ended) return "running, or killed";
  switch (run.exit_code.value_or(1)) {
    case 0:
      return "done";
    case 3:
      return "done, some failed";
    case 4:
      return "refused by the archive";
    default:
      return "stopped";
  }
}

/// "9.4 MB", "8.2 s", "1,234": as precisely as anybody asks.
std::string amount_words(std::string_view name, const nlohmann::json& value) {
  if (name.ends_with("bytes") && value.is_number_unsigned() && value >= 1'000'000)
    return fmt::format("{:.1f} MB", value.get<double>() / 1e6);
  if (value.is_number_unsigned()) return grouped(value.get<std::uint64_t>());
  return fmt::format("{:.1f}{}", value.get<double>(), name.ends_with("seconds") ? " s" : "");
}

/// The report's figures: numbers at its first two levels. How long it took is said before.
View figures(const std::string& report) {
  View rows = view_list();
  const auto add = [&rows](const std::string& name, const nlohmann::json& value) {
    if (!value.is_number() || value == 0 || name == "seconds") return;
    View row = view_object();
    std::string label = printable(name.ends_with("_seconds") ? name.substr(0, name.size() - 8) : name);
    std::replace(label.begin(), label.end(), '_', ' ');
    row.set("figure", label);
    row.set("amount", amount_words(name, value));
    rows << row;
  };
  const auto json = nlohmann::json::parse(report, nullptr, false);
  if (!json.is_object()) return rows;
  for (const auto& [name, value] : json.items()) {
    add(name, value);
    if (!value.is_object()) continue;
    for (const auto& [inner, amount] : value.items())
      add(name + ": " + inner, amount);
  }
  return rows;
}

}  // namespace

HttpAnswer ledger_page(Readers& readers, const Asked& asked) {
  const std::string site = asked.value("site");
  const std::string reason = asked.value("reason");
  const Paging paging{std::max<std::uint64_t>(1, asked.number("page", 1, 1'000'000)), k_entries};
  const auto reasons = readers.overview.ledger_reasons(site);
  std::uint64_t all = 0;
  std::uint64_t shown = 0;
  for (const auto& [name, count] : reasons) {
    all += count;
    if (reason.empty() || reason == name) shown += count;
  }

  View view = view_object();
  if (!site.empty()) view.set("site", printable(site));
  view.set("has_reasons", !reasons.empty());
  view.set("all_chosen", reason.empty());
  view.set("all_href", asked.with({{"site", site}}));
  view.set("all_count", grouped(all));
  view.set("reasons", reason_rows(asked, reasons, site, reason));
  if (const auto known = parse_reason(reason)) view.set("explained", std::string(describe(*known)));
  view.set("entries", entry_rows(readers.overview.ledger({site, reason, paging.offset(), paging.size})));
  set_paging(view, asked, paging, shown, {{"site", site}, {"reason", reason}});
  return page({.title = site.empty() ? "Ledger" : "Ledger of " + printable(site), .section = Section::ledger},
              render("ledger.html", view));
}

HttpAnswer runs_page(Readers& readers, const Asked& asked) {
  const Paging paging{std::max<std::uint64_t>(1, asked.number("page", 1, 1'000'000)), k_runs};
  auto runs = readers.overview.runs(paging.offset(), k_runs + 1);
  const std::uint64_t rows = paging.offset() + runs.size();
  if (runs.size() > k_runs) runs.pop_back();
  View list = view_list();
  for (const RunRecord& run : runs) {
    View row = view_object();
    row.set("started", run.started.iso());
    row.set("outcome", outcome(run));
    row.set("bad", run.ended && run.exit_code != 0 && run.exit_code != 3);
    row.set("took", took(run));
    row.set("command", printable(run.command));
    const View numbers = figures(run.report);
    row.set("has_figures", numbers.is_non_empty_list());
    row.set("figures", numbers);
    list << row;
  }
  View view = view_object();
  view.set("has_runs", !runs.empty());
  view.set("runs", list);
  set_paging(view, asked, paging, rows, {});
  view.set("paged", paging.page > 1 || rows > k_runs);
  return page({.title = "Runs", .section = Section::runs}, render("runs.html", view));
}

}  // namespace winnow::serve
