#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "model/ascii.hpp"
#include "model/html_escape.hpp"
#include "model/printable.hpp"
#include "model/url.hpp"
#include "serve/history.hpp"
#include "serve/pages.hpp"
#include "serve/time_axis.hpp"
#include "serve/words.hpp"

namespace winnow::serve {
namespace {

constexpr std::uint64_t k_sites = 40;
constexpr std::uint64_t k_news = 12;

struct Order {
  std::string_view name;
  std::string_view label;
  SiteOrder order;
};
constexpr std::array<Order, 3> k_orders = {{{"name", "name", SiteOrder::name},
                                            {"changed", "latest change", SiteOrder::changed},
                                            {"versions", "versions", SiteOrder::versions}}};

const Order& order_of(const std::string& name) {
  const auto found =
      std::find_if(k_orders.begin(), k_orders.end(), [&](const Order& order) { return order.name == name; });
  return found == k_orders.end() ? k_orders.front() : *found;
}

TimeAxis axis_of(const std::vector<SiteOverview>& sites) {
  std::uint32_t first = 12 * 9999;
  std::uint32_t last = 0;
  for (const SiteOverview& overview : sites) {
    if (overview.months.empty()) continue;
    first = std::min(first, overview.months.front().first);
    last = std::max(last, overview.months.back().first);
  }
  const auto beginning = [](std::uint32_t month) {
    return Timestamp::parse(fmt::format("{:04}{:02}01000000", month / 12, month % 12 + 1));
  };
  const auto now = Timestamp::now();
  return {beginning(first).value_or(now), beginning(last).value_or(now)};
}

/// HTML: a name that is too long for its place is broken where it has parts.
std::string breakable(const std::string& name) {
  std::string out;
  for (const char c : escape_html(printable(name))) {
    out += c;
    if (c == '.' || c == '-') out += "<wbr>";
  }
  return out;
}

std::string ledger_words(const SiteSummary& site) {
  std::string words = grouped(site.ledger) + " on the ledger";
  if (site.waiting > 0 && site.waiting == site.ledger) return words + ", to be asked again";
  if (site.waiting > 0) words += fmt::format(", {} to be asked again", grouped(site.waiting));
  return words;
}

std::string look_words(const SiteOverview& overview) {
  if (overview.site.last_look) return "index read to " + overview.site.last_look->date();
  // What could not be had from an archive is on the ledger.
  const std::string look = overview.site.ledger == 0 ? "no archive asked" : "no archive’s index read";
  if (overview.months.empty()) return look;
  const std::uint32_t month = overview.months.back().first;
  return fmt::format("{}; captures to {:04}-{:02}", look, month / 12, month % 12 + 1);
}

View site_rows(const SiteList& list, const TimeAxis& axis) {
  View rows = view_list();
  for (const SiteOverview& overview : list.sites) {
    const SiteSummary& site = overview.site;
    View row = view_object();
    row.set("name", breakable(site.name));
    row.set("href", site_path(site.name));
    row.set("strip", strip_chart(axis, overview));
    row.set("look", look_words(overview));
    row.set("ledger", View(View::type::bool_false));
    if (site.ledger > 0) {
      row.set("ledger", ledger_words(site));
      row.set("ledger_href", "/ledger?site=" + quote_query_value(site.name));
    }
    row.set("versions", grouped(site.versions));
    row.set("versions_word", std::string(site.versions == 1 ? "version" : "versions"));
    row.set("captures", counted(site.captures, "capture"));
    row.set("pages", View(View::type::bool_false));
    if (site.series > 1) row.set("pages", counted(site.series, "page"));
    if (site.changed) row.set("changed", site.changed->date());
    rows << row;
  }
  return rows;
}

View news_rows(const std::vector<VersionNews>& news) {
  View rows = view_list();
  for (const VersionNews& item : news) {
    View row = view_object();
    row.set("href", fmt::format("{}/version/{}/changes", series_path(item.series), item.first_seen.digits()));
    row.set("date", item.first_seen.date());
    row.set("site", item.site);
    std::string what = item.change ? change_words(*item.change) : counted(item.word_count, "word");
    if (item.returns_to) what += fmt::format(", returns to version {}", *item.returns_to);
    if (const std::string kind = kind_words(item.kind); !kind.empty()) what += ", " + kind;
    row.set("what", what);
    row.set("page", printable(item.page));
    rows << row;
  }
  return rows;
}

View sort_links(const Asked& asked, const Order& chosen, const std::string& q) {
  View links = view_list();
  for (const Order& order : k_orders) {
    View link = view_object();
    link.set("label", std::string(order.label));
    link.set("chosen", order.name == chosen.name);
    link.set("last", &order == &k_orders.back());
    link.set("href", asked.with({{"q", q}, {"sort", std::string(order.name)}}));
    links << link;
  }
  return links;
}

}  // namespace

void set_paging(View& view, const Asked& asked, const Paging& paging, std::uint64_t rows,
                std::vector<std::pair<std::string, std::string>> values) {
  view.set("paged", rows > paging.size);
  const auto link = [&](std::uint64_t number) {
    auto with_page = values;
    with_page.emplace_back("page", std::to_string(number));
    return asked.with(with_page);
  };
  if (paging.page > 1) view.set("newer", link(paging.page - 1));
  if (paging.offset() + paging.size < rows) view.set("older", link(paging.page + 1));
  view.set("range", fmt::format("{} to {} of {}", grouped(std::min(paging.offset() + 1, rows)),
                                grouped(std::min(paging.offset() + paging.size, rows)), grouped(rows)));
}

HttpAnswer home_page(Readers& readers, const Asked& asked) {
  std::string q = asked.value("q");
  std::transform(q.begin(), q.end(), q.begin(), to_lower);
  const Order& order = order_of(asked.value("sort"));
  const Paging paging{std::max<std::uint64_t>(1, asked.number("page", 1, 1'000'000)), k_sites};
  const StoreTotals totals = readers.overview.totals();
  const SiteList list = readers.sites.sites({q, order.order, paging.offset(), paging.size});

  View view = view_object();
  view.set("totals", fmt::format("{}, {}, {}; {} on the ledger.", counted(totals.sites, "site"),
                                 counted(totals.versions, "version"), counted(totals.captures, "capture"),
                                 counted(totals.ledger, "entry")));
  view.set("q", q);
  if (order.order != SiteOrder::name) view.set("order", std::string(order.name));
  view.set("sorts", sort_links(asked, order, q));
  view.set("has_sites", !list.sites.empty());
  if (!list.sites.empty()) {
    const TimeAxis axis = axis_of(list.sites);
    view.set("years", year_labels(axis));
    view.set("sites", site_rows(list, axis));
  }
  view.set("nothing", q.empty() ? std::string("The store has no site yet: winnow backfill SITE brings one.")
                                : fmt::format("No site’s name has “{}” in it.", printable(q)));
  set_paging(view, asked, paging, list.total, {{"q", q}, {"sort", asked.value("sort")}});
  const bool is_start = q.empty() && paging.page == 1;
  const auto news = is_start ? readers.overview.latest_changes(k_news) : std::vector<VersionNews>();
  view.set("has_news", !news.empty());
  view.set("news", news_rows(news));
  return page({.title = "Sites", .section = Section::sites, .feed = "/feed.atom"}, render("home.html", view));
}

}  // namespace winnow::serve
